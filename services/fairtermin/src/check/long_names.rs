//! Names that are longer than Helm, Kubernetes and name servers take.

use serde_json::Value as Json;

use super::{
    chart::{host_of, way_in},
    release::{AUDITOR, ROLES, Release},
    remark::Remarks,
};

/// Of a release in Helm, which is called as its authority: objects have names that follow from it.
pub const RELEASE: usize = 53;

/// Of each part between the dots of a host (RFC 1035).
const LABEL: usize = 63;

/// Of a whole host.
const HOST: usize = 253;

/// The authority's id, the hosts of the services, and each address in the values.
pub fn check(release: &Release, values: &Json, said: &mut Remarks<'_>) {
    if let Some(id) = release.authority().filter(|id| id.len() > RELEASE) {
        let problem = format!(
            "has {} letters, and its release is called so, which Helm takes up to {RELEASE} of",
            id.len()
        );
        said.error("catalogue.authority.id", problem, "choose a shorter one before it is live");
    }
    for role in ROLES.into_iter().chain([AUDITOR]).filter(|role| release.runs(role)) {
        if let Some((way, host)) = way_in(release, role) {
            is_short(&host, &format!("{role}.{way}.host"), said);
        }
    }
    addresses(values, "", said);
}

fn addresses(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(map) => {
            for (key, inner) in map {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                addresses(inner, &path, said);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                addresses(item, &format!("{path}[{index}]"), said);
            }
        }
        Json::String(text) if !text.contains(char::is_whitespace) => {
            if let Some(host) = host_of(text) {
                is_short(host, path, said);
            }
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// The host is not repeated: what stands there may be a secret at a wrong place.
fn is_short(host: &str, path: &str, said: &mut Remarks<'_>) {
    let remedy = "correct it: no name server knows it";
    if host.split('.').any(|label| label.len() > LABEL) {
        let problem = format!("a part of the host has more than {LABEL} letters");
        said.error(path, problem, remedy);
    } else if host.len() > HOST {
        said.error(path, format!("the host has more than {HOST} letters"), remedy);
    }
}
