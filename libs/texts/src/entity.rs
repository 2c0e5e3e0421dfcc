//! Characters that are written as in HTML: `&nbsp;`, `&#160;`, `&#xA0;`.

use std::ops::RangeInclusive;

/// Names of HTML 4 have two letters at least and eight at most (`&lt;`, `&thetasym;`).
const NAME: RangeInclusive<usize> = 2..=8;
/// Digits of the greatest number of a character, in the system with fewer digits.
const NUMBER: RangeInclusive<usize> = 1..=7;

/// The first such character of a text that is no HTML: people read it letter by letter.
#[must_use]
pub fn html_entity(text: &str) -> Option<&str> {
    text.match_indices('&').find_map(|(begin, _)| {
        let entity = &text[begin..];
        let end = entity.find(';')?;
        is_name(&entity[1..end]).then(|| &entity[..=end])
    })
}

fn is_name(inner: &str) -> bool {
    let Some(number) = inner.strip_prefix('#') else {
        return NAME.contains(&inner.len())
            && inner.starts_with(|first: char| first.is_ascii_alphabetic())
            && inner.bytes().all(|byte| byte.is_ascii_alphanumeric());
    };
    match number.strip_prefix(['x', 'X']) {
        Some(digits) => {
            NUMBER.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        }
        None => NUMBER.contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_html_are_found_and_an_ampersand_is_none() {
        for (text, found) in [
            ("Wohnung&nbsp;anmelden", "&nbsp;"),
            ("Pass &amp; Ausweis; mehr", "&amp;"),
            ("A & B: 5&#160;Euro", "&#160;"),
            ("&#xA0;", "&#xA0;"),
            ("&frac12; Stunde", "&frac12;"),
        ] {
            assert_eq!(html_entity(text), Some(found), "{text}");
        }
        for text in [
            "Pass & Ausweis; mehr",
            "R&D; mehr",
            "https://a.de/?a=1&b=2;c",
            "Bed&Breakfast; mehr",
            "&;",
            "&#;",
            "&#x;",
            "&nbsp",
            "Straße&Größe;",
        ] {
            assert_eq!(html_entity(text), None, "{text}");
        }
    }
}
