//! What the engines refuse: mail without encryption, a catalogue that fits into no ConfigMap.
//!
//! Ports are no matter: the chart's network policy opens those that the settings name.

use std::net::IpAddr;

use serde_json::Value as Json;

use super::{
    release::{ROLES, Release},
    remark::Remarks,
};

/// Of all that a ConfigMap holds (1 MiB); the rest is for its name, labels and key.
const CONFIG_MAP_BYTES: usize = 1_048_576 - 4_096;

/// Looks at each service that the release runs.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let service = release.service(role);
        ways_in(role, &service, said);
    }
    if release.runs("notification") {
        mail(release, said);
    }
    if release.runs("slot") {
        room(release, said);
    }
}

/// The catalogue lies in a ConfigMap, as the chart writes it.
fn room(release: &Release, said: &mut Remarks<'_>) {
    let catalogue = release.written.get("catalogue").map(serde_norway::to_string);
    let Some(Ok(text)) = catalogue else { return };
    if text.len() > CONFIG_MAP_BYTES {
        let problem = format!(
            "has {} KiB as the chart writes it, and a ConfigMap holds {} KiB",
            text.len().div_ceil(1024),
            CONFIG_MAP_BYTES / 1024
        );
        let remedy =
            "take out what is over, for example `closedTimes` and exceptions, or divide it";
        said.error("catalogue", problem, remedy);
    }
}

/// What may be meant: a certificate of the controller.
fn ways_in(role: &str, service: &Json, said: &mut Remarks<'_>) {
    let ingress = &service["ingress"];
    if ingress["enabled"] == true && ingress["tlsSecretName"].as_str().is_none_or(str::is_empty) {
        let problem = "is not set, so the ingress has no TLS of its own";
        let remedy = "name the Secret with its certificate, unless your controller has one for all";
        said.note(&format!("{role}.ingress.tlsSecretName"), problem, remedy);
    }
}

/// One address, which may have a name before it.
fn sender(from: &str, said: &mut Remarks<'_>) {
    let path = "notification.settings.mail.from";
    // A name in quotes may hold what it likes.
    let outside: String = from.split('"').step_by(2).collect();
    if from.contains(char::is_control) {
        let problem = "has a line break, behind which other headers of the e-mail could stand";
        said.error(path, problem, "write it in one line");
    } else if outside.matches('@').count() > 1 || outside.contains([',', ';']) {
        let problem = "names more than one sender, and an e-mail has one";
        said.error(path, problem, "write one address; a name with a comma stands in quotes");
    }
}

/// A name or an address of a machine; port and encryption have keys of their own.
fn server(host: &str, said: &mut Remarks<'_>) {
    let is_wrong = |letter: char| ":/@".contains(letter) || letter.is_whitespace();
    if host.contains(is_wrong) && host.parse::<IpAddr>().is_err() {
        let problem = "is more than the name of a host: no name server knows it";
        let remedy = "write the name alone, and a port under `port`";
        said.error("notification.settings.mail.smtp.host", problem, remedy);
    }
}

fn mail(release: &Release, said: &mut Remarks<'_>) {
    let mail = &release.settings("notification")["mail"];
    sender(mail["from"].as_str().unwrap_or_default(), said);
    let smtp = &mail["smtp"];
    if !smtp.is_object() {
        return;
    }
    server(smtp["host"].as_str().unwrap_or_default(), said);
    let path = "notification.settings.mail.smtp";
    let tls = smtp["tls"].as_str().unwrap_or("implicit");
    let port = smtp["port"].as_u64();
    if port == Some(0) {
        said.error(&format!("{path}.port"), "there is no port 0", "write 465 or 587");
        return;
    }
    match (tls, port) {
        ("starttls", Some(465)) => {
            let problem =
                "at port 465 TLS begins with the first byte, and `starttls` waits for ever";
            said.warn(&format!("{path}.tls"), problem, "write `tls: implicit`, or port 587");
        }
        ("implicit", Some(587 | 25)) => {
            let problem = "at this port TLS begins with `STARTTLS`, and `implicit` finds none";
            said.warn(&format!("{path}.tls"), problem, "write `tls: starttls`, or port 465");
        }
        ("none", _) if !smtp["password"].is_null() => {
            let problem = "the password would travel in the clear";
            said.error(&format!("{path}.tls"), problem, "write `tls: starttls` or `implicit`");
        }
        _ => {}
    }
}
