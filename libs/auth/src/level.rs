//! The trust level of a log-in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The trust level of a log-in (eIDAS: level of assurance), the `acr` claim of our tokens.
///
/// Ordered: a higher level satisfies every demand for a lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Self-declared, for example user name and password (STORK-QAA-Level-1 and 2).
    Basic,
    /// Proven once and bound to a second factor, for example ELSTER (eIDAS *substantial*).
    Substantial,
    /// Read from a sovereign document's chip (eIDAS *high*).
    High,
}

/// The text is not one of `basic`, `substantial`, `high`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("trust level must be one of basic, substantial, high")]
pub struct UnknownLevel;

impl Level {
    /// The level as it appears in tokens and configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Substantial => "substantial",
            Self::High => "high",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        match text {
            "basic" => Ok(Self::Basic),
            "substantial" => Ok(Self::Substantial),
            "high" => Ok(Self::High),
            _ => Err(UnknownLevel),
        }
    }
}
