//! From an empty folder to files that `check` accepts: the walk of an admin.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

fn fairtermin(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Remarks of `check` that are more than a note.
fn findings(folder: &Path, files: &[&str]) -> Vec<(String, String)> {
    let arguments = [&["check"][..], files, &["--format", "json"]].concat();
    let output = fairtermin(folder, &arguments, "");
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let remarks = all["remarks"].as_array().unwrap().iter();
    let text = |remark: &Value, key: &str| remark[key].as_str().unwrap_or_default().to_owned();
    remarks
        .filter(|remark| remark["severity"] != "note")
        .map(|remark| (text(remark, "path"), text(remark, "problem")))
        .collect()
}

const FLAGS: [&str; 24] = [
    "--authority",
    "neustadt",
    "--name",
    "Bürgeramt \"Neustadt\": Mitte",
    "--location",
    "Rathaus Süd",
    "--street",
    "Am Markt 1",
    "--postal-code",
    "01067",
    "--city",
    "Neustadt",
    "--state",
    "DE-SN",
    "--desks",
    "5",
    "--service",
    "Wohnung anmelden",
    "--portal-host",
    "termin.neustadt.de",
    "--identity-host",
    "id.neustadt.de",
    "--mail-from",
    "termine@neustadt.de",
];

#[test]
fn from_an_empty_folder_to_files_that_check_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let further = [
        "--smtp-host",
        "mail.neustadt.de",
        "--issuer",
        "https://login.neustadt.de/realms/bundid",
        "--staff-issuer",
        "https://login.neustadt.de/realms/amt",
        "--yes",
    ];
    let arguments = [&["init", "."][..], &FLAGS, &further].concat();
    let output = fairtermin(at, &arguments, "");
    assert!(output.status.success(), "{}", told(&output));
    // What is left are the addresses of pages that only the office knows.
    let left = findings(at, &["platform.yaml", "neustadt.yaml"]);
    let is_stated = |(path, problem): &(String, String)| {
        path.starts_with("portal.settings.legal.") && problem.contains("is a placeholder")
    };
    assert!(left.len() == 3 && left.iter().all(is_stated), "{left:?}");

    // What is written is what was said, whatever letters are in it.
    let values = fs::read_to_string(at.join("neustadt.yaml")).unwrap();
    let values: Value = serde_norway::from_str(&values).unwrap();
    let catalogue = &values["catalogue"];
    assert_eq!(catalogue["authority"]["name"]["de"], "Bürgeramt \"Neustadt\": Mitte");
    assert_eq!(catalogue["holidays"], "DE-SN");
    assert_eq!(catalogue["locations"]["rathaus-sued"]["address"]["postalCode"], "01067");
    assert!(catalogue["services"]["wohnung-anmelden"].is_object());

    // It yields slots.
    let preview = [
        "preview",
        "neustadt.yaml",
        "--location",
        "rathaus-sued",
        "--service",
        "wohnung-anmelden",
        "--from",
        "2027-01-18",
        "--to",
        "2027-01-18",
        "--now",
        "2027-01-15T12:00:00+01:00",
    ];
    let table = told(&fairtermin(at, &preview, ""));
    assert!(table.contains("16 starts, 64 free"), "{table}");
}

