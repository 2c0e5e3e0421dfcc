//! Ids are words, other systems have numbers and names.
//!
//! An id of the catalogue stands in addresses, events and Helm values, and never changes after the
//! first booking. So it is made of the name once, at the import, and is the admin's from then on.

use std::collections::BTreeSet;

/// Where an id is cut: it may get a number after it and must have at most 63 letters.
const LONGEST: usize = 50;

/// Words that YAML 1.1 reads as an answer.
const ANSWERS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

/// Ids that are taken, so that no two are equal.
#[derive(Debug, Default)]
pub(crate) struct Ids(BTreeSet<String>);

impl Ids {
    /// An id from a name: the first one is the bare word, later ones have a number.
    pub(crate) fn take(&mut self, name: &str, otherwise: &str) -> String {
        let word = slug(name).or_else(|| slug(otherwise)).unwrap_or_else(|| "eintrag".to_owned());
        let mut id = word.clone();
        let mut number = 2_u32;
        while !self.0.insert(id.clone()) {
            id = format!("{word}-{number}");
            number += 1;
        }
        id
    }
}

/// Lower-case letters, digits and hyphens, beginning with a letter. `None` if nothing is left.
///
/// Umlauts are written out, as in German addresses. Ids that YAML 1.1 would read as a boolean, null
/// or a number get a part that makes them words.
pub(crate) fn slug(name: &str) -> Option<String> {
    let mut word = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => word.push_str("ae"),
            'ö' => word.push_str("oe"),
            'ü' => word.push_str("ue"),
            'ß' => word.push_str("ss"),
            'a'..='z' | '0'..='9' => word.push(letter),
            _ if word.is_empty() || word.ends_with('-') => {}
            _ => word.push('-'),
        }
    }
    if word.len() > LONGEST {
        let cut = word[..LONGEST].rfind('-').filter(|cut| *cut > LONGEST / 2).unwrap_or(LONGEST);
        word.truncate(cut);
    }
    let word = word.trim_end_matches('-');
    match word.chars().next()? {
        '0'..='9' => Some(format!("nr-{word}")),
        _ if ANSWERS.contains(&word) || word == "null" => Some(format!("{word}-1")),
        _ => Some(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_that_a_catalogue_takes() {
        let cases = [
            ("Bürgeramt Rathaus Süd (Außenstelle)", Some("buergeramt-rathaus-sued-aussenstelle")),
            ("115", Some("nr-115")),
            ("Yes", Some("yes-1")),
            ("Паспорт", None),
            ("", None),
        ];
        for (name, id) in cases {
            assert_eq!(slug(name).as_deref(), id, "{name}");
        }
        let long = slug(&"Wohnungsgeberbestätigung ".repeat(9)).unwrap();
        assert!(long.len() <= LONGEST && !long.ends_with('-'), "{long}");
        let mut ids = Ids::default();
        assert_eq!(ids.take("Pass", "x"), "pass");
        assert_eq!(ids.take("Pass!", "x"), "pass-2");
    }
}
