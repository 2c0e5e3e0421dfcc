//! A winner who must confirm takes the seat: an appointment by the same constraints as everybody's.

use booking::{ReservationKind, Seat, TrustLevel};
use draw::Why;
use ids::{DrawId, Pseudonym};

use super::{
    winners_seat::{called_now, own},
    winners_visit::{Allowed, WinnersVisit},
};
use crate::{
    app::{
        AppError, DrawRefusal, Engine, Once,
        accept_until_decided::{Attempt, accept_until_decided},
        confirmation::DecidedBy,
        holds_follow::entitlement_ended,
        log,
    },
    domain::{
        Actor, BookedBy, Booking,
        draw::{DrawEntry, EntryStatus, WinnersSeat},
    },
    store::{
        bookings,
        draw_entries::{self, Outcome},
        gate,
        queries::ConfirmationError,
        reservations,
    },
};

/// An acceptance. The name on the appointment is the one on the entry.
#[derive(Debug, Clone)]
pub struct AcceptSeat {
    /// The actor: the person, or an agency for them.
    pub actor: Actor,
    /// The actor as shown to the person, if it is not they.
    pub booked_by: Option<BookedBy>,
    /// Which draw.
    pub draw: DrawId,
    /// The person.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
}

/// Accepts, once, however often it is called.
///
/// # Errors
/// The person has no entry, no seat is kept for them any more, the log-in is not sure enough, or a rule or the
/// database decides against it: then the seat stays kept.
pub async fn accept_seat(engine: &Engine, request: AcceptSeat) -> Result<Once<Booking>, AppError> {
    match accept_until_decided(engine, || attempt(engine, &request)).await {
        Ok(booking) => Ok(booking),
        Err(refusal) => unless_accepted(engine, &request, refusal).await,
    }
}

async fn attempt(engine: &Engine, request: &AcceptSeat) -> Result<Attempt, AppError> {
    let (draw, mut entry) = own(engine, request.draw, request.person, request.level).await?;
    if let Some(booking) = accepted_before(engine, &entry).await? {
        return Ok(Attempt::Before(Box::new(booking)));
    }
    let Some(offer) = entry.open_offer(engine.now()) else {
        return Err(DrawRefusal::OfferOver.into());
    };
    let decided_by = engine.decides_by();
    let db = engine.database.connection();
    let Some(seat) = reservations::offered(db, offer.reservation).await? else {
        // It was answered between the two reads.
        return Ok(Attempt::Overtaken);
    };
    let seat = called_now(&decided_by.1, seat);
    let turn = entry.turn.unwrap_or_default();
    // The appointment is by the one who accepts it, whoever made the entry.
    entry.booked_by.clone_from(&request.booked_by);
    let winner = WinnersVisit { engine, draw: &draw, entry: &entry, seat, turn };
    accept(&winner, offer, &decided_by, &request.actor).await
}

/// The appointment that the entry is by now.
async fn accepted_before(engine: &Engine, entry: &DrawEntry) -> Result<Option<Booking>, AppError> {
    // One that was booked at once was never offered.
    let (EntryStatus::Booked, Some(_), Some(booking)) = (entry.status, entry.offer, entry.booking)
    else {
        return Ok(None);
    };
    let booking = bookings::find(engine.database.connection(), booking).await?;
    Ok(Some(booking.ok_or(AppError::BookingNotFound)?))
}

/// Of two acceptances at once the second finds the person booked, by the first: then it is a repeat.
async fn unless_accepted(
    engine: &Engine,
    request: &AcceptSeat,
    refusal: AppError,
) -> Result<Once<Booking>, AppError> {
    let found = own(engine, request.draw, request.person, request.level).await;
    let Ok((_, entry)) = found else { return Err(refusal) };
    accepted_before(engine, &entry).await?.map(Once::Before).ok_or(refusal)
}

async fn accept(
    winner: &WinnersVisit<'_>,
    offer: WinnersSeat,
    decided_by: &DecidedBy,
    actor: &Actor,
) -> Result<Attempt, AppError> {
    // Nothing is replaced: where winners confirm, who has an appointment cannot enter.
    let Allowed { entitlements, entitled_to, .. } = winner.allowed(decided_by).await?;
    let action = "booking.draw_accepted";
    let confirmation = winner.confirmation(decided_by, entitlements, actor, action);
    let booking = confirmation.booking.clone();
    let (engine, entry, now) = (winner.engine, winner.entry, winner.engine.now());
    let mut unit = engine.begin().await?;
    // Before any row is locked: a merge shuts this gate first.
    gate::pass_person(unit.transaction(), entry.person).await?;
    let outcome = Outcome { booking: Some(booking.id), ..Outcome::of(entry) };
    let (db, status) = (unit.transaction(), EntryStatus::Booked);
    if !draw_entries::decide(db, entry, status, &outcome, now).await? {
        return Ok(Attempt::Overtaken);
    }
    let kind = ReservationKind::Offer;
    if reservations::delete(db, &[offer.reservation], kind).await?.is_empty() {
        tracing::error!(draw = %entry.draw, "an entry with a kept seat keeps none");
        return Err(DrawRefusal::OfferOver.into());
    }
    match confirmation.insert(&mut unit).await {
        Ok(()) => {}
        // Dropped, the unit leaves the seat kept.
        Err(ConfirmationError::Refused(obstacle)) => return Ok(Attempt::Refused(obstacle)),
        Err(error @ ConfirmationError::Failed(_)) => return Err(error.into()),
    }
    let moved = (entry, &winner.seat);
    log::moves::answered(engine, unit.transaction(), &decided_by.1, moved, Why::Accepted).await?;
    let seat: Seat = winner.seat.clone();
    // The holds follow day by day: the person is bound by the booking from then on.
    unit.after_commit(async move { engine.repairs.day_of(&seat, &engine.berlin) });
    unit.commit().await?;
    if !entitled_to.is_empty() {
        entitlement_ended(engine, entry.person, entitled_to).await;
    }
    Ok(Attempt::Written(Box::new(booking)))
}
