//! Which public holidays an authority keeps.

use std::{borrow::Cow, fmt, str::FromStr};

use calendar::FederalState;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// How Berlin is written in catalogues that are older than the other states.
const BERLIN: &str = "berlin";
const NONE: &str = "none";

/// Which public holidays are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holidays {
    /// Those of one state, computed for every year.
    Of(FederalState),
    /// None: list closures instead.
    None,
}

impl Holidays {
    /// The state, if there is one.
    #[must_use]
    pub const fn state(self) -> Option<FederalState> {
        match self {
            Self::Of(state) => Some(state),
            Self::None => None,
        }
    }

    /// Whether `date` is one of them.
    #[must_use]
    pub fn is_holiday(self, date: Date) -> bool {
        self.state().is_some_and(|state| state.is_holiday(date))
    }
}

/// Berlin, where Fairtermin comes from.
impl Default for Holidays {
    fn default() -> Self {
        Self::Of(FederalState::Berlin)
    }
}

impl fmt::Display for Holidays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.state().map_or(NONE, FederalState::code))
    }
}

impl FromStr for Holidays {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            BERLIN => Ok(Self::default()),
            NONE => Ok(Self::None),
            code => code
                .parse::<FederalState>()
                .map(Self::Of)
                .map_err(|unknown| format!("`{code}` is {unknown}; or `{NONE}`")),
        }
    }
}

impl Serialize for Holidays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Holidays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Holidays {
    fn schema_name() -> Cow<'static, str> {
        "Holidays".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = FederalState::ALL.map(FederalState::code).into_iter().chain([BERLIN, NONE]);
        json_schema!({
            "type": "string",
            "description": "Which public holidays are closed.",
            "enum": words.collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_the_schema_reads_back_and_berlin_has_two() {
        let schema = schemars::schema_for!(Holidays).to_value();
        let words = schema["enum"].as_array().unwrap();
        assert_eq!(words.len(), 18);
        for word in words {
            let read: Holidays = serde_json::from_value(word.clone()).unwrap();
            let written = serde_json::to_value(read).unwrap();
            assert!(written == *word || (word == BERLIN && written == "DE-BE"), "{word}");
        }
        let wrong = serde_json::from_str::<Holidays>("\"Bayern\"").unwrap_err().to_string();
        assert!(wrong.contains("`Bayern` is not a state") && wrong.contains("DE-BE"), "{wrong}");
    }

    #[test]
    fn without_a_word_they_are_those_of_berlin() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert!(Holidays::default().is_holiday(date("2027-03-08")));
        assert!(!Holidays::default().is_holiday(date("2027-11-01")));
        assert!(Holidays::Of(FederalState::Bavaria).is_holiday(date("2027-11-01")));
        assert!(!Holidays::None.is_holiday(date("2027-12-25")));
    }
}
