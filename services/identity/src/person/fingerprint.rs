//! Keyed hashes of a person's name and date of birth.
//!
//! A person's **full** fingerprint covers everything a log-in said: all given names, the birth
//! name (else the family name), the date and the place of birth. **Weaker** fingerprints cover
//! less: fewer given names, the family name instead of the birth name, a place without its addition
//! or no place. **Sounding** ones cover how names are spoken.
//! Two log-ins are
//!
//! * of the same human if their full fingerprints are equal and complete,
//! * possibly of the same human if one's full fingerprint is among the other's weaker ones, or the
//!   same with the sounding ones: staff must decide, no person is merged or doubled silently,
//! * of two humans otherwise.
//!
//! A fingerprint's text begins with the version of its rules. Those of version 1 have no such
//! beginning; they are looked for, and never made again.

use std::collections::BTreeSet;

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::{Attributes, BirthDate, attributes::Folded, respelling::sound};

/// Given names beyond this count are part of the full fingerprint only.
const GIVEN_NAMES_COMPARED: usize = 4;

/// HMAC-SHA-256 over one form of a person's data, in base 64.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(String);

/// All fingerprints of one log-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    /// Of everything that was said.
    pub full: Fingerprint,
    /// Of less.
    pub weaker: BTreeSet<Fingerprint>,
    /// Of how everything sounds.
    pub sounding: Fingerprint,
    /// Of how less sounds.
    pub sounding_weaker: BTreeSet<Fingerprint>,
    /// The coarsest form, which all log-ins of one human share. Log-ins with the same
    /// one are decided one after the other.
    pub coarsest: Fingerprint,
    /// Of what no marriage and no move changes: first given name and date of birth. `None` for a
    /// single name.
    pub constant: Option<Fingerprint>,
    /// Whether equality of the full one proves anything: the place of birth is known, and the
    /// date of birth is one that few people share.
    pub complete: bool,
    /// By the rules before.
    pub former: Option<Former>,
}

/// Fingerprints by rules that hold no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Of everything that was said.
    pub full: Fingerprint,
    /// Of less.
    pub weaker: BTreeSet<Fingerprint>,
    /// Whether the rules of today read these names alike. If not, a former equality proves nothing.
    pub reads_alike: bool,
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
    /// The fingerprints of `person`, keyed so that names cannot be tried without `key`.
    ///
    /// # Errors
    /// Name or date of birth is missing.
    pub fn of(person: &Attributes, key: &hmac::Key) -> Result<Self, TooLittle> {
        let born = person.birth_date().ok_or(TooLittle)?;
        let folded = person.folded();
        let plain = |form: Form<'_>| form.hash(key, "2 name\n", born);
        let core = person.place_without_addition();
        let (full, weaker) = prints(&folded, core.as_deref(), &plain).ok_or(TooLittle)?;
        let heard = heard(&folded);
        let core = core.map(|place| hear(&place));
        let spoken = |form: Form<'_>| form.hash(key, "2 sound\n", born);
        let (sounding, sounding_weaker) =
            prints(&heard, core.as_deref(), &spoken).ok_or(TooLittle)?;
        let nothing = Form { given: &[], family: &[], place: None };
        let first = folded.given.get(..1);
        let constant = first.map(|given| Form { given, ..nothing }.hash(key, "2 constant\n", born));
        let complete = folded.place.is_some() && !born.is_conventional();
        Ok(Self {
            full,
            weaker,
            sounding,
            sounding_weaker,
            coarsest: nothing.hash(key, "2 coarsest\n", born),
            constant,
            complete,
            former: former(person, &folded, born, key),
        })
    }
}

impl Fingerprints {
    /// Whether a stored full fingerprint says that it is the same human.
    #[must_use]
    pub fn are_equal(&self, stored: &str) -> bool {
        let former = self.former.as_ref().filter(|former| former.reads_alike);
        self.full.0 == stored || former.is_some_and(|former| former.full.0 == stored)
    }

    /// Whether a stored fingerprint matches these attributes, in whole or in part.
    #[must_use]
    pub fn mention(&self, stored: &str) -> bool {
        let former =
            self.former.iter().flat_map(|former| [&former.full].into_iter().chain(&former.weaker));
        let all =
            self.weaker.iter().chain(&self.sounding_weaker).chain(&self.constant).chain(former);
        all.chain([&self.full, &self.sounding]).any(|print| print.0 == stored)
    }
}

