//! The language of an address: its first part.

use crate::text::{Language, offered};

/// The language of the page at `path`, if its address has one.
pub(crate) fn language_of(path: &str) -> Option<Language> {
    let language = path.split(['/', '?']).nth(1)?.parse::<Language>().ok()?;
    offered().contains(&language).then_some(language)
}

/// The address of the page at `path` in another language: of the start page if it has none.
pub(crate) fn translated(path: &str, language: Language) -> String {
    let rest = path.char_indices().skip(1).find(|(_, character)| ['/', '?'].contains(character));
    let rest = language_of(path).and(rest).map_or("", |(at, _)| &path[at..]);
    format!("/{language}{rest}")
}

/// The address in `language` of a page whose own address names a language that this portal does not speak,
/// as a link of an older message may. `None` if it names none or one that is spoken.
pub(crate) fn in_spoken(path: &str, language: Language) -> Option<String> {
    let named = path.strip_prefix('/')?;
    let (tag, rest) = named.split_at(named.find(['/', '?']).unwrap_or(named.len()));
    let is_other = tag.parse::<Language>().is_ok_and(|named| !offered().contains(&named));
    is_other.then(|| format!("/{language}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_search_in_another_language() {
        for (path, turkish) in [
            ("/en?q=pass", "/tr?q=pass"),
            ("/en/lea/days?service=1&q=a/b", "/tr/lea/days?service=1&q=a/b"),
            ("/de-easy", "/tr"),
            ("/default/foo", "/tr"),
            ("/", "/tr"),
        ] {
            assert_eq!(translated(path, Language::Turkish), turkish, "{path}");
        }
    }

    #[test]
    fn a_page_in_a_language_that_is_not_spoken_is_there_in_another() {
        for (path, english) in [
            ("/vi", Some("/en")),
            ("/vi?q=1", Some("/en?q=1")),
            ("/vi/lea/days?service=1", Some("/en/lea/days?service=1")),
            ("/tr/about", None),
            ("/tlh/about", None),
            ("/", None),
        ] {
            assert_eq!(in_spoken(path, Language::English).as_deref(), english, "{path}");
        }
    }
}
