//! The settings of a release's services, read as the services read them.
//!
//! What the chart makes (`templates/_settings.tpl`) lies below what an admin wrote. Secrets are
//! files that exist in the cluster only: each is replaced by a word that means nothing.

use catalogue::overlay;
use serde_json::{Value as Json, json};
use serde_norway::Value;
use settings::SettingsError;

use super::{
    release::{ROLES, Release},
    remark::Remarks,
};

/// Where the chart mounts the keys of a Secret.
pub const MOUNTED: &str = "/run/secrets/fairtermin/";

/// In the place of each secret. Long enough for every kind of key.
const NO_SECRET: &str = "0000000000000000000000000000000000000000000=";

/// Everything that stops a service at its start, as far as settings say it.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let written = release.settings(role);
        secrets(written, &format!("{role}.settings"), said);
        let path = format!("{role}.settings");
        // Types were looked at by the schema; what follows from a wrong one would be said twice.
        let begins_here = |remark: &super::Remark| remark.finding.path.starts_with(&path);
        if said.found.iter().any(begins_here) {
            continue;
        }
        let refused = match role {
            "slot" => read::<slot::Settings>(release, role).map(|_| None),
            "identity" => read(release, role).map(|settings| identity(&settings)),
            "notification" => read(release, role).map(|settings| notification(&settings)),
            _ => read(release, role).map(|settings| portal(&settings)),
        };
        match refused {
            Ok(None) => {}
            Ok(Some((inner, problem))) => said.error(&format!("{path}.{inner}"), problem, ""),
            Err(SettingsError::Invalid { path, reason, .. }) => said.error(&path, reason, ""),
            Err(other) => said.error(&path, other.to_string(), ""),
        }
    }
}

/// Where it is wrong and why, as the service says it.
type Refused = Option<(String, String)>;

fn identity(settings: &identity::Settings) -> Refused {
    let mistake = settings.check().and_then(|()| settings.check_production()).err()?;
    Some((mistake.path, mistake.reason.to_owned()))
}

fn notification(settings: &notification::Settings) -> Refused {
    let mail = &settings.mail;
    let (inner, problem) = if mail.mailbox {
        ("mail.mailbox", "it shows every message to everybody; write `smtp: {host: ...}` instead")
    } else if mail.smtp.is_none() {
        ("mail.smtp", "is missing; write `smtp: {host: ..., username: ..., password: {file: ...}}`")
    } else if !mail.from.contains('@') {
        ("mail.from", "no e-mail address; write it like `Terminservice <termine@amt.de>`")
    } else {
        return None;
    };
    Some((inner.to_owned(), problem.to_owned()))
}

fn portal(settings: &portal::Settings) -> Refused {
    let inner = settings.in_the_clear()?;
    Some((inner.to_owned(), "plain http is for tests only; use https".to_owned()))
}

/// The settings as they are in the pod.
fn read<T: serde::de::DeserializeOwned>(release: &Release, role: &str) -> Result<T, SettingsError> {
    let values = |json: &Json| serde_norway::to_value(json).unwrap_or_default();
    let mut all = values(&made(release, role));
    let own = values(release.settings(role));
    if own.is_mapping() {
        all = overlay(all, own);
    }
    without_files(&mut all);
    settings::from_value(&release.file, &format!("{role}.settings"), all)
}

/// What the chart writes. Paths of secrets, of which a file has only the name.
pub fn made(release: &Release, role: &str) -> Json {
    let platform = release.value("platform");
    let file = |key: &str| json!({ "file": format!("{MOUNTED}{key}") });
    let mut made = json!({ "http": http(release, role) });
    if role != "portal" {
        made["database"] = json!({ "url": file("database-url") });
        made["bus"] = json!({ "url": file("bus-url") });
    }
    match role {
        "slot" => {
            made["catalogue"] = json!({ "file": "/etc/fairtermin/catalogue/catalogue.yaml" });
            made["identity"] =
                json!({ "issuer": platform["identityUrl"], "jwks_url": platform["identityUrl"] });
            made["holds"] = json!({ "redis": { "urls": release.value("slot")["redis"]["urls"] } });
            made["hold_token"] = json!({ "key": file("hold-token-key") });
            made["person_data"] = json!({ "key": file("person-data-key") });
        }
        "identity" => {
            made["keys"] = json!({
                "person": file("person-key"), "data": file("data-key"),
                "contact": file("contact-key"), "signing": [file("signing-key")],
            });
        }
        "notification" => {
            made["contact_seal"] = json!({ "key": file("contact-key") });
            made["person_data"] = json!({ "key": file("data-key") });
        }
        _ => {
            made["identity"] = json!({ "issuer": platform["identityUrl"], "client_secret": file("client-secret") });
            made["session_key"] = file("session-key");
        }
    }
    made
}

/// Identity and portal are reached at the platform's addresses, the others at their own host.
fn http(release: &Release, role: &str) -> Json {
    let mut http = json!({ "listen": "0.0.0.0:8080", "metrics": "0.0.0.0:9464" });
    let platform = release.value("platform");
    let service = release.service(role);
    let public = match role {
        "identity" => platform["identityUrl"].clone(),
        "portal" => platform["portalUrl"].clone(),
        _ => ["ingress", "gateway"]
            .into_iter()
            .filter(|way| service[way]["enabled"] == true)
            .find_map(|way| service[way]["host"].as_str())
            .map_or(Json::Null, |host| format!("https://{host}").into()),
    };
    if !public.is_null() {
        http["public_url"] = public;
    }
    http
}

/// Replaces `{file: ...}` by a word, but for the catalogue, which is no secret.
fn without_files(value: &mut Value) {
    match value {
        Value::Mapping(map) => {
            let is_file = map.len() == 1 && map.get("file").is_some_and(Value::is_string);
            if is_file {
                map.clear();
                map.insert("value".into(), NO_SECRET.into());
                return;
            }
            for (key, inner) in map.iter_mut() {
                if key.as_str() != Some("catalogue") {
                    without_files(inner);
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(without_files),
        _ => {}
    }
}

/// Secrets that stand in the values for everybody to read, or in a file that nobody mounts.
fn secrets(written: &Json, path: &str, said: &mut Remarks<'_>) {
    match written {
        Json::Object(map) if map.len() == 1 && map.contains_key("value") => {
            let remedy =
                format!("put it into the service's Secret and write {{file: {MOUNTED}KEY}}");
            said.error(path, "a secret in plain text, which Helm keeps and shows", remedy);
        }
        Json::Object(map) if map.len() == 1 && map.contains_key("file") => {
            let file = map["file"].as_str().unwrap_or_default();
            if !file.starts_with(MOUNTED) && !path.ends_with(".catalogue") {
                let remedy = format!("name a key of the service's Secret: {MOUNTED}KEY");
                said.error(path, "the chart mounts no such file", remedy);
            }
        }
        Json::Object(map) => {
            for (key, inner) in map {
                secrets(inner, &format!("{path}.{key}"), said);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                secrets(item, &format!("{path}[{index}]"), said);
            }
        }
        _ => {}
    }
}
