//! The winners get their appointments, by the same constraints as any confirm: one active booking
//! per person and group, no overlap at a desk, the catalogue in force.

use std::collections::BTreeSet;

use aws_lc_rs::digest;
use booking::{Seat, state::BookingStatus};
use calendar::Channel;
use draw::{Announcement, Visit as Drawn};
use ids::{BookingCode, BookingId, EntitlementId, LocationId};
use jiff::civil::Date;
use serde_json::json;

use super::{
    announcement,
    events::{self, Because},
    pool,
    settle_draw::{Step, Won},
};
use crate::{
    app::{
        AppError, Visit, VisitDetails, claim_entitlement::require_own, confirmation::DecidedBy,
        events as booking_events, facts, follow_catalogue::follow_catalogue,
    },
    domain::{
        Actor, BookedTexts, Booking,
        draw::{DrawEntry, EntryStatus, Pool},
    },
    holds::Hold,
    store::{
        draw_entries::{self, Outcome},
        draw_misses, draw_pool,
        idempotency::Answered,
        queries::{Confirmation, ConfirmationError, Obstacle},
    },
};

/// How often another booking code is made, or decided by another catalogue.
const TRIES: u32 = 5;

/// Books every winner who is not decided yet. Whether all are: not, if another process leads by now.
///
/// # Errors
/// The database does not answer. Bookings made by then stay.
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
    Booked,
    /// Not, for this reason.
    Not(AppError),
    /// Another process leads.
    Dropped,
}

