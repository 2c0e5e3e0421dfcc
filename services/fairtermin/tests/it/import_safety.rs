//! What `fairtermin import` must not do: give a desk twice, write over a file that it reads, keep quiet.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::imports::{IMPORT, answers, fairtermin, remarks, stderr};

/// A folder with what ZMS answers.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, answer) in answers() {
        fs::write(folder.path().join(name), answer.to_string()).unwrap();
    }
    folder
}

fn check(at: &Path, more: &[&str]) -> String {
    let files = ["check", "amt.yaml", "closed.yaml", "--against", "amt.yaml"];
    let rest = ["--bookings", "bookings.json", "--now", "2027-01-04T08:00:00+01:00"];
    let output = fairtermin(at, &[&files[..], &rest, more].concat());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_is_booked_here_keeps_its_desk_while_appointments_of_zms_are_closed() {
    let folder = folder();
    let at = folder.path();
    let booked = json!({"amt-nord": [{"start": "2027-01-06T10:00:00+01:00", "minutes": 20, "desk": 1,
        "services": ["wohnung-anmelden"]}]});
    fs::write(at.join("bookings.json"), booked.to_string()).unwrap();
    let to_files = ["-o", "amt.yaml", "--closed-times", "closed.yaml", "--report", "report.txt"];
    let blind = fairtermin(at, &[&IMPORT[..], &to_files].concat());
    assert!(blind.status.success(), "{}", stderr(&blind));
    let told = check(at, &[]);
    assert!(told.contains("--bookings") && !told.contains("keepsBookingsUntil"), "{told}");
    let aware = ["--bookings", "bookings.json", "--force"];
    let aware = fairtermin(at, &[&IMPORT[..], &to_files, &aware].concat());
    assert!(aware.status.success(), "{}", stderr(&aware));
    let found: Value = serde_json::from_str(&check(at, &["--format", "json"])).unwrap();
    assert_eq!(found["effects"]["releases"][0]["in_the_way"], json!([]), "{found:#}");
    let preview = ["preview", "amt.yaml", "closed.yaml", "--bookings", "bookings.json"];
    let of_day = ["--location", "amt-nord", "--service", "wohnung-anmelden"];
    let days = ["--from", "2027-01-06", "--to", "2027-01-06", "--channel", "staff"];
    let now = ["--now", "2027-01-04T08:00:00+01:00"];
    let output = fairtermin(at, &[&preview[..], &of_day, &days, &now].concat());
    let preview = String::from_utf8(output.stdout).unwrap();
    // Three desks: one with the appointment there, one with the booking here, one free.
    assert!(preview.contains("10:00 +01:00    1 free"), "{preview}");
}

#[test]
fn nothing_is_written_over_what_is_read_or_over_another_output() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("sub")).unwrap();
    for outputs in [
        &["-o", "x.yaml", "--report", "sub/../x.yaml"][..],
        &["-o", "x.yaml", "--closed-times", "./x.yaml"],
        &["-o", "hours.json"],
        &["-o", "x.yaml", "--report", "scope.json"],
    ] {
        let output = fairtermin(at, &[&IMPORT[..], outputs, &["--force"]].concat());
        assert_eq!(output.status.code(), Some(2), "{outputs:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("is the same file as"), "{}", stderr(&output));
    }
    assert!(!at.join("x.yaml").exists());
    for (name, answer) in answers() {
        assert_eq!(fs::read_to_string(at.join(name)).unwrap(), answer.to_string());
    }
}

