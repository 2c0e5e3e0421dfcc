//! Decides by chance, at each tick, which seats that were given up become free.
//!
//! The random number is fresh and not kept: the moment of return is stored nowhere and cannot be
//! predicted. Database, Redis, logs and audit show only the latest possible one. See `libs/booking/src/returning.rs` for the chance, `app/release_seat.rs` for the
//! windows.

use std::{sync::Arc, time::Duration};

use booking::returning::{ReturnWindow, falls};
use cluster::{Leadership, Term};
use ids::ReservationId;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

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
/// Most holds that are ended in one tick, and most booked seats that return in one.
const BATCH: usize = 1_000;

/// Decides for ever, while this process leads.
pub async fn run(engine: Arc<Engine>, leadership: Leadership, turns: Turns) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut tick = Tick::default();
    loop {
        ticks.tick().await;
        let Some(term) = leadership.term() else {
            // The time in which another process decided is not ours to make up for.
            tick = Tick::default();
            continue;
        };
        let _turn = turns.take().await;
        if let Err(error) = tick.take(&engine, term).await {
            tracing::warn!(%error, "cannot return seats that were given up; they stay taken until this works");
        }
    }
}

/// The time since the coins were thrown last.
#[derive(Debug, Default)]
pub struct Tick {
    holds: Option<Timestamp>,
    /// When no seat of a hold was returning, as long as none is.
    no_holds: Option<Instant>,
    bookings: Option<Timestamp>,
}

impl Tick {
    /// One tick: ends the holds that expired, and throws a coin for each seat that is returning.
    ///
    /// # Errors
    /// The holds or the database do not answer. What was decided by then stands.
    pub async fn take(&mut self, engine: &Engine, term: Term) -> Result<(), AppError> {
        let holds = self.holds_return(engine, term).await;
        self.bookings_return(engine, term).await?;
        holds
    }

    async fn holds_return(&mut self, engine: &Engine, term: Term) -> Result<(), AppError> {
        let ended = engine.holds.end_expired(BATCH).await?;
        if !ended.is_empty() {
            person_history::hold_abandoned(engine, &ended).await?;
        }
        if !engine.holds.has_returning().await? {
            self.no_holds = Some(Instant::now());
            return Ok(());
        }
        let Returning { now, holds } = engine.holds.returning().await?;
        let before = self.before(now);
        self.holds = Some(now);
        let holds = list_comes_first(engine, term, holds).await?;
        let mut free = Vec::new();
        for hold in holds {
            match after_hold(engine, &hold) {
                NextUse::Public(window) if decides(engine, window, before, now) => free.push(hold),
                NextUse::Public(_) => {}
                NextUse::Desk => keep_for_desk(engine, &hold).await?,
            }
        }
        if !free.is_empty() {
            engine.holds.free(&free).await?;
        }
        Ok(())
    }

    /// When the coins of holds were thrown last, or could have been; by the clock of the holds.
    fn before(&mut self, now: Timestamp) -> Timestamp {
        match self.no_holds.take() {
            Some(at) => SignedDuration::try_from(at.elapsed())
                .and_then(|passed| now.checked_sub(passed))
                .unwrap_or(now),
            None => self.holds.unwrap_or(now),
        }
    }

    /// The database first: a seat that it no longer keeps may still be marked, never the other way.
    async fn bookings_return(&mut self, engine: &Engine, term: Term) -> Result<(), AppError> {
        let now = engine.now();
        let before = self.bookings.replace(now).unwrap_or(now);
        let returning = reservations::returning(engine.database.connection(), BATCH).await?;
        let chosen: Vec<_> = returning
            .into_iter()
            .filter(|seat| decides(engine, seat.window, before, now))
            .collect();
        if chosen.is_empty() {
            return Ok(());
        }
        let mut unit = engine.begin().await?;
        if !leader_leases::may_act(unit.transaction(), term).await? {
            tracing::info!(
                term = term.number(),
                "another process leads now; this return is dropped"
            );
            return Ok(());
        }
        let ids: Vec<ReservationId> = chosen.iter().map(|seat| seat.id).collect();
        reservations::delete_returning(unit.transaction(), &ids).await?;
        for seat in chosen {
            unit.after_commit(holds_follow::seat_freed(engine, seat.id, seat.seat));
        }
        Ok(unit.commit().await?)
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

fn decides(engine: &Engine, window: ReturnWindow, before: Timestamp, now: Timestamp) -> bool {
    let coin = u64::from_be_bytes(engine.entropy.bytes());
    falls(coin, window.chance(before, now))
}

async fn keep_for_desk(engine: &Engine, ended: &EndedHold) -> Result<(), AppError> {
    engine.holds.keep_for_desk(ended).await?;
    Ok(())
}
