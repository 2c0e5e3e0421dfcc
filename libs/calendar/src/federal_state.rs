//! The sixteen states of Germany (*Länder*), each of which makes its own law of public holidays.

use std::{fmt, str::FromStr};

/// A state, by its code of ISO 3166-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FederalState {
    BadenWuerttemberg,
    Bavaria,
    Berlin,
    Brandenburg,
    Bremen,
    Hamburg,
    Hesse,
    MecklenburgWesternPomerania,
    LowerSaxony,
    NorthRhineWestphalia,
    RhinelandPalatinate,
    Saarland,
    Saxony,
    SaxonyAnhalt,
    SchleswigHolstein,
    Thuringia,
}

impl FederalState {
    /// Every state, in the order of the codes.
    pub const ALL: [Self; 16] = [
        Self::Brandenburg,
        Self::Berlin,
        Self::BadenWuerttemberg,
        Self::Bavaria,
        Self::Bremen,
        Self::Hesse,
        Self::Hamburg,
        Self::MecklenburgWesternPomerania,
        Self::LowerSaxony,
        Self::NorthRhineWestphalia,
        Self::RhinelandPalatinate,
        Self::SchleswigHolstein,
        Self::Saarland,
        Self::Saxony,
        Self::SaxonyAnhalt,
        Self::Thuringia,
    ];

    /// Its code, as an admin writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Brandenburg => "DE-BB",
            Self::Berlin => "DE-BE",
            Self::BadenWuerttemberg => "DE-BW",
            Self::Bavaria => "DE-BY",
            Self::Bremen => "DE-HB",
            Self::Hesse => "DE-HE",
            Self::Hamburg => "DE-HH",
            Self::MecklenburgWesternPomerania => "DE-MV",
            Self::LowerSaxony => "DE-NI",
            Self::NorthRhineWestphalia => "DE-NW",
            Self::RhinelandPalatinate => "DE-RP",
            Self::SchleswigHolstein => "DE-SH",
            Self::Saarland => "DE-SL",
            Self::Saxony => "DE-SN",
            Self::SaxonyAnhalt => "DE-ST",
            Self::Thuringia => "DE-TH",
        }
    }
}

impl fmt::Display for FederalState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text is the code of no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state: write its code of ISO 3166-2, for example DE-BE for Berlin")]
pub struct UnknownFederalState;

impl FromStr for FederalState {
    type Err = UnknownFederalState;

    fn from_str(text: &str) -> Result<Self, UnknownFederalState> {
        Self::ALL.into_iter().find(|state| state.code() == text).ok_or(UnknownFederalState)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_reads_back_and_codes_are_sorted() {
        for state in FederalState::ALL {
            assert_eq!(state.to_string().parse(), Ok(state));
        }
        assert!(FederalState::ALL.map(FederalState::code).is_sorted());
        for unknown in ["", "BE", "de-be", "DE-BER", "DE-XX"] {
            assert_eq!(unknown.parse::<FederalState>(), Err(UnknownFederalState));
        }
    }
}
