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

/// The middle of a postcode of Berlin; `None` for any other text.
pub(crate) fn centre_of(postcode: &str) -> Option<Position> {
    CENTRES.get(postcode.trim()).copied()
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
        for unknown in ["", "80331", "1017", "Berlin"] {
            assert_eq!(centre_of(unknown), None, "{unknown}");
        }
    }
}
