//! What cannot be published again is refused, and the operator reads what to do.
//! `e2e/outage` walks through the way that works.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

use ambient::{Clock as _, SystemClock};
use jiff::SignedDuration;

/// Settings of services whose engines are not there.
struct Installation(tempfile::TempDir);

impl Installation {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let written = fairtermin()
            .arg("demo-config")
            .arg(folder.path())
            .args(["--postgres", "postgres://nobody:secret@127.0.0.1:1"])
            .args(["--redis", "redis://127.0.0.1:1", "--rabbitmq", "amqp://127.0.0.1:1"])
            .output()
            .unwrap();
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        Self(folder)
    }

    fn republish(&self, file: &str, since: &str) -> Command {
        let config: PathBuf = self.0.path().join(file);
        let mut command = fairtermin();
        command.args(["events", "republish", "--since", since, "--config"]).arg(config);
        command
    }
}

fn fairtermin() -> Command {
    Command::new(env!("CARGO_BIN_EXE_fairtermin"))
}

fn ago(hours: i64) -> String {
    (SystemClock.now() - SignedDuration::from_hours(hours)).to_string()
}

fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    said
}

#[test]
fn what_cannot_be_published_again_is_refused_with_what_to_do() {
    let installation = Installation::new();
    let said = |file, since: &str| refused(&installation.republish(file, since).output().unwrap());
    let early = said("slot-lea.yaml", &ago(24 * 8));
    assert!(early.contains("keeps events for 7 days") && early.contains("--since"), "{early}");
    assert!(early.contains("+01:00. What") || early.contains("+02:00. What"), "{early}");
    let future = said("identity.yaml", &ago(-1));
    assert!(future.contains("earlier time"), "{future}");
    let portal = said("portal.yaml", &ago(1));
    assert!(portal.contains("`slot:`") && portal.contains("`identity:`"), "{portal}");
    let away = said("slot-lea.yaml", &ago(1));
    assert!(away.contains("database can be reached") && !away.contains("secret"), "{away}");
}

#[test]
fn an_unknown_kind_an_hour_that_is_not_and_a_missing_file_make_no_sense() {
    let installation = Installation::new();
    let of_kind = |kind: &str| {
        let mut command = installation.republish("slot-lea.yaml", &ago(1));
        let output = command.args(["--kind", kind]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        refused(&output)
    };
    let nonsense = of_kind("Unsinn");
    assert!(
        nonsense.contains("BookingConfirmed") && nonsense.contains("PersonErased"),
        "{nonsense}"
    );
    assert!(of_kind("BookingConfrmed").contains("did you mean BookingConfirmed?"));
    // Clocks go forward from two to three.
    let hour = installation.republish("slot-lea.yaml", "2026-03-29T02:30:00").output().unwrap();
    assert_eq!(hour.status.code(), Some(2));
    assert!(refused(&hour).contains("clocks go forward"));
    let file = installation.republish("nowhere.yaml", &ago(1)).output().unwrap();
    assert_eq!(file.status.code(), Some(2));
    assert!(refused(&file).contains("cannot be read"));
}

#[test]
fn who_keeps_no_events_has_none_to_publish_again() {
    let installation = Installation::new();
    let mut command = installation.republish("slot-lea.yaml", &ago(1));
    let output = command.env("FAIRTERMIN__SLOT__BUS__KEEP_PUBLISHED_DAYS", "0").output().unwrap();
    let said = refused(&output);
    assert!(said.contains("keep_published_days: 0"), "{said}");
}
