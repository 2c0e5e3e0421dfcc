//! What an example wrote and an admin has to replace.

use serde_json::Value as Json;

use super::remark::Remarks;

/// Words that stand for something else. The domains are nobody's (RFC 2606).
const PLACEHOLDERS: [&str; 14] = [
    "example.org",
    "example.com",
    "example.net",
    ".invalid",
    "change-me",
    "changeme",
    "fixme",
    "todo:",
    "bitte ändern",
    "lorem ipsum",
    "musterstraße",
    "musterstrasse",
    "musterstadt",
    "your-domain",
];

/// Words that stand for something else where they are written so.
const IN_CAPITALS: [&str; 3] = ["TODO", "XXX", "FIXME"];

/// Where a service on the same machine may be meant.
const LOCAL: [&str; 2] = [".smtp.host", "redirect_uris"];

/// Sentences that tell people how something is written, by examples.
const SENTENCES: &str = ".settings.languages";

/// One remark for each text that holds a placeholder.
pub fn check(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(_) if path.ends_with(SENTENCES) => {}
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
            let is_local = LOCAL.iter().any(|place| path.contains(place));
            let found = placeholder(text).or_else(|| localhost(text).filter(|_| !is_local));
            if let Some(word) = found {
                let problem = format!("`{word}` is a placeholder");
                said.warn(path, problem, "write what is true at your place");
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn placeholder(text: &str) -> Option<&'static str> {
    if let Some(word) = marked(text) {
        return Some(word);
    }
    let text = text.to_lowercase();
    let nobodys = text.split(['/', ':', '@', ' ', '>']).any(|part| part.ends_with(".example"));
    let found = PLACEHOLDERS.into_iter().find(|word| text.contains(word));
    found.or(nobodys.then_some(".example"))
}

/// Written to be seen, or between brackets: `<your name>`. An address in brackets is none.
fn marked(text: &str) -> Option<&'static str> {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    let capitals = IN_CAPITALS.into_iter().find(|word| words.clone().any(|own| own == *word));
    let inside = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    let is_bracket = inside.is_some_and(|(inside, _)| {
        inside.starts_with(char::is_alphabetic) && !inside.contains(['@', '=', '/', ':'])
    });
    let todo = words.next() == Some("todo") && words.next().is_none();
    capitals.or(todo.then_some("todo")).or(is_bracket.then_some("<…>"))
}

/// The machine itself, which is another one in each pod.
fn localhost(text: &str) -> Option<&'static str> {
    let is_host = |part: &str| part == "localhost";
    text.split(['/', ':', '@']).any(is_host).then_some("localhost")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_marked_to_be_replaced_is_found_and_ordinary_texts_are_not() {
        for text in
            ["TODO", "todo", "030 / XXX", "<your name here>", "BITTE ÄNDERN", "Musterstraße 1"]
        {
            assert!(placeholder(text).is_some(), "{text}");
        }
        for text in ["Amt <termine@amt.de>", "a < b > c", "XXXL", "Todos los días", "<a href=x>"] {
            assert_eq!(placeholder(text), None, "{text}");
        }
        assert!(localhost("https://localhost/impressum").is_some());
        assert_eq!(localhost("https://localhost.amt.de"), None);
    }

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
