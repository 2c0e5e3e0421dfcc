//! The access token of a call.

use std::fmt;

/// An access token (RFC 9068) for one authority. Its `Debug` form does not show it.
///
/// A newtype, so that no other text is sent as one, and so that logging a request structure shows
/// nothing. It is not parsed here: to its client a token is opaque (RFC 9068 section 6).
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps the compact form, as the token endpoint gave it.
    #[must_use]
    pub fn new(compact: impl Into<String>) -> Self {
        Self(compact.into())
    }

    /// The compact form, for the `Authorization` header.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[access token]")
    }
}
