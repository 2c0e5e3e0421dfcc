//! Why a call brought no answer that can be used.
//!
//! Two kinds matter to a caller: the server said no ([`ClientError::refusal`]), which repeating
//! does not change, and there was no usable answer, after which it is unknown whether a write
//! happened: repeat it with the same idempotency key, or read.

use auth::TokenError;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A call failed.
///
/// No message holds an address or a body: both may name a booking or a person.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server understood the call and refused it with a problem document.
    #[error("refused: {0}")]
    Problem(Refusal),
    /// The token endpoint refused (RFC 6749 section 5.2), for example `invalid_grant`.
    #[error("token endpoint refused: {error}")]
    OAuth {
        /// The error code of the RFC. `invalid_grant` means: the log-in has ended, log in again.
        error: String,
    },
    /// No connection: no route, connection refused, TLS failed. The call did not reach the server.
    #[error("not reachable")]
    Unreachable(#[source] reqwest::Error),
    /// There was no complete answer in time. The call may have had its effect.
    #[error("no answer in time")]
    TimedOut,
    /// The signature is not the expected issuer's, or has expired.
    #[error("not to be believed: {0}")]
    Untrusted(#[from] TokenError),
    /// Something answered, but not what the API description says: a proxy's error page, a larger
    /// answer than ours ever are, another version. For the log; people see an outage.
    #[error("unreadable answer (status {status}): {reason}")]
    Unreadable {
        /// The HTTP status, 0 if there was none.
        status: u16,
        /// What does not fit.
        reason: String,
    },
}

/// A problem document (RFC 9457) as it came over the wire.
///
/// Decide by `code` and never by `detail`, whose words may change.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Refusal {
    /// The stable machine code, for example `slot-taken`: `libs/problem` lists them. A newer server
    /// may send one that is not known here.
    pub code: String,
    /// The HTTP status.
    ///
    /// For the log. Decide by the code: several problems share a status.
    pub status: u16,
    /// A sentence for developers about this occurrence.
    #[serde(default)]
    pub detail: Option<String>,
    /// When it is worth trying again, in seconds (`Retry-After`, RFC 9110 section 10.2.3). From the
    /// header, not from the body.
    #[serde(default, skip_deserializing)]
    pub retry_after: Option<u64>,
    /// All other members, for example `required_level`.
    #[serde(flatten)]
    pub extensions: Map<String, Value>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.code)
    }
}

impl ClientError {
    /// The machine code of a refusal; `None` for an outage.
    ///
    /// Problem codes and OAuth's error codes do not overlap.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem(refusal) => Some(&refusal.code),
            Self::OAuth { error } => Some(error),
            Self::Unreachable(_)
            | Self::TimedOut
            | Self::Untrusted(_)
            | Self::Unreadable { .. } => None,
        }
    }

    /// The refusal, if the server gave one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Problem(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl From<reqwest::Error> for ClientError {
    fn from(error: reqwest::Error) -> Self {
        // The address may name a booking: it stays out of messages.
        let error = error.without_url();
        if error.is_timeout() {
            Self::TimedOut
        } else if error.is_decode() || error.is_body() {
            Self::Unreadable {
                status: error.status().map_or(0, |status| status.as_u16()),
                reason: error.to_string(),
            }
        } else {
            Self::Unreachable(error)
        }
    }
}
