//! Whether a known person has what staff typed, part by part: it says nothing that is not known to whoever typed it.
//!
//! A clerk who could read what we know of a candidate would learn the birth name of anybody whose name and date of
//! birth they can guess.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Attributes, Field, Name};

/// How one part agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same, however it is written.
    Same,
    /// One says more than the other: a further given name, the day beside the year.
    Partly,
    /// It is another family name of the person: the one at birth, or the one of today.
    OtherName,
    /// Something else.
    Different,
    /// One of both says nothing of it.
    Unknown,
}

/// How the parts of what was typed agree with a known person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Agreements {
    /// The given names.
    pub given_names: Agreement,
    /// The family name.
    pub family_name: Agreement,
    /// The name at birth.
    pub birth_name: Agreement,
    /// The date of birth.
    pub birth_date: Agreement,
    /// The place of birth.
    pub place_of_birth: Agreement,
}

impl Agreements {
    /// What a page may show of `known` to whoever typed `typed`.
    #[must_use]
    pub fn of(typed: &Attributes, known: &Attributes) -> Self {
        let part = |typed: Option<&str>, known: Option<&str>, field| {
            of_words(words(typed, field).as_deref(), words(known, field).as_deref())
        };
        let family = |person: &Attributes| words(Some(&person.family_name), Field::Family);
        let birth = |person: &Attributes| words(person.birth_name.as_deref(), Field::Family);
        Self {
            given_names: part(
                typed.given_names.as_deref(),
                known.given_names.as_deref(),
                Field::Given,
            ),
            family_name: of_names(family(typed), family(known), birth(known)),
            birth_name: of_names(birth(typed), birth(known), family(known)),
            birth_date: of_dates(&typed.birth_date, &known.birth_date),
            place_of_birth: part(
                typed.place_of_birth.as_deref(),
                known.place_of_birth.as_deref(),
                Field::Place,
            ),
        }
    }
}

fn words(text: Option<&str>, field: Field) -> Option<Vec<String>> {
    Some(Name::parse(text?, field)?.words().to_vec())
}

fn of_words(typed: Option<&[String]>, known: Option<&[String]>) -> Agreement {
    let (Some(typed), Some(known)) = (typed, known) else { return Agreement::Unknown };
    let all_in = |some: &[String], others: &[String]| some.iter().all(|it| others.contains(it));
    if typed == known {
        Agreement::Same
    } else if all_in(typed, known) || all_in(known, typed) {
        Agreement::Partly
    } else {
        Agreement::Different
    }
}

/// A family name, which may be the `other` one of the person.
fn of_names(
    typed: Option<Vec<String>>,
    known: Option<Vec<String>>,
    other: Option<Vec<String>>,
) -> Agreement {
    match of_words(typed.as_deref(), known.as_deref()) {
        Agreement::Same => Agreement::Same,
        _ if typed.is_some() && typed == other => Agreement::OtherName,
        agreement => agreement,
    }
}

/// Both as [`BirthDate`](super::BirthDate) shows them: less is the beginning of more.
fn of_dates(typed: &str, known: &str) -> Agreement {
    if typed == known {
        Agreement::Same
    } else if typed.starts_with(known) || known.starts_with(typed) {
        Agreement::Partly
    } else {
        Agreement::Different
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cem(given: &str, family: &str, birth: Option<&str>, born: &str) -> Attributes {
        Attributes {
            given_names: Some(given.to_owned()),
            family_name: family.to_owned(),
            birth_name: birth.map(str::to_owned),
            birth_date: born.to_owned(),
            place_of_birth: Some("Köln".to_owned()),
        }
    }

    #[test]
    fn each_part_agrees_or_not_and_what_was_not_typed_is_unknown() {
        let known = cem("Cem Can", "Kaya", Some("Arslan"), "1980-04-17");
        let typed = cem("CEM", "KAYA", None, "1980");
        let found = Agreements::of(&typed, &known);
        assert_eq!((found.given_names, found.family_name), (Agreement::Partly, Agreement::Same));
        assert_eq!((found.birth_name, found.birth_date), (Agreement::Unknown, Agreement::Partly));
        assert_eq!(found.place_of_birth, Agreement::Same);
        let typed = cem("Can", "Arslan", Some("Demir"), "1980-04-18");
        let found = Agreements::of(&typed, &known);
        assert_eq!(found.family_name, Agreement::OtherName);
        assert_eq!(
            (found.birth_name, found.birth_date),
            (Agreement::Different, Agreement::Different)
        );
    }
}
