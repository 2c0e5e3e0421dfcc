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
    // English stands for a translation here, which is said and nothing else.
    assert!(told.contains("languages.fa: ") && !told.contains("are missing"), "{told}");
    assert!(told.contains("texts are still the English ones: "), "{told}");
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
    assert!(!told.contains("are missing"), "{told}");
    let told = check(folder.path(), |service| match service {
        "portal" => source.to_owned(),
        other => fairtermin(&["texts", other]),
    });
    assert!(told.contains("portal.settings.languages.fa: "), "{told}");
    assert!(told.contains("texts are missing and are read in English: "), "{told}");
}

/// What `check` says of the platform with Polish in a ConfigMap, of which it is given this.
fn check_config_map(folder: &Path, given: &str) -> String {
    let site = folder.join("polish.yaml");
    fs::write(&site, "languages: {pl: {configMap: fairtermin-pl}}\n").unwrap();
    let platform = platform();
    let files = [platform.to_str().unwrap(), site.to_str().unwrap()];
    let mut arguments = vec!["check", files[0], files[1]];
    if !given.is_empty() {
        arguments.extend(["--language", given]);
    }
    fairtermin(&arguments)
}

#[test]
fn sentences_of_a_config_map_are_looked_at_where_its_files_or_its_manifest_are() {
    let folder = tempfile::tempdir().unwrap();
    let told = check_config_map(folder.path(), "");
    let unseen = "languages.pl: the sentences in the ConfigMap `fairtermin-pl` were not looked at";
    assert!(told.contains(unseen), "{told}");

    let files = folder.path().join("polish");
    fs::create_dir(&files).unwrap();
    for service in SERVICES {
        fs::write(files.join(format!("{service}.ftl")), fairtermin(&["texts", service])).unwrap();
    }
    let given = format!("pl={}", files.display());
    let told = check_config_map(folder.path(), &given);
    assert!(!told.contains("are missing") && !told.contains("ConfigMap"), "{told}");

    fs::write(files.join("portal.ftl"), "site-name = Terminy { \"\\u202E\" }\n").unwrap();
    fs::remove_file(files.join("identity.ftl")).unwrap();
    let told = check_config_map(folder.path(), &given);
    let hidden = "portal.settings.languages.pl.site-name: has the invisible character U+202E";
    assert!(told.contains(hidden), "{told}");
    let lacks = "languages.pl: the ConfigMap `fairtermin-pl` lacks `identity.ftl`";
    assert!(told.contains(lacks), "{told}");

    let manifest = folder.path().join("map.yaml");
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fairtermin-pl}\n\
                data: {portal.ftl: \"site-name = <b>Terminy</b>\"}\n";
    fs::write(&manifest, text).unwrap();
    let told = check_config_map(folder.path(), &format!("pl={}", manifest.display()));
    assert!(told.contains("portal.settings.languages.pl.site-name: has `<`"), "{told}");
    fs::write(&manifest, "kind: Secret\n").unwrap();
    let told = check_config_map(folder.path(), &format!("pl={}", manifest.display()));
    assert!(told.contains("as a ConfigMap with `data`"), "{told}");
    assert!(check_config_map(folder.path(), "tlh=polish").contains("no language that is known"));
}

#[test]
fn a_language_that_no_release_takes_from_a_config_map_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let given = format!("pl={}", folder.path().display());
    let platform = platform();
    let told = fairtermin(&["check", platform.to_str().unwrap(), "--language", &given]);
    let missing = "languages.pl: is missing: what --language names was not looked at";
    assert!(told.contains(missing), "{told}");
}
