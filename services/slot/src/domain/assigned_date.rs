//! A date that an office gave to an application on file.

use booking::Seat;
use ids::{AssignedDateId, BookingId, EntitlementId, HoldId, Pseudonym, ReservationId, ServiceId};
use jiff::Timestamp;

use super::waiting::OfferStatus;

/// A seat that is kept for the person who proves the entitlement, until they answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignedDate {
    /// Its identifier.
    pub id: AssignedDateId,
    /// To which application on file; its person may not be known yet.
    pub entitlement: EntitlementId,
    /// What keeps the seat.
    pub reservation: ReservationId,
    /// By which the seat was taken; the booking that comes of it has the same.
    pub hold: HoldId,
    /// Where it stands.
    pub status: OfferStatus,
    /// For what.
    pub service: ServiceId,
    /// Which seat.
    pub seat: Seat,
    /// How many come together.
    pub people: u16,
    /// When it was given.
    pub made_at: Timestamp,
    /// Until when it can be answered.
    pub answer_by: Timestamp,
    /// What came of it.
    pub booking: Option<BookingId>,
}

impl AssignedDate {
    /// Whether it can be answered at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.status == OfferStatus::Open && now < self.answer_by
    }

    /// Where it stands at `now`: the job that ends dates may not have come by yet.
    #[must_use]
    pub fn status_at(&self, now: Timestamp) -> OfferStatus {
        match self.status {
            OfferStatus::Open if !self.is_open(now) => OfferStatus::Lapsed,
            status => status,
        }
    }
}

/// The pseudonym in the place of the person of an application, in what keeps its seat: it is not known
/// yet who proves it. It is the same for two dates of one application, so that the database refuses the
/// second.
#[must_use]
pub const fn stand_in(entitlement: EntitlementId) -> Pseudonym {
    Pseudonym::from_bits(entitlement.to_bits())
}
