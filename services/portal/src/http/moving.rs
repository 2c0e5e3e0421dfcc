//! The appointment that is moved, beside the one that it becomes.

use ids::{BookingCode, BookingId};

use super::{request::Authority, visit::Summary, visitor::Visitor};

/// The appointment that is moved.
pub(super) struct Moving {
    pub(super) old: Summary,
    pub(super) code: BookingCode,
}

impl Moving {
    /// The appointment called `id`; nothing if none is moved, or if it cannot be read: what follows from the
    /// step is said all the same.
    pub(super) async fn of(
        visitor: &Visitor,
        authority: &Authority,
        id: Option<BookingId>,
    ) -> Option<Self> {
        let id = id?;
        let token = visitor.token(&authority.office.id).await.ok()?;
        let booking = authority.office.api.booking(&token, id).await.ok()?;
        let (services, place) = (&booking.services, &booking.location);
        let time = (booking.start, booking.end);
        let old = Summary::new(visitor.texts, &authority.offer, services, place, time);
        Some(Self { old, code: booking.code })
    }
}
