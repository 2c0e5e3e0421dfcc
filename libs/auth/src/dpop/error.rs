//! Why a proof was refused.

use problem::{Problem, types};

use super::JtiStoreError;
use crate::error::sentence;

/// A DPoP proof that is not accepted (RFC 9449 section 4.3). The messages hold nothing of the proof.
#[derive(Debug, thiserror::Error)]
pub enum DpopError {
    /// No `DPoP` header.
    #[error("a `DPoP` header is missing: send a proof by the key of the token (RFC 9449)")]
    Missing,
    /// More than one `DPoP` header.
    #[error("send one `DPoP` header, not several")]
    Several,
    /// Not a JWS of the compact form, or too long.
    #[error("the proof is malformed")]
    Malformed,
    /// Not `dpop+jwt`.
    #[error("the proof's `typ` must be dpop+jwt")]
    WrongType,
    /// None that FAPI 2.0 allows.
    #[error("the proof must be signed with ES256, EdDSA (Ed25519) or PS256")]
    WrongAlgorithm,
    /// No public key, or a private one.
    #[error("the proof's header must hold the public key as `jwk`, and nothing private")]
    WrongKey,
    /// The signature does not fit the key.
    #[error("the proof's signature does not fit its key")]
    BadSignature,
    /// A claim is missing, unreadable or too long.
    #[error(
        "the proof must have the texts `jti` (256 characters at most), `htm` and `htu`, and `iat` in whole seconds"
    )]
    BadClaims,
    /// `htm` is another method.
    #[error("the proof is for another method")]
    WrongMethod,
    /// `htu` is another URL.
    #[error("the proof is for another URL; `htu` must be {expected}")]
    WrongUrl {
        /// Ours, without the query.
        expected: String,
    },
    /// `iat` lies back.
    #[error("the proof is older than a minute; make a new one for each request")]
    TooOld,
    /// `iat` lies ahead.
    #[error("the proof's `iat` lies ahead; set your clock")]
    Ahead,
    /// `ath` does not belong to the token, or is missing.
    #[error("the proof's `ath` does not belong to the access token")]
    OtherToken,
    /// The token is bound to another key.
    #[error("the access token is bound to another key")]
    OtherKey,
    /// It was sent before.
    #[error("the proof was used before; make a new one for each request")]
    Replayed,
    /// Where proofs are remembered does not answer.
    #[error(transparent)]
    Store(#[from] JtiStoreError),
}

impl DpopError {
    /// The sentence for the sender.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence(self)
    }
}

impl From<DpopError> for Problem {
    fn from(error: DpopError) -> Self {
        match error {
            DpopError::Store(cause) => {
                Self::new(&types::UNAVAILABLE).retry_after(2).caused_by(cause)
            }
            DpopError::Missing
            | DpopError::Several
            | DpopError::Malformed
            | DpopError::WrongType
            | DpopError::WrongAlgorithm
            | DpopError::WrongKey
            | DpopError::BadSignature
            | DpopError::BadClaims
            | DpopError::WrongMethod
            | DpopError::WrongUrl { .. }
            | DpopError::TooOld
            | DpopError::Ahead
            | DpopError::OtherToken
            | DpopError::OtherKey
            | DpopError::Replayed => Self::new(&types::INVALID_DPOP_PROOF).detail(error.sentence()),
        }
    }
}
