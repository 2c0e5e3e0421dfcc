//! The settings of a release's services, read as the services read them.
//!
//! What the chart makes (`templates/_settings.tpl`) lies below what an admin wrote. Secrets are
//! files that exist in the cluster only: each is replaced by a word that means nothing.

use std::net::SocketAddr;

use ambient::SystemEntropy;
use catalogue::overlay;
use serde_json::{Value as Json, json};
use serde_norway::Value;
use service::travels_in_the_clear;
use settings::SettingsError;
use texts::TextMistake;
use url::Url;

use super::{
    environment,
    release::{ROLES, Release, over},
    remark::Remarks,
};

/// Where the chart mounts the keys of a Secret.
pub const MOUNTED: &str = "/run/secrets/fairtermin/";

/// In the place of each secret. Long enough for every kind of key.
const NO_SECRET: &str = "0000000000000000000000000000000000000000000=";

/// The container's ports (`templates/_deployment.tpl`). Probes and Services ask at no others.
const PORTS: [(&str, u16); 2] = [("listen", 8080), ("metrics", 9464)];

/// Everything that stops a service at its start, as far as settings say it.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let written = release.settings(role);
        let path = format!("{role}.settings");
        secrets(written, &path, said);
        one_beacon(written, &path, said);
        environment::check(release, role, said);
        // Types were looked at by the schema; what follows from a wrong one would be said twice.
        let begins_here = |remark: &super::Remark| remark.finding.path.starts_with(&path);
        if said.found.iter().any(begins_here) {
            continue;
        }
        let variables = environment::variables(release, role);
        for refusal in refusals(release, role, &variables) {
            match blamed(release, role, &variables, &refusal) {
                Some((name, problem)) => said.error(&format!("{role}.env.{name}"), problem, ""),
                None => said.error(&refusal.path, refusal.problem, ""),
            }
        }
    }
}

/// Why a service does not start, as it says it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refusal {
    /// From the service on, for example `portal.settings.legal.imprint`.
    path: String,
    /// What is wrong and what would be right.
    problem: String,
}

/// Why the service does not start with its settings and these variables, each name and text.
fn refusals(release: &Release, role: &str, variables: &[(String, String)]) -> Vec<Refusal> {
    let document = in_the_pod(release, role, variables);
    let mut found = ports(&document);
    let path = format!("{role}.settings");
    let of_service = match role {
        "slot" => {
            found.extend(beacon(&document));
            found.extend(tickets(&document));
            found.extend(witnesses(&document));
            read::<slot::Settings>(release, &path, document).map(|settings| escrow(&settings))
        }
        "identity" => read::<identity::Settings>(release, &path, document)
            .map(|settings| [identity(&settings), texts(settings.text_mistakes())].concat()),
        "notification" => read::<notification::Settings>(release, &path, document)
            .map(|settings| [notification(&settings), texts(settings.text_mistakes())].concat()),
        _ => read::<portal::Settings>(release, &path, document)
            .map(|settings| [portal(&settings), texts(settings.text_mistakes())].concat()),
    };
    match of_service {
        Ok(refused) => found.extend(refused),
        Err(SettingsError::Invalid { path, reason, .. }) => {
            return vec![misread(path, reason)];
        }
        Err(other) => return vec![Refusal { path, problem: other.to_string() }],
    }
    let path = format!("{role}.settings");
    let below = |(inner, problem): (String, String)| {
        let path = format!("{path}.{inner}");
        Refusal { path, problem }
    };
    found.into_iter().map(below).collect()
}

/// The variable that makes a service refuse, and why. `None` if it refuses without any of them.
fn blamed(
    release: &Release,
    role: &str,
    variables: &[(String, String)],
    refusal: &Refusal,
) -> Option<(String, String)> {
    let refuses = |count: usize| refusals(release, role, &variables[..count]).contains(refusal);
    let count = (0..=variables.len()).find(|count| refuses(*count))?;
    let (name, text) = variables.get(count.checked_sub(1)?)?;
    // What stands there may be a secret at a wrong place.
    let is_long = text.len() >= environment::MIN_SECRET;
    let reason = &refusal.problem;
    let problem = if is_long { reason.replace(text.as_str(), "…") } else { reason.clone() };
    Some((name.clone(), problem))
}

/// The reader's words are for programmers: it says of a whole that a field is missing.
fn misread(path: String, reason: String) -> Refusal {
    let field = reason.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    match field {
        Some((field, _)) => {
            Refusal { path: format!("{path}.{field}"), problem: "is missing; add it".to_owned() }
        }
        None => Refusal { path, problem: reason },
    }
}

/// Where it is wrong and why, as the service says it.
type Refused = Vec<(String, String)>;

/// Nobody reaches a service that listens elsewhere, and its pod is ended after a minute.
fn ports(document: &Value) -> Refused {
    let wrong = |(key, port): (&str, u16)| {
        let address: SocketAddr = document.get("http")?.get(key)?.as_str()?.parse().ok()?;
        let is_right = address.port() == port && !address.ip().is_loopback();
        let problem = format!(
            "`{address}` is not where the chart looks for it; take it out, or write 0.0.0.0:{port}"
        );
        (!is_right).then(|| (format!("http.{key}"), problem))
    };
    PORTS.into_iter().filter_map(wrong).collect()
}

