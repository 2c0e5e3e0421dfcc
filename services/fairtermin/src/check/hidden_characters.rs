//! Characters that nobody sees: they come along by copying, and then a name is found by no search, an
//! address reaches nobody, or a text reads backwards.

use serde_json::Value as Json;

use super::remark::Remarks;

/// Keys of texts in which such characters are meant, or that are not ours.
const PASSED_OVER: [&str; 3] = ["languages", "env", "extraObjects"];

/// One remark for each text that has one.
pub fn check(value: &Json, path: &str, said: &mut Remarks<'_>) {
    match value {
        Json::Object(map) => {
            let is_ours = |key: &str| !PASSED_OVER.contains(&key) && !key.starts_with("x-");
            for (key, inner) in map.iter().filter(|(key, _)| is_ours(key)) {
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
            if let Some(what) = found(text, path) {
                said.warn(path, what, "write the text anew, without copying it");
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// What is wrong with a text.
fn found(text: &str, path: &str) -> Option<String> {
    let is_address = !text.contains(' ') && (text.contains("://") || text.contains('@'));
    let is_line = is_address || is_name(path);
    let shows = |letter: char| !letter.is_whitespace() && !is_invisible(letter);
    if is_name(path) && !text.is_empty() && !text.chars().any(shows) {
        return Some("shows nothing: every character of it is invisible".to_owned());
    }
    // A name that is written as a block of YAML ends so.
    let shown = if is_address { text } else { text.trim_end_matches('\n') };
    let what = shown.chars().find_map(|letter| {
        let what = match letter {
            '\u{200b}' | '\u{2060}' | '\u{feff}' => "a space of no width",
            '\u{00ad}' => "a hyphen that is mostly not shown",
            '\u{202a}'..='\u{202e}' => "a change of the direction of reading",
            '\u{200c}'..='\u{200f}' | '\u{2066}'..='\u{2069}' if is_address => "a mark of no width",
            '\n' | '\r' if is_line => "a line break",
            _ => return None,
        };
        Some((letter, what))
    });
    what.map(|(letter, what)| {
        format!("has {what} (U+{:04X}), which nobody sees", u32::from(letter))
    })
}

/// What stands in one line wherever it is shown.
fn is_name(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let last = parts.last().copied().unwrap_or_default();
    let before = parts.iter().rev().nth(1).copied().unwrap_or_default();
    before == "name" || before == "contact" || ["name", "street", "city", "from"].contains(&last)
}

/// Marks that take no room. Those of scripts and directions are right between letters.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_found_and_marks_of_scripts_are_not() {
        let name = "catalogue.services.a.name.de";
        for (path, text) in [
            (name, "Pass\u{200b}"),
            (name, "\u{202e}ssaP"),
            (name, "Personal\u{00ad}ausweis"),
            (name, "Pass\nneu"),
            (name, "\u{200d} \u{200e}"),
            ("catalogue.authority.contact.email", "amt\u{200d}@amt.de"),
            ("platform.portalUrl", "https://termin\u{feff}.amt.de"),
        ] {
            assert!(found(text, path).is_some(), "{path}: {text:?}");
        }
        for (path, text) in [
            (name, "می\u{200c}خواهم"),
            (name, "Pass \u{2068}A\u{2069}"),
            (name, "Pass\n"),
            ("catalogue.services.a.description.de", "Zwei\nZeilen, mit a@b.de"),
            ("platform.portalUrl", "https://termin.amt.de"),
        ] {
            assert_eq!(found(text, path), None, "{path}: {text:?}");
        }
    }
}