#[test]
fn keys_are_written_once_for_their_owner_alone_and_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let arguments = ["init", "office", "--authority", "neustadt", "--yes"];
    let output = fairtermin(at, &arguments, "");
    assert!(output.status.success(), "{}", told(&output));
    let file = at.join("office/secrets.yaml");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let secrets = fs::read_to_string(&file).unwrap();
    let mut keys = Vec::new();
    for manifest in secrets.split("\n---\n").skip(1) {
        let manifest: Value = serde_norway::from_str(manifest).unwrap();
        assert_eq!(manifest["kind"], "Secret");
        let name = manifest["metadata"]["name"].as_str().unwrap().to_owned();
        for (key, value) in manifest["stringData"].as_object().unwrap() {
            keys.push((name.clone(), key.clone(), value.as_str().unwrap().to_owned()));
        }
    }
    let value = |secret: &str, key: &str| {
        let found = keys.iter().find(|(name, own, _)| name.ends_with(secret) && own == key);
        found.unwrap_or_else(|| panic!("{secret} {key}")).2.clone()
    };
    assert_eq!(value("-identity", "contact-key"), value("-notification", "contact-key"));
    assert_eq!(value("-identity", "portal-client-secret"), value("-portal", "client-secret"));
    assert_ne!(value("-identity", "data-key"), value("-notification", "data-key"));
    assert_ne!(value("-identity", "database-url"), value("-notification", "database-url"));
    assert!(auth::SigningKey::parse_all(&value("-identity", "signing-key")).is_ok());
    for (_, key, value) in keys.iter().filter(|(_, _, value)| !value.contains("CHANGE-ME")) {
        assert!(!told(&output).contains(value), "{key} is printed");
    }
    // Each file that the values name is a key of the Secret.
    let platform = fs::read_to_string(at.join("office/platform.yaml")).unwrap();
    for line in platform.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if let Some((_, rest)) = line.split_once("/run/secrets/fairtermin/") {
            let key = rest.trim_end_matches('}');
            assert!(keys.iter().any(|(_, own, _)| own == key), "{key}");
        }
    }

    // Those that the files need are those that were written, no more and no less.
    let check =
        ["check", "office/platform.yaml", "office/neustadt.yaml", "--secrets", "--format", "json"];
    let needed: Value = serde_json::from_slice(&fairtermin(at, &check, "").stdout).unwrap();
    for one in needed["secrets"].as_array().unwrap() {
        let suffix = format!("-fairtermin-{}", one["service"].as_str().unwrap());
        let written = keys.iter().filter(|(name, ..)| name.ends_with(&suffix));
        let mut written: Vec<&str> = written.map(|(_, key, _)| key.as_str()).collect();
        written.sort_unstable();
        let asked = one["keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap());
        assert_eq!(written, asked.collect::<Vec<_>>(), "{suffix}");
    }

    let again = fairtermin(at, &arguments, "");
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again).contains("is there already"), "{}", told(&again));
    assert_eq!(fs::read_to_string(&file).unwrap(), secrets);
}

/// A shell makes `check FOLDER/*.yaml` of it.
#[test]
fn all_files_of_the_folder_can_be_checked_and_the_secrets_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let arguments = [&["init", "."][..], &FLAGS, &["--yes"]].concat();
    assert!(fairtermin(at, &arguments, "").status.success());
    let (values, all) = (["neustadt.yaml", "platform.yaml"], "secrets.yaml");
    assert_eq!(findings(at, &[&values[..], &[all]].concat()), findings(at, &values));
    let told = told(&fairtermin(at, &["check", values[0], values[1], all], ""));
    let passed = "secrets.yaml: note: is for Kubernetes (`kind: Secret`)";
    assert!(told.contains(passed), "{told}");
    let query = ["--location", "rathaus-sued", "--service", "wohnung-anmelden"];
    let days = ["--from", "2027-01-18", "--to", "2027-01-18", "--now", "2027-01-15T12:00:00+01:00"];
    let preview = [&["preview", values[0], values[1], all][..], &query, &days].concat();
    let output = fairtermin(at, &preview, "");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_folder_that_is_taken_is_refused_before_the_first_question() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("platform.yaml"), "").unwrap();
    let output = fairtermin(folder.path(), &["init", "."], "neustadt\n");
    assert_eq!(output.status.code(), Some(1));
    let told = told(&output);
    assert!(told.contains("is there already") && !told.contains("Id of the authority"), "{told}");
}

#[test]
fn an_issuer_with_a_password_is_refused_without_repeating_it() {
    let folder = tempfile::tempdir().unwrap();
    let issuer = ["--issuer", "https://u:hush@login.amt.de", "--yes"];
    let arguments = [&["init", ".", "--authority", "amt"][..], &issuer].concat();
    let told = told(&fairtermin(folder.path(), &arguments, ""));
    assert!(told.contains("without user and password") && !told.contains("hush"), "{told}");
}

