//! The winners get their appointments, by the same constraints as any confirm: one active booking
//! per person and group, no overlap at a desk, the catalogue in force. Where winners must confirm, their
//! seats are kept for them instead.

use std::{collections::BTreeSet, slice};

use booking::{
    Seat,
    rules::{Rule as _, lead_time::LeadTime},
    state::BookingStatus,
};
use draw::{Announcement, Visit as Drawn};
use ids::{LocationId, ReservationId};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::{
    announcement,
    declining::declining,
    earlier,
    events::{self, Because},
    needs_appointment, pool,
    settle_draw::{Step, Won},
    winners_visit::{Allowed, WinnersVisit},
};
use crate::{
    app::{
        AppError, DrawRefusal, assigned_dates::end_unproven::end_unproven, confirmation::DecidedBy,
        follow_catalogue::follow_catalogue, release_seat::usable_until,
        seat_request::active_booking,
    },
    domain::{
        Actor, Binding,
        draw::{DrawEntry, EntryStatus, Pool, WinnersSeat},
    },
    store::{
        Transaction,
        bookings::{self, BookingFilter},
        closings,
        draw_entries::{self, Outcome, offered},
        draw_misses, draw_pool, draws, gate, merged_persons,
        queries::{ConfirmationError, Obstacle},
        reservations::{self, KeptSeat, Purpose},
    },
};

/// How often another booking code is made, or decided by another catalogue.
const TRIES: u32 = 5;
/// More active bookings than one human can have.
const MAX_ACTIVE: u64 = 100;

/// Books every winner who is not decided yet, or keeps the seat for them to confirm. Whether all are: not, if
/// another process leads by now.
///
/// # Errors
/// The database does not answer. What was booked and kept by then stays.
pub(super) async fn book_winners(step: &Step<'_>, won: &Won) -> Result<bool, AppError> {
    let (engine, id) = (step.engine, step.draw.id);
    let winning = Winning {
        step,
        announcement: announcement(engine, id).await?,
        pool: pool(engine, id).await?,
    };
    let mut days = BTreeSet::new();
    let outcome = winning.book_all(won, &mut days).await;
    // The holds follow day by day, whatever came of it: each winner who was booked is bound by it.
    for (location, date) in days {
        engine.repairs.day(location, date);
    }
    outcome
}

struct Winning<'a> {
    step: &'a Step<'a>,
    announcement: Announcement,
    pool: Pool,
}

/// What became of a winner.
enum Winner {
    /// Booked, or the seat is kept for them.
    Served,
    /// Not, for this reason.
    Not(AppError),
    /// Another process leads, or the entry is not as it was read: the next look goes on.
    Dropped,
}

/// Whether a booking or a kept seat was written.
enum Written {
    Yes,
    /// The database refused it.
    Refused(Obstacle),
    /// A waiting list offered the person a seat meanwhile, or the appointment that is given back changed.
    Overtaken,
    /// Another process leads, or the entry is not as it was read.
    Dropped,
}

