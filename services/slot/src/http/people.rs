//! How many people come together.

use std::{num::ParseIntError, str::FromStr};

use serde::Deserialize;

/// The most that any office can receive at once. A service's own rule usually allows fewer.
const MAX_PEOPLE: u16 = 100;

/// A number of people, 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub(super) struct People(u16);

/// Not a number of people.
#[derive(Debug, thiserror::Error)]
#[error("1 to {MAX_PEOPLE} people")]
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
