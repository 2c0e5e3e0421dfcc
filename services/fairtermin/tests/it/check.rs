//! `fairtermin check`, as an admin types it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use serde_json::Value;

const NOW: &str = "2027-01-15T12:00:00+01:00";

fn chart(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charts/fairtermin").join(file)
}

fn check(arguments: &[&Path], further: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
    command.arg("check").args(arguments).args(["--now", NOW]).args(further).output().unwrap()
}

fn told(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Remarks that are more than a note, of `--format json`.
fn findings(arguments: &[&Path]) -> Vec<String> {
    let output = check(arguments, &["--format", "json"]);
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let remarks = all["remarks"].as_array().unwrap();
    let findings = remarks.iter().filter(|remark| remark["severity"] != "note");
    findings
        .map(|remark| {
            let part = |key: &str| remark[key].as_str().unwrap_or_default().to_owned();
            format!("{}: {} {}", part("severity"), part("path"), part("problem"))
        })
        .collect()
}

/// A wrong file says in its first lines what is to be said of it, and what it lies over or beside.
struct Wrong {
    file: PathBuf,
    says: String,
    before: Vec<PathBuf>,
}

impl Wrong {
    fn read(file: PathBuf) -> Self {
        let text = fs::read_to_string(&file).unwrap();
        let head = |word: &str| {
            let start = format!("# {word}: ");
            text.lines().find_map(|line| line.strip_prefix(&start).map(str::to_owned))
        };
        let before = ["beside", "over"].into_iter().filter_map(head).map(|name| chart(&name));
        let before = before.collect();
        Self { says: head("says").unwrap(), file, before }
    }
}

#[test]
fn no_wrong_values_file_passes_unnoticed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong_values");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all: Vec<Wrong> = files.map(Wrong::read).collect();
    assert!(all.len() >= 60, "{} files", all.len());
    let mut missed = String::new();
    for wrong in &all {
        let files: Vec<&Path> =
            wrong.before.iter().chain([&wrong.file]).map(PathBuf::as_path).collect();
        let output = check(&files, &[]);
        let told = told(&output);
        let is_note =
            wrong.says.starts_with("note: ") || wrong.says.contains("is a public holiday");
        if !told.contains(&wrong.says) || (!is_note && output.status.code() != Some(1)) {
            let _ = writeln!(missed, "{}: {}\n{told}", wrong.file.display(), wrong.says);
        }
        assert!(!told.contains("hunter2"), "a secret is printed: {told}");
        assert!(!told.contains("panicked"), "{told}");
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn presets_have_no_finding_but_placeholders() {
    let files = [
        "values-platform.yaml",
        "values-lea.yaml",
        "values-buergeramt.yaml",
        "values-kfz.yaml",
        "values-auditor.yaml",
    ];
    let files = files.map(chart);
    let findings = findings(&files.each_ref().map(PathBuf::as_path));
    let others: Vec<_> = findings.iter().filter(|it| !it.contains("is a placeholder")).collect();
    assert!(others.is_empty(), "{others:#?}");
    for file in ["values-all-in-one.yaml", "examples/small-office.yaml"] {
        let output = check(&[&chart(file)], &[]);
        assert!(output.status.success(), "{}", told(&output));
    }
}

#[test]
fn the_charts_schema_is_up_to_date() {
    let output = Command::new(env!("CARGO_BIN_EXE_fairtermin")).arg("schema").output().unwrap();
    let stored = fs::read_to_string(chart("values.schema.json")).unwrap();
    let made: Value = serde_json::from_slice(&output.stdout).unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    assert!(made == stored, "values.schema.json is stale: run `make schema`");
    // Helm fetches nothing from elsewhere.
    assert!(!made.to_string().contains("\"$ref\":\"http"));
}

#[test]
fn files_are_laid_over_each_other_as_helm_does_it() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let small = chart("examples/small-office.yaml");
    let write = |text: &str| fs::write(&site, text).unwrap();
    write("catalogue: {locations: {rathaus: {opening: {woche: {desks: null}}}}}");
    assert_eq!(findings(&[&small, &site]), [""; 0]);
    write("catalogue: {locations: {rathaus: {services: {beratung: null}}}}");
    let told = findings(&[&small, &site]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("no location does this service"), "{told:?}");
    write("slot: {settings: {limits: {person_per_minute: null}}, env: {A: null}}");
    assert_eq!(findings(&[&small, &site]), [""; 0]);
}

#[test]
fn where_nobody_reads_any_more_the_exit_code_stays_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.yaml");
    fs::write(&wrong, "slot: {enabled: on}\n").unwrap();
    let small = chart("examples/small-office.yaml");
    for (file, code) in [(&wrong, 1), (&small, 0)] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairtermin"));
        command.arg("check").arg(file).args(["--now", NOW]);
        let status = command.stdout(writer.try_clone().unwrap()).stderr(writer).status().unwrap();
        assert_eq!(status.code(), Some(code), "{}", file.display());
    }
}

