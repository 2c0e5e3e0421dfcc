//! Values of requests that JSON has as texts: `libs/problem` reads those that every service knows.

use std::borrow::Cow;

pub(super) use problem::values::{
    Day, FromText, Instant, PageSize, TimeOfDay, deserialize, or_default, whole_number,
};
use serde::{Deserialize, Deserializer};
use vocabulary::Language;

/// A language in which a person is told. A refusal names those that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spoken(pub Language);

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
