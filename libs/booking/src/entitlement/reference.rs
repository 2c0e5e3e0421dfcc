//! The number or code in the letter of an agency.
//!
//! Agencies print references in many forms: `LEA 2027/01234`, `K7QD-3XHM-...`. People type them
//! with other blanks, dashes and letters. Everything but letters and digits is dropped before two
//! are compared. A reference alone proves little if it can be guessed, so one that stands without a
//! name must be random.

use ambient::Entropy;
use names::search_form;

/// Letters and digits that are not mistaken for each other, aloud or in print.
///
/// 26 signs: 4.7 bits each.
const ALPHABET: &[u8; 26] = b"ACDEFGHJKLMNPQRTUVWXY34679";
/// Of a reference that stands alone. Each letter or digit counts as a digit, the smallest alphabet
/// that references are made of: 20 times log2(10) are 66 bits.
const RANDOM_LENGTH: usize = 20;
/// Equal or counting characters in a row, as in `00000` or `12345`; random ones hardly ever have them.
const LONGEST_RUN: usize = 4;
/// Random ones hardly ever have fewer.
const FEWEST_DIFFERENT: usize = 6;
/// How a person reads a long one.
const GROUP: usize = 4;

/// A reference, read however it is typed: letters as in the search form of DIN 91379, digits of
/// Arabic as well, and nothing but these.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Reference(String);

/// There is no basic Latin letter and no digit in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reference has at least one letter from A to Z or digit")]
pub struct InvalidReference;

/// A reference that stands alone could be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "without `names` it must be random: at least {RANDOM_LENGTH} letters and digits, at least \
     {FEWEST_DIFFERENT} different ones, no more than {LONGEST_RUN} equal or counting ones in a row; \
     send `names` and `birthdate`, or leave `reference` out and get one"
)]
pub struct Guessable;

impl Reference {
    /// Reads what an agency sent or a person typed.
    ///
    /// # Errors
    /// Nothing of it counts.
    pub fn parse(text: &str) -> Result<Self, InvalidReference> {
        let digits: String = text.chars().map(european_digit).collect();
        if !digits.chars().any(|c| c.is_ascii_alphanumeric()) {
            return Err(InvalidReference);
        }
        let form = search_form(&digits);
        let counted = form.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
        Ok(Self(counted.collect()))
    }

    /// A fresh one of 94 random bits.
    #[must_use]
    pub fn mint(entropy: &dyn Entropy) -> Self {
        loop {
            let letter = |_| char::from(ALPHABET[entropy.below(ALPHABET.len() as u64) as usize]);
            let reference = Self((0..RANDOM_LENGTH).map(letter).collect());
            // So that it can be posted again like any other.
            if reference.check_random().is_ok() {
                return reference;
            }
        }
    }

    /// The characters that are compared, without the groups of a letter.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it stands in a letter: `K7QD-3XHM-ACDE-FGHJ-KLMN`.
    #[must_use]
    pub fn written(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> =
            letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }

    /// Whether it may stand alone, without the name of a person. Looks at its form only: numbers in a row
    /// that an agency writes as long references pass it.
    ///
    /// # Errors
    /// It is too short, or plainly a number.
    pub fn check_random(&self) -> Result<(), Guessable> {
        let letters: Vec<char> = self.0.chars().collect();
        let mut different = letters.clone();
        different.sort_unstable();
        different.dedup();
        let is_long = letters.len() >= RANDOM_LENGTH && different.len() >= FEWEST_DIFFERENT;
        if is_long && longest_run(&letters) <= LONGEST_RUN { Ok(()) } else { Err(Guessable) }
    }
}

/// The most characters in a row of which each is the one before, or the next one after it.
fn longest_run(letters: &[char]) -> usize {
    let run = |step: u32| {
        let mut longest = 1;
        let mut present = 1;
        for pair in letters.windows(2) {
            let follows = pair[0] as u32 + step == pair[1] as u32;
            present = if follows { present + 1 } else { 1 };
            longest = longest.max(present);
        }
        longest
    };
    run(0).max(run(1))
}

/// Keyboards of Arabic and Persian have digits of their own.
fn european_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return c,
    };
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

impl std::fmt::Debug for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A reader of a log could use it.
        f.write_str("Reference")
    }
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    fn read(text: &str) -> Reference {
        Reference::parse(text).unwrap()
    }

    #[test]
    fn a_reference_is_the_same_however_it_is_typed() {
        for text in ["LEA-12 34/x", "lea1234X", " LEA.1234.X ", "lea-١٢٣٤-x", "ＬＥＡ１２３4Ｘ"]
        {
            assert_eq!(read(text), read("LEA1234X"), "{text}");
        }
        assert_ne!(read("LEA-1234"), read("LEA-1235"));
        assert_eq!(read("Süd-1"), read("SUED 1"));
    }

    #[test]
    fn what_has_no_letter_and_no_digit_is_none() {
        for text in ["", "  ", "---", "/./", "–", "\u{300}", "Ж"] {
            assert_eq!(Reference::parse(text), Err(InvalidReference), "{text:?}");
        }
    }

    #[test]
    fn only_a_random_one_may_stand_alone() {
        for random in [
            "7d1f3c0a-9b5e-4f62-8a1d-2c7e6b904f35",
            "83619 02745 93018 27465",
            "K7QD-3XHM-ACXE-FWHJ-KRMN",
        ] {
            assert_eq!(read(random).check_random(), Ok(()), "{random}");
        }
        for number in [
            "LEA-2026-004711",
            "LEA-2026-0000000000004711",
            "00000000000000000042",
            "12345678901234567890",
            "ABABABABABABABABABABABAB",
            "K7QD-3XHM-ACXE-FWHJ",
        ] {
            assert_eq!(read(number).check_random(), Err(Guessable), "{number}");
        }
    }

    #[test]
    fn ours_are_random_and_read_back_as_they_are_written() {
        let entropy = SeededEntropy::new(1);
        let (one, other) = (Reference::mint(&entropy), Reference::mint(&entropy));
        assert_ne!(one, other);
        assert_eq!(one.written().len(), RANDOM_LENGTH + 4);
        assert_eq!(read(&one.written()), one);
        assert_eq!(one.check_random(), Ok(()));
    }
}