#[test]
fn a_file_that_cannot_be_read_is_no_finding() {
    let output = check(&[Path::new("nowhere.yaml")], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("cannot read nowhere.yaml"), "{}", told(&output));
}

#[test]
fn a_change_is_told_with_all_that_follows_from_it() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let small = chart("examples/small-office.yaml");
    let change = "catalogue:\n  locations:\n    rathaus:\n      bookable: {toDays: 2}\n      opening: \
                  {woche: {hours: {monday: 08:00-11:00}}}\n";
    fs::write(&site, change).unwrap();
    let bookings = folder.path().join("bookings.json");
    // Two at one time and desk numbers that nobody stated: they have two desks together.
    let at = |time: &str| format!(r#"{{"start": "2027-01-18T{time}", "minutes": 30}}"#);
    let text = format!(r#"{{"rathaus": [{}, {}, {}]}}"#, at("11:30"), at("11:30"), at("08:00"));
    fs::write(&bookings, text).unwrap();
    let small_text = small.to_str().unwrap();
    let further =
        ["--against", small_text, "--bookings", bookings.to_str().unwrap(), "--days", "14"];
    let output = check(&[&small, &site], &further);
    let told = told(&output);
    for part in [
        "changed: catalogue.locations.rathaus.bookable.toDays: 60 becomes 2",
        "hours.monday: \"08:00-12:00\" becomes \"08:00-11:00\"",
        "in the way: rathaus, 2027-01-18: 2 bookings",
        "2027-01-18  rathaus: 0 slots gained, 8 lost",
        "2 bookings stand in the way",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_warning_hides_neither_the_comparison_nor_what_stands_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let small = chart("examples/small-office.yaml");
    // The group of nobody is a warning. The service takes twice as long, in other pods.
    let change = "catalogue:\n  groups: {leer: {name: {de: Leer}}}\n  services: {beratung: {slots: \
                  4}}\n  locations: {rathaus: {opening: {woche: {hours: {monday: 08:00-11:00}}}}}\n\
                  slot: {replicas: 5, env: {A: hunter2}}\n";
    fs::write(&site, change).unwrap();
    let bookings = folder.path().join("bookings.json");
    let at = |time: &str| format!(r#"{{"start": "2027-01-18T{time}", "minutes": 30}}"#);
    let text = format!(r#"{{"rathaus": [{}], "ratahus": [{}]}}"#, at("11:30"), at("08:00"));
    fs::write(&bookings, text).unwrap();
    let (small_text, bookings) = (small.to_str().unwrap(), bookings.to_str().unwrap());
    let further = ["--against", small_text, "--bookings", bookings];
    let table = told(&check(&[&small, &site], &further));
    for part in [
        "catalogue.groups.leer: no service belongs to it",
        "bookings of ratahus: 1 booking matches nothing: there is no such location",
        "changed: slot.replicas is new: 5",
        "changed: slot.env.A is new; its pods",
        "changed: catalogue.services.beratung.slots: 2 becomes 4; what can be booked now is counted",
        "in the way: rathaus, 2027-01-18: 1 booking",
        "service beratung, public, ",
        "2 findings, and 1 booking stands in the way, see above",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
    assert!(!table.contains("hunter2") && !table.contains("nothing to complain"), "{table}");

    let output = check(&[&small, &site], &[&further[..], &["--format", "json"]].concat());
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let release = &all["effects"]["releases"][0];
    assert_eq!(release["authority"], "kleines-amt");
    assert_eq!(release["in_the_way"][0]["location"], "rathaus");
    assert_eq!(release["in_the_way"][0]["count"], 1);
    // Two desks for the public: of 16 slots, eight visits of two each; of 12, three of four.
    let monday = |start: &&Value| start["date"] == "2027-01-18" && start["channel"] == "public";
    let starts = release["starts"].as_array().unwrap();
    let monday = starts.iter().find(monday).unwrap();
    assert_eq!(monday["room"]["before"], 16);
    assert_eq!(monday["room"]["after"], 6);
    assert!(!all.to_string().contains("hunter2"));
}

#[test]
fn another_id_is_another_authority() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let small = chart("examples/small-office.yaml");
    fs::write(&site, "catalogue: {authority: {id: grosses-amt}}").unwrap();
    // Before anything is live, a preset may be given another id.
    assert_eq!(findings(&[&small, &site]), [""; 0]);
    let output = check(&[&small, &site], &["--against", small.to_str().unwrap()]);
    let told = told(&output);
    assert!(told.contains("`kleines-amt` becomes `grosses-amt`, which is another auth"), "{told}");
    assert_eq!(output.status.code(), Some(1));
}

/// The files are fine by themselves; what is wrong is the change.
#[test]
fn what_may_never_change_is_said_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    let (live, site) = (folder.path().join("live.yaml"), folder.path().join("site.yaml"));
    let small = chart("examples/small-office.yaml");
    fs::write(&live, "slot: {settings: {log: {key: {file: /run/secrets/fairtermin/log-key}}}}")
        .unwrap();
    let against = ["--against", small.to_str().unwrap(), "--against", live.to_str().unwrap()];
    for (change, says) in [
        ("slot: {settings: {log: {origin: amt.de/log}}}", "a new public log begins"),
        ("slot: {postgres: {enabled: true}}", "another database takes over"),
        (
            "slot: {settings: {person_data: {key: {file: /run/secrets/fairtermin/other}}}}",
            "slot.settings.person_data.key: is not what it was",
        ),
    ] {
        fs::write(&site, change).unwrap();
        let output = check(&[&small, &live, &site], &against);
        let told = told(&output);
        assert!(told.contains(says) && output.status.code() == Some(1), "{says}: {told}");
    }
}

#[test]
fn files_of_which_nothing_can_be_compared_are_no_success() {
    let small = chart("examples/small-office.yaml");
    let platform = chart("values-platform.yaml");
    let output = check(&[&small], &["--against", platform.to_str().unwrap()]);
    let told = told(&output);
    assert!(told.contains("nothing was compared") && output.status.code() == Some(1), "{told}");
}

#[test]
fn a_former_name_that_was_never_live_carries_nothing_over() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let small = chart("examples/small-office.yaml");
    let renamed = "catalogue:\n  services:\n    beratung: null\n    rat: {name: {de: Rat}, group: \
                   beratung, formerly: [beratug]}\n  locations: {rathaus: {services: {beratung: \
                   null, rat: {}}}}\n";
    let told_of = |text: &str| {
        fs::write(&site, text).unwrap();
        told(&check(&[&small, &site], &["--against", small.to_str().unwrap()]))
    };
    let told = told_of(renamed);
    let part = "catalogue.services.rat.formerly: no service `beratug` is live";
    assert!(told.contains(part), "{told}");
    let told = told_of(&renamed.replace("beratug]", "beratung]"));
    assert!(!told.contains("is live") && told.contains("nothing to complain about"), "{told}");
}

/// Helm would render it, and Kubernetes refuse the whole release.
#[test]
fn a_catalogue_that_fits_into_no_config_map_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    let long = "Lange Erklärung. ".repeat(300);
    let mut text = String::from("catalogue:\n  services:\n");
    for service in 0..250 {
        let _ = writeln!(
            text,
            "    s{service}: {{name: {{de: Dienst {service}}}, group: beratung, description: \
             {{de: \"{long}\"}}}}"
        );
    }
    fs::write(&site, text).unwrap();
    let told = told(&check(&[&chart("examples/small-office.yaml"), &site], &[]));
    assert!(told.contains("catalogue: has ") && told.contains("a ConfigMap holds"), "{told:.2000}");
}

/// 500 services at 40 locations each: 20,000 entries.
fn city() -> String {
    let mut text = String::from(
        "slot: {enabled: true}\ncatalogue:\n  authority: {id: stadt, name: {de: Stadt}, languages: [de]}\n  \
         groups: {g: {name: {de: G}}}\n  services:\n",
    );
    for service in 0..500 {
        let _ = writeln!(text, "    s{service}: {{name: {{de: Dienst {service}}}, group: g}}");
    }
    text.push_str("  locations:\n");
    let offered: Vec<String> = (0..500).map(|service| format!("s{service}: {{}}")).collect();
    for location in 0..40 {
        let _ = writeln!(
            text,
            "    l{location}:\n      name: {{de: Ort {location}}}\n      address: {{street: Weg 1, \
             postalCode: \"10115\"}}\n      desks: 20\n      opening: {{woche: {{hours: {{monday: \
             08:00-12:00, friday: 08:00-12:00}}}}}}\n      services: {{{}}}",
            offered.join(", ")
        );
    }
    text
}

/// Without optimisation and beside other tests; a release build takes less than a second.
#[test]
fn a_large_city_is_checked_and_previewed_soon() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("city.yaml");
    fs::write(&file, city()).unwrap();
    let soon = Duration::from_secs(120);
    let began = Instant::now();
    let output = check(&[&file], &[]);
    assert!(output.status.success(), "{}", told(&output));
    println!("checked in {:?}", began.elapsed());
    assert!(began.elapsed() < soon, "checked in {:?}", began.elapsed());
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .arg("preview")
        .arg(&file)
        .args([
            "--location",
            "l7",
            "--service",
            "s99",
            "--from",
            "2027-01-18",
            "--to",
            "2027-02-15",
        ])
        .args(["--now", NOW])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", told(&output));
    println!("previewed in {:?}", began.elapsed());
    assert!(began.elapsed() < soon, "previewed in {:?}", began.elapsed());
}

/// A desk more at each of 40 locations with 500 services: the work grows with what differs.
#[test]
fn a_change_of_a_large_city_is_compared_soon() {
    let folder = tempfile::tempdir().unwrap();
    let (live, next) = (folder.path().join("live.yaml"), folder.path().join("next.yaml"));
    fs::write(&live, city()).unwrap();
    fs::write(&next, city().replace("desks: 20", "desks: 21")).unwrap();
    let began = Instant::now();
    let against = ["--against", live.to_str().unwrap(), "--days", "60"];
    let output = check(&[&next], &against);
    let told = told(&output);
    assert!(output.status.success(), "{told:.2000}");
    assert!(told.contains("service s499, public, "), "{told:.2000}");
    println!("compared in {:?}", began.elapsed());
    // Seconds where nothing else runs; hours if each desk were compared with each.
    assert!(began.elapsed() < Duration::from_secs(180), "compared in {:?}", began.elapsed());
}
