//! Files of keys that stand for two things at once: whoever learns one knows both, and neither can be
//! replaced alone.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    release::{ROLES, Release},
    remark::Remarks,
    settings::whole,
};

/// One remark for each further place of a file, within one service: two services have two Secrets.
pub fn check(release: &Release, said: &mut Remarks<'_>) {
    for role in ROLES.into_iter().filter(|role| release.runs(role)) {
        let all = whole(release, role);
        let mut files = BTreeMap::new();
        collect(&all, &format!("{role}.settings"), &mut files);
        let shared = files.iter().filter(|(_, places)| places.iter().any(|place| is_key(place)));
        for (file, places) in shared {
            let Some((first, others)) = places.split_first() else { continue };
            for place in others {
                let problem = format!("`{file}` is that of {first}, too: one key for two purposes");
                said.warn(place, problem, "give each a key of its own in the Secret");
            }
        }
    }
}

/// One client may be known at two providers by one secret or key.
fn is_key(place: &str) -> bool {
    !place.contains(".providers[") && (place.ends_with("key") || place.contains(".keys."))
}

/// Each file with the places that name it.
fn collect<'a>(value: &'a Json, path: &str, files: &mut BTreeMap<&'a str, Vec<String>>) {
    match value {
        Json::Object(map) => {
            if let Some(file) = map.get("file").and_then(Json::as_str).filter(|_| map.len() == 1) {
                files.entry(file).or_default().push(path.to_owned());
                return;
            }
            for (key, inner) in map {
                collect(inner, &format!("{path}.{key}"), files);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), files);
            }
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
