//! What a log-in says about a person.

use serde::{Deserialize, Serialize};

use super::{BirthDate, Name};

/// A person's data as the provider gave it, for display, and readable for matching.
///
/// Kept only sealed, only as long as the session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Attributes {
    pub(super) fn given_name_words(&self) -> Vec<String> {
        let name = self.given_names.as_deref().and_then(Name::parse);
        name.map(|name| name.words().to_vec()).unwrap_or_default()
    }

    /// The family names that this person may be known by, the one that stays for life first.
    pub(super) fn family_names(&self) -> Vec<Name> {
        let mut names: Vec<Name> =
            self.birth_name.iter().filter_map(|text| Name::parse(text)).collect();
        names.extend(Name::parse(&self.family_name));
        names.dedup();
        names
    }

    pub(super) fn place(&self) -> Option<Name> {
        self.place_of_birth.as_deref().and_then(Name::parse)
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
