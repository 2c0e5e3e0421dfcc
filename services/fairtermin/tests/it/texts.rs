//! `fairtermin texts`, as a translator types it, and what `check` says of the translation.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const SERVICES: [&str; 3] = ["portal", "identity", "notification"];

fn fairtermin(arguments: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_fairtermin");
    let output = Command::new(program).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

fn platform() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charts/fairtermin/values-platform.yaml")
}

/// What `check` says of the platform with these sentences in Persian.
fn check(folder: &Path, sentences: impl Fn(&str) -> String) -> String {
    let mut values = String::new();
    for service in SERVICES {
        values.push_str(service);
        values.push_str(":\n  settings:\n    languages:\n      fa: |\n");
        for line in sentences(service).lines() {
            values.push_str("        ");
            values.push_str(line);
            values.push('\n');
        }
    }
    let site = folder.join("persian.yaml");
    fs::write(&site, values).unwrap();
    let platform = platform();
    fairtermin(&["check", platform.to_str().unwrap(), site.to_str().unwrap()])
}

#[test]
fn what_texts_prints_is_a_whole_language_once_it_is_translated() {
    let folder = tempfile::tempdir().unwrap();
    let told = check(folder.path(), |service| fairtermin(&["texts", service]));
    assert!(!told.contains("languages"), "{told}");
    for service in SERVICES {
        let whole = folder.path().join("whole.ftl");
        fs::write(&whole, fairtermin(&["texts", service])).unwrap();
        let left = fairtermin(&["texts", service, "--translated", whole.to_str().unwrap()]);
        assert_eq!(left, "", "{service}");
    }
}

#[test]
fn a_translation_goes_on_with_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let begun = folder.path().join("begun.ftl");
    let source = "site-name = وقت‌ها\nnav-login = ورود\n";
    fs::write(&begun, source).unwrap();
    let rest = fairtermin(&["texts", "portal", "--translated", begun.to_str().unwrap()]);
    assert!(rest.contains("nav-logout = ") && !rest.contains("site-name ="), "{rest}");
    // The sentences of booking rules are not in `locales/`, and are read by people all the same.
    assert!(rest.contains("problem-cooling-down"), "{rest}");
    let told = check(folder.path(), |service| match service {
        "portal" => format!("{source}{rest}"),
        other => fairtermin(&["texts", other]),
    });
    assert!(!told.contains("languages"), "{told}");
    let told = check(folder.path(), |service| match service {
        "portal" => source.to_owned(),
        other => fairtermin(&["texts", other]),
    });
    assert!(told.contains("portal.settings.languages.fa: "), "{told}");
    assert!(told.contains("texts are missing and are read in English: "), "{told}");
}
