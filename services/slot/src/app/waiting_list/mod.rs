//! Waiting lists: a seat that becomes free is offered to the first who waits for it, before others
//! can book it.
//!
//! A seat that is given up stays kept in the transaction that ends its booking, with the mark that a
//! list comes first ([`list_for`]). The job of the leader ([`make_offers`]) goes down the line: whose
//! turn it is gets the best of what they wish, of all seats that are free at that moment, so that many
//! seats that are freed at once are given away as fairly as one. Seats that the list does not want
//! become free as all others. An offer is a reservation: it keeps the seat until it is declined,
//! lapses ([`end_offers`]) or is accepted ([`accept_offer`]).

pub mod accept_offer;
pub mod answer_offer;
pub mod end_offers;
mod events;
mod fitting;
pub mod follow_lists;
pub mod join_at_desk;
pub mod join_list;
pub mod leave_list;
pub mod make_offers;
mod matching;
pub mod merge_places;
pub mod phone_people;
pub mod read_lists;
pub mod read_message;
mod rejoin;
mod repeat_at_desk;
pub mod restore_places;
pub mod stand_by;

use booking::{ReservationKind, Seat, TrustLevel, returning::ReturnWindow};
use calendar::Channel;
use catalogue::{Catalogue, WaitingList};
use cluster::Term;
use ids::{ReservationId, ServiceId};
use messaging::UnitOfWork;

use super::{
    AppError, Engine, WantedSeats, release_seat::usable_until, required_level::require_level_for,
};
use crate::{
    domain::waiting::{Notice, SeatOffer, WaitingEntry},
    person_data::Visitor,
    store::{
        StoreResult, Transaction, leader_leases,
        reservations::{self, KeptSeat, Purpose},
        waiting_entries,
    },
};

/// A transaction of the leader; `None` if another process leads by now.
pub(super) async fn leading(
    engine: &Engine,
    term: Term,
) -> Result<Option<UnitOfWork<'_>>, AppError> {
    let unit = engine.begin().await?;
    if leader_leases::may_act(unit.transaction(), term).await? {
        return Ok(Some(unit));
    }
    tracing::info!(term = term.number(), "another process leads now; this step is dropped");
    Ok(None)
}

/// Refuses a log-in that is less sure than the one that took the place.
fn require_level(engine: &Engine, entry: &WaitingEntry, level: TrustLevel) -> Result<(), AppError> {
    require_level_for(engine, std::slice::from_ref(&entry.service), entry.level, level)
}

/// The list of a service, or the usual numbers if the catalogue has it no longer while people wait.
fn terms(catalogue: &Catalogue, service: &ServiceId) -> WaitingList {
    catalogue.service(service).and_then(|service| service.waiting_list).unwrap_or_default()
}

/// How many offers the person can still decline before the place is lost.
fn declines_left(engine: &Engine, entry: &WaitingEntry) -> u16 {
    let most = u16::from(terms(&engine.catalogue(), &entry.service).declines);
    most.saturating_sub(entry.declines)
}

/// The name on a place in line.
fn visitor(engine: &Engine, entry: &WaitingEntry) -> Result<Visitor, AppError> {
    let opened = engine.person_data.open(&entry.attendee, entry.hold);
    opened.map_err(|error| AppError::Internal(error.into()))
}

/// What the person wishes, the best first.
fn wishes(engine: &Engine, entry: &WaitingEntry) -> Result<Vec<WantedSeats>, AppError> {
    match entry.wishes.is_empty() {
        true => Ok(Vec::new()),
        false => engine.draws.keys.open(&entry.wishes, entry.id),
    }
}

/// The waiting list that comes first for a seat, and for how long; `None` if no person waits for such a
/// seat, or too little time is left to offer it.
///
/// # Errors
/// The statement fails.
pub async fn list_for(
    engine: &Engine,
    transaction: &Transaction,
    catalogue: &Catalogue,
    seat: &Seat,
) -> StoreResult<Option<(ReturnWindow, ServiceId)>> {
    let now = engine.now();
    let notice = |id: &ServiceId, list: WaitingList| {
        let visit = catalogue
            .visit_by(Channel::Public, &seat.location, std::slice::from_ref(id), 1)
            .ok()?;
        let usable = usable_until(catalogue, std::slice::from_ref(id), seat.start);
        let notice = stand_by::notice(&list, now, usable, &engine.berlin);
        notice.filter(|_| visit.desks.contains(seat.desk))
    };
    let lists = catalogue.services().filter_map(|(id, service)| {
        let notice = notice(id, service.waiting_list?)?;
        Some((id.clone(), notice))
    });
    let (usual, short): (Vec<_>, Vec<_>) = lists.partition(|(_, it)| *it == Notice::Usual);
    let ids = |lists: Vec<(ServiceId, Notice)>| -> Vec<ServiceId> {
        lists.into_iter().map(|(id, _)| id).collect()
    };
    let (usual, short) = (ids(usual), ids(short));
    let mut awaited = None;
    if !usual.is_empty() {
        awaited = waiting_entries::awaited(transaction, &usual).await?;
    }
    if awaited.is_none() && !short.is_empty() {
        let date = seat.date(&engine.berlin);
        awaited = waiting_entries::stand_by::awaited(transaction, &short, date).await?;
    }
    Ok(awaited.map(|service| (window(engine, catalogue, &service, seat), service)))
}

/// Keeps a seat that nothing keeps in the database for the list that comes first, if one does. Whether
/// one does.
///
/// # Errors
/// The statement fails.
pub async fn keep_for_list(
    engine: &Engine,
    unit: &mut UnitOfWork<'_>,
    catalogue: &Catalogue,
    seat: &Seat,
) -> StoreResult<bool> {
    let listed = list_for(engine, unit.transaction(), catalogue, seat).await?;
    let Some((window, service)) = listed else { return Ok(false) };
    let kept = kept(engine, seat.clone(), Purpose::Listed(window, service));
    // If something keeps it already, comparing the day with the database puts the holds right.
    reservations::insert_free(unit.transaction(), &kept).await?;
    Ok(true)
}

fn kept(engine: &Engine, seat: Seat, purpose: Purpose) -> KeptSeat {
    let id = ReservationId::mint(&*engine.clock, &*engine.entropy);
    KeptSeat { id, seat, purpose, created_at: engine.now() }
}

/// The time in which the seat is of use.
fn window(
    engine: &Engine,
    catalogue: &Catalogue,
    service: &ServiceId,
    seat: &Seat,
) -> ReturnWindow {
    let now = engine.now();
    let usable = usable_until(catalogue, std::slice::from_ref(service), seat.start);
    ReturnWindow { opens: now, latest: usable.max(now) }
}

/// The seat of an offer that ended goes to the next in line.
async fn pass_on<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    offer: &SeatOffer,
) -> StoreResult<()> {
    let catalogue = engine.catalogue();
    let window = window(engine, &catalogue, &offer.service, &offer.seat);
    let purpose = Purpose::Listed(window, offer.service.clone());
    let (db, from) = (unit.transaction(), ReservationKind::Offer);
    reservations::change(db, offer.reservation, from, &purpose).await?;
    let seat = offer.seat.clone();
    unit.after_commit(async move { engine.repairs.day_of(&seat, &engine.berlin) });
    Ok(())
}
