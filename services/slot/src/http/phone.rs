//! A telephone number, as somebody states it.

use std::borrow::Cow;

use ids::LocationId;
use problem::Problem;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::values::{self, FromText};
use crate::{app::Engine, domain::PhoneNumber};

/// A telephone number.
pub(super) struct Phone(pub(super) PhoneNumber);

impl FromText for Phone {
    fn expected() -> Cow<'static, str> {
        "a telephone number with the prefix of its place or country, as `030 9010` or `+49 30 9010`, \
         and none that costs more than an ordinary call (as 0900, 0180, 0137, 0118 or +1 900)"
            .into()
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

/// How a person without e-mail is reached.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CallMe)]
pub(super) struct CallMe {
    /// The location that phones. Its staff alone read the number.
    location: LocationId,
    /// With the prefix of its place or country.
    #[schema(value_type = String, example = "030 9010")]
    number: Phone,
}

impl CallMe {
    /// The location and the number.
    ///
    /// # Errors
    /// The authority has no such location.
    pub(super) fn read(self, slots: &Engine) -> Result<(LocationId, PhoneNumber), Problem> {
        slots.know(&self.location)?;
        Ok((self.location, self.number.0))
    }
}
