//! Keyed hashes of a person's name and date of birth.
//!
//! A person's **full** fingerprint covers everything a log-in said: all given names, the birth
//! name (else the family name), the date and the place of birth. **Weaker** fingerprints cover
//! less: fewer given names, the family name instead of the birth name, a place without its addition
//! or no place, the month or the year of birth only. **Alike** ones cover how names and place may be read
//! (`Hearing`), and the words of all names in any order.
//! Two log-ins are
//!
//! * of the same human if their full fingerprints are equal and complete,
//! * possibly of the same human if one's full fingerprint is among the other's weaker ones, the same with
//!   the alike ones, or if they have an alike one in common: staff must decide, no person is merged or
//!   doubled silently,
//! * of two humans otherwise.
//!
//! A fingerprint's text begins with the version of its rules: 2 for what proves something, 3 for what is
//! alike. Those of version 1 have no such beginning; former ones are looked for, and never made again.

use std::collections::BTreeSet;

use aws_lc_rs::hmac;
use serde::{Deserialize, Deserializer, Serialize};

use super::{
    Attributes, BirthDate,
    attributes::Folded,
    places::{Places, distinct},
    respelling::Hearing,
    rules_v2,
};
use form::{Form, Hashed};

mod form;

/// The rules for what proves something.
const PLAIN: &str = "2 name\n";

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
    /// Of everything but the day of birth, or the day and the month.
    #[serde(default)]
    pub part_dated: BTreeSet<Fingerprint>,
    /// Of how everything may be read, and of its words in any order.
    #[serde(alias = "sounding", deserialize_with = "one_or_many")]
    pub alike: BTreeSet<Fingerprint>,
    /// Of how less may be read.
    #[serde(alias = "sounding_weaker")]
    pub alike_weaker: BTreeSet<Fingerprint>,
    /// The coarsest form, which all log-ins of one human with the same date of birth share. They are
    /// decided one after the other.
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
    /// Of everything that was said, by version 1.
    pub full: Fingerprint,
    /// Of less, by version 1.
    pub weaker: BTreeSet<Fingerprint>,
    /// Whether the rules of today read these names alike. If not, a former equality proves nothing.
    pub reads_alike: bool,
    /// How everything sounds, by version 2.
    #[serde(default)]
    pub alike: BTreeSet<Fingerprint>,
    /// How less sounds, by version 2.
    #[serde(default)]
    pub alike_weaker: BTreeSet<Fingerprint>,
}

/// Version 2 kept one, in cases that wait.
fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<Fingerprint>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(Fingerprint),
        Many(BTreeSet<Fingerprint>),
    }
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(one) => BTreeSet::from([one]),
        OneOrMany::Many(many) => many,
    })
}

/// There is too little to distinguish one human from another.
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
        let plain = Hashed { key, rules: PLAIN };
        let places = Places::plain(person, &folded);
        let (full, weaker) = plain.prints(&folded, &places, born).ok_or(TooLittle)?;
        let full = full.into_iter().next().ok_or(TooLittle)?;
        let mut part_dated = BTreeSet::new();
        for less in born.less() {
            let (whole, _) = plain.prints(&folded, &places, less).ok_or(TooLittle)?;
            part_dated.extend(whole);
        }
        let (alike, alike_weaker) = alike(person, &folded, born, key);
        let nothing = Form { given: &[], family: &[], place: None };
        let hash = |form: Form<'_>, rules| Hashed { key, rules }.hash(form, born);
        let first = folded.given.get(..1);
        let constant = first.map(|given| hash(Form { given, ..nothing }, "2 constant\n"));
        let complete = folded.place.is_some() && !born.is_conventional();
        Ok(Self {
            full,
            weaker,
            part_dated,
            alike,
            alike_weaker,
            coarsest: hash(nothing, "2 coarsest\n"),
            constant,
            complete,
            former: former(person, &folded, born, key),
        })
    }
}

impl Fingerprints {
    /// The full fingerprint of names and a place that are folded already.
    pub(super) fn full_of(
        given: &[String],
        family: &[String],
        place: Option<&[String]>,
        born: BirthDate,
        key: &hmac::Key,
    ) -> Fingerprint {
        Hashed { key, rules: PLAIN }.hash(Form { given, family, place }, born)
    }
}

/// How everything and less may be read, by all readings; and all words in any order.
fn alike(
    person: &Attributes,
    folded: &Folded,
    born: BirthDate,
    key: &hmac::Key,
) -> (BTreeSet<Fingerprint>, BTreeSet<Fingerprint>) {
    let (mut whole, mut less) = (BTreeSet::new(), BTreeSet::new());
    let heard = Hashed { key, rules: "3 sound\n" };
    let places = Places::heard(person, folded);
    for names in distinct(Hearing::all().map(|one| hear(folded, |words| one.sound(words)))) {
        if let Some((all, some)) = heard.prints(&names, &places, born) {
            whole.extend(all);
            less.extend(some);
        }
    }
    let ordered = Hashed { key, rules: "3 order\n" };
    for family in &folded.families {
        let mut words: Vec<String> = folded.given.iter().chain(family).cloned().collect();
        words.sort();
        let place = folded.place.as_deref();
        whole.insert(ordered.hash(Form { given: &[], family: &words, place }, born));
    }
    less.retain(|print| !whole.contains(print));
    (whole, less)
}

fn former(person: &Attributes, today: &Folded, born: BirthDate, key: &hmac::Key) -> Option<Former> {
    let folded = person.folded_v1();
    let places = Places { whole: vec![folded.place.clone()], less: Vec::new() };
    let (full, weaker) = Hashed { key, rules: "" }.prints(&folded, &places, born)?;
    let heard = hear(today, rules_v2::sound);
    let one = |place: &[String]| vec![rules_v2::sound(place)];
    let places = Places {
        whole: vec![today.place.as_deref().map(one)],
        less: person.place_without_additions().iter().map(|(core, _)| Some(one(core))).collect(),
    };
    let sounding = Hashed { key, rules: "2 sound\n" }.prints(&heard, &places, born);
    let (alike, alike_weaker) = sounding.unwrap_or_default();
    let full = full.into_iter().next()?;
    Some(Former { full, weaker, reads_alike: folded == *today, alike, alike_weaker })
}

/// How names sound, each field as one word: where a name is divided is a matter of spelling too.
fn hear(folded: &Folded, sound: impl Fn(&[String]) -> String) -> Folded {
    let one = |words: &Vec<String>| vec![sound(words)];
    Folded {
        given: if folded.given.is_empty() { Vec::new() } else { one(&folded.given) },
        families: folded.families.iter().map(one).collect(),
        place: None,
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

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
