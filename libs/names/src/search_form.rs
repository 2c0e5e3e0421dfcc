//! The letters of names as basic letters: the search form of DIN 91379.
//!
//! DIN 91379 lists the letters that names in German registers (and BundID) may have, and for each the
//! basic letters A to Z by which it is searched. `data/din91379` holds that list.
//!
//! The list is the one that KoSIT publishes with the standard (version 1.3), taken as it is. A
//! newer one replaces the file, after which hashes of names need a new version.

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// `group; char or seq; code points; name; letter; basic code points; basic letters; source; kind`.
const LIST: &str = include_str!("../data/din91379/latin_list_search_form_1.3.txt");

/// The longest letter of the list, in code points.
const LONGEST: usize = 3;

/// By code points, composed (NFC); read once.
static LETTERS: LazyLock<HashMap<Vec<char>, String>> =
    LazyLock::new(|| LIST.lines().filter_map(letter).collect());

/// A line of the list: which code points, and which basic letters. `None` for a comment or heading.
fn letter(line: &str) -> Option<(Vec<char>, String)> {
    let fields: Vec<&str> = line.split("; ").collect();
    let code = |point| char::from_u32(u32::from_str_radix(point, 16).ok()?);
    let points: Option<Vec<char>> = fields.get(2)?.split(' ').map(code).collect();
    Some((points?, fields.get(6)?.trim().to_ascii_lowercase()))
}

/// `text` in small basic letters. What is no letter stays as it is; letters that DIN 91379 does not
/// have (of other scripts) lose their accents only.
#[must_use]
pub fn search_form(text: &str) -> String {
    // Composed first: the list has `ä`, and not `a` with a separate diaeresis.
    let points: Vec<char> = text.nfc().collect();
    let mut form = String::with_capacity(points.len());
    let mut rest = &points[..];
    while let Some(first) = rest.first() {
        let mut lengths = (1..=LONGEST.min(rest.len())).rev();
        let known = lengths.find_map(|length| Some((length, LETTERS.get(&rest[..length])?)));
        match known {
            Some((length, basic)) => {
                form.push_str(basic);
                rest = &rest[length..];
            }
            None => {
                let plain = first.to_lowercase().nfkd();
                form.extend(plain.filter(|part| !is_combining_mark(*part)));
                rest = &rest[1..];
            }
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_din_91379_has_basic_letters() {
        assert_eq!(LETTERS.len(), LIST.lines().count());
        for (letter, basic) in &*LETTERS {
            let text: String = letter.iter().collect();
            assert_eq!(search_form(&text), *basic, "{text}");
            assert!(letter.len() <= LONGEST && basic.bytes().all(|b| b.is_ascii_lowercase()));
        }
    }

    #[test]
    fn letters_in_a_row_and_marks_apart_are_read_as_well() {
        for (text, form) in [
            ("Müller", "mueller"),
            ("MU\u{308}LLER", "mueller"),
            ("Straẞe", "strasse"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Ånström", "aanstroem"),
            ("İbrahim Yıldız", "ibrahim yildiz"),
            ("Çelik-Öz", "celik-oez"),
            ("Đorđević", "dordevic"),
            ("Þór", "thor"),
        ] {
            assert_eq!(search_form(text), form);
        }
    }
}
