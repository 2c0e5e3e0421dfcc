//! The trust level of a person's log-in.

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
    /// The level as it stands in tokens and in the catalogue.
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

/// A text is none of the three levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a trust level: basic, substantial or high")]
pub struct UnknownTrustLevel;

impl FromStr for TrustLevel {
    type Err = UnknownTrustLevel;

    fn from_str(text: &str) -> Result<Self, UnknownTrustLevel> {
        [Self::Basic, Self::Substantial, Self::High]
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or(UnknownTrustLevel)
    }
}