#[test]
fn without_closed_time_the_report_is_written_and_the_true_reason_told() {
    let folder = folder();
    let at = folder.path();
    let evening = json!({"data": [{"id": 1, "status": "confirmed", "appointments":
        [{"date": 1_799_190_000 + 20 * 3600, "slotCount": 1, "scope": {"id": "141"}}]}]});
    for (file, reason) in [
        (evening, "none of 1 appointments becomes closed time"),
        (json!({"data": []}), "no appointment from today on"),
    ] {
        fs::write(at.join("processes.json"), file.to_string()).unwrap();
        let outputs = ["-o", "a.yaml", "--closed-times", "c.yaml", "--report", "r.txt", "--force"];
        let output = fairtermin(at, &[&IMPORT[..], &outputs].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
        assert!(at.join("r.txt").exists() && !at.join("c.yaml").exists());
    }
}

#[test]
fn a_file_in_another_encoding_is_told_with_line_byte_and_remedy() {
    let folder = folder();
    let at = folder.path();
    fs::write(at.join("hours.json"), b"{\n \"a\": \"B\xfcrgeramt\"}").unwrap();
    fs::write(at.join("values.yaml"), b"a: \"B\xfcrgeramt\"\n").unwrap();
    let import = fairtermin(at, &IMPORT);
    let check = fairtermin(at, &["check", "values.yaml"]);
    for (output, place) in [(import, "byte 9 of line 2"), (check, "byte 6 of line 1")] {
        assert_eq!(output.status.code(), Some(2));
        let told = stderr(&output);
        assert!(told.contains(place) && told.contains("iconv -f latin1 -t utf8"), "{told}");
    }
}

#[test]
fn letters_that_were_encoded_twice_are_told() {
    let folder = folder();
    let at = folder.path();
    let source = fs::read_to_string(at.join("source.json")).unwrap();
    fs::write(at.join("source.json"), source.replace("Amt Nord", "BÃ¼rgeramt")).unwrap();
    let output = fairtermin(at, &IMPORT);
    assert!(stderr(&output).contains("encoded twice"), "{}", stderr(&output));
}

#[test]
fn xml_that_says_that_it_is_latin_1_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let message = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\
        <t xmlns=\"http://xoev.de/schemata/xzufi/2_2_0\"><leistung><id>1</id><modulText>\
        <leikaTextmodul><code>03</code></leikaTextmodul><inhalt languageCode=\"de\">Pässe</inhalt>\
        </modulText></leistung></t>";
    let latin_1: Vec<u8> = message.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    fs::write(at.join("leistung.xml"), latin_1).unwrap();
    let output = fairtermin(at, &["import", "xzufi", "leistung.xml", "--authority", "amt"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(String::from_utf8(output.stdout).unwrap().contains("de: Pässe"));
}

#[test]
fn texts_that_helm_would_take_for_answers_pass_the_check() {
    let folder = folder();
    let at = folder.path();
    for name in ["no", "On", "y", "01067", "null", "1:30"] {
        let mut source = answers()[0].1.clone();
        source["data"]["requests"][0]["name"] = json!(name);
        source["data"]["providers"][0]["contact"]["city"] = json!(name);
        fs::write(at.join("source.json"), source.to_string()).unwrap();
        let output = fairtermin(at, &[&IMPORT[..], &["-o", "amt.yaml", "--force"]].concat());
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(remarks(at, &["amt.yaml"]), Vec::<String>::new(), "{name}");
        let check = fairtermin(at, &["check", "amt.yaml"]);
        assert!(!stderr(&check).contains("Helm reads"), "{name}: {}", stderr(&check));
    }
}

#[test]
fn a_part_of_a_catalogue_alone_is_told_in_one_line() {
    let folder = folder();
    let at = folder.path();
    let outputs = ["-o", "amt.yaml", "--closed-times", "closed.yaml"];
    assert!(fairtermin(at, &[&IMPORT[..], &outputs].concat()).status.success());
    let found = remarks(at, &["closed.yaml"]);
    assert!(found.len() == 1 && found[0].contains("it lies over a catalogue"), "{found:?}");
}

#[test]
fn texts_for_nothing_are_not_written() {
    let folder = folder();
    let at = folder.path();
    assert!(fairtermin(at, &[&IMPORT[..], &["-o", "amt.yaml"]].concat()).status.success());
    let message = "<t xmlns=\"http://xoev.de/schemata/xzufi/2_2_0\"><leistung><id>1</id><modulText>\
        <leikaTextmodul><code>03</code></leikaTextmodul><inhalt languageCode=\"de\">Pass</inhalt>\
        </modulText></leistung></t>";
    fs::write(at.join("leistung.xml"), message).unwrap();
    let arguments = ["import", "xzufi", "leistung.xml", "--onto", "amt.yaml", "-o", "texts.yaml"];
    let output = fairtermin(at, &arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("say nothing about this catalogue"), "{}", stderr(&output));
    assert!(stderr(&output).contains("missing: the files say nothing about this service"));
    assert!(!at.join("texts.yaml").exists());
}
