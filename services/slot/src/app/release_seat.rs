//! The one way in which a seat becomes free, for every cause.
//!
//! Given up, expired, cancelled, moved, refused at confirm, changed catalogue: each ends here. A
//! seat that is given up does not become free. First comes the waiting list
//! (see [`list_for`]); else it is *returning*, and `jobs/return_seats.rs` throws a
//! coin for it at each tick; and if too little time is left for that, it is kept for the desk. So
//! the moment at which it is free is stored nowhere and cannot be predicted.

use booking::{
    Reservation, ReservationKind, Seat,
    returning::{ReturnTerms, ReturnWindow},
};
use catalogue::{Allocation, Catalogue, Release};
use ids::{ReservationId, ServiceId};
use jiff::{SignedDuration, Timestamp};
use messaging::UnitOfWork;

use super::{Engine, holds_follow, log, waiting_list::list_for};
use crate::{
    domain::Booking,
    holds::EndedHold,
    store::{
        StoreResult,
        reservations::{self, Purpose},
    },
};

/// How long before it begins a seat must be free again so that people have time to find it and to
/// come, in addition to the lead time of its services.
pub const MARGIN: SignedDuration = SignedDuration::from_mins(30);

/// What becomes of a seat that was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextUse {
    /// It becomes free for everybody within a window.
    Public(ReturnWindow),
    /// Too little time is left for that: the desk may book it.
    Desk,
}

/// Until when a seat is of use to others, if it is given up: its start less the lead time of its
/// services and [`MARGIN`].
#[must_use]
pub fn usable_until(catalogue: &Catalogue, services: &[ServiceId], start: Timestamp) -> Timestamp {
    let lead_times = services.iter().filter_map(|id| {
        let lead_time = catalogue.service(id)?.rules.lead_time.as_ref()?;
        Some(SignedDuration::from_mins(i64::from(lead_time.minutes)))
    });
    let ahead = lead_times.max().unwrap_or_default() + MARGIN;
    start.saturating_sub(ahead).unwrap_or(Timestamp::MIN)
}

/// What becomes of the seat of a hold that ended.
#[must_use]
pub fn after_hold(engine: &Engine, ended: &EndedHold) -> NextUse {
    let terms = ReturnTerms {
        not_before: SignedDuration::ZERO,
        not_after: engine.returning.after_hold(),
        least: engine.returning.least(),
        ahead: ended.seat.start.duration_since(ended.usable_until),
    };
    next_use(ended.ended_at, &ended.seat, terms)
}

/// What becomes of the seat of a booking that is given up at `now`: the window that its services
/// state, as far as there is time.
#[must_use]
fn after_booking(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    now: Timestamp,
) -> NextUse {
    if only_drawn(catalogue, &booking.services) {
        return NextUse::Desk;
    }
    after_visit(engine, catalogue, &booking.services, &booking.seat, now)
}

/// What becomes of a seat that a draw left over.
#[must_use]
pub fn after_draw(
    engine: &Engine,
    catalogue: &Catalogue,
    service: &ServiceId,
    seat: &Seat,
) -> NextUse {
    after_visit(engine, catalogue, std::slice::from_ref(service), seat, engine.now())
}

/// What becomes of a seat that was given up and that the waiting list does not want.
#[must_use]
pub fn after_list(
    engine: &Engine,
    catalogue: &Catalogue,
    service: &ServiceId,
    seat: &Seat,
) -> NextUse {
    let services = std::slice::from_ref(service);
    if only_drawn(catalogue, services) {
        return NextUse::Desk;
    }
    after_visit(engine, catalogue, services, seat, engine.now())
}

/// Whether the public gets seats of one of these services by draws alone: then the desk gives away
/// what is given back.
fn only_drawn(catalogue: &Catalogue, services: &[ServiceId]) -> bool {
    let mut services = services.iter().filter_map(|id| catalogue.service(id));
    services.any(|service| service.allocation == Allocation::Draw)
}

