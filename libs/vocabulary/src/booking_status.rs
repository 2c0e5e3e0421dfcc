//! Where a booking stands. What moves it from one status to the next is in `libs/booking`.
//!
//! Three questions are asked of a status, and each is answered here for all: does it count
//! against the person ([`BookingStatus::is_active`]), does it keep its desk
//! ([`BookingStatus::keeps_seat`]), what is it called ([`BookingStatus::as_str`]).
//!
//! | status | active | keeps its seat |
//! |---|---|---|
//! | confirmed, checked_in, called, parked | yes | yes |
//! | served, missed | no | yes, as a record |
//! | cancelled, rebooked | no | no: the seat returns |

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a booking stands (ZMS: process status).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BookingStatus {
    /// The appointment stands (ZMS: *confirmed*).
    Confirmed,
    /// The person is here and waits (ZMS: *queued*).
    CheckedIn,
    /// The person was called to a desk (ZMS: *called*, *processing*).
    Called,
    /// The matter was interrupted, the person waits to be called again (ZMS: *parked*).
    Parked,
    /// Done (ZMS: *finished*).
    Served,
    /// The person did not appear (ZMS: *missed*).
    Missed,
    /// The person or the authority gave it up (ZMS: *deleted*).
    Cancelled,
    /// Another booking took its place (FHIR: the new one `replaces` it).
    Rebooked,
}

impl BookingStatus {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::Confirmed,
        Self::CheckedIn,
        Self::Called,
        Self::Parked,
        Self::Served,
        Self::Missed,
        Self::Cancelled,
        Self::Rebooked,
    ];

    /// Those in which a booking counts as the one that a person may have in a service group.
    ///
    /// The database's unique index on person and group has the same list in its condition;
    /// change both together.
    pub const ACTIVE: [Self; 4] = [Self::Confirmed, Self::CheckedIn, Self::Called, Self::Parked];

    /// Whether it counts as the one booking that a person may have in a service group.
    ///
    /// A person who was served or did not come may book again at once, unless a rule says
    /// otherwise (see `coolDown`).
    #[must_use]
    pub fn is_active(self) -> bool {
        Self::ACTIVE.contains(&self)
    }

    /// Whether its seat stays taken. A served or missed booking keeps its claims as a record.
    ///
    /// Nobody can be booked into a past seat anyway; the record lets statistics and the desk's
    /// calendar show what the time was used for.
    #[must_use]
    pub const fn keeps_seat(self) -> bool {
        match self {
            Self::Confirmed
            | Self::CheckedIn
            | Self::Called
            | Self::Parked
            | Self::Served
            | Self::Missed => true,
            Self::Cancelled | Self::Rebooked => false,
        }
    }

    /// The status as it stands in the database and in the API.
    ///
    /// Released: a text never changes its meaning.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::CheckedIn => "checked_in",
            Self::Called => "called",
            Self::Parked => "parked",
            Self::Served => "served",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
            Self::Rebooked => "rebooked",
        }
    }
}

impl fmt::Display for BookingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a booking status")]
pub struct UnknownStatus;

impl FromStr for BookingStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_reads_back_in_the_database_and_in_json() {
        for status in BookingStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
    }
}
