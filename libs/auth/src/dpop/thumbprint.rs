//! Which key a token is bound to.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// The SHA-256 thumbprint of a public key (RFC 7638), in base 64 for URLs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Thumbprint(String);

/// Not a thumbprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key's thumbprint has 43 characters of base 64 for URLs (RFC 7638, SHA-256)")]
pub struct WrongThumbprint;

impl FromStr for Thumbprint {
    type Err = WrongThumbprint;

    fn from_str(text: &str) -> Result<Self, WrongThumbprint> {
        let hash = URL_SAFE_NO_PAD.decode(text).map_err(|_| WrongThumbprint)?;
        if hash.len() == 32 { Ok(Self(text.to_owned())) } else { Err(WrongThumbprint) }
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Thumbprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The `cnf` claim (RFC 7800, RFC 9449 section 6.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Thumbprint of the key that the sender must prove to have.
    pub jkt: Thumbprint,
}

impl From<Thumbprint> for Confirmation {
    fn from(jkt: Thumbprint) -> Self {
        Self { jkt }
    }
}
