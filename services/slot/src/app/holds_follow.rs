//! After a commit the holds follow: each change of the database of which they keep a part has its
//! function here, for [`UnitOfWork::after_commit`](messaging::UnitOfWork::after_commit).
//!
//! If the holds do not answer, the change stands all the same: the database refuses double bookings.
//! Its day goes on the list of those that are reconciled with the database.

use std::time::Duration;

use booking::{Reservation, Seat, state::BookingStatus};
use ids::{Pseudonym, ReservationId, ServiceId};
use jiff::Timestamp;

use super::{Engine, person_history};
use crate::{
    domain::Booking,
    holds::Hold,
    store::{
        bookings::{self, BookingFilter},
        reservations,
    },
};

#[cfg(test)]
mod tests;

/// How long a confirm waits for an answer of the holds.
pub const HOLDS_ANSWER: Duration = Duration::from_millis(500);
/// More active bookings than one human can have.
const LIMIT: u64 = 100;

/// `hold` is `booking` now. The hold has the names by which it was made, the booking those of the
/// present catalogue.
pub async fn booking_made(engine: &Engine, hold: &Hold, booking: &Booking) {
    let answered = tokio::time::timeout(HOLDS_ANSWER, engine.holds.confirm(hold, booking.id));
    if !matches!(answered.await, Ok(Ok(()))) {
        tracing::warn!(booking = %booking.id, "cannot update the holds after a booking; its day is reconciled");
        engine.repairs.day_of(&hold.seat, &engine.berlin);
    }
    if booking.seat.location != hold.seat.location {
        engine.repairs.day_of(&booking.seat, &engine.berlin);
    }
}

/// The booking was given up, and `reservation` keeps its seat.
pub async fn seat_given_up(engine: &Engine, booking: Booking, reservation: Reservation) {
    let Booking { id, person, group, seat, .. } = &booking;
    let cleared = engine.holds.clear_active_booking(*person, group, *id, Some(seat)).await;
    let placed = engine.holds.place(&reservation).await;
    if let Err(error) = cleared.and(placed) {
        tracing::warn!(
            %error, booking = %id,
            "cannot update the holds after a seat was given up; its day is reconciled"
        );
        engine.repairs.day_of(seat, &engine.berlin);
        return;
    }
    // The seat may have returned before it was placed. `jobs/return_seats.rs` deletes the row before
    // the holds remove the seat; here the row is read after the seat was placed. So one sees the other.
    match reservations::exists(engine.database.connection(), reservation.id).await {
        Ok(true) => {}
        Ok(false) => {
            seat_freed(engine, reservation.id, reservation.seat).await;
            // Or it was offered to a person who waits, as another reservation.
            engine.repairs.day_of(seat, &engine.berlin);
        }
        Err(error) => {
            tracing::warn!(
                %error, booking = %id,
                "cannot read whether a seat has returned; its day is reconciled"
            );
            engine.repairs.day_of(seat, &engine.berlin);
        }
    }
}

/// The booking, as it was before, is `status` now and keeps its seat. The holds keep "this person has
/// an active booking" for as long as it is active.
pub async fn booking_changed(engine: &Engine, booking: Booking, status: BookingStatus) {
    match (booking.status.is_active(), status.is_active()) {
        (true, false) => {
            let Booking { id, person, group, seat, .. } = &booking;
            let cleared = engine.holds.clear_active_booking(*person, group, *id, Some(seat));
            if let Err(error) = cleared.await {
                tracing::warn!(
                    %error, booking = %id,
                    "cannot update the holds after a booking ended; the person's next hold asks the database"
                );
                engine.repairs.day_of(seat, &engine.berlin);
            }
        }
        // Active again after it was missed: comparing the day with the database says so.
        (false, true) => engine.repairs.day_of(&booking.seat, &engine.berlin),
        (true, true) | (false, false) => {}
    }
}

