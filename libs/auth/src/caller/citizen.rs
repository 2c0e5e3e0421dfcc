//! A person in their own name: a program that acts for them is refused.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use ids::{ClientId, DoubtId, Pseudonym, SessionId};
use problem::{Problem, types};
use vocabulary::TrustLevel;

use super::{Caller, Extracted, extract, require_scope, wrong_kind};
use crate::AccessClaims;

/// A person who logged in, as this authority knows them.
///
/// For what a person alone may do, such as seeing all their bookings. Handlers that an agency may
/// call for them take a [`Booker`](super::Booker).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// The pseudonym at this authority.
    pub pseudonym: Pseudonym,
    /// How they proved who they are; see [`require_level`](Self::require_level).
    pub level: TrustLevel,
    /// The log-in this belongs to, by the id that this authority knows.
    pub session: SessionId,
    /// What the program they use may do, see [`scope`](crate::scope).
    pub scope: String,
    /// The program they use.
    pub client: ClientId,
    /// The open case: they may be the same human as another known person. `None`: there is none.
    pub doubt: Option<DoubtId>,
}

/// The tokens that are a person's.
const PERSONS: &str =
    "a person's token: of their own log-in, or of a token exchange (RFC 8693) for them";

impl Citizen {
    /// Refuses a log-in below `required` with the problem `level-too-low`.
    ///
    /// # Errors
    /// The level is lower.
    pub fn require_level(&self, required: TrustLevel) -> Result<(), Problem> {
        if self.level >= required {
            return Ok(());
        }
        Err(Problem::new(&types::LEVEL_TOO_LOW).with("required_level", required.as_str()))
    }

    /// Refuses a program that was not granted `scope`.
    ///
    /// # Errors
    /// The scope is missing.
    pub fn require_scope(&self, scope: &str) -> Result<(), Problem> {
        require_scope(&self.scope, scope)
    }
}

impl Citizen {
    /// The subject of a token; its actor is not looked at.
    pub(super) fn subject(claims: &AccessClaims) -> Result<Self, Problem> {
        let pseudonym = claims.sub.parse().map_err(|_| wrong_kind(PERSONS))?;
        let incomplete = || Problem::new(&types::INVALID_TOKEN).detail("A claim is missing.");
        Ok(Self {
            pseudonym,
            level: claims.acr.ok_or_else(incomplete)?,
            session: claims.sid.ok_or_else(incomplete)?,
            scope: claims.scope.clone(),
            client: claims.client_id.clone(),
            doubt: claims.doubt,
        })
    }
}

impl Caller for Citizen {
    fn read(claims: &AccessClaims) -> Result<Self, Problem> {
        if claims.act.is_some() {
            return Err(wrong_kind("a person's token of their own log-in"));
        }
        Self::subject(claims)
    }
}

impl FromRequest for Citizen {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
