//! `fairtermin preview` and `fairtermin bookings`, as an admin types them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn chart(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charts/fairtermin").join(file)
}

fn preview(files: &[&Path], further: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
    command.arg("preview").args(files);
    command.args(["--location", "rathaus", "--service", "beratung"]);
    command.args(["--from", "2027-01-18", "--to", "2027-01-19", "--now", "2027-01-15T12:00+01:00"]);
    command.args(further).output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_preset_with_a_site_over_it_is_previewed_and_a_day_without_slots_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    fs::write(&site, "catalogue: {locations: {rathaus: {desks: 4}}}").unwrap();
    let small = chart("examples/small-office.yaml");
    let files: [&Path; 2] = [&small, &site];
    let table = text(&preview(&files, &[]));
    assert!(table.contains("Monday, 2027-01-18\n  08:00 +01:00    2 free"), "{table}");
    assert!(table.contains("nothing: no opening rule holds on this day"), "{table}");
    let staff = text(&preview(&files, &["--channel", "staff"]));
    assert!(staff.contains("08:00 +01:00    4 free"), "{staff}");
    let json: Value = serde_json::from_str(&text(&preview(&files, &["--format", "json"]))).unwrap();
    assert_eq!(json[0]["starts"][0]["start"], "2027-01-18T08:00:00+01:00");
    assert_eq!(json[1]["why"], "no opening rule holds on this day");
    let page = text(&preview(&files, &["--format", "html", "--people", "2"]));
    assert!(page.starts_with("<!doctype html>") && page.contains("Personen: 2"), "{page}");
}

#[test]
fn a_service_for_staff_alone_says_how_to_preview_it() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let overlay = "catalogue: {locations: {rathaus: {services: {beratung: {staffOnly: true}}}}}";
    fs::write(&site, overlay).unwrap();
    let small = chart("examples/small-office.yaml");
    let output = preview(&[&small, &site], &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("--channel staff"), "{told}");
    assert!(!told.contains("there are"), "{told}");
    let table = text(&preview(&[&small, &site], &["--channel", "staff"]));
    assert!(table.contains("free"), "{table}");
}

#[test]
fn a_booking_that_moves_gives_its_desk_back() {
    let folder = tempfile::tempdir().unwrap();
    let bookings = folder.path().join("bookings.json");
    // As `bookings export` writes them.
    let list = r#"{"rathaus": [{"start": "2027-01-18T07:00:00Z", "minutes": 30, "desk": 1, "services": []}]}"#;
    fs::write(&bookings, list).unwrap();
    let small = chart("examples/small-office.yaml");
    let with = ["--bookings", bookings.to_str().unwrap()];
    let table = text(&preview(&[&small], &with));
    assert!(table.contains("08:00 +01:00    1 free"), "{table}");
    let moved = [&with[..], &["--level", "basic", "--moves", "2027-01-18T07:00:00Z"]].concat();
    let table = text(&preview(&[&small], &moved));
    assert!(table.contains("08:00 +01:00    2 free"), "{table}");
}

#[test]
fn bookings_are_exported_from_the_services_own_database() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.yaml");
    let database = folder.path().join("slot.db");
    let settings = SETTINGS.replace("DATABASE", &database.display().to_string());
    fs::write(&config, settings).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
        command.args(arguments).arg("--config").arg(&config).output().unwrap()
    };
    text(&run(&["migrate", "slot"]));
    assert_eq!(text(&run(&["bookings", "export", "--from", "2027-01-01"])), "{}\n");
    let nowhere = folder.path().join("nowhere.yaml");
    fs::write(&nowhere, "slot: {}").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(["bookings", "export", "--config"])
        .arg(&nowhere)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

const SETTINGS: &str = "
slot:
  http: {listen: '127.0.0.1:0', workers: 1}
  database: {url: {value: 'sqlite://DATABASE?mode=rwc'}}
  catalogue: {text: ''}
  identity: {issuer: 'http://127.0.0.1:1', jwks_url: 'http://127.0.0.1:1/jwks'}
  holds: memory
  hold_token: {key: {value: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}}
  person_data: {key: {value: AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=}}
";
