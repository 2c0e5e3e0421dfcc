//! `fairtermin import`, as an admin types it.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::{Value, json};

pub fn fairtermin(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What ZMS answers for one scope with hours on Wednesdays and one appointment.
pub fn answers() -> [(&'static str, Value); 4] {
    let wednesday_at_ten = 1_799_190_000 + 10 * 3600;
    [
        (
            "source.json",
            json!({"data": {
            "providers": [{"id": "900001", "source": "dldb", "name": "Amt Nord", "contact":
                {"street": "Am Hafen", "streetNumber": "3", "postalCode": "01067", "city": "Neustadt"}}],
            "requests": [{"id": "900101", "source": "dldb", "name": "Wohnung anmelden", "group": "Melden"}],
            "requestrelation": [{"provider": {"id": "900001", "source": "dldb"},
                "request": {"id": "900101", "source": "dldb"}, "slots": "1"}]}}),
        ),
        (
            "scope.json",
            json!({"data": {"id": "141", "shortName": "Nord",
            "provider": {"id": "900001", "source": "dldb"},
            "preferences": {"client": {"captchaActivatedRequired": "1"}}}}),
        ),
        (
            "hours.json",
            json!({"data": [{"id": "700", "type": "appointment", "scope": {"id": "141"},
            "weekday": {"wednesday": "8"}, "workstationCount": {"public": "2", "intern": "3"},
            "slotTimeInMinutes": "10", "startDate": 1_799_017_200, "endDate": 2_208_898_800_i64,
            "startTime": "08:00:00", "endTime": "12:00:00"}]}),
        ),
        (
            "processes.json",
            json!({"data": [{"id": 1, "status": "confirmed",
            "appointments": [{"date": wednesday_at_ten, "slotCount": 2, "scope": {"id": "141"}}]}]}),
        ),
    ]
}

pub const IMPORT: [&str; 12] = [
    "import",
    "zms",
    "source.json",
    "scope.json",
    "hours.json",
    "processes.json",
    "--authority",
    "amt",
    "--name",
    "Amt für Bürgerdienste",
    "--today",
    "2027-01-04",
];

pub fn remarks(folder: &Path, files: &[&str]) -> Vec<String> {
    let now = ["--now", "2027-01-04T08:00:00+01:00", "--format", "json"];
    let output = fairtermin(folder, &[&["check"][..], files, &now].concat());
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let remarks = all["remarks"].as_array().unwrap().iter();
    let found = remarks.filter(|remark| remark["severity"] != "note").map(ToString::to_string);
    found.filter(|remark| remark.contains("catalogue")).collect()
}

#[test]
fn an_office_moves_from_zms_with_its_appointments() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (name, answer) in answers() {
        fs::write(at.join(name), answer.to_string()).unwrap();
    }
    let to_files =
        ["--output", "amt.yaml", "--closed-times", "closed.yaml", "--report", "report.txt"];
    let output = fairtermin(at, &[&IMPORT[..], &to_files].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("Next: fairtermin check amt.yaml closed.yaml"),
        "{}",
        stderr(&output)
    );
    let report = fs::read_to_string(at.join("report.txt")).unwrap();
    let captcha = "left out: a captcha: a log-in takes its place\n  scope.json: data.preferences.client.captchaActivatedRequired";
    assert!(report.contains(captcha), "{report}");
    assert_eq!(remarks(at, &["amt.yaml", "closed.yaml"]), Vec::<String>::new());
    let preview = [
        "preview",
        "amt.yaml",
        "closed.yaml",
        "--location",
        "amt-nord",
        "--service",
        "wohnung-anmelden",
        "--from",
        "2027-01-06",
        "--to",
        "2027-01-06",
        "--now",
        "2027-01-04T08:00:00+01:00",
    ];
    let preview = String::from_utf8(fairtermin(at, &preview).stdout).unwrap();
    assert!(
        preview.contains("09:50 +01:00    2 free") && preview.contains("10:10 +01:00    1 free"),
        "{preview}"
    );
    let again = fairtermin(at, &[&IMPORT[..], &to_files].concat());
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("amt.yaml") || stderr(&again).contains("closed.yaml"));
    assert!(stderr(&again).contains("replace it with --force"), "{}", stderr(&again));
    let forced = fairtermin(at, &[&IMPORT[..], &to_files, &["--force"]].concat());
    assert!(forced.status.success(), "{}", stderr(&forced));
}

