//! What an example wrote and an admin has to replace.

use serde_json::Value as Json;

use super::remark::Remarks;

/// Words that stand for something else. The domains are nobody's (RFC 2606).
const PLACEHOLDERS: [&str; 8] = [
    "example.org",
    "example.com",
    "example.net",
    ".invalid",
    "change-me",
    "changeme",
    "fixme",
    "todo:",
];

/// One remark for each text that holds a placeholder.
pub fn check(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(map) => {
            // A key of one's own is not read by the chart.
            for (key, inner) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                check(inner, &path, said);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(item, &format!("{path}[{index}]"), said);
            }
        }
        Json::String(text) => {
            if let Some(word) = placeholder(text) {
                let problem = format!("`{word}` is a placeholder");
                said.warn(path, problem, "write what is true at your place");
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn placeholder(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let nobodys = text.split(['/', ':', '@', ' ', '>']).any(|part| part.ends_with(".example"));
    let found = PLACEHOLDERS.into_iter().find(|word| text.contains(word));
    found.or(nobodys.then_some(".example"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn placeholders_are_found_wherever_they_stand() {
        let values = json!({
            "platform": {"identityUrl": "https://id.example.org"},
            "x-own": "example.org",
            "list": ["fine", "https://amt.example/x", "CHANGE-ME", "an example of a text"],
        });
        let mut said = Remarks::on("f");
        check(&values, "", &mut said);
        let mut paths: Vec<_> = said.found.iter().map(|one| one.finding.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["list[1]", "list[2]", "platform.identityUrl"]);
    }
}
