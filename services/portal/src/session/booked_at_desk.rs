//! What this member of staff booked for people a moment ago.

use client::Booking;
use ids::{AuthorityId, BookingCode, BookingId, LocationId, ServiceId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::contents::{Session, drop_oldest};

/// Bookings that are remembered; the oldest falls out.
const MOST_BOOKED_AT_DESK: usize = 3;

/// For so long the page of one can be loaded again: the person is still there. After it the desk finds the appointment by
/// its number.
const SHOWN: SignedDuration = SignedDuration::from_mins(30);

/// An appointment without the person's name, which a session does not keep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct BookedAtDesk {
    authority: AuthorityId,
    booking: BookingId,
    at: Timestamp,
    pub(crate) code: BookingCode,
    pub(crate) location: LocationId,
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) services: Vec<ServiceId>,
}

impl BookedAtDesk {
    /// `booking` at `authority`, booked now.
    pub(crate) fn new(authority: AuthorityId, booking: &Booking, now: Timestamp) -> Self {
        Self {
            authority,
            booking: booking.id,
            at: now,
            code: booking.code,
            location: booking.location.clone(),
            start: booking.start,
            end: booking.end,
            services: booking.services.clone(),
        }
    }
}

impl Session {
    /// Remembers what was booked.
    pub(crate) fn note_booked_at_desk(&mut self, booked: BookedAtDesk) {
        self.booked_at_desk.retain(|known| known.booking != booked.booking);
        drop_oldest(&mut self.booked_at_desk, MOST_BOOKED_AT_DESK);
        self.booked_at_desk.push(booked);
    }

    /// The appointment `booking` of `authority`, if it was booked in this log-in a moment ago.
    pub(crate) fn find_booked_at_desk(
        &self,
        authority: &AuthorityId,
        booking: BookingId,
        now: Timestamp,
    ) -> Option<&BookedAtDesk> {
        let is_it = |known: &&BookedAtDesk| {
            known.authority == *authority
                && known.booking == booking
                && now.duration_since(known.at) <= SHOWN
        };
        self.booked_at_desk.iter().find(is_it).filter(|_| self.login.is_some())
    }
}
