//! German compounds, split by the catalogue's own words.
//!
//! "Reisepassverlängerung" stands nowhere; "Reisepass" and "verlängern" do. No list of German words
//! is needed: what the catalogue does not know would find nothing anyway.

/// How many letters a part has at least.
const SHORTEST_PART: usize = 4;

/// What German puts between the parts.
const LINKS: [&str; 4] = ["es", "s", "en", "n"];

/// Splits `word` into two parts that are both known; the longest first part wins.
pub(crate) fn split(word: &str, is_known: impl Fn(&str) -> bool) -> Option<(String, String)> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let last = starts.len().checked_sub(SHORTEST_PART)?;
    (SHORTEST_PART..=last).rev().find_map(|letters| {
        let (first, second) = word.split_at(*starts.get(letters)?);
        if !is_known(second) {
            return None;
        }
        let bare = LINKS.iter().filter_map(|link| first.strip_suffix(*link));
        let mut firsts = std::iter::once(first).chain(bare);
        let first = firsts.find(|first| first.len() >= SHORTEST_PART && is_known(first))?;
        Some((first.to_owned(), second.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_is_split_where_both_parts_are_known() {
        let is_known =
            |word: &str| ["reisepass", "wohnung", "verlangerung", "anmeldung"].contains(&word);
        let parts = |word| split(word, is_known);
        let pair = |first: &str, second: &str| Some((first.to_owned(), second.to_owned()));
        assert_eq!(parts("reisepassverlangerung"), pair("reisepass", "verlangerung"));
        assert_eq!(parts("wohnungsanmeldung"), pair("wohnung", "anmeldung"));
        for word in ["reisepass", "pass", "", "wohnungsbrand", "🙂🙂🙂🙂🙂🙂🙂🙂"] {
            assert_eq!(parts(word), None, "{word}");
        }
    }
}
