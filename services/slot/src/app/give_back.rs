//! What becomes of a seat that somebody gives back.

use catalogue::{Catalogue, Release};
use jiff::{SignedDuration, Timestamp};

use super::Engine;
use crate::{
    holds::GivenBack,
    store::{
        StoreResult, Transaction,
        bookings::Booking,
        released_seats::{self, ReleasedSeat},
        seat_claims::{self, SeatClaims},
    },
};

/// A booking whose seat was given back in the database.
#[derive(Debug)]
#[must_use = "the holds must be told after the commit"]
pub struct GaveBack {
    booking: Booking,
    release_at: Option<Timestamp>,
}

/// The database's part, in the transaction that ends the booking: the claims go, and the moment
/// at which the seat is bookable again is drawn and kept. A waiting list is to be asked here,
/// before the seat goes back to everybody.
pub async fn give_back(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    booking: &Booking,
) -> StoreResult<GaveBack> {
    seat_claims::delete(transaction, &SeatClaims::of(booking)).await?;
    let release_at = release_at(engine, catalogue, booking);
    if let Some(release_at) = release_at {
        let released = ReleasedSeat { booking: booking.id, seat: booking.seat.clone(), release_at };
        released_seats::insert(transaction, &released).await?;
    }
    Ok(GaveBack { booking: booking.clone(), release_at })
}

impl GaveBack {
    /// When the seat is bookable again; `None` for at once.
    pub fn release_at(&self) -> Option<Timestamp> {
        self.release_at
    }

    /// The holds' part, after the commit.
    pub async fn tell_holds(self, engine: &Engine) {
        let booking = &self.booking;
        let given_back = GivenBack {
            booking: booking.id,
            person: booking.person,
            group: &booking.group,
            seat: &booking.seat,
            not_before: self.release_at,
        };
        if let Err(error) = engine.holds.free(&given_back).await {
            tracing::warn!(%error, booking = %booking.id, "seat was not given back to the holds");
            engine.repairs.day_of(&booking.seat);
        }
    }
}

/// A random moment within the window that the services state; `None` for at once.
fn release_at(engine: &Engine, catalogue: &Catalogue, booking: &Booking) -> Option<Timestamp> {
    let services = booking.services.iter().filter_map(|id| catalogue.service(id));
    let window = services.map(|service| service.release).reduce(|a, b| Release {
        min_minutes: a.min_minutes.max(b.min_minutes),
        max_minutes: a.max_minutes.max(b.max_minutes),
    })?;
    if window.max_minutes == 0 {
        return None;
    }
    let from = u64::from(window.min_minutes) * 60;
    let until = u64::from(window.max_minutes.max(window.min_minutes)) * 60;
    let delay = from + engine.entropy.below(until - from + 1);
    let delay = SignedDuration::from_secs(i64::try_from(delay).unwrap_or(i64::MAX));
    Some(engine.now().saturating_add(delay).unwrap_or(Timestamp::MAX))
}
