//! The list of what was revoked, which identity signs.
//!
//! It is small, since it holds only what ended within a token's lifetime. Each audience knows a
//! log-in by another id, so an ended log-in has several entries and none of them links two
//! authorities to a reader of one.

use ids::{ClientId, SessionId};
use serde::{Deserialize, Serialize};

/// What ended in the last minutes and may still have tokens: the claims of a JWT of the type
/// `fairtermin-revocations+jwt`, served at [`PATH`](Self::PATH). It holds ids of
/// log-ins and programs, no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationList {
    /// Who signed: the identity service's address.
    pub iss: String,
    /// Signed at this second since the epoch.
    pub iat: i64,
    /// Not to be believed from this second since the epoch on.
    pub exp: i64,
    /// Log-ins. Order means nothing.
    pub sessions: Vec<EndedSession>,
    /// Programs.
    pub clients: Vec<RevokedClient>,
}

/// A log-in that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedSession {
    /// Which: the `sid` of its tokens.
    pub sid: SessionId,
    /// When the last of its tokens expires, in seconds since the epoch.
    pub until: i64,
}

/// A program whose tokens no longer count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedClient {
    /// Which: the `client_id` of its tokens.
    pub client_id: ClientId,
    /// Tokens signed up to this second since the epoch are refused.
    pub at: i64,
}

impl RevocationList {
    /// Where the list is, below the issuer.
    pub const PATH: &str = "/revocations";

    /// Seconds from `iat` to `exp`. Short, because a process verifies the list right after fetching it;
    /// an older one would hide what ended since.
    pub const LIFETIME: i64 = 60;
}
