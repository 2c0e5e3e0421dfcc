//! Another agency's program.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use ids::ClientId;
use problem::Problem;

use super::{Caller, Extracted, extract, require_scope, wrong_kind};
use crate::AccessClaims;

/// A program that acts in its agency's own name (`client_credentials`).
///
/// No person is involved, so it sees no person's data: what concerns one needs a token that was
/// exchanged (RFC 8693), see [`Booker`](super::Booker).
///
/// Its tokens are always bound to a key, so the request has been proven to come from the program
/// itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Which program.
    pub client: ClientId,
    /// What it may do, see [`scope`](crate::scope).
    pub scope: String,
}

impl Agency {
    /// Refuses a program that was not granted `scope`.
    ///
    /// # Errors
    /// The scope is missing.
    pub fn require_scope(&self, scope: &str) -> Result<(), Problem> {
        require_scope(&self.scope, scope)
    }
}

impl Caller for Agency {
    fn read(claims: &AccessClaims) -> Result<Self, Problem> {
        // Only `client_credentials` yields a token whose subject is the client itself.
        if claims.sub != claims.client_id.as_str() {
            return Err(wrong_kind("an agency's own token (`client_credentials`)"));
        }
        Ok(Self { scope: claims.scope.clone(), client: claims.client_id.clone() })
    }
}

impl FromRequest for Agency {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
