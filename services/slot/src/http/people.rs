//! How many people come together.

use std::{fmt, num::ParseIntError, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

/// The most that any office can receive at once. A service's own rule usually allows fewer.
const MAX_PEOPLE: u16 = 100;
/// What callers are told.
const EXPECTED: &str = "a whole number from 1 to 100";

/// A number of people, 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct People(u16);

/// Not a number of people.
#[derive(Debug, thiserror::Error)]
#[error("must be {EXPECTED}")]
pub(super) struct NotPeople;

impl People {
    /// What is meant if nothing is said.
    pub(super) const fn one() -> Self {
        Self(1)
    }

    pub(super) const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for People {
    type Error = NotPeople;

    fn try_from(number: u16) -> Result<Self, NotPeople> {
        if (1..=MAX_PEOPLE).contains(&number) { Ok(Self(number)) } else { Err(NotPeople) }
    }
}

impl From<ParseIntError> for NotPeople {
    fn from(_: ParseIntError) -> Self {
        Self
    }
}

impl FromStr for People {
    type Err = NotPeople;

    fn from_str(text: &str) -> Result<Self, NotPeople> {
        text.parse::<u16>()?.try_into()
    }
}

impl<'de> Deserialize<'de> for People {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u16(Number)
    }
}

struct Number;

impl Visitor<'_> for Number {
    type Value = People;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<People, E> {
        let people = u16::try_from(number).ok().and_then(|number| People::try_from(number).ok());
        people.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_a_hundred_people_can_come() {
        assert_eq!("1".parse::<People>().unwrap(), People::one());
        assert_eq!("100".parse::<People>().unwrap().get(), 100);
        for wrong in ["", "0", "101", "-1", "1.5", "70000", "many"] {
            assert!(wrong.parse::<People>().is_err(), "{wrong}");
        }
    }
}
