//! From when on a person can book again after the appointment that they have cancelled.

use ids::BookingId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::contents::Session;

/// What the authority said before the last cancellation: afterwards it says it of no appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MustWait {
    booking: BookingId,
    until: Timestamp,
}

impl Session {
    /// Remembers until when the person must wait after they have cancelled `booking`.
    pub(crate) fn note_must_wait(&mut self, booking: BookingId, until: Timestamp) {
        self.must_wait = Some(MustWait { booking, until });
    }

    /// Until when they must wait after they have cancelled `booking`; `None` if they need not, or it is not known.
    pub(crate) fn must_wait_after(&self, booking: BookingId, now: Timestamp) -> Option<Timestamp> {
        let waits = self.must_wait.filter(|waits| waits.booking == booking)?;
        (waits.until > now).then_some(waits.until)
    }
}