/// Whether a booking was written.
enum Written {
    Yes,
    /// The database refused it.
    Refused(Obstacle),
    /// Another process leads.
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
            match self.book(visit, &entry, seat).await? {
                Winner::Booked => {}
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

    /// Books one winner; a refusal that will not go away is an answer.
    async fn book(&self, visit: &Drawn, entry: &DrawEntry, seat: Seat) -> Result<Winner, AppError> {
        let engine = self.step.engine;
        for _ in 0..TRIES {
            let decided_by = engine.decides_by();
            let entitlements = match self.allowed(entry, &seat, &decided_by).await {
                Ok(entitlements) => entitlements,
                Err(refusal @ (AppError::Unavailable(_) | AppError::Internal(_))) => {
                    return Err(refusal);
                }
                Err(refusal) => return Ok(Winner::Not(refusal)),
            };
            match self.write(visit, entry, seat.clone(), &decided_by, entitlements).await? {
                Written::Yes => return Ok(Winner::Booked),
                Written::Dropped => return Ok(Winner::Dropped),
                Written::Refused(Obstacle::CodeTaken) => {}
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

    /// Whether the rules still allow it: an entitlement may have been withdrawn since.
    ///
    /// Returns those on which the booking will stand.
    async fn allowed(
        &self,
        entry: &DrawEntry,
        seat: &Seat,
        (_, catalogue): &DecidedBy,
    ) -> Result<Vec<EntitlementId>, AppError> {
        let (engine, draw) = (self.step.engine, self.step.draw);
        let hold = Hold {
            id: entry.hold,
            person: entry.person,
            group: entry.group.clone(),
            replaces: None,
            seat: seat.clone(),
            held_at: entry.entered_at,
            expires_at: entry.entered_at,
            is_extended: false,
            epoch: 0,
            details: Vec::new(),
        };
        let details = VisitDetails {
            services: vec![draw.service.clone()],
            people: entry.people,
            channel: Channel::Public,
            level: entry.level,
        };
        let visit = Visit::drawn(engine, catalogue, &hold, &details)?;
        let known =
            facts::at_confirm(engine, &visit, entry.person, entry.level, None, true).await?;
        visit.allowed(engine, &known.person)?;
        if !known.entitlements.is_empty() {
            let visitor = engine.person_data.open(&entry.attendee, entry.hold);
            let visitor = visitor.map_err(|error| AppError::Internal(error.into()))?;
            require_own(engine, &known.entitlements, &visitor).await?;
        }
        Ok(known.entitlements)
    }

    /// The seat leaves the pool, the booking takes it and the entry is decided: all or nothing.
    async fn write(
        &self,
        visit: &Drawn,
        entry: &DrawEntry,
        seat: Seat,
        decided_by: &DecidedBy,
        entitlements: Vec<EntitlementId>,
    ) -> Result<Written, AppError> {
        let (engine, draw) = (self.step.engine, self.step.draw);
        let Some(mut unit) = self.step.begin().await? else { return Ok(Written::Dropped) };
        draw_pool::give_up_within(unit.transaction(), draw.id, &seat).await?;
        let booking = self.booking(entry, seat, decided_by);
        let details = json!({
            "draw": draw.id,
            "entry": entry.id,
            "turn": visit.turn,
            "location": booking.seat.location,
            "start": booking.seat.start,
            "services": booking.services,
        });
        let confirmation = Confirmation {
            audit: engine.audit(&Actor::System, "booking.drawn", booking.id, details),
            event: booking_events::confirmed(engine, &decided_by.1, &booking),
            answered: Answered {
                caller: Actor::System.to_string(),
                key: entry.id.to_string(),
                request: digest::digest(&digest::SHA256, entry.id.to_string().as_bytes())
                    .as_ref()
                    .to_vec(),
                at: engine.now(),
            },
            decided_by: decided_by.0,
            entitlements,
            booking: booking.clone(),
        };
        match confirmation.insert(&mut unit).await {
            Ok(()) => {}
            // Dropped, the unit leaves the seat in the pool.
            Err(ConfirmationError::Refused(obstacle)) => return Ok(Written::Refused(obstacle)),
            Err(error @ ConfirmationError::Failed(_)) => return Err(error.into()),
        }
        let outcome = Outcome { turn: Some(visit.turn), booking: Some(booking.id), reason: None };
        let (status, now) = (EntryStatus::Booked, engine.now());
        draw_entries::decide(unit.transaction(), entry.id, status, &outcome, now).await?;
        draw_misses::forget(unit.transaction(), entry.person, &draw.service).await?;
        unit.commit().await?;
        Ok(Written::Yes)
    }

    fn booking(&self, entry: &DrawEntry, seat: Seat, (_, catalogue): &DecidedBy) -> Booking {
        let (engine, draw) = (self.step.engine, self.step.draw);
        let now = engine.now();
        let id = BookingId::mint(&*engine.clock, &*engine.entropy);
        let services = vec![draw.service.clone()];
        Booking {
            id,
            code: BookingCode::mint(&*engine.entropy),
            hold: entry.hold,
            person: entry.person,
            group: entry.group.clone(),
            status: BookingStatus::Confirmed,
            texts: BookedTexts::of(catalogue, &seat.location, &services),
            seat,
            services,
            people: entry.people,
            channel: Channel::Public,
            level: entry.level,
            booked_by: entry.booked_by.clone(),
            doubt: entry.doubt,
            binding: entry.binding,
            language: entry.language.clone(),
            sequence: 0,
            replaces: None,
            series: id,
            attendee: entry.attendee.clone(),
            held_at: entry.entered_at,
            created_at: now,
            changed_at: now,
        }
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
        let Some(mut unit) = self.step.begin().await? else { return Ok(false) };
        let reason = Some(reason(why));
        let outcome = Outcome { turn: Some(visit.turn), booking: None, reason: reason.clone() };
        let (status, now) = (EntryStatus::NotBooked, engine.now());
        draw_entries::decide(unit.transaction(), entry.id, status, &outcome, now).await?;
        let because = Because::NotBookable;
        let catalogue = engine.catalogue();
        unit.publish(&events::not_drawn(engine, &catalogue, draw, entry, because)).await?;
        let details = json!({ "draw": draw.id, "turn": visit.turn, "reason": reason });
        engine.record(&mut unit, &Actor::System, "draw.not_booked", entry.id, details).await?;
        unit.commit().await?;
        Ok(true)
    }
}

/// The code of the problem that a confirm would answer.
fn reason(why: &AppError) -> String {
    match why {
        AppError::Rule(refusal) => refusal.problem.code,
        AppError::AlreadyBooked => "already-booked",
        AppError::PersonMerged => "person-merged",
        AppError::Closed => "closed",
        AppError::SlotInPast => "slot-in-past",
        AppError::SlotTaken => "slot-taken",
        _ => "slot-not-offered",
    }
    .to_owned()
}
