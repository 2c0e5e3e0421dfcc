//! The trust level of a person's log-in. Ordered: a higher level satisfies every demand for a
//! lower one.
//!
//! It travels as `acr` in access tokens (OpenID Connect Core 1.0 section 2). A service demands
//! a level by the rule `trustLevel`; a log-in below it is refused with `level-too-low` and can
//! be raised by logging in again. The identity service decides which provider yields which
//! level.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Level of assurance of a log-in (eIDAS Regulation article 8): `basic` < `substantial` < `high`.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum TrustLevel {
    /// A password.
    #[default]
    Basic,
    /// For example an ELSTER certificate.
    Substantial,
    /// The online ID card, or a document that staff looked at.
    High,
}

impl TrustLevel {
    /// Every level, the lowest first.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Substantial, Self::High];

    /// The level as it stands in tokens, in the catalogue and in the database.
    ///
    /// Compare levels as values: texts do not sort by assurance.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }
}

impl fmt::Display for TrustLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a trust level: basic, substantial or high")]
pub struct UnknownTrustLevel;

impl FromStr for TrustLevel {
    type Err = UnknownTrustLevel;

    fn from_str(text: &str) -> Result<Self, UnknownTrustLevel> {
        Self::ALL.into_iter().find(|level| level.as_str() == text).ok_or(UnknownTrustLevel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_reads_back_and_is_ordered() {
        for level in TrustLevel::ALL {
            assert_eq!(level.as_str().parse(), Ok(level));
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
        }
        assert!(TrustLevel::ALL.is_sorted());
        assert!("HIGH".parse::<TrustLevel>().is_err());
    }
}