/// Gives up the seat of an offer that ended without an appointment and that no list passes on: a date that the
/// office gave, or a drawn seat that its winner does not take. The holds follow after the commit.
///
/// # Errors
/// The statement fails.
pub async fn give_up_offer<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    service: &ServiceId,
    offer: ReservationId,
    seat: &Seat,
) -> StoreResult<()> {
    let catalogue = engine.catalogue();
    let listed = list_for(engine, unit.transaction(), &catalogue, seat).await?;
    let purpose = match (listed, after_list(engine, &catalogue, service, seat)) {
        (Some((window, list)), _) => Purpose::Listed(window, list),
        (None, NextUse::Public(window)) => Purpose::Returning(window),
        (None, NextUse::Desk) => Purpose::Closed,
    };
    reservations::change(unit.transaction(), offer, ReservationKind::Offer, &purpose).await?;
    let seat = seat.clone();
    unit.after_commit(async move { engine.repairs.day_of(&seat, &engine.berlin) });
    Ok(())
}

fn after_visit(
    engine: &Engine,
    catalogue: &Catalogue,
    services: &[ServiceId],
    seat: &Seat,
    now: Timestamp,
) -> NextUse {
    let releases = services.iter().filter_map(|id| catalogue.service(id));
    let release = releases.map(|service| service.release).reduce(|a, b| Release {
        min_minutes: a.min_minutes.max(b.min_minutes),
        max_minutes: a.max_minutes.max(b.max_minutes),
    });
    let release = release.unwrap_or_default();
    let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
    let usable_until = usable_until(catalogue, services, seat.start);
    let terms = ReturnTerms {
        not_before: minutes(release.min_minutes),
        not_after: minutes(release.max_minutes),
        least: engine.returning.least(),
        ahead: seat.start.duration_since(usable_until),
    };
    next_use(now, seat, terms)
}

/// The last moment at which the seat of a booking that is given up at `now` can still be returning.
#[must_use]
pub fn returned_by(
    engine: &Engine,
    catalogue: &Catalogue,
    booking: &Booking,
    now: Timestamp,
) -> Timestamp {
    match after_booking(engine, catalogue, booking, now) {
        NextUse::Public(window) => window.latest,
        NextUse::Desk => booking.seat.start.max(now),
    }
}

fn next_use(now: Timestamp, seat: &Seat, terms: ReturnTerms) -> NextUse {
    ReturnWindow::of(now, seat.start, terms).map_or(NextUse::Desk, NextUse::Public)
}

/// Gives up the seat of a booking, in the transaction that ends the booking. The holds follow after
/// the commit.
///
/// # Errors
/// The statement fails.
pub async fn give_up_seat<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    catalogue: &Catalogue,
    booking: &Booking,
) -> StoreResult<()> {
    let listed = list_for(engine, unit.transaction(), catalogue, &booking.seat).await?;
    let next = after_booking(engine, catalogue, booking, engine.now());
    let (kind, until) = match (listed, next) {
        (Some((window, list)), _) => {
            let (id, from) = (reservations::of_booking(booking.id), ReservationKind::Booking);
            let purpose = Purpose::Listed(window, list);
            reservations::change(unit.transaction(), id, from, &purpose).await?;
            (ReservationKind::Returning, Some(window.latest))
        }
        (None, NextUse::Public(window)) => {
            reservations::begin_return(unit.transaction(), booking.id, window).await?;
            (ReservationKind::Returning, Some(window.latest))
        }
        (None, NextUse::Desk) => {
            reservations::keep_for_desk(unit.transaction(), booking.id).await?;
            (ReservationKind::Closed, None)
        }
    };
    let reservation = Reservation {
        id: ReservationId::from_bits(booking.id.to_bits()),
        kind,
        seat: booking.seat.clone(),
        holder: None,
        until,
    };
    unit.after_commit(holds_follow::seat_given_up(engine, booking.clone(), reservation));
    log::moves::given_up(engine, unit.transaction(), catalogue, booking).await
}
