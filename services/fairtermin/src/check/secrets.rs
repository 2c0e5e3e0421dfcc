//! Which Secrets the files need, with their keys: a pod waits for one that is missing.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value as Json;

use super::{
    release::{AUDITOR, ROLES, Release},
    settings::{MOUNTED, made},
};

/// What one service's Secret must have.
#[derive(Debug, Serialize)]
pub struct Needed {
    /// The files that ask for it.
    pub file: String,
    pub service: &'static str,
    /// Its name; `RELEASE` stands for what the release is called.
    pub secret: String,
    pub keys: BTreeSet<String>,
}

/// Of each service that the releases run, and of an auditor.
pub fn needed(releases: &[Release]) -> Vec<Needed> {
    let all = releases
        .iter()
        .flat_map(|release| ROLES.into_iter().chain([AUDITOR]).map(move |role| (release, role)));
    let running = all.filter(|(release, role)| release.runs(role));
    running
        .map(|(release, role)| {
            let stated = release.value(role)["secretName"].as_str().unwrap_or_default();
            let secret = match stated {
                "" => format!("RELEASE-fairtermin-{role}"),
                stated => stated.to_owned(),
            };
            let keys = keys(release, role);
            Needed { file: release.file.clone(), service: role, secret, keys }
        })
        .collect()
}

/// Those that the chart's settings and the admin's name, without those that operators make.
fn keys(release: &Release, role: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if role == AUDITOR {
        keys.insert("auditor-secret".to_owned());
        if release.value(AUDITOR)["authorities"].as_array().is_some_and(|all| !all.is_empty()) {
            keys.insert("auditor-key".to_owned());
        }
        return keys;
    }
    collect(&made(release, role), &mut keys);
    collect(release.settings(role), &mut keys);
    let slot = release.value("slot");
    if role == "slot" && slot["redis"]["password"] == true {
        keys.insert("redis-password".to_owned());
    }
    if release.service(role)["postgres"]["enabled"] == true {
        keys.remove("database-url");
    }
    if release.value("rabbitmq")["enabled"] == true {
        keys.remove("bus-url");
    }
    keys
}

fn collect(value: &Json, keys: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => keys.extend(text.strip_prefix(MOUNTED).map(str::to_owned)),
        Json::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        Json::Object(map) => map.values().for_each(|inner| collect(inner, keys)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// For people, one line each.
pub fn table(needed: &[Needed]) -> String {
    let line = |one: &Needed| {
        let keys: Vec<&str> = one.keys.iter().map(String::as_str).collect();
        format!("{}: Secret {}: {}\n", one.file, one.secret, keys.join(", "))
    };
    needed.iter().map(line).collect()
}
