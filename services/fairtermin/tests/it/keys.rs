//! A signing key is rotated step by step.

use std::{
    path::Path,
    process::{Command, Output},
};

use auth::SigningKey;

fn step(file: &Path, step: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(["keys", "rotate"])
        .arg(file)
        .args(["--step", step])
        .output()
        .unwrap()
}

fn kids(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let keys = SigningKey::parse_all(&text).unwrap();
    keys.iter().map(|key| key.kid().to_owned()).collect()
}

#[test]
fn the_new_key_is_published_then_signs_and_the_old_one_goes_last() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signing.jwks");
    assert!(step(&file, "publish").status.success());
    let old = kids(&file).remove(0);
    assert!(step(&file, "publish").status.success());
    let both = kids(&file);
    assert_eq!((both.len(), &both[0]), (2, &old));
    let new = both[1].clone();
    assert!(step(&file, "sign").status.success());
    assert_eq!(kids(&file), [new.clone(), old]);
    let told = step(&file, "retire");
    assert_eq!(kids(&file), [new]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("The rotation is done"), "{told}");
}

#[test]
fn a_step_out_of_turn_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signing.jwks");
    step(&file, "publish");
    for out_of_turn in ["sign", "retire"] {
        let output = step(&file, out_of_turn);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8(output.stderr).unwrap().contains("--step publish"));
    }
    step(&file, "publish");
    let before = kids(&file);
    assert_eq!(step(&file, "publish").status.code(), Some(1));
    assert_eq!(kids(&file), before);

    std::fs::write(&file, "nonsense").unwrap();
    let output = step(&file, "publish");
    assert!(String::from_utf8(output.stderr).unwrap().contains("no JWK set"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "nonsense");
}
