//! Numbers that have a bound: people, weekdays, appointments.

use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

use super::values::whole_number;

/// A whole number from 1 to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OneTo<const MOST: u16>(u16);

/// How many people come together. A service's own rule usually allows fewer.
pub(super) type People = OneTo<100>;

/// Not such a number.
#[derive(Debug, thiserror::Error)]
#[error("must be a whole number from 1 to {MOST}")]
pub(super) struct OutOfBounds<const MOST: u16>;

impl<const MOST: u16> OneTo<MOST> {
    /// What is meant if nothing is said.
    pub(super) const fn one() -> Self {
        Self(1)
    }

    pub(super) const fn get(self) -> u16 {
        self.0
    }
}

impl<const MOST: u16> Default for OneTo<MOST> {
    fn default() -> Self {
        Self::one()
    }
}

impl<const MOST: u16> TryFrom<u16> for OneTo<MOST> {
    type Error = OutOfBounds<MOST>;

    fn try_from(number: u16) -> Result<Self, OutOfBounds<MOST>> {
        if (1..=MOST).contains(&number) { Ok(Self(number)) } else { Err(OutOfBounds) }
    }
}

impl<const MOST: u16> FromStr for OneTo<MOST> {
    type Err = OutOfBounds<MOST>;

    fn from_str(text: &str) -> Result<Self, OutOfBounds<MOST>> {
        whole_number::<u16>(text).ok_or(OutOfBounds::<MOST>)?.try_into()
    }
}

impl<'de, const MOST: u16> Deserialize<'de> for OneTo<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u16(Number)
    }
}

struct Number<const MOST: u16>;

impl<const MOST: u16> Visitor<'_> for Number<MOST> {
    type Value = OneTo<MOST>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from 1 to {MOST}")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<OneTo<MOST>, E> {
        let bounded = u16::try_from(number).ok().and_then(|number| OneTo::try_from(number).ok());
        bounded.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_a_hundred_people_can_come() {
        assert_eq!("1".parse::<People>().unwrap(), People::one());
        assert_eq!("100".parse::<People>().unwrap().get(), 100);
        assert_eq!("2.0".parse::<People>().unwrap().get(), 2);
        for wrong in ["", "0", "101", "-1", "1.5", "70000", "many", "+1", "01"] {
            assert!(wrong.parse::<People>().is_err(), "{wrong}");
        }
    }
}
