//! Variables and volumes that come from elsewhere: one source each, and a folder of their own.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Remarks, Service, entries, items};

/// Folders that the chart fills (`templates/_pod.tpl`, `templates/_auditor.tpl`).
const OWN_FOLDERS: [&str; 6] = [
    "/etc/fairtermin/settings",
    "/etc/fairtermin/catalogue",
    "/etc/fairtermin/ca-bundle",
    "/run/secrets/fairtermin",
    "/var/lib/fairtermin/deposits",
    "/tmp",
];

/// `envFrom` and `extraVolumes`.
pub(super) fn check(service: &Service<'_>, said: &mut Remarks<'_>) {
    for (index, source) in items(&service.values["envFrom"]) {
        let kinds = ["configMapRef", "secretRef"].into_iter();
        let count = kinds.filter(|kind| !source[*kind].is_null()).count();
        if count != 1 {
            let problem = if count == 0 { "names no source" } else { "names two sources" };
            let path = format!("{}[{index}]", service.path("envFrom"));
            said.error(&path, problem, "write `configMapRef: {name: a}` or `secretRef: {name: a}`");
        }
    }
    let path = service.path("extraVolumes");
    let mut known = BTreeMap::new();
    for (name, volume) in entries(&service.values["extraVolumes"]) {
        volume_source(&format!("{path}.{name}.source"), &volume["source"], said);
        let Some(folder) = volume["mountPath"].as_str() else { continue };
        let folder = folder.trim_end_matches('/');
        let path = format!("{path}.{name}.mountPath");
        if OWN_FOLDERS.contains(&folder) {
            let problem = "is a folder that the chart fills itself";
            said.error(&path, problem, "write another one, for example `/etc/own`");
        } else if let Some(other) = known.insert(folder, name) {
            let problem = format!("is the folder of `{other}`, too");
            said.error(&path, problem, "give each volume a folder of its own");
        }
    }
}

/// What is in a volume comes from one place.
fn volume_source(path: &str, source: &Json, said: &mut Remarks<'_>) {
    let kinds: Vec<&str> = entries(source).map(|(kind, _)| kind.as_str()).collect();
    if kinds.len() > 1 {
        let problem = format!("names several kinds: {}", kinds.join(", "));
        said.error(path, problem, "write one; `projected` puts several into one volume");
    }
}