#[test]
fn values_can_be_redirected_and_the_report_is_json() {
    let folder = tempfile::tempdir().unwrap();
    for (name, answer) in answers() {
        fs::write(folder.path().join(name), answer.to_string()).unwrap();
    }
    let output = fairtermin(folder.path(), &[&IMPORT[..], &["--report-format", "json"]].concat());
    let values = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(values.starts_with("# What Amt für Bürgerdienste offers."), "{values}");
    let report: Value = serde_json::from_str(&stderr(&output)).unwrap();
    assert_eq!(report[0]["fate"], "left-out");
}

#[test]
fn the_admin_names_the_state_whose_holidays_are_closed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (name, answer) in answers() {
        fs::write(at.join(name), answer.to_string()).unwrap();
    }
    let import = |state: &[&str]| fairtermin(at, &[&IMPORT[..], state].concat());
    let values = |state: &[&str]| String::from_utf8(import(state).stdout).unwrap();
    let saxony = values(&["--state", "DE-SN"]);
    assert!(saxony.contains("\n  holidays: DE-SN\n"), "{saxony}");
    let without = values(&[]);
    assert!(without.contains("\ncatalogue:\n") && !without.contains("holidays:"), "{without}");
    assert_eq!(values(&["--state", "DE-BE"]), without);

    for wrong in ["Sachsen", "SN", "DE-XX", ""] {
        let refused = import(&["--state", wrong]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert!(refused.stdout.is_empty(), "{wrong}");
        let told = stderr(&refused);
        for state in calendar::FederalState::ALL {
            assert!(told.contains(state.code()), "{wrong}: {told}");
        }
    }
}

#[test]
fn what_cannot_be_imported_says_which_file_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("page.json"), "<html>").unwrap();
    fs::write(at.join("short.json"), r#"{"meta": {"reducedData": true}, "data": {"id": "141"}}"#)
        .unwrap();
    for (file, told) in [
        ("page.json", "page.json is no JSON"),
        ("short.json", "X-AuthKey"),
        ("none.json", "cannot read none.json"),
    ] {
        let output = fairtermin(at, &["import", "zms", file, "--authority", "amt"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
    let neither = fairtermin(at, &["import", "dldb", "page.json"]);
    assert!(stderr(&neither).contains("--authority"), "{}", stderr(&neither));
}

#[test]
fn texts_of_the_federal_catalogue_are_laid_over_a_values_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let base = r#"
slot: {enabled: true}
catalogue:
  authority: {id: amt, name: {de: Amt}, languages: [de]}
  groups: {melden: {name: {de: Melden}}}
  services: {anmelden: {leika: "99115005104000", name: {de: Anmelden}, group: melden}}
  locations:
    nord:
      name: {de: Nord}
      address: {street: Weg 1, postalCode: "10115"}
      desks: 2
      services: {anmelden: {}}
      opening: {frueh: {hours: {monday: 08:00-09:00}}}
"#;
    let message = r#"<t xmlns="http://xoev.de/schemata/xzufi/2_2_0"><leistung><id>1</id>
<referenzLeiKa><code>99115005104000</code></referenzLeiKa>
<modulText><leikaTextmodul><code>03</code></leikaTextmodul><inhalt languageCode="de">Wohnung anmelden</inhalt></modulText>
<modulText><leikaTextmodul><code>08</code></leikaTextmodul><inhalt languageCode="de">Ausweis</inhalt></modulText>
</leistung></t>"#;
    fs::write(at.join("amt.yaml"), base).unwrap();
    fs::write(at.join("leistung.xml"), message).unwrap();
    let arguments = [
        "import",
        "xzufi",
        "leistung.xml",
        "--page",
        "https://amt.neustadt.de/",
        "--onto",
        "amt.yaml",
        "--output",
        "texts.yaml",
    ];
    let output = fairtermin(at, &arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("Next: fairtermin check amt.yaml texts.yaml"),
        "{}",
        stderr(&output)
    );
    assert!(fs::read_to_string(at.join("texts.yaml")).unwrap().contains("Ausweis"));
    assert_eq!(remarks(at, &["amt.yaml", "texts.yaml"]), Vec::<String>::new());
}
