//! Fills texts in.

/// `template` with each `@WORD@` replaced by what `words` say. What they do not know stays.
pub fn fill(template: &str, words: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('@') {
        let (before, behind) = rest.split_at(at);
        filled.push_str(before);
        let word = behind[1..].split('@').next().unwrap_or_default();
        let is_closed = behind[1 + word.len()..].starts_with('@');
        match words.iter().find(|(known, _)| is_closed && *known == word) {
            Some((_, text)) => {
                filled.push_str(text);
                rest = &behind[word.len() + 2..];
            }
            None => {
                filled.push('@');
                rest = &behind[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A text as YAML reads it back, whatever is in it.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An id made from a name: `Bürgeramt Mitte (1)` is `buergeramt-mitte-1`.
pub fn slug(name: &str) -> String {
    let mut id = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'ä' => id.push_str("ae"),
            'ö' => id.push_str("oe"),
            'ü' => id.push_str("ue"),
            'ß' => id.push_str("ss"),
            letter if letter.is_ascii_alphanumeric() => id.push(letter),
            _ if !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    let id: String = id.trim_matches('-').chars().take(60).collect();
    let id = id.trim_end_matches('-');
    if is_read_as_text(id) {
        id.to_owned()
    } else {
        format!("nr-{id}").trim_end_matches('-').to_owned()
    }
}

/// Whether YAML takes an id for a text: one that begins with a digit is a number, and some words
/// are answers.
pub fn is_read_as_text(id: &str) -> bool {
    const ANSWERS: [&str; 9] = ["y", "n", "no", "on", "yes", "off", "true", "false", "null"];
    id.starts_with(|first: char| first.is_ascii_lowercase()) && !ANSWERS.contains(&id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_in_once_and_what_is_unknown_stays() {
        let words = [("A", "x@B@".to_owned()), ("B", "y".to_owned())];
        assert_eq!(fill("@A@ @B@ a@b.de @C@", &words), "x@B@ y a@b.de @C@");
    }

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("Bürgeramt Mitte (1)", "buergeramt-mitte-1"),
            ("  Straße ", "strasse"),
            ("2. Stock", "nr-2-stock"),
            ("No", "nr-no"),
            ("许可", "nr"),
        ] {
            assert_eq!(slug(name), id, "{name}");
        }
    }
}
