//! After a draw: people without a seat get a message, and seats that are left over become free as
//! all others.

use std::collections::HashMap;

use booking::ReservationKind;

use super::{
    events::{self, Because},
    needs_appointment,
    settle_draw::Step,
};
use crate::{
    app::{
        AppError,
        release_seat::{NextUse, after_draw},
        waiting_list::list_for,
    },
    domain::draw::{DrawStatus, EntryStatus, Leftover},
    store::{
        draw_entries::{self, Outcome},
        draw_misses, draw_pool,
        reservations::{self, Purpose},
    },
};

/// Messages, and seats that are given back, in one transaction.
const BATCH: u32 = 200;

/// Sends a message for each undecided entry. `false` if another process leads by now, and some are
/// left.
///
/// # Errors
/// The database does not answer, or the terms of the draw cannot be read.
pub(super) async fn tell_the_others(step: &Step<'_>, to: DrawStatus) -> Result<bool, AppError> {
    let (engine, draw) = (step.engine, step.draw);
    let (because, turns) = match to {
        DrawStatus::Void => (Because::Void, HashMap::new()),
        _ => {
            let won = step.winners().await?;
            let turns = won.serials.into_iter().zip(1_u32..).collect();
            (Because::NothingLeft, turns)
        }
    };
    // A void draw gives no seat, so it is no miss. Nor does one go without who keeps an appointment.
    let is_miss = because == Because::NothingLeft && !needs_appointment(draw)?;
    let catalogue = engine.catalogue();
    loop {
        let Some(mut unit) = step.begin().await? else { return Ok(false) };
        let (db, limit) = (unit.transaction(), Some(u64::from(BATCH)));
        let undecided = draw_entries::some(db, draw.id, EntryStatus::Entered, limit).await?;
        if undecided.is_empty() {
            return Ok(true);
        }
        let mut told = Vec::new();
        for entry in undecided {
            let outcome =
                Outcome { turn: turns.get(&entry.public.serial).copied(), ..Outcome::default() };
            let (status, now) = (EntryStatus::Without, engine.now());
            // Another person's by now: it is read again.
            if !draw_entries::decide(unit.transaction(), &entry, status, &outcome, now).await? {
                continue;
            }
            if is_miss {
                draw_misses::add(unit.transaction(), entry.person, &draw.service, now).await?;
            }
            told.push(events::not_drawn(engine, &catalogue, draw, &entry, because)?);
        }
        unit.publish_all(&told).await?;
        unit.commit().await?;
    }
}

/// Gives back what is left in the pool: to everybody, at moments that chance decides, or to the
/// desk. Whether all is: not, if another process leads by now.
///
/// # Errors
/// The database does not answer.
pub(super) async fn give_back(step: &Step<'_>) -> Result<bool, AppError> {
    let (engine, draw) = (step.engine, step.draw);
    let catalogue = engine.catalogue();
    loop {
        let Some(unit) = step.begin().await? else { return Ok(false) };
        let left = draw_pool::kept(unit.transaction(), draw.id, BATCH).await?;
        if left.is_empty() {
            return Ok(true);
        }
        for kept in &left {
            let next = match draw.leftover {
                Leftover::Desk => NextUse::Desk,
                Leftover::Public => after_draw(engine, &catalogue, &draw.service, &kept.seat),
            };
            let listed = list_for(engine, unit.transaction(), &catalogue, &kept.seat).await?;
            let purpose = match (listed, next) {
                (Some((window, list)), _) => Purpose::Listed(window, list),
                (None, NextUse::Public(window)) => Purpose::Returning(window),
                (None, NextUse::Desk) => Purpose::Closed,
            };
            let from = ReservationKind::DrawPool;
            reservations::change(unit.transaction(), kept.id, from, &purpose).await?;
        }
        unit.commit().await?;
        for kept in &left {
            engine.repairs.day_of(&kept.seat, &engine.berlin);
        }
    }
}
