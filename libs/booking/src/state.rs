//! What can happen to a booking.
//!
//! ```text
//! confirmed -> checked_in | missed | cancelled | rebooked
//! checked_in -> called | missed
//! called -> served | parked | checked_in | missed
//! parked -> called | checked_in
//! missed -> checked_in
//! ```
//!
//! One table, [`Action::from`] and [`Action::to`], feeds both guards: [`Action::on`] for
//! the message, and the compare-and-set in SQL (`WHERE status IN (from)`) for the truth.
//!
//! A booking changes by an action only and never because time passes: a past booking that was
//! left open is closed by a job, with an action like any other.

use jiff::SignedDuration;
use vocabulary::DeskAction;
pub use vocabulary::{BookingStatus, UnknownStatus};

use BookingStatus::{Called, Cancelled, CheckedIn, Confirmed, Missed, Parked, Rebooked, Served};

/// How long after its end the desk can still note what became of a booking.
///
/// So long it keeps its person from another one of the group: else who did not come would book again
/// before the desk has said so. After that it is closed, and no cool-down follows.
pub const NOTED_WITHIN: SignedDuration = SignedDuration::from_hours(12);

/// An action on a booking.
///
/// Those of the desk come in as [`DeskAction`]; cancelling and moving are also the person's.
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
    ///
    /// Until the person is checked in; from then on there is a visit, which the desk ends. The
    /// seat returns (see [`returning`](crate::returning)).
    Cancel,
    /// Take another one instead.
    ///
    /// The new booking is made in the same transaction, so the person is never without one.
    Rebook,
}

impl Action {
    /// Every action.
    ///
    /// For tests and for lists of what a status allows.
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
    ///
    /// A called person who walks off is missed or queued again, a parked one is called or
    /// queued again. A missed one can only be queued again, which the slot service refuses if
    /// the person has another active booking in the group by now.
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
    ///
    /// One per action, whatever the status was.
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

    /// The status after this action on a booking that is `status`.
    ///
    /// # Errors
    /// The action is not possible in this status.
    ///
    /// For the message. Another desk may act between reading and writing, so SQL decides by the
    /// same table.
    pub fn on(self, status: BookingStatus) -> Result<BookingStatus, TransitionError> {
        if self.from().contains(&status) {
            Ok(self.to())
        } else {
            Err(TransitionError { from: status, action: self })
        }
    }
}

impl From<DeskAction> for Action {
    fn from(action: DeskAction) -> Self {
        match action {
            DeskAction::CheckIn => Self::CheckIn,
            DeskAction::Call => Self::Call,
            DeskAction::Serve => Self::Serve,
            DeskAction::Miss => Self::Miss,
            DeskAction::Park => Self::Park,
            DeskAction::Requeue => Self::Requeue,
        }
    }
}

/// An action that is not possible now.
///
/// The API answers `booking-not-active`.
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
            status = action.on(status).unwrap();
        }
        assert_eq!(status, Served);
    }

    #[test]
    fn nothing_leaves_an_ended_booking() {
        for ended in [Served, Cancelled, Rebooked] {
            for action in Action::ALL {
                assert_eq!(action.on(ended), Err(TransitionError { from: ended, action }));
            }
        }
    }

    #[test]
    fn only_a_booking_that_nobody_has_checked_in_can_be_cancelled_or_moved() {
        for status in BookingStatus::ALL {
            for action in [Action::Cancel, Action::Rebook] {
                assert_eq!(action.on(status).is_ok(), status == Confirmed, "{status} {action:?}");
            }
        }
    }

    #[test]
    fn two_clerks_cannot_call_the_same_person() {
        assert!(Action::Call.on(Called).is_err());
    }

    #[test]
    fn who_comes_late_is_queued_again() {
        assert_eq!(Action::Requeue.on(Missed), Ok(CheckedIn));
    }

    #[test]
    fn every_status_is_reachable() {
        for status in BookingStatus::ALL {
            let reached = Action::ALL.iter().any(|action| action.to() == status);
            assert!(reached || status == Confirmed, "{status}");
        }
    }
}
