//! `ready` says which of several services cannot do its work, and why.

use std::process::{Command, Output};

use crate::canned::{gone, not_found, serve};

/// A service that answers `/readyz` so; its address.
fn service(status: &'static str, body: &'static str) -> String {
    serve(move |path| match path {
        "/readyz" => (status.to_owned(), body.to_owned()),
        _ => not_found(),
    })
}

fn ready(services: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairtermin"))
        .args(["ready", "--wait-seconds", "0"])
        .args(services)
        .output()
        .unwrap()
}

#[test]
fn services_that_are_ready_are_fine() {
    let (one, other) = (service("200 OK", "ok\n"), service("200 OK", "ok\n"));
    let output = ready(&[&one, &other]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
}

#[test]
fn one_that_is_not_ready_is_named_with_its_reason() {
    let fine = service("200 OK", "ok\n");
    let broken = service("503 Service Unavailable", r#"{"database":"connection refused"}"#);
    let output = ready(&[&fine, &broken]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(&broken) && error.contains("connection refused"), "{error}");
    assert!(!error.contains(&fine), "{error}");
}

#[test]
fn one_that_does_not_answer_is_named() {
    let output = ready(&[&gone()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no answer"));
}

/// A web server answers each path, a service of ours with `ok`.
#[test]
fn a_web_server_is_no_service() {
    let output = ready(&[&service("200 OK", "<html><title>Welcome to nginx!</title>")]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("none of the four services"), "{error}");
}

/// Traffic goes to such a service; an installation is not complete with it.
#[test]
fn one_that_serves_without_a_part_is_named() {
    let output = ready(&[&service("200 OK", "ok\nwithout identity: never fetched\n")]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("it serves without identity: never fetched"), "{error}");
}