#[test]
fn questions_are_asked_again_until_the_answer_can_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let answers = "no\nneustadt\nBürgeramt\n\n\nabc\n01067\n\nSachsen\nde-sn\n99\n4\n\n\n\ndoor\n\n\n\nkeycloak\n\n\n";
    let output = fairtermin(folder.path(), &["init", "office"], answers);
    let told = told(&output);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("it begins with a letter and is a word of its own"), "{told}");
    assert!(told.contains("a postal code has five digits"), "{told}");
    assert!(told.contains("not a state: write its code"), "{told}");
    assert!(told.contains("write gateway or ingress"), "{told}");
    let platform = fs::read_to_string(folder.path().join("office/platform.yaml")).unwrap();
    assert!(
        platform.contains("profile: standard") && platform.contains("scopes: [bookings, desk]")
    );
    let office = folder.path().join("office");
    let left = findings(&office, &["platform.yaml", "neustadt.yaml"]);
    let placeholders = left.iter().filter(|(_, problem)| problem.contains("is a placeholder"));
    assert_eq!(placeholders.count(), left.len(), "{left:?}");
}

#[test]
fn every_kind_of_log_in_gives_values_that_can_be_used() {
    for log_in in ["bund-id", "e-id", "keycloak"] {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [&["init", "."][..], &FLAGS, &["--log-in", log_in, "--yes"]].concat();
        assert!(fairtermin(folder.path(), &arguments, "").status.success());
        for (path, problem) in findings(folder.path(), &["platform.yaml", "neustadt.yaml"]) {
            assert!(problem.contains("is a placeholder"), "{log_in}: {path}: {problem}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let output = fairtermin(folder.path(), &["init", ".", "--yes"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("--authority is missing"), "{}", told(&output));
}

/// The Gateway API, unless the cluster has an ingress controller.
#[test]
fn the_way_in_is_a_gateway_or_what_is_asked_for() {
    let ways: [(&[&str], &str, &str); 2] =
        [(&[], "gateway", "ingress"), (&["--way-in", "ingress"], "ingress", "gateway")];
    for (flags, way, other) in ways {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [&["init", "."][..], &FLAGS, flags, &["--yes"]].concat();
        let output = fairtermin(folder.path(), &arguments, "");
        assert!(output.status.success(), "{}", told(&output));
        let platform = fs::read_to_string(folder.path().join("platform.yaml")).unwrap();
        let platform: Value = serde_norway::from_str(&platform).unwrap();
        for (role, host) in [("identity", "id.neustadt.de"), ("portal", "termin.neustadt.de")] {
            assert_eq!(platform[role][way]["enabled"], true, "{role} {way}");
            assert_eq!(platform[role][way]["host"], host);
            assert!(platform[role].get(other).is_none(), "{role} {other}");
            assert!(platform[role]["networkPolicy"]["allowFromNamespaces"][0].is_string());
        }
        let next = fs::read_to_string(folder.path().join("next.md")).unwrap();
        assert!(next.contains("**Make the way in.**") && !next.contains("@WAY"), "{next}");
        for (path, problem) in findings(folder.path(), &["platform.yaml", "neustadt.yaml"]) {
            assert!(problem.contains("is a placeholder"), "{way}: {path}: {problem}");
        }
    }
}

#[test]
fn what_cannot_become_files_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for id in ["platform", "secrets"] {
        let output = fairtermin(folder.path(), &["init", "o", "--authority", id, "--yes"], "");
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).contains("is what another file is called"), "{}", told(&output));
    }
    // A release is called as its authority.
    let long = "a".repeat(54);
    let output = fairtermin(folder.path(), &["init", "o", "--authority", &long, "--yes"], "");
    assert!(told(&output).contains("write at most 53 letters"), "{}", told(&output));
    let one_host = ["--portal-host", "termin.amt.de", "--identity-host", "termin.amt.de"];
    let arguments = [&["init", "o", "--authority", "amt", "--yes"][..], &one_host].concat();
    let output = fairtermin(folder.path(), &arguments, "");
    assert!(told(&output).contains("cannot be the host of"), "{}", told(&output));
    let output = fairtermin(folder.path(), &["init", "o"], "neustadt\nAmt\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("the input ended"), "{}", told(&output));
    assert!(!folder.path().join("o").exists());
}
