//! Where Berlin's postcodes are.

use std::{collections::HashMap, sync::LazyLock};

use client::Position;

/// `postcode<TAB>latitude<TAB>longitude`; its source and licence stand at its beginning.
const TABLE: &str = include_str!("berlin.tsv");

static CENTRES: LazyLock<HashMap<&'static str, Position>> =
    LazyLock::new(|| TABLE.lines().filter_map(centre).collect());

fn centre(line: &'static str) -> Option<(&'static str, Position)> {
    let mut fields = line.split('\t');
    let code = fields.next()?;
    let lat = fields.next()?.parse().ok()?;
    let lon = fields.next()?.parse().ok()?;
    Some((code, Position { lat, lon }))
}

/// The middle of a postcode of Berlin, as people write it: `10178`, `10 178`, `D-10178`, `١٠١٧٨`; `None` for
/// any other text.
pub(crate) fn centre_of(postcode: &str) -> Option<Position> {
    let typed = texts::plain_digits(postcode).to_uppercase();
    let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let code = ["DE", "D"].iter().find_map(|country| code.strip_prefix(country)).unwrap_or(&code);
    CENTRES.get(code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_postcode_of_berlin() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(CENTRES.len(), lines.count());
        for (code, Position { lat, lon }) in &*CENTRES {
            assert!(code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
            assert!((52.3..52.7).contains(lat) && (13.0..13.8).contains(lon), "{code}");
        }
        for unknown in ["", "80331", "1017", "Berlin", "D-", "F-10178"] {
            assert_eq!(centre_of(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_postcode_is_known_however_it_is_typed() {
        let known = centre_of("10178");
        assert!(known.is_some());
        for typed in
            ["10 178", " 10178 ", "D-10178", "de 10178", "D 10178", "١٠١٧٨", "۱۰ ۱۷۸", "１０１７８"]
        {
            assert_eq!(centre_of(typed), known, "{typed}");
        }
    }
}
