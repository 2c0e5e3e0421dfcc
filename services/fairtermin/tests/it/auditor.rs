//! `auditor`: what it refuses before it listens, and which Secret it needs.

use std::{
    path::Path,
    process::{Command, Output},
};

fn fairtermin(at: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairtermin")).current_dir(at).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn deposits_need_a_key_a_folder_and_authorities_that_are_read_by_https() {
    let folder = tempfile::tempdir().unwrap();
    let made = fairtermin(folder.path(), &["auditor", "key", "key"]);
    assert!(made.status.success(), "{}", told(&made));
    let https = "--authority=https://lea.example.org";
    for (further, why) in [
        (&["--key=key"][..], "--deposits"),
        (&["--key=key", "--deposits=kept"][..], "--authority"),
        (&["--deposits=kept", https][..], "--key"),
        (&[https][..], "--key"),
        (&["--key=key", "--deposits=kept", "--authority=http://lea.example.org"][..], "plain http"),
        (&["--key=other", "--deposits=kept", https][..], "cannot read other"),
    ] {
        let serve = ["auditor", "serve", "secret", "--listen=127.0.0.1:0"];
        let arguments = [&serve[..], further].concat();
        let output = fairtermin(folder.path(), &arguments);
        assert!(!output.status.success(), "{further:?}");
        assert!(told(&output).contains(why), "{further:?}: {}", told(&output));
    }
    assert!(!folder.path().join("kept").exists(), "nothing was kept");
}

#[test]
fn its_secret_has_a_key_for_deposits_only_if_it_keeps_any() {
    let folder = tempfile::tempdir().unwrap();
    let charts = concat!(env!("CARGO_MANIFEST_DIR"), "/../../charts/fairtermin");
    let preset = format!("{charts}/values-auditor.yaml");
    let output = fairtermin(folder.path(), &["check", &preset, "--secrets"]);
    let line = "Secret RELEASE-fairtermin-auditor: auditor-secret\n";
    assert!(told(&output).contains(line), "{}", told(&output));
    std::fs::write(
        folder.path().join("site.yaml"),
        "auditor: {authorities: ['https://lea.example.org']}\n",
    )
    .unwrap();
    let output = fairtermin(folder.path(), &["check", &preset, "site.yaml", "--secrets"]);
    let line = "Secret RELEASE-fairtermin-auditor: auditor-key, auditor-secret\n";
    assert!(told(&output).contains(line), "{}", told(&output));
}

#[test]
fn a_seed_is_revealed_and_the_auditors_key_never_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(fairtermin(at, &["auditor", "key", "key"]).status.success());
    assert!(fairtermin(at, &["auditor", "seed", "seed", "--draw", "draw_1"]).status.success());
    let revealed = fairtermin(at, &["auditor", "reveal", "seed"]);
    let kept = std::fs::read_to_string(at.join("seed")).unwrap();
    assert_eq!(format!("seed {}", told(&revealed)), kept);
    let key = std::fs::read_to_string(at.join("key")).unwrap();
    let digits = key.trim_end().strip_prefix("key ").unwrap();
    std::fs::write(at.join("bare"), digits).unwrap();
    for (file, why) in [("key", "holds a key of the auditor"), ("bare", "may be a key")] {
        let refused = fairtermin(at, &["auditor", "reveal", file]);
        assert_eq!(refused.status.code(), Some(2));
        let told = told(&refused);
        assert!(told.contains(why) && !told.contains(digits), "{told}");
    }
}
