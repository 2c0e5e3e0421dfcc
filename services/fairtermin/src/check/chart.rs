//! What the chart refuses or makes no sense in it, for one release.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    release::{AUDITOR, ROLES, Release},
    remark::Remarks,
};

/// Ways in from outside the cluster.
pub const WAYS: [&str; 2] = ["ingress", "gateway"];

pub fn check(release: &Release, said: &mut Remarks<'_>) {
    roles(release, said);
    for role in ROLES.into_iter().chain([AUDITOR]).filter(|role| release.runs(role)) {
        let service = release.service(role);
        ways_in(role, &service, said);
        external_secret(role, &service, said);
    }
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let service = release.service(role);
        let scaling = &service["autoscaling"];
        if scaling["enabled"] == true
            && number(scaling, "minReplicas") > number(scaling, "maxReplicas")
        {
            let path = format!("{role}.autoscaling.minReplicas");
            said.error(&path, "is more than maxReplicas", "exchange the two");
        }
        if service["postgres"]["enabled"] == true && role == "portal" {
            said.warn("portal.postgres", "the portal has no database", "take it out");
        }
    }
    one_host_each(release, said);
    addresses(release, said);
}

/// A copied Secret names an entry of a store.
fn external_secret(role: &str, service: &Json, said: &mut Remarks<'_>) {
    let external = &service["externalSecret"];
    if external["enabled"] != true {
        return;
    }
    for (path, value) in [("key", &external["key"]), ("store.name", &external["store"]["name"])] {
        if is_empty(value) {
            let remedy = "say which entry of which store";
            said.error(&format!("{role}.externalSecret.{path}"), "is missing", remedy);
        }
    }
}

/// What runs beside what.
fn roles(release: &Release, said: &mut Remarks<'_>) {
    let runs: Vec<&str> = ROLES.into_iter().filter(|role| release.runs(role)).collect();
    let demo = release.value("demo")["enabled"] == true;
    let auditor = release.runs(AUDITOR);
    let has_catalogue = release.written.get("catalogue").is_some();
    if demo && !runs.is_empty() {
        let problem = "it would stand beside services with real appointments";
        said.error("demo.enabled", problem, "give it a release of its own");
    }
    if auditor && (demo || !runs.is_empty() || has_catalogue) {
        let problem = "whoever runs the services would also know the auditor's seeds";
        said.error("auditor.enabled", problem, "give it a release of its own, in another cluster");
    }
    if runs.is_empty() && !demo && !auditor && !has_catalogue {
        let remedy = "start from a preset, or set `enabled: true` under slot, identity, notification or portal";
        said.error("", "nothing is enabled", remedy);
    }
    if release.runs("slot") && !has_catalogue {
        let remedy =
            "slot needs one: start from values-lea.yaml, values-buergeramt.yaml or values-kfz.yaml";
        said.error("catalogue", "is missing", remedy);
    }
    if has_catalogue && runs.is_empty() && !demo && !auditor {
        let problem = "is not true, and nothing else is enabled: nobody gives appointments out";
        said.warn("slot.enabled", problem, "set it");
    } else if has_catalogue && !release.runs("slot") {
        said.note("slot.enabled", "is not true, so nobody reads the catalogue", "set it");
    }
}

/// Each way in has a host, and there is one at most.
fn ways_in(role: &str, service: &Json, said: &mut Remarks<'_>) {
    let on: Vec<&str> = WAYS.into_iter().filter(|way| service[way]["enabled"] == true).collect();
    for way in &on {
        if is_empty(&service[way]["host"]) {
            let remedy = "give the host name under which people reach it";
            said.error(&format!("{role}.{way}.host"), "is missing", remedy);
        }
    }
    if on.contains(&"gateway") && is_empty(&service["gateway"]["parentRefs"]) {
        let remedy = "say by which Gateway, for example [{name: public, namespace: gateways}]";
        said.error(&format!("{role}.gateway.parentRefs"), "is missing", remedy);
    }
    if on.len() == WAYS.len() {
        let problem = "ingress and gateway are both on: two ways in for one service";
        said.error(&format!("{role}.ingress"), problem, "switch one of them off");
    }
    let policy = &service["networkPolicy"];
    let is_none = |key: &str| policy[key].as_array().is_none_or(Vec::is_empty);
    let nobody = is_none("allowFromNamespaces") && is_none("allowFrom");
    if !on.is_empty() && policy["enabled"] == true && nobody {
        let problem = "is missing: the route would lead to pods that let nobody in";
        let remedy = "name the namespace in which your gateway or ingress controller runs";
        said.error(&format!("{role}.networkPolicy.allowFromNamespaces"), problem, remedy);
    }
}

/// Two services cannot answer under one name.
fn one_host_each(release: &Release, said: &mut Remarks<'_>) {
    let mut seen = BTreeMap::new();
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        if let Some((way, host)) = way_in(release, role)
            && let Some(other) = seen.insert(host.clone(), role)
        {
            let problem = format!("`{host}` is the host of {other}, too");
            said.error(&format!("{role}.{way}.host"), problem, "give each its own host");
        }
    }
}

/// Browsers reach a service at the address that stands in its tokens and links.
fn addresses(release: &Release, said: &mut Remarks<'_>) {
    let platform = release.value("platform");
    for (role, key) in [("identity", "identityUrl"), ("portal", "portalUrl")] {
        let url = platform[key].as_str().unwrap_or_default();
        let own = release.runs(role).then(|| way_in(release, role)).flatten();
        if let Some((_, host)) = own
            && host_of(url) != Some(host.as_str())
        {
            let problem = format!("`{url}` is not at `{host}`, the host of {role}");
            let remedy = format!("write https://{host}, or give {role} the other host");
            said.error(&format!("platform.{key}"), problem, remedy);
        }
    }
}

/// The way in that a service has, `ingress` or `gateway`, and the host under which it is reached from outside.
pub fn way_in(release: &Release, role: &str) -> Option<(&'static str, String)> {
    let service = release.service(role);
    let on = WAYS.into_iter().filter(|way| service[way]["enabled"] == true);
    let mut hosts = on.filter_map(|way| Some((way, service[way]["host"].as_str()?.to_owned())));
    hosts.find(|(_, host)| !host.is_empty())
}

/// Without scheme, port and path.
pub fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', ':']).next()
}

fn number(value: &Json, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_default()
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.is_empty(),
        other => other.is_null(),
    }
}
