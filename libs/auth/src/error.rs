//! Why a token was refused.

use std::fmt;

use problem::{Problem, types};

/// A token that is not accepted. The messages hold nothing of the token itself.
///
/// One place maps them to problems (RFC 6750 section 3.1): what the caller can mend is a 401 that
/// says how, what we cannot decide now is a 503.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a JWS of the compact form, or with a forbidden algorithm (`none`).
    #[error("the token is malformed")]
    Malformed,
    /// The header names another algorithm than the key is for, for example HS256.
    #[error("the token's algorithm does not belong to its key")]
    WrongAlgorithm,
    /// The `typ` header says it is a token of another kind.
    #[error("the token is of another type")]
    WrongType,
    /// No key has this `kid`.
    #[error("the token is signed by an unknown key")]
    UnknownKey,
    /// The signature does not fit.
    #[error("the token's signature does not fit")]
    BadSignature,
    /// A claim is missing or unreadable.
    #[error("the token lacks a claim or has an unreadable one")]
    BadClaims,
    /// Another issuer.
    #[error("the token is from another issuer")]
    WrongIssuer,
    /// For another authority.
    #[error("the token is for another audience")]
    WrongAudience,
    /// `exp` has passed.
    #[error("the token has expired")]
    Expired,
    /// `nbf` or `iat` lies ahead.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Its session or client was revoked.
    #[error("the token was revoked")]
    Revoked,
    /// Identity's keys were never fetched, so nothing can be decided.
    #[error("the identity service's keys are not available yet")]
    KeysUnavailable,
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::WrongAudience => Self::new(&types::WRONG_AUDIENCE),
            TokenError::KeysUnavailable => {
                Self::new(&types::UNAVAILABLE).retry_after(2).caused_by(error)
            }
            TokenError::Malformed
            | TokenError::WrongAlgorithm
            | TokenError::WrongType
            | TokenError::UnknownKey
            | TokenError::BadSignature
            | TokenError::BadClaims
            | TokenError::WrongIssuer
            | TokenError::Expired
            | TokenError::NotYetValid
            | TokenError::Revoked => Self::new(&types::INVALID_TOKEN).detail(sentence(&error)),
        }
    }
}

/// An error's text as a sentence for `detail`: a capital in front, a full stop behind.
pub(crate) fn sentence(error: &impl fmt::Display) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}