impl Winning<'_> {
    async fn book_all(
        &self,
        won: &Won,
        days: &mut BTreeSet<(LocationId, Date)>,
    ) -> Result<bool, AppError> {
        let (engine, draw) = (self.step.engine, self.step.draw);
        for visit in &won.seats {
            let Some(serial) = won.serial(visit.turn) else { continue };
            let found = draw_entries::undecided(engine.database.connection(), draw.id, serial);
            let Some(entry) = found.await? else { continue };
            let seat = self.seat(visit, &entry)?;
            days.insert((seat.location.clone(), seat.date(&engine.berlin)));
            let turn = visit.turn;
            let winner = WinnersVisit { engine, draw, entry: &entry, seat, turn };
            match self.serve(&winner).await? {
                Winner::Served => {}
                Winner::Not(why) => {
                    if !self.not_bookable(visit, &entry, &why).await? {
                        return Ok(false);
                    }
                }
                Winner::Dropped => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The seat, by the name that its location has now.
    fn seat(&self, visit: &Drawn, entry: &DrawEntry) -> Result<Seat, AppError> {
        let slots = self.announcement.slots(entry.public.companions);
        let seat = self.pool.seat(visit.row, visit.slot, slots);
        let mut seat = seat.ok_or_else(|| {
            let why = format!("draw {}: row {} has no such seat", entry.draw, visit.row);
            AppError::Internal(why.into())
        })?;
        let catalogue = self.step.engine.catalogue();
        if let Some(present) = catalogue.location_now(&seat.location) {
            seat.location = present.clone();
        }
        Ok(seat)
    }

    /// Books one winner or keeps the seat for them; a refusal that will not go away is an answer.
    async fn serve(&self, winner: &WinnersVisit<'_>) -> Result<Winner, AppError> {
        let engine = self.step.engine;
        for _ in 0..TRIES {
            let decided_by = engine.decides_by();
            let allowed = match winner.allowed(&decided_by).await {
                Ok(allowed) => allowed,
                Err(refusal @ (AppError::Unavailable(_) | AppError::Internal(_))) => {
                    return Err(refusal);
                }
                Err(refusal) => return Ok(Winner::Not(refusal)),
            };
            let written = match self.confirm_by(winner, &decided_by).await? {
                Some(answer_by) => self.keep(winner, &decided_by, answer_by).await?,
                None => self.book(winner, &decided_by, allowed).await?,
            };
            match written {
                Written::Yes => return Ok(Winner::Served),
                Written::Dropped => return Ok(Winner::Dropped),
                Written::Overtaken | Written::Refused(Obstacle::CodeTaken) => {}
                Written::Refused(Obstacle::CatalogueChanged) => {
                    Box::pin(follow_catalogue(engine)).await?;
                }
                Written::Refused(obstacle) => {
                    return Ok(Winner::Not(ConfirmationError::Refused(obstacle).into()));
                }
            }
        }
        Err(AppError::CatalogueChanged)
    }

    /// Until when the winner must confirm; `None`: they are booked at once. So are those who could not
    /// answer: whom staff entered, for whom a seat of a waiting list is kept, or who would have no time.
    async fn confirm_by(
        &self,
        winner: &WinnersVisit<'_>,
        (_, catalogue): &DecidedBy,
    ) -> Result<Option<Timestamp>, AppError> {
        let (engine, entry) = (self.step.engine, winner.entry);
        let service = winner.service(catalogue);
        let known = catalogue.service(&service);
        let schedule = known.and_then(|service| service.draw.as_ref());
        // As long as a waiting list gives people whom the desk phones.
        let list = known.and_then(|service| service.waiting_list).unwrap_or_default();
        let longer = if entry.phone.is_some() { list.phoned_hours } else { 0 };
        let usable = usable_until(catalogue, slice::from_ref(&service), winner.seat.start);
        let by = schedule.and_then(|schedule| schedule.confirm_by(engine.now(), usable, longer));
        let Some(by) = by.filter(|_| entry.binding == Binding::Online) else { return Ok(None) };
        let db = engine.database.connection();
        let has_other = reservations::has_offer(db, entry.person, &entry.group).await?;
        Ok((!has_other).then_some(by))
    }

    /// The seat leaves the pool, the booking takes it, an appointment that it replaces is given back and the
    /// entry is decided: all or nothing.
    async fn book(
        &self,
        winner: &WinnersVisit<'_>,
        decided_by: &DecidedBy,
        allowed: Allowed,
    ) -> Result<Written, AppError> {
        let (engine, draw, entry) = (self.step.engine, self.step.draw, winner.entry);
        let Some(mut unit) = self.step.begin().await? else { return Ok(Written::Dropped) };
        draw_pool::give_up_within(unit.transaction(), draw.id, &winner.seat).await?;
        let (actor, action) = (Actor::System, "booking.drawn");
        let Allowed { entitlements, old, .. } = allowed;
        let confirmation = winner.confirmation(decided_by, entitlements, &actor, action);
        let (catalogue, old) = (&decided_by.1, old.as_ref());
        let moved = earlier::in_place_of(engine, &mut unit, catalogue, confirmation, old).await?;
        let Some(confirmation) = moved else { return Ok(Written::Overtaken) };
        let booked = confirmation.booking.clone();
        match confirmation.insert(&mut unit).await {
            Ok(()) => {}
            // Dropped, the unit leaves the seat in the pool.
            Err(ConfirmationError::Refused(obstacle)) => return Ok(Written::Refused(obstacle)),
            Err(error @ ConfirmationError::Failed(_)) => return Err(error.into()),
        }
        let booking = Some(booked.id);
        // A message reaches whoever has an address. The place that was won phones the others.
        let told_by = entry.phone.as_ref().map(|_| winner.seat.location.clone());
        let outcome = Outcome { turn: Some(winner.turn), booking, reason: None, told_by };
        let (db, status, now) = (unit.transaction(), EntryStatus::Booked, engine.now());
        if !draw_entries::decide(db, entry, status, &outcome, now).await? {
            return Ok(Written::Dropped);
        }
        draw_misses::forget(unit.transaction(), entry.person, &draw.service).await?;
        unit.commit().await?;
        end_unproven(engine, &booked).await;
        Ok(Written::Yes)
    }

    /// The seat leaves the pool and is kept for the winner, who is told: all or nothing.
    ///
    /// Behind the person's gate, which each entry passes (`SeatRequest::keep_person`). An entry in another
    /// draw of the group that came before was refused, since this one was still undecided
    /// (`draw_entries_one_in_group`); one that comes later waits, and finds the kept seat.
    async fn keep(
        &self,
        winner: &WinnersVisit<'_>,
        decided_by: &DecidedBy,
        answer_by: Timestamp,
    ) -> Result<Written, AppError> {
        let (engine, draw, entry) = (self.step.engine, self.step.draw, winner.entry);
        let declining = declining(engine, draw, entry, &winner.seat).await?;
        let Some(mut unit) = self.step.begin().await? else { return Ok(Written::Dropped) };
        gate::shut_person(unit.transaction(), entry.person).await?;
        gate::pass_catalogue(unit.transaction()).await?;
        if let Some(obstacle) = self.in_the_way(unit.transaction(), winner).await? {
            return Ok(Written::Refused(obstacle));
        }
        draw_pool::give_up_within(unit.transaction(), draw.id, &winner.seat).await?;
        let (person, group, now) = (entry.person, entry.group.clone(), engine.now());
        let kept = KeptSeat {
            id: ReservationId::mint(&*engine.clock, &*engine.entropy),
            seat: winner.seat.clone(),
            purpose: Purpose::Offer { person, group, valid_until: answer_by },
            created_at: now,
        };
        // Dropped, the unit leaves the seat in the pool.
        if !reservations::insert_free(unit.transaction(), &kept).await? {
            let db = unit.transaction();
            let has_other = reservations::has_offer(db, person, &entry.group).await?;
            let taken = Written::Refused(Obstacle::SeatTaken);
            return Ok(if has_other { Written::Overtaken } else { taken });
        }
        let seat = WinnersSeat { reservation: kept.id, answer_by };
        if !offered::offer(unit.transaction(), entry, winner.turn, seat, now).await? {
            return Ok(Written::Dropped);
        }
        // The count of draws without a seat ends with a seat, whatever becomes of it.
        draw_misses::forget(unit.transaction(), person, &draw.service).await?;
        let told = events::offered(engine, &decided_by.1, winner, answer_by, declining);
        unit.publish(&told).await?;
        let details = json!({
            "draw": draw.id, "turn": winner.turn, "location": winner.seat.location,
            "start": winner.seat.start, "until": answer_by,
        });
        engine.record(&mut unit, &Actor::System, "draw.offered", entry.id, details).await?;
        unit.commit().await?;
        Ok(Written::Yes)
    }

    /// What would refuse a booking by now, whatever the winner answers.
    async fn in_the_way(
        &self,
        db: &Transaction,
        winner: &WinnersVisit<'_>,
    ) -> Result<Option<Obstacle>, AppError> {
        let (entry, seat) = (winner.entry, &winner.seat);
        let day = seat.date(&self.step.engine.berlin);
        if closings::since(db, day).await?.contains(&(seat.location.clone(), day)) {
            return Ok(Some(Obstacle::Closed));
        }
        if merged_persons::present(db, entry.person).await? != entry.person {
            return Ok(Some(Obstacle::PersonMerged));
        }
        let active = BookingFilter::default().of(entry.person).in_status(BookingStatus::ACTIVE);
        let active = bookings::list(db, &active, MAX_ACTIVE).await?;
        let is_booked = active.iter().any(|booking| booking.group == entry.group);
        Ok(is_booked.then_some(Obstacle::AlreadyBooked))
    }

    /// The winner gets a message that nothing can be booked; the seat stays in the pool and is
    /// given back with what is left over.
    async fn not_bookable(
        &self,
        visit: &Drawn,
        entry: &DrawEntry,
        why: &AppError,
    ) -> Result<bool, AppError> {
        let (engine, draw) = (self.step.engine, self.step.draw);
        let because = self.because(entry, why).await?;
        let Some(mut unit) = self.step.begin().await? else { return Ok(false) };
        let reason = Some(reason(why));
        let outcome =
            Outcome { turn: Some(visit.turn), reason: reason.clone(), ..Outcome::default() };
        let (db, status, now) = (unit.transaction(), EntryStatus::NotBooked, engine.now());
        // It is another person's by now, by a merge: the next look decides about that one.
        if !draw_entries::decide(db, entry, status, &outcome, now).await? {
            return Ok(false);
        }
        let catalogue = engine.catalogue();
        draws::note_not_served(unit.transaction(), draw.id).await?;
        unit.publish(&events::not_drawn(engine, &catalogue, draw, entry, because)?).await?;
        let details = json!({ "draw": draw.id, "turn": visit.turn, "reason": reason });
        engine.record(&mut unit, &Actor::System, "draw.not_booked", entry.id, details).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// What a winner for whom nothing can be booked is told.
    async fn because(&self, entry: &DrawEntry, why: &AppError) -> Result<Because, AppError> {
        Ok(match why {
            AppError::Draw(DrawRefusal::AppointmentNeeded) => Because::AppointmentEnded,
            AppError::Closed => Because::DayClosed,
            AppError::SlotInPast => Because::TimeOver,
            AppError::Rule(refusal) if refusal.problem.code == LeadTime::PROBLEM.code => {
                Because::TimeOver
            }
            AppError::AlreadyBooked if !needs_appointment(self.step.draw)? => {
                let other = active_booking(self.step.engine, entry.person, &entry.group).await?;
                Because::BookedOtherwise(other.map(|booking| booking.id))
            }
            _ => Because::NotBookable,
        })
    }
}

/// The code of the problem that a confirm would answer.
fn reason(why: &AppError) -> String {
    match why {
        AppError::Rule(refusal) => refusal.problem.code,
        AppError::AlreadyBooked => "already-booked",
        AppError::Draw(DrawRefusal::AppointmentNeeded) => "later-appointment-needed",
        AppError::PersonMerged => "person-merged",
        AppError::Closed => "closed",
        AppError::SlotInPast => "slot-in-past",
        AppError::SlotTaken => "slot-taken",
        _ => "slot-not-offered",
    }
    .to_owned()
}