fn former(person: &Attributes, today: &Folded, born: BirthDate, key: &hmac::Key) -> Option<Former> {
    let folded = person.folded_v1();
    let (full, weaker) = prints(&folded, None, &|form: Form<'_>| form.hash(key, "", born))?;
    Some(Former { full, weaker, reads_alike: folded == *today })
}

/// How names and place sound, each as one word: where a name is divided is a matter of spelling too.
fn heard(folded: &Folded) -> Folded {
    Folded {
        given: if folded.given.is_empty() { Vec::new() } else { hear(&folded.given) },
        families: folded.families.iter().map(|family| hear(family)).collect(),
        place: folded.place.as_deref().map(hear),
    }
}

fn hear(words: &[String]) -> Vec<String> {
    vec![sound(words)]
}

/// Of everything, and of less; `core` is the place without its addition. `None` without a family name.
fn prints(
    folded: &Folded,
    core: Option<&[String]>,
    hash: &impl Fn(Form<'_>) -> Fingerprint,
) -> Option<(Fingerprint, BTreeSet<Fingerprint>)> {
    let (given, place) = (&folded.given, folded.place.as_deref());
    let full = hash(Form { given, family: folded.families.first()?, place });
    let mut weaker = BTreeSet::new();
    for family in &folded.families {
        for count in 0..=given.len() {
            let all = count == given.len();
            // No given name in common never counts as the same person.
            if !all && (count == 0 || count > GIVEN_NAMES_COMPARED) {
                continue;
            }
            let given = &given[..count];
            let places = [place, None].into_iter().chain(core.map(Some));
            weaker.extend(places.map(|place| hash(Form { given, family, place })));
        }
    }
    weaker.remove(&full);
    Some((full, weaker))
}

/// One form of a person's names and place.
#[derive(Clone, Copy)]
struct Form<'a> {
    given: &'a [String],
    family: &'a [String],
    place: Option<&'a [String]>,
}

impl Form<'_> {
    fn hash(self, key: &hmac::Key, rules: &str, born: BirthDate) -> Fingerprint {
        // Fields end with a byte that no folded name contains, so none can flow into the next.
        let place = self.place.map(|place| place.join(" ")).unwrap_or_default();
        let (given, family) = (self.given.join(" "), self.family.join(" "));
        let text = format!("{rules}{given}\n{family}\n{born}\n{place}\n");
        Fingerprint(URL_SAFE_NO_PAD.encode(hmac::sign(key, text.as_bytes())))
    }
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
        super::super::examples::is_possible(a, b)
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
        for (born, place) in [
            ("1990-01-01", "Kabul"),
            ("1990-07-01", "Kabul"),
            ("1990-12-31", "Kabul"),
            ("1990", "Kabul"),
            ("1990-05-02", ""),
        ] {
            assert!(!prints(&person("Ali", "Ahmadi", "", born, place)).complete, "{born} {place}");
        }
        let nameless = person("XXX", "-", "", "1990-05-02", "Kabul");
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"test");
        assert_eq!(Fingerprints::of(&nameless, &key), Err(TooLittle));
    }

    #[test]
    fn a_single_name_is_the_same_in_whichever_field_it_stands() {
        let family = prints(&person("", "Suharto", "", "1980-04-17", "Jakarta"));
        for other in [
            person("Suharto", "-", "", "1980-04-17", "Jakarta"),
            person("Suharto", "XXX", "", "1980-04-17", "Jakarta"),
            person("FNU", "Suharto", "", "1980-04-17", "Jakarta"),
        ] {
            assert_eq!(prints(&other).full, family.full);
        }
    }

    #[test]
    fn whom_the_first_rules_knew_is_found_again() {
        // As version 1 hashed it: no name of the rules in front.
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"test");
        let text = "jonas\nmueller\n1980-04-17\nkoeln\n";
        let stored = URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes()));
        let former = |given: &str| {
            prints(&person(given, "Müller", "", "1980-04-17", "Köln")).former.unwrap()
        };
        let same = former("Jonas");
        assert!(same.full.as_str() == stored && same.reads_alike);
        // They took the name Phil for a title: such an equality proves nothing.
        let twin = former("Jonas Phil");
        assert!(twin.full.as_str() == stored && !twin.reads_alike);
    }
}
