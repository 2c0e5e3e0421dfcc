//! What Kubernetes and the engines refuse: mail without encryption, resources that contradict each
//! other, names that cannot be.
//!
//! Ports are no matter: the chart's network policy opens those that the settings name.

use std::net::IpAddr;

use serde_json::Value as Json;

use super::{
    release::{AUDITOR, ROLES, Release},
    remark::Remarks,
};

/// Of all that a ConfigMap holds (1 MiB); the rest is for its name, labels and key.
const CONFIG_MAP_BYTES: usize = 1_048_576 - 4_096;

/// Looks at each service that the release runs.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let service = release.service(role);
        resources(role, &service["resources"], said);
        ways_in(role, &service, said);
    }
    names(release, said);
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

/// A container may not ask for more than it may have, and a thousandth of a byte is a slip.
fn resources(role: &str, resources: &Json, said: &mut Remarks<'_>) {
    for kind in ["requests", "limits"] {
        let memory = resources[kind]["memory"].as_str().unwrap_or_default();
        let number = memory.strip_suffix('m').and_then(|number| number.parse::<f64>().ok());
        if number.is_some() {
            let path = format!("{role}.resources.{kind}.memory");
            let problem = format!("`{memory}` are thousandths of a byte");
            let remedy = format!("write {}Mi", memory.trim_end_matches('m'));
            said.error(&path, problem, remedy);
        }
    }
    for what in ["cpu", "memory"] {
        let (request, limit) = (&resources["requests"][what], &resources["limits"][what]);
        if let (Some(least), Some(most)) = (quantity(request), quantity(limit))
            && least > most
        {
            let path = format!("{role}.resources.requests.{what}");
            let problem =
                format!("{request} is more than the limit {limit}, which Kubernetes refuses");
            said.error(&path, problem, "exchange the two, or raise the limit");
        }
    }
}

/// A Kubernetes quantity. `None` if it is none, which the schema says.
fn quantity(value: &Json) -> Option<f64> {
    const UNITS: [(&str, f64); 10] = [
        ("Ki", 1024.0),
        ("Mi", 1_048_576.0),
        ("Gi", 1_073_741_824.0),
        ("Ti", 1_099_511_627_776.0),
        ("m", 0.001),
        ("k", 1e3),
        ("M", 1e6),
        ("G", 1e9),
        ("T", 1e12),
        ("", 1.0),
    ];
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let read = |(unit, factor): (&str, f64)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some(number * factor)
    };
    UNITS.into_iter().find_map(read)
}

/// Names of Secrets and ConfigMaps: those of each service, then those of the release.
fn names(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().chain([AUDITOR]).filter(|role| release.runs(role)) {
        let service = release.service(role);
        name(&format!("{role}.secretName"), "Secret", &service["secretName"], said);
        let tls = &service["ingress"]["tlsSecretName"];
        name(&format!("{role}.ingress.tlsSecretName"), "Secret", tls, said);
        let backup = &service["postgres"]["backup"]["secretName"];
        name(&format!("{role}.postgres.backup.secretName"), "Secret", backup, said);
    }
    let bundle = release.value("caBundle");
    name("caBundle.configMap", "ConfigMap", &bundle["configMap"], said);
    name("caBundle.secretName", "Secret", &bundle["secretName"], said);
    let pull = release.value("image")["pullSecrets"].as_array();
    for (index, secret) in pull.into_iter().flatten().enumerate() {
        name(&format!("image.pullSecrets[{index}].name"), "Secret", &secret["name"], said);
    }
    for (tag, language) in release.value("languages").as_object().into_iter().flatten() {
        name(&format!("languages.{tag}.configMap"), "ConfigMap", &language["configMap"], said);
    }
}

/// They are called as hosts are (RFC 1123). An empty name stands for the chart's own.
fn name(path: &str, kind: &str, value: &Json, said: &mut Remarks<'_>) {
    let name = value.as_str().unwrap_or_default();
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(is_inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if !name.is_empty() && (name.len() > 253 || !name.split('.').all(is_label)) {
        let problem = format!("no {kind} can be called so");
        let remedy =
            "write lower-case letters, digits, hyphens and dots, a letter or digit at both ends";
        said.error(path, problem, remedy);
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn quantities_are_compared_in_bytes_and_cores() {
        let read = |value: Json| quantity(&value);
        assert_eq!(read(json!("256Mi")), Some(268_435_456.0));
        assert_eq!(read(json!("1G")), Some(1e9));
        assert_eq!(read(json!("500m")), Some(0.5));
        assert_eq!(read(json!(2)), Some(2.0));
        assert_eq!(read(json!("viel")), None);
        assert_eq!(read(Json::Null), None);
    }
}
