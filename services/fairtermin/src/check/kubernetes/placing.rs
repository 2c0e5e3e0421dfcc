//! Where pods run, how many do, and how they look up names.

use std::net::IpAddr;

use serde_json::Value as Json;

use super::{
    Remarks, Service, items,
    labels::{self, is_key, is_name},
    text,
};

/// A pod has at most so many name servers.
const MOST_SERVERS: usize = 3;

/// What the scheduler, the autoscaler and the resolver would refuse.
pub(super) fn check(service: &Service<'_>, said: &mut Remarks<'_>) {
    for (index, toleration) in items(&service.values["tolerations"]) {
        tolerated(&format!("{}[{index}]", service.path("tolerations")), toleration, said);
    }
    scaling(service, said);
    name_servers(service, said);
}

/// Fields that only mean something beside others.
fn tolerated(path: &str, toleration: &Json, said: &mut Remarks<'_>) {
    let (key, value) = (text(&toleration["key"]), text(&toleration["value"]));
    let exists = toleration["operator"] == "Exists";
    if key.is_some_and(|key| !is_key(key)) {
        said.error(&format!("{path}.key"), "is no key that Kubernetes takes", labels::REMEDY);
    }
    if key.is_none() && !exists {
        let remedy = "write the taint's key, or `operator: Exists` for every taint";
        said.error(&format!("{path}.key"), "is missing", remedy);
    }
    match value {
        Some(_) if exists => {
            let problem = "with `operator: Exists` a taint has any value";
            said.error(
                &format!("{path}.value"),
                problem,
                "take it out, or write `operator: Equal`",
            );
        }
        Some(value) if !is_name(value) => {
            let remedy = "write letters, digits, `-`, `_` and `.`, for example `office-1`";
            said.error(&format!("{path}.value"), "is no value that a taint can have", remedy);
        }
        Some(_) | None => {}
    }
    if !toleration["tolerationSeconds"].is_null() && toleration["effect"] != "NoExecute" {
        let path = format!("{path}.tolerationSeconds");
        let remedy = "write `effect: NoExecute`, or take it out";
        said.error(&path, "only a taint that drives pods out has a time", remedy);
    }
}

/// Use is measured as a share of the request; a limit without request is one.
fn scaling(service: &Service<'_>, said: &mut Remarks<'_>) {
    let resources = &service.values["resources"];
    let has = |kind: &str| !resources[kind]["cpu"].is_null();
    let is_on = service.values["autoscaling"]["enabled"] == true;
    if is_on && !has("requests") && !has("limits") {
        let problem = "is missing: the autoscaler measures the use of CPU as a share of it";
        let path = format!("{}.requests.cpu", service.path("resources"));
        said.error(&path, problem, "write for example `100m`");
    }
}

/// Addresses, and at least one where the cluster's own are not used.
fn name_servers(service: &Service<'_>, said: &mut Remarks<'_>) {
    let servers = &service.values["dnsConfig"]["nameservers"];
    let path = format!("{}.nameservers", service.path("dnsConfig"));
    let count = items(servers).count();
    if service.values["dnsPolicy"] == "None" && count == 0 {
        let problem = "is missing: with `dnsPolicy: None` pods know no other";
        said.error(&path, problem, "write one, for example `[10.0.0.10]`");
    }
    if count > MOST_SERVERS {
        let problem = format!("are {count}, and a pod has at most {MOST_SERVERS}");
        said.error(&path, problem, "leave some out");
    }
    for (index, server) in items(servers) {
        if text(server).is_none_or(|server| server.parse::<IpAddr>().is_err()) {
            let path = format!("{path}[{index}]");
            said.error(&path, "is no address", "write an IP address, for example `10.0.0.10`");
        }
    }
}
