//! What a log-in says about a person.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BirthDate, Field, Name, rules_v1};

/// A person's data as the provider gave it, for display, and readable for matching.
///
/// Kept only sealed, only as long as the session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attributes {
    /// All given names; missing for people with a single name.
    pub given_names: Option<String>,
    /// The family name, or a single-name person's only name.
    pub family_name: String,
    /// The name at birth, if the provider states it.
    pub birth_name: Option<String>,
    /// The date of birth in the form of [`BirthDate`]'s `Display`.
    pub birth_date: String,
    /// Where they were born, if the provider states it.
    pub place_of_birth: Option<String>,
}

/// Data that no document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unacceptable {
    /// This field is longer than [`Attributes::LONGEST`].
    #[error("is longer than 200 letters")]
    TooLong(&'static str),
    /// This field holds a character that no name has: a control character, one that turns the direction of
    /// writing, an emoji.
    #[error("holds characters that are no letters")]
    NoLetters(&'static str),
    /// The date of birth lies ahead.
    #[error("lies in the future")]
    NotBornYet,
}

impl Unacceptable {
    /// The field of [`Attributes`] that it is about.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::TooLong(field) | Self::NoLetters(field) => field,
            Self::NotBornYet => "birth_date",
        }
    }
}

/// Names and places of a person as words, by one set of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) given: Vec<String>,
    /// The family names that this person may be known by, the one that stays for life first.
    pub(super) families: Vec<Vec<String>>,
    pub(super) place: Option<Vec<String>>,
}

impl Attributes {
    /// How many letters each field may have.
    pub const LONGEST: usize = 200;

    /// Whether a document can hold this. Both a provider and a clerk may send anything.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn check(&self, today: Date) -> Result<(), Unacceptable> {
        let fields = [
            ("given_names", self.given_names.as_ref()),
            ("family_name", Some(&self.family_name)),
            ("birth_name", self.birth_name.as_ref()),
            ("birth_date", Some(&self.birth_date)),
            ("place_of_birth", self.place_of_birth.as_ref()),
        ];
        for (field, text) in fields {
            let Some(text) = text else { continue };
            if text.chars().count() > Self::LONGEST {
                return Err(Unacceptable::TooLong(field));
            }
            if text.chars().any(names::is_in_no_name) {
                return Err(Unacceptable::NoLetters(field));
            }
        }
        let is_ahead = match self.birth_date() {
            Some(BirthDate::Day(date)) => date > today,
            Some(BirthDate::Month(year, month)) => (year, month) > (today.year(), today.month()),
            Some(BirthDate::Year(year)) => year > today.year(),
            None => false,
        };
        if is_ahead { Err(Unacceptable::NotBornYet) } else { Ok(()) }
    }

    /// Given and family name as the person writes them.
    #[must_use]
    pub fn written_name(&self) -> String {
        names::as_written(self.given_names.as_deref(), &self.family_name)
    }

    /// What a caller says of this: the first given name, the family name and the date of birth.
    #[must_use]
    pub fn as_said_by_phone(&self) -> Self {
        Self {
            given_names: self.folded().given.into_iter().next(),
            birth_name: None,
            place_of_birth: None,
            ..self.clone()
        }
    }

    /// By the rules of today. A single name counts as family name, in whichever field it stands.
    pub(super) fn folded(&self) -> Folded {
        let words = |text: &Option<String>, field| {
            let name = text.as_deref().and_then(|text| Name::parse(text, field));
            name.map(|name| name.words().to_vec())
        };
        let mut given = words(&self.given_names, Field::Given);
        let family = words(&Some(self.family_name.clone()), Field::Family);
        let birth = words(&self.birth_name, Field::Family);
        let mut families: Vec<_> = birth.into_iter().chain(family).collect();
        if families.is_empty() {
            families.extend(given.take());
        }
        families.dedup();
        let place = words(&self.place_of_birth, Field::Place);
        Folded { given: given.unwrap_or_default(), families, place }
    }

    /// By the first rules.
    pub(super) fn folded_v1(&self) -> Folded {
        let words = |text: &Option<String>| text.as_deref().and_then(rules_v1::words);
        let mut families: Vec<_> = words(&self.birth_name).into_iter().collect();
        families.extend(rules_v1::words(&self.family_name));
        families.dedup();
        let given = words(&self.given_names).unwrap_or_default();
        Folded { given, families, place: words(&self.place_of_birth) }
    }

    /// The place of birth without what distinguishes it from others of its name, and the initial of
    /// that.
    pub(super) fn place_without_additions(&self) -> Vec<(Vec<String>, Option<char>)> {
        let place = self.place_of_birth.as_deref().unwrap_or_default();
        let cores = Name::without_additions(place).into_iter();
        cores.map(|(core, initial)| (core.words().to_vec(), initial)).collect()
    }

    /// The date of birth, if it is one.
    #[must_use]
    pub fn birth_date(&self) -> Option<BirthDate> {
        self.birth_date.parse().ok()
    }
}

impl std::fmt::Debug for Attributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names and birth dates stay out of every log.
        f.write_str("Attributes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_document_holds_is_refused() {
        let today = jiff::civil::date(2027, 1, 4);
        let right = Attributes {
            given_names: Some("Erika".to_owned()),
            family_name: "Mustermann".to_owned(),
            birth_name: None,
            birth_date: "2027-01-04".to_owned(),
            place_of_birth: Some("Berlin".to_owned()),
        };
        assert_eq!(right.check(today), Ok(()));
        let long = Attributes { family_name: "ä".repeat(201), ..right.clone() };
        assert_eq!(long.check(today), Err(Unacceptable::TooLong("family_name")));
        for odd in [
            "Erika\u{202e}",
            "Eri\u{0}ka",
            "Eri\nka",
            "\u{2067}Erika",
            "🙂",
            "Erika 🙂",
            "🅴",
            "\u{3164}",
        ] {
            let odd = Attributes { given_names: Some(odd.to_owned()), ..right.clone() };
            assert_eq!(odd.check(today), Err(Unacceptable::NoLetters("given_names")));
        }
        for ahead in ["2099-01-01", "2027-01-05", "2027-02", "2028"] {
            let ahead = Attributes { birth_date: ahead.to_owned(), ..right.clone() };
            assert_eq!(ahead.check(today), Err(Unacceptable::NotBornYet));
            assert_eq!(Unacceptable::NotBornYet.field(), "birth_date");
        }
    }
}
