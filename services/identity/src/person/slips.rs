//! Names as a clerk may have typed them: with one letter wrong.

use std::collections::BTreeSet;

use aws_lc_rs::hmac;

use super::{
    Attributes,
    fingerprint::{Fingerprint, Fingerprints, TooLittle},
};

impl Fingerprints {
    /// The full fingerprints of people whose given names or family name differ by one slip of the
    /// keyboard: a letter wrong, missing, too much, or in the place of the next. About a thousand,
    /// so only for what a human types.
    ///
    /// # Errors
    /// Name or date of birth is missing.
    pub fn slips(person: &Attributes, key: &hmac::Key) -> Result<BTreeSet<Fingerprint>, TooLittle> {
        let folded = person.folded();
        let born = person.birth_date().ok_or(TooLittle)?;
        let family = folded.families.first().ok_or(TooLittle)?;
        let (given, place) = (&folded.given, folded.place.as_deref());
        let full =
            |given: &[String], family: &[String]| Self::full_of(given, family, place, born, key);
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let given_slips = slips_of(&given.join(" ")).into_iter();
        let family_slips = slips_of(&family.join(" ")).into_iter();
        Ok(given_slips
            .map(|slip| full(&words(&slip), family))
            .chain(family_slips.map(|slip| full(given, &words(&slip))))
            .collect())
    }
}

/// Every text that differs from `text` by one slip. Words stay words.
fn slips_of(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut slips = BTreeSet::new();
    let mut add = |change: &dyn Fn(&mut Vec<char>)| {
        let mut changed = letters.clone();
        change(&mut changed);
        slips.insert(changed.into_iter().collect::<String>());
    };
    for place in 0..letters.len() {
        for letter in 'a'..='z' {
            add(&|letters| letters.insert(place, letter));
            if place + 1 == letters.len() {
                add(&|letters| letters.push(letter));
            }
            if letters[place] != ' ' {
                add(&|letters| letters[place] = letter);
            }
        }
        if letters[place] != ' ' {
            add(&|letters| _ = letters.remove(place));
        }
        if place + 1 < letters.len() {
            add(&|letters| letters.swap(place, place + 1));
        }
    }
    slips.retain(|slip| slip != text && !slip.split(' ').any(str::is_empty));
    slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_found_and_two_are_not() {
        let slips = slips_of("anna lena");
        for slip in ["ana lena", "annna lena", "anma lena", "nana lena", "anna lenam", "anna len"] {
            assert!(slips.contains(slip), "{slip}");
        }
        for other in ["anna lena", "ana len", "anna lexna b", "", "anna  lena"] {
            assert!(!slips.contains(other), "{other}");
        }
        assert!(slips_of("").is_empty());
        assert!(slips.len() < 600, "{}", slips.len());
    }
}