/// The booking, as it was before, belongs to another pseudonym now: the person who booked by phone
/// came with a document.
pub async fn booking_bound(engine: &Engine, before: Booking) {
    let Booking { id, person, group, seat, .. } = &before;
    let cleared = engine.holds.clear_active_booking(*person, group, *id, Some(seat));
    if let Err(error) = cleared.await {
        tracing::warn!(%error, booking = %id, "cannot update the holds after a visitor was compared; its day is reconciled");
    }
    // The person who came has an active booking now: comparing the day with the database says so.
    engine.repairs.day_of(seat, &engine.berlin);
}

/// Nothing keeps the seat any more.
pub async fn seat_freed(engine: &Engine, reservation: ReservationId, seat: Seat) {
    if let Err(error) = engine.holds.remove(reservation, &seat).await {
        tracing::warn!(
            %error, %reservation,
            "the holds do not know yet that a seat is free; its day will be compared"
        );
        engine.repairs.day_of(&seat, &engine.berlin);
    }
}

/// Something was added to what the person did lately: their next hold asks the database.
pub async fn history_grew(engine: &Engine, person: Pseudonym, until: Timestamp) {
    if let Err(error) = engine.holds.note_history(person, until).await {
        // The confirm asks the database in any case.
        tracing::warn!(%error, "cannot note a person's history in the holds; rules about it do not apply at holds until the next rebuild");
    }
}

/// The person may have an entitlement to `services` no more, or none with a use left: their next hold
/// asks the database.
pub async fn entitlement_ended(engine: &Engine, person: Pseudonym, services: Vec<ServiceId>) {
    for service in services {
        let ended = engine.holds.note_entitled(person, &service, Timestamp::UNIX_EPOCH);
        if !matches!(tokio::time::timeout(HOLDS_ANSWER, ended).await, Ok(Ok(()))) {
            // The confirm asks the database in any case.
            tracing::info!(%service, "cannot note in the holds that an entitlement ended; a hold may be given that is refused at its confirm");
        }
    }
}

/// What `from` had of `restored` is `restored`'s again: the next hold of both asks the database, and the days
/// of what went back are compared with it.
pub async fn persons_split(engine: &Engine, from: Pseudonym, restored: Pseudonym) {
    let active = BookingFilter::default().of(restored).in_status(BookingStatus::ACTIVE);
    match bookings::list(engine.database.connection(), &active, LIMIT).await {
        Ok(bookings) => {
            for Booking { id, group, seat, .. } in &bookings {
                let cleared = engine.holds.clear_active_booking(from, group, *id, Some(seat));
                if let Err(error) = cleared.await {
                    tracing::warn!(%error, booking = %id, "cannot update the holds after a merge was undone; its day is reconciled");
                }
            }
        }
        Err(error) => tracing::warn!(
            %error, person = %restored,
            "cannot list the bookings of a restored person; the next sweep reconciles their days"
        ),
    }
    let services = {
        let catalogue = engine.catalogue();
        let entitled = catalogue.services().filter(|(_, it)| it.rules.needs().entitlement);
        entitled.map(|(id, _)| id.clone()).collect()
    };
    entitlement_ended(engine, from, services).await;
    persons_merged(engine, restored, from).await;
}

/// Everything of `dissolved` is `kept`'s now: the next hold under either name asks the database, and
/// the days of what is theirs are compared with it.
pub async fn persons_merged(engine: &Engine, kept: Pseudonym, dissolved: Pseudonym) {
    let until = person_history::remembered_until(engine);
    for person in [kept, dissolved] {
        history_grew(engine, person, until).await;
    }
    let filter = BookingFilter::default().of(kept).in_status(BookingStatus::ACTIVE);
    match bookings::list(engine.database.connection(), &filter, LIMIT).await {
        Ok(bookings) => {
            bookings.iter().for_each(|it| engine.repairs.day_of(&it.seat, &engine.berlin));
        }
        Err(error) => tracing::warn!(
            %error, person = %kept,
            "cannot list the bookings of a merged person; the next sweep reconciles their days"
        ),
    }
}
