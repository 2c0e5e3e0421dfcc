//! Why staff book for a person, lift limits or call a number before others.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why, from a list: so that reasons can be counted, and nothing about a person is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// The person cannot or does not want to book online: their right.
    NoOnlineAccess,
    /// The matter cannot wait.
    Urgent,
    /// Waiting would be unreasonable for this person. Say nothing about health.
    Hardship,
    /// A visit that must be continued.
    FollowUp,
    /// The office made a mistake.
    OfficeError,
    /// A program failed.
    TechnicalFailure,
    /// None of these: with a note.
    Other,
}

impl ReasonCode {
    /// Every code.
    pub const ALL: [Self; 7] = [
        Self::NoOnlineAccess,
        Self::Urgent,
        Self::Hardship,
        Self::FollowUp,
        Self::OfficeError,
        Self::TechnicalFailure,
        Self::Other,
    ];

    /// Its name in the audit log and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoOnlineAccess => "no-online-access",
            Self::Urgent => "urgent",
            Self::Hardship => "hardship",
            Self::FollowUp => "follow-up",
            Self::OfficeError => "office-error",
            Self::TechnicalFailure => "technical-failure",
            Self::Other => "other",
        }
    }
}

/// A text is none of the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a reason")]
pub struct UnknownReasonCode;

impl FromStr for ReasonCode {
    type Err = UnknownReasonCode;

    fn from_str(text: &str) -> Result<Self, UnknownReasonCode> {
        Self::ALL.into_iter().find(|code| code.as_str() == text).ok_or(UnknownReasonCode)
    }
}

/// A reason, for the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskReason {
    /// Which one.
    pub code: ReasonCode,
    /// A few words, without personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written_in_requests_and_in_the_database() {
        for code in ReasonCode::ALL {
            assert_eq!(code.as_str().parse(), Ok(code));
            assert_eq!(serde_json::json!(code), code.as_str());
        }
        assert_eq!("bribe".parse::<ReasonCode>(), Err(UnknownReasonCode));
    }
}
