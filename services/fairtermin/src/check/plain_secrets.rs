//! Passwords in addresses, for everybody to read who may read the values.

use serde_json::Value as Json;

use super::{environment::has_password, remark::Remarks};

/// One remark for each `scheme://user:password@host`. The text is not repeated.
pub fn check(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(map) => {
            // Of variables, `environment` says it.
            for (key, inner) in map.iter().filter(|(key, _)| *key != "env") {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                check(inner, &path, said);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(item, &format!("{path}[{index}]"), said);
            }
        }
        Json::String(text) if has_password(text) => {
            let problem = "an address with a password in plain text, which Helm keeps and shows";
            said.error(path, problem, "take user and password out, and put them into the Secret");
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
