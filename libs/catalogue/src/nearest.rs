//! Suggestions for misspelled words.
//!
//! An admin who reads `did you mean` corrects the word at once. The measure is the optimal
//! string alignment distance (Damerau-Levenshtein without repeated edits), so two letters in
//! the wrong order are one slip.

/// The known word that differs from `word` in the fewest letters, if that is few enough to be a
/// slip.
///
/// At most a third of the letters, at least one; none of a word of two. Of several that are equally near, the first in
/// alphabetical order. `None` is better than a wrong guess. A word that differs in capitals alone is that word.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    // Two letters are near to any two others: `fr` is no slip of `ar`.
    if word.chars().count() < 3 {
        return None;
    }
    let mut words = known.iter().copied();
    if let Some(same) = words.find(|known| known.eq_ignore_ascii_case(word)) {
        return Some(same);
    }
    let most = (word.chars().count() / 3).max(1);
    known
        .iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        let known = ["reisepass", "personalausweis", "anmeldung"];
        assert_eq!(nearest("reisepas", &known), Some("reisepass"));
        assert_eq!(nearest("anmeldugn", &known), Some("anmeldung"));
        assert_eq!(nearest("fahrerlaubnis", &known), None);
        assert_eq!(nearest("de-by", &["DE-BB", "DE-BY"]), Some("DE-BY"));
        assert_eq!(nearest("x", &[]), None);
        assert_eq!(nearest("fr", &["ar", "de"]), None);
    }
}
