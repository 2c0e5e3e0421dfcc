//! Characters of the catalogue's texts that are written as in HTML. Texts of other systems often are.

use serde_json::Value as Json;
use texts::html_entity;

use super::remark::Remarks;

/// One remark for each text that has one. An address of a page may.
pub fn check(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(map) => {
            for (key, inner) in map {
                check(inner, &format!("{path}.{key}"), said);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(item, &format!("{path}[{index}]"), said);
            }
        }
        Json::String(text) if !text.starts_with("https://") => {
            if let Some(entity) = html_entity(text) {
                let problem = format!("has `{entity}`, which people would read as it stands");
                said.warn(path, problem, "write the character itself");
            }
        }
        Json::String(_) | Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
