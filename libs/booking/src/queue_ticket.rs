//! What can happen to the number of a person without an appointment (ZMS: *Wartenummer*).
//!
//! ```text
//! waiting -> called -> served | missed
//! called, missed -> waiting
//! ```
//!
//! As in [`state`](crate::state), one table feeds the message and the compare-and-set in SQL.
//!
//! It has fewer states than a booking: there is nothing to confirm or to move, a ticket that is
//! not wanted any more is simply missed. Only the desk acts on it.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::Serialize;

use TicketStatus::{Called, Missed, Served, Waiting};

/// Where a walk-in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketStatus {
    /// In the waiting room.
    Waiting,
    /// Called to a desk.
    Called,
    /// Done.
    Served,
    /// Did not answer the call.
    Missed,
}

impl TicketStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Waiting, Called, Served, Missed];

    /// The status as it stands in the database and in the API.
    ///
    /// Released: a text never changes its meaning.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Waiting => "waiting",
            Called => "called",
            Served => "served",
            Missed => "missed",
        }
    }
}

impl fmt::Display for TicketStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is none of the statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a queue ticket's status")]
pub struct UnknownTicketStatus;

impl FromStr for TicketStatus {
    type Err = UnknownTicketStatus;

    fn from_str(text: &str) -> Result<Self, UnknownTicketStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownTicketStatus)
    }
}

/// What staff do with a number.
///
/// The desk's buttons. Compare [`state::Action`](crate::state::Action), which has those of a
/// booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketAction {
    /// To a desk. Refused while already called, so that two clerks who call at the same moment learn
    /// of each other.
    ///
    /// From the waiting room only: a person who was missed is queued again first.
    Call,
    /// Done.
    Serve,
    /// The person did not come.
    Miss,
    /// Back to the waiting room.
    ///
    /// After a miss, or after a call by mistake.
    Requeue,
}

impl TicketAction {
    /// Every action.
    pub const ALL: [Self; 4] = [Self::Call, Self::Serve, Self::Miss, Self::Requeue];

    /// The statuses in which this is possible.
    ///
    /// For the message and, as a list, for the condition of the SQL update.
    #[must_use]
    pub const fn from(self) -> &'static [TicketStatus] {
        match self {
            Self::Call => &[Waiting],
            Self::Serve | Self::Miss => &[Called],
            Self::Requeue => &[Called, Missed],
        }
    }

    /// The status that follows.
    ///
    /// One per action, whatever the status was.
    #[must_use]
    pub const fn to(self) -> TicketStatus {
        match self {
            Self::Call => Called,
            Self::Serve => Served,
            Self::Miss => Missed,
            Self::Requeue => Waiting,
        }
    }

    /// The status after this action on a ticket that is `status`.
    ///
    /// # Errors
    /// The action is not possible in this status.
    ///
    /// For the answer to staff. Decide in SQL, too: another desk may act between reading and
    /// writing.
    pub fn on(self, status: TicketStatus) -> Result<TicketStatus, TicketTransitionError> {
        if self.from().contains(&status) {
            Ok(self.to())
        } else {
            Err(TicketTransitionError { from: status, action: self })
        }
    }
}

/// An action that is not possible now.
///
/// Without the number of the ticket: the caller knows which one it asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a queue ticket that is {from} cannot be changed by {action:?}")]
pub struct TicketTransitionError {
    /// The present status.
    pub from: TicketStatus,
    /// What was tried.
    pub action: TicketAction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_called_again_after_a_miss_and_then_served() {
        let mut status = Waiting;
        for action in [
            TicketAction::Call,
            TicketAction::Miss,
            TicketAction::Requeue,
            TicketAction::Call,
            TicketAction::Serve,
        ] {
            status = action.on(status).unwrap();
        }
        assert_eq!(status, Served);
    }

    #[test]
    fn nothing_leaves_a_served_number() {
        for action in TicketAction::ALL {
            let refused = TicketTransitionError { from: Served, action };
            assert_eq!(action.on(Served), Err(refused));
        }
    }

    #[test]
    fn two_clerks_cannot_call_the_same_number() {
        assert!(TicketAction::Call.on(Called).is_err());
    }

    #[test]
    fn a_status_is_read_as_it_is_written() {
        for status in TicketStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(status));
        }
        assert_eq!("called_twice".parse::<TicketStatus>(), Err(UnknownTicketStatus));
    }
}