fn beacon(document: &Value) -> Refused {
    let Some(beacon) = document.get("beacon") else { return Vec::new() };
    let relays = beacon.get("drand").and_then(|drand| drand.get("relays")?.as_sequence());
    let auditor = beacon.get("auditor");
    let auditor = auditor.and_then(|auditor| auditor.get("url")?.as_str()?.parse::<Url>().ok());
    if beacon.get("fixed").is_some() {
        let problem = "is for demonstrations and tests; use `drand` or `auditor`";
        vec![("beacon.fixed".to_owned(), problem.to_owned())]
    } else if auditor.is_some_and(|url| travels_in_the_clear(&url)) {
        let problem = "plain http is for tests only; use https";
        vec![("beacon.auditor.url".to_owned(), problem.to_owned())]
    } else if relays.is_some_and(Vec::is_empty) {
        vec![("beacon.drand.relays".to_owned(), "is empty; name at least one relay".to_owned())]
    } else {
        Vec::new()
    }
}

/// What reads the settings would speak of a key that is one too many.
fn one_beacon(written: &Json, path: &str, said: &mut Remarks<'_>) {
    let stated = ["drand", "auditor", "fixed"].into_iter();
    let stated: Vec<&str> = stated.filter(|key| !written["beacon"][key].is_null()).collect();
    if stated.len() > 1 {
        let problem = format!("has {} at once", stated.join(" and "));
        said.error(
            &format!("{path}.beacon"),
            problem,
            "only one of them gives the chance: leave it",
        );
    }
}

fn tickets(document: &Value) -> Refused {
    let identity = document.get("tickets").and_then(|tickets| tickets.get("identity"));
    let url = identity.and_then(|identity| identity.get("url")?.as_str()?.parse::<Url>().ok());
    if url.is_some_and(|url| travels_in_the_clear(&url)) {
        let problem = "plain http is for tests only; use https";
        return vec![("tickets.identity.url".to_owned(), problem.to_owned())];
    }
    Vec::new()
}

fn witnesses(document: &Value) -> Refused {
    let witnesses = document.get("log").and_then(|log| log.get("witnesses")?.as_sequence());
    let url = |witness: &Value| witness.get("url")?.as_str()?.parse::<Url>().ok();
    let numbered = witnesses.into_iter().flatten().enumerate();
    let clear =
        numbered.filter(|(_, witness)| url(witness).is_some_and(|url| travels_in_the_clear(&url)));
    let told = clear.map(|(index, _)| {
        let problem = "plain http is for tests only; use https";
        (format!("log.witnesses[{index}].url"), problem.to_owned())
    });
    told.collect()
}

/// The schema knows the form of a key, not whether it is one.
fn escrow(settings: &slot::Settings) -> Refused {
    let wrong = settings.escrow.as_ref().filter(|escrow| !escrow.is_usable(&SystemEntropy));
    let told = wrong.map(|_| {
        let problem = "this is no key; take what `fairtermin auditor key` prints";
        ("escrow.auditor".to_owned(), problem.to_owned())
    });
    told.into_iter().collect()
}

/// Sentences that cannot take the place of ours.
fn texts(mistakes: Vec<TextMistake>) -> Refused {
    mistakes.into_iter().map(|mistake| (mistake.path, mistake.problem)).collect()
}

fn identity(settings: &identity::Settings) -> Refused {
    let mistakes = [settings.check().err(), settings.check_production().err()];
    let told = mistakes.into_iter().flatten();
    told.map(|mistake| (mistake.path, mistake.reason.to_owned())).collect()
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
        return Vec::new();
    };
    vec![(inner.to_owned(), problem.to_owned())]
}

fn portal(settings: &portal::Settings) -> Refused {
    let clear = settings
        .in_the_clear()
        .map(|inner| (inner.to_owned(), "plain http is for tests only; use https".to_owned()));
    let missing = settings.missing_statements().into_iter().map(|inner| {
        let problem = "is missing, and a public site must have it; give the address of the page";
        (inner.to_owned(), problem.to_owned())
    });
    clear.into_iter().chain(missing).collect()
}

/// As the service reads them.
fn read<T: serde::de::DeserializeOwned>(
    release: &Release,
    path: &str,
    document: Value,
) -> Result<T, SettingsError> {
    settings::from_value(&release.file, path, document)
}

/// The settings as they are in the pod: what the chart makes, the admin's over it, variables on top.
fn in_the_pod(release: &Release, role: &str, variables: &[(String, String)]) -> Value {
    let values = |json: &Json| serde_norway::to_value(json).unwrap_or_default();
    let mut all = values(&made(release, role));
    let own = values(release.settings(role));
    if own.is_mapping() {
        all = overlay(all, own);
    }
    let prefix = format!("FAIRTERMIN__{}", role.to_uppercase());
    settings::apply_variables(&mut all, &prefix, variables.iter().cloned());
    without_files(&mut all);
    all
}

/// As the service reads them, without variables: what the chart makes, and what an admin wrote over it.
pub fn whole(release: &Release, role: &str) -> Json {
    let (made, written) = (made(release, role), release.settings(role));
    if written.is_object() { over(made, written) } else { made }
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
