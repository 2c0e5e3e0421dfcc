//! What can happen to a booking.
//!
//! ```text
//! confirmed -> checked_in -> called -> served
//!     |             ^          |  \--> parked -> (called or back to checked_in)
//!     |             \--------- missed
//!     \-> cancelled | rebooked
//! ```
//!
//! One table, [`Action::from`] and [`Action::to`], feeds both guards: [`BookingStatus::after`] for
//! the message, and the compare-and-set in SQL (`WHERE status IN (from)`) for the truth.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use BookingStatus::{Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served};

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

/// An action on a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The person arrived and the name was checked.
    CheckIn,
    /// A desk calls the person. Refused while already called, so that two clerks who call at the
    /// same moment learn of each other.
    Call,
    /// The matter is done.
    Serve,
    /// The person did not come, or did not answer the call.
    Miss,
    /// Interrupt, for example to fetch a paper.
    Park,
    /// Back to the waiting room, also after a late arrival.
    Requeue,
    /// Give up the appointment.
    Cancel,
    /// Take another one instead.
    Rebook,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::CheckIn,
        Self::Call,
        Self::Serve,
        Self::Miss,
        Self::Park,
        Self::Requeue,
        Self::Cancel,
        Self::Rebook,
    ];

    /// The states in which this is possible.
    #[must_use]
    pub const fn from(self) -> &'static [BookingStatus] {
        match self {
            Self::CheckIn | Self::Cancel | Self::Rebook => &[Confirmed],
            Self::Call => &[CheckedIn, Parked],
            Self::Serve | Self::Park => &[Called],
            Self::Miss => &[Confirmed, CheckedIn, Called],
            Self::Requeue => &[Called, Parked, Missed],
        }
    }

    /// The state that follows.
    #[must_use]
    pub const fn to(self) -> BookingStatus {
        match self {
            Self::CheckIn | Self::Requeue => CheckedIn,
            Self::Call => Called,
            Self::Serve => Served,
            Self::Miss => Missed,
            Self::Park => Parked,
            Self::Cancel => Cancelled,
            Self::Rebook => Rebooked,
        }
    }
}

impl BookingStatus {
    /// Every state.
    pub const ALL: [Self; 8] =
        [Confirmed, CheckedIn, Called, Parked, Served, Missed, Cancelled, Rebooked];

    /// The states in which a booking counts as the one that a person may have in a service group.
    pub const ACTIVE: [Self; 4] = [Confirmed, CheckedIn, Called, Parked];

    /// The state after `action`.
    ///
    /// # Errors
    /// The action is not possible in this state.
    pub fn after(self, action: Action) -> Result<Self, TransitionError> {
        if action.from().contains(&self) {
            Ok(action.to())
        } else {
            Err(TransitionError { from: self, action })
        }
    }

    /// Whether it counts as the one booking that a person may have in a service group.
    #[must_use]
    pub fn is_active(self) -> bool {
        Self::ACTIVE.contains(&self)
    }

    /// Whether its seat stays taken. A served or missed booking keeps its claims as a record.
    #[must_use]
    pub const fn keeps_seat(self) -> bool {
        !matches!(self, Cancelled | Rebooked)
    }

    /// The state as it stands in the database and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Confirmed => "confirmed",
            CheckedIn => "checked_in",
            Called => "called",
            Parked => "parked",
            Served => "served",
            Missed => "missed",
            Cancelled => "cancelled",
            Rebooked => "rebooked",
        }
    }
}

impl fmt::Display for BookingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a booking status")]
pub struct UnknownStatus;

impl FromStr for BookingStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

/// An action that is not possible now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a booking that is {from} cannot be changed by {action:?}")]
pub struct TransitionError {
    /// The present state.
    pub from: BookingStatus,
    /// What was tried.
    pub action: Action,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_day_runs_from_confirmed_to_served() {
        let mut status = Confirmed;
        for action in [Action::CheckIn, Action::Call, Action::Park, Action::Call, Action::Serve] {
            status = status.after(action).unwrap();
        }
        assert_eq!(status, Served);
    }

    #[test]
    fn nothing_leaves_an_ended_booking() {
        for ended in [Served, Cancelled, Rebooked] {
            for action in Action::ALL {
                assert_eq!(ended.after(action), Err(TransitionError { from: ended, action }));
            }
        }
    }

    #[test]
    fn only_a_booking_that_nobody_has_checked_in_can_be_cancelled_or_moved() {
        for status in BookingStatus::ALL {
            for action in [Action::Cancel, Action::Rebook] {
                assert_eq!(
                    status.after(action).is_ok(),
                    status == Confirmed,
                    "{status} {action:?}"
                );
            }
        }
    }

    #[test]
    fn two_clerks_cannot_call_the_same_person() {
        assert!(Called.after(Action::Call).is_err());
    }

    #[test]
    fn who_comes_late_is_queued_again() {
        assert_eq!(Missed.after(Action::Requeue), Ok(CheckedIn));
    }

    #[test]
    fn every_status_reads_back_and_is_reachable() {
        for status in BookingStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(status));
            let reached = Action::ALL.iter().any(|action| action.to() == status);
            assert!(reached || status == Confirmed, "{status}");
        }
    }
}
