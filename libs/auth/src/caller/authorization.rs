//! The access token of a request, and who sends it.
//!
//! The scheme says whether a proof of a key comes with the token (`DPoP`) or not (`Bearer`). The
//! token itself says whether one is needed, so a stolen bound token cannot be used by sending it as
//! `Bearer`.

use actix_web::{HttpRequest, http::header::AUTHORIZATION};
use problem::{Problem, types};

use crate::{Confirmation, DpopVerifier};

/// RFC 9449 section 7.1.
const INVALID_TOKEN: &str = "DPoP error=\"invalid_token\", algs=\"ES256 EdDSA PS256\"";

/// The `Authorization` header with an access token, by its scheme.
#[derive(Clone, Copy)]
pub enum Authorization<'a> {
    /// A bearer token: no proof of a key comes with it (RFC 6750).
    Bearer(&'a str),
    /// The token is bound to a key, and a proof comes with it (RFC 9449).
    Dpop(&'a str),
}

impl<'a> Authorization<'a> {
    /// Of this request.
    ///
    /// # Errors
    /// There is none, or of another scheme: `unauthenticated`.
    pub fn of(request: &'a HttpRequest) -> Result<Self, Problem> {
        Self::read(request).ok_or_else(|| Problem::new(&types::UNAUTHENTICATED))
    }

    /// Scheme names are compared without regard to case (RFC 9110, section 11.1).
    fn read(request: &'a HttpRequest) -> Option<Self> {
        let header = request.headers().get(AUTHORIZATION)?.as_bytes();
        let (scheme, token) = str::from_utf8(header).ok()?.split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") {
            Some(Self::Bearer(token.trim()))
        } else if scheme.eq_ignore_ascii_case("dpop") {
            Some(Self::Dpop(token.trim()))
        } else {
            None
        }
    }

    /// The token, not verified.
    #[must_use]
    pub fn token(&self) -> &'a str {
        match self {
            Self::Bearer(token) | Self::Dpop(token) => token,
        }
    }

    /// Why the token is not accepted, with the challenge for its scheme.
    #[must_use]
    pub fn refused(&self, why: impl Into<Problem>) -> Problem {
        match self {
            Self::Bearer(_) => why.into(),
            Self::Dpop(_) => why.into().challenge(INVALID_TOKEN),
        }
    }

    /// Checks the proof of a token that is bound to the key `bound`. Refused: no proof, a proof of
    /// another key, request or token, a proof that was used before, and the scheme `Bearer` (RFC 9449 sections 7.1 and 7.2). `verifier` is missing where no bound token is expected.
    ///
    /// # Errors
    /// See above; or proofs cannot be looked up.
    pub async fn require_sender(
        &self,
        request: &HttpRequest,
        bound: Option<&Confirmation>,
        verifier: Option<&DpopVerifier>,
    ) -> Result<(), Problem> {
        let refused =
            |detail| Problem::new(&types::INVALID_TOKEN).detail(detail).challenge(INVALID_TOKEN);
        match (self, bound) {
            (Self::Bearer(_), None) => Ok(()),
            (Self::Bearer(_), Some(_)) => Err(refused(
                "This token is bound to a key: send it as `Authorization: DPoP` with a proof.",
            )),
            (Self::Dpop(_), None) => {
                Err(refused("This token is bound to no key: send it as `Authorization: Bearer`."))
            }
            (Self::Dpop(token), Some(bound)) => {
                let verifier = verifier.ok_or_else(|| {
                    Problem::new(&types::INTERNAL)
                        .caused_by("no DpopVerifier in the application's data")
                })?;
                Ok(verifier.verify_bound(request, token, bound).await?)
            }
        }
    }
}
