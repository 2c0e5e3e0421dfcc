//! Decides by chance, at each tick, which seats that were given up become free.
//!
//! The random number is fresh and not kept: the moment of return is stored nowhere and cannot be
//! predicted. Database, Redis, logs and audit show only the latest possible one. See `libs/booking/src/returning.rs` for
//! the chance and for what happens after a pause, `app/release_seat.rs` for the windows.

use std::{sync::Arc, time::Duration};

use booking::returning::{Pace, ReturnWindow, Throw, falls};
use cluster::{Leadership, Term};
use ids::ReservationId;
use jiff::{SignedDuration, Timestamp};

use super::turns::Turns;
use crate::{
    app::{
        AppError, Engine, holds_follow, person_history,
        release_seat::{NextUse, after_hold},
        waiting_list::keep_for_list,
    },
    holds::{EndedHold, Returning},
    store::{leader_leases, reservations},
};

/// How often the coins are thrown.
const TICK: Duration = Duration::from_secs(1);
/// After more than this without a decision, the seats of ended holds return spread over some seconds:
/// longer than a process needs to replace another, shorter than their window.
const HOLDS_PAUSE: SignedDuration = SignedDuration::from_secs(60);
/// The same for the seats of bookings, whose windows are hours.
const BOOKINGS_PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// Most holds that are ended in one tick, and most booked seats that return in one.
const BATCH: usize = 1_000;

/// Decides for ever, while this process leads.
pub async fn run(engine: Arc<Engine>, leadership: Leadership, turns: Turns) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut memory: Option<Tick> = None;
    loop {
        ticks.tick().await;
        // The memory stays while this process does not lead: in the same term no other has decided.
        let Some(term) = leadership.term() else { continue };
        if memory.as_ref().is_some_and(|tick| tick.term != term) {
            memory = None;
        }
        let tick = memory.get_or_insert_with(|| Tick::of(term));
        let _turn = turns.take().await;
        if let Err(error) = tick.take(&engine).await {
            tracing::warn!(%error, "cannot return seats that were given up; they stay taken until this works");
        }
    }
}

/// Until when the coins are thrown, in one term.
#[derive(Debug)]
pub struct Tick {
    term: Term,
    holds: Pace,
    /// When no seat of a hold was returning, as long as none is.
    no_holds: Option<Timestamp>,
    bookings: Pace,
}

impl Tick {
    /// Nothing was thrown in this term.
    #[must_use]
    pub const fn of(term: Term) -> Self {
        let (holds, bookings) = (Pace::tolerating(HOLDS_PAUSE), Pace::tolerating(BOOKINGS_PAUSE));
        Self { term, holds, no_holds: None, bookings }
    }

    /// One tick: ends the holds that expired, and throws a coin for each seat that is returning.
    ///
    /// # Errors
    /// The holds or the database do not answer. What was decided by then stands.
    pub async fn take(&mut self, engine: &Engine) -> Result<(), AppError> {
        let holds = self.holds_return(engine).await;
        self.bookings_return(engine).await?;
        holds
    }

    async fn holds_return(&mut self, engine: &Engine) -> Result<(), AppError> {
        let ended = engine.holds.end_expired(BATCH).await?;
        if !ended.is_empty() {
            person_history::hold_abandoned(engine, &ended).await?;
        }
        if !engine.holds.has_returning().await? {
            self.no_holds = Some(engine.now());
            return Ok(());
        }
        let Returning { now, holds } = engine.holds.returning().await?;
        // Kept once it is carried out: the time of a failed tick counts in the next one.
        let mut pace = self.holds_pace(engine, now);
        let throw = pace.tick(now);
        let holds = list_comes_first(engine, self.term, holds).await?;
        let mut free = Vec::new();
        for hold in holds {
            match after_hold(engine, &hold) {
                NextUse::Public(window) if decides(engine, throw, window) => free.push(hold),
                NextUse::Public(_) => {}
                NextUse::Desk => keep_for_desk(engine, &hold).await?,
            }
        }
        if !free.is_empty() {
            engine.holds.free(&free).await?;
        }
        (self.holds, self.no_holds) = (pace, None);
        Ok(())
    }

    /// Until when the coins of holds are thrown, or could have been; by the clock of the holds.
    fn holds_pace(&self, engine: &Engine, now: Timestamp) -> Pace {
        let mut pace = self.holds;
        if let Some(at) = self.no_holds {
            let passed = engine.now().duration_since(at).max(SignedDuration::ZERO);
            pace.idle(now.saturating_sub(passed).unwrap_or(now));
        }
        pace
    }

    /// The database first: a seat that it no longer keeps may still be marked, never the other way.
    async fn bookings_return(&mut self, engine: &Engine) -> Result<(), AppError> {
        // Kept once it is carried out, as for holds.
        let mut pace = self.bookings;
        let throw = pace.tick(engine.now());
        let returning = reservations::returning(engine.database.connection(), BATCH).await?;
        let chosen: Vec<_> =
            returning.into_iter().filter(|seat| decides(engine, throw, seat.window)).collect();
        if !chosen.is_empty() {
            let mut unit = engine.begin().await?;
            if !leader_leases::may_act(unit.transaction(), self.term).await? {
                tracing::info!(
                    term = self.term.number(),
                    "another process leads now; this return is dropped"
                );
                return Ok(());
            }
            let ids: Vec<ReservationId> = chosen.iter().map(|seat| seat.id).collect();
            reservations::delete_returning(unit.transaction(), &ids).await?;
            for seat in chosen {
                unit.after_commit(holds_follow::seat_freed(engine, seat.id, seat.seat));
            }
            unit.commit().await?;
        }
        self.bookings = pace;
        Ok(())
    }
}

/// Seats of ended holds that a waiting list wants are kept for it. Returns the others.
async fn list_comes_first(
    engine: &Engine,
    term: Term,
    holds: Vec<EndedHold>,
) -> Result<Vec<EndedHold>, AppError> {
    let catalogue = engine.catalogue();
    let has_lists = catalogue.services().any(|(_, service)| service.waiting_list.is_some());
    if holds.is_empty() || !has_lists {
        return Ok(holds);
    }
    let mut unit = engine.begin().await?;
    if !leader_leases::may_act(unit.transaction(), term).await? {
        return Ok(Vec::new());
    }
    let mut others = Vec::new();
    for hold in holds {
        if keep_for_list(engine, &mut unit, &catalogue, &hold.seat).await? {
            unit.after_commit(async move { engine.repairs.day_of(&hold.seat, &engine.berlin) });
        } else {
            others.push(hold);
        }
    }
    unit.commit().await?;
    Ok(others)
}

fn decides(engine: &Engine, throw: Throw, window: ReturnWindow) -> bool {
    let coin = u64::from_be_bytes(engine.entropy.bytes());
    falls(coin, throw.chance(&window))
}

async fn keep_for_desk(engine: &Engine, ended: &EndedHold) -> Result<(), AppError> {
    engine.holds.keep_for_desk(ended).await?;
    Ok(())
}
