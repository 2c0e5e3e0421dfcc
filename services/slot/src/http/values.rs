//! Values of requests that JSON has as texts: `libs/problem` reads those that every service knows.

use std::borrow::Cow;

use problem::Problem;
pub(super) use problem::values::{
    Day, FromText, Instant, PageSize, TimeOfDay, deserialize, or_default, whole_number,
};
use serde::{Deserialize, Deserializer};
use vocabulary::Language;

use super::body::invalid;
use crate::app::Engine;

/// A language in which a person is told. A refusal names those that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spoken(pub Language);

impl Spoken {
    /// The language, for messages to a person of this authority.
    ///
    /// # Errors
    /// It is a further language that the authority does not list: `field` names it.
    pub(super) fn told_by(self, slots: &Engine, field: &str) -> Result<Language, Problem> {
        let catalogue = slots.catalogue();
        if catalogue.authority.tells_in().any(|language| language == self.0) {
            return Ok(self.0);
        }
        let tags: Vec<_> =
            catalogue.authority.tells_in().map(|language| format!("`{language}`")).collect();
        let known = tags.join(", ");
        Err(invalid(field, &format!("must be one of {known}: this authority writes no other")))
    }
}

impl FromText for Spoken {
    fn expected() -> Cow<'static, str> {
        let tags: Vec<_> = Language::known().map(|language| format!("`{language}`")).collect();
        format!("one of {}", tags.join(", ")).into()
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for Spoken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
