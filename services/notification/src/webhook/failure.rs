//! How a receiver failed, in classes: what an agency and an operator need to find the fault.

use std::fmt;

use jiff::SignedDuration;

/// How a receiver failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No answer in time.
    Timeout,
    /// No connection: name, network or certificate.
    Connection,
    /// It answered, but not with 2xx.
    Status {
        /// The HTTP status.
        code: u16,
        /// When to come again (RFC 9110 section 10.2.3), if it said so in seconds.
        retry_after: Option<SignedDuration>,
    },
    /// It wants no more events (410).
    Gone,
    /// The operator allows this address no longer.
    Address,
}

impl Failure {
    /// The word for its class: in the API and in the database.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Connection => "connection",
            Self::Status { .. } => "status",
            Self::Gone => "gone",
            Self::Address => "address",
        }
    }

    /// The HTTP status that it answered.
    pub(crate) const fn status(self) -> Option<u16> {
        match self {
            Self::Status { code, .. } => Some(code),
            Self::Gone => Some(410),
            Self::Timeout | Self::Connection | Self::Address => None,
        }
    }

    /// From the database.
    pub(crate) fn stored(class: &str, status: Option<u16>) -> Option<Self> {
        match (class, status) {
            ("timeout", _) => Some(Self::Timeout),
            ("connection", _) => Some(Self::Connection),
            ("status", Some(code)) => Some(Self::Status { code, retry_after: None }),
            ("gone", _) => Some(Self::Gone),
            ("address", _) => Some(Self::Address),
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("no answer in time"),
            Self::Connection => f.write_str("cannot be reached"),
            Self::Status { code, .. } => write!(f, "answered {code}"),
            Self::Gone => f.write_str("wants no more events (410)"),
            Self::Address => f.write_str("the address is not allowed any more"),
        }
    }
}
