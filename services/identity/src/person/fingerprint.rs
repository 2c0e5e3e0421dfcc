//! Keyed hashes of who somebody is.
//!
//! A person's **full** fingerprint covers everything a log-in said: all given names, the birth
//! name (else the family name), the date and the place of birth. **Weaker** fingerprints cover
//! less: fewer given names, the family name instead of the birth name, no place. Two log-ins are
//!
//! * of the same human if their full fingerprints are equal and complete,
//! * possibly of the same human if one's full fingerprint is among the other's weaker ones:
//!   somebody must look, nobody is merged or doubled in silence,
//! * of two humans otherwise.

use std::collections::BTreeSet;

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{Attributes, BirthDate, Name};

/// Given names beyond this count are part of the full fingerprint only.
const GIVEN_NAMES_COMPARED: usize = 4;

/// HMAC-SHA-256 over one form of a person's data, in base 64.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

/// All fingerprints of one log-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of everything that was said.
    pub full: Fingerprint,
    /// Of less.
    pub weaker: BTreeSet<Fingerprint>,
    /// The least of all: everyone who could be the same human shares it. Log-ins with the same
    /// one are decided one after the other.
    pub coarsest: Fingerprint,
    /// Of what no marriage and no move changes: first given name and date of birth. `None` for a
    /// single name.
    pub constant: Option<Fingerprint>,
    /// Whether equality of the full one proves anything: the place of birth is known, and the
    /// date of birth is one that few people share.
    pub complete: bool,
}

/// There is too little to tell one human from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the log-in states no name or no readable date of birth")]
pub struct TooLittle;

impl Fingerprint {
    /// The hash as text, for storage.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A hash from storage.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }
}

impl Fingerprints {
    /// The fingerprints of `person`, keyed so that only who has `key` can try names.
    ///
    /// # Errors
    /// Name or date of birth is missing.
    pub fn of(person: &Attributes, key: &hmac::Key) -> Result<Self, TooLittle> {
        let born = person.birth_date().ok_or(TooLittle)?;
        let given = person.given_name_words();
        let families = person.family_names();
        let lifelong = families.first().ok_or(TooLittle)?;
        let place = person.place();

        let full = hash(key, &given, lifelong, born, place.as_ref());
        let mut weaker = BTreeSet::new();
        for family in &families {
            for count in 0..=given.len() {
                let all = count == given.len();
                // Nobody is the same for having no given name in common.
                if !all && (count == 0 || count > GIVEN_NAMES_COMPARED) {
                    continue;
                }
                weaker.insert(hash(key, &given[..count], family, born, place.as_ref()));
                weaker.insert(hash(key, &given[..count], family, born, None));
            }
        }
        weaker.remove(&full);
        let first: Vec<String> = given.first().cloned().into_iter().collect();
        let nameless = Name::parse("coarsest").ok_or(TooLittle)?;
        let coarsest = hash(key, &first, &nameless, born, None);
        let constant = (!first.is_empty()).then(|| coarsest.clone());
        let complete = place.is_some() && !born.is_conventional();
        Ok(Self { full, weaker, coarsest, constant, complete })
    }
}

fn hash(
    key: &hmac::Key,
    given: &[String],
    family: &Name,
    born: BirthDate,
    place: Option<&Name>,
) -> Fingerprint {
    // Fields end with a byte that no folded name contains, so none can flow into the next.
    let place = place.map(|place| place.words().join(" ")).unwrap_or_default();
    let text = format!("{}\n{}\n{born}\n{place}\n", given.join(" "), family.words().join(" "));
    Fingerprint(URL_SAFE_NO_PAD.encode(hmac::sign(key, text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(given: &str, family: &str, birth: &str, born: &str, place: &str) -> Attributes {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Attributes {
            given_names: some(given),
            family_name: family.to_owned(),
            birth_name: some(birth),
            birth_date: born.to_owned(),
            place_of_birth: some(place),
        }
    }

    fn prints(person: &Attributes) -> Fingerprints {
        Fingerprints::of(person, &hmac::Key::new(hmac::HMAC_SHA256, b"test")).unwrap()
    }

    fn possible(a: &Fingerprints, b: &Fingerprints) -> bool {
        a.weaker.contains(&b.full) || b.weaker.contains(&a.full)
    }

    #[test]
    fn one_human_has_one_full_fingerprint_however_a_provider_writes() {
        let bund_id = person("Erika", "Müller-Lüdenscheidt", "", "1980-04-17", "Köln");
        let card = person("ERIKA", "MUELLER LUEDENSCHEIDT", "", "19800417", "KOELN");
        assert_eq!(prints(&bund_id).full, prints(&card).full);
        assert!(prints(&card).complete);
    }

    #[test]
    fn marriage_changes_nothing_if_the_birth_name_is_stated() {
        let before = person("Erika", "Gabler", "", "1980-04-17", "Köln");
        let after = person("Erika", "Mustermann", "Gabler", "1980-04-17", "Köln");
        assert_eq!(prints(&before).full, prints(&after).full);
        let unstated = person("Erika", "Mustermann", "", "1980-04-17", "Köln");
        assert_ne!(prints(&after).full, prints(&unstated).full);
        assert!(possible(&prints(&after), &prints(&unstated)));
    }

    #[test]
    fn what_one_log_in_leaves_out_makes_a_possible_match() {
        let whole = prints(&person("Jean-Luc Marie", "Picard", "", "1980-04-17", "Metz"));
        for less in [
            person("Jean-Luc Marie", "Picard", "", "1980-04-17", ""),
            person("Jean Luc", "Picard", "", "1980-04-17", "Metz"),
            person("Jean", "Picard", "", "1980-04-17", ""),
        ] {
            assert_ne!(whole.full, prints(&less).full);
            assert!(possible(&whole, &prints(&less)));
            assert_eq!(whole.coarsest, prints(&less).coarsest);
        }
    }

    #[test]
    fn other_people_are_other_people() {
        let one = prints(&person("Anna Lena", "Nguyen", "", "1995-06-01", "Berlin"));
        for other in [
            person("Anna Maria", "Nguyen", "", "1995-06-01", "Berlin"),
            person("Anna Lena", "Nguyen", "", "1995-06-01", "Hanoi"),
            person("Anna Lena", "Nguyen", "", "1995-06-02", "Berlin"),
            person("", "Nguyen", "", "1995-06-01", "Berlin"),
        ] {
            assert_ne!(one.full, prints(&other).full);
            assert!(!possible(&one, &prints(&other)));
        }
    }

    #[test]
    fn a_shared_or_missing_detail_makes_equality_prove_nothing() {
        for (born, place) in [("1990-01-01", "Kabul"), ("1990", "Kabul"), ("1990-05-02", "")] {
            assert!(!prints(&person("Ali", "Ahmadi", "", born, place)).complete, "{born} {place}");
        }
        let nameless = person("", "-", "", "1990-05-02", "Kabul");
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"test");
        assert_eq!(Fingerprints::of(&nameless, &key), Err(TooLittle));
    }
}
