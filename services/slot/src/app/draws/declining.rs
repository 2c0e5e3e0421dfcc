//! What it costs the winner of a kept seat not to take it: after some of them no entry in a draw of the service
//! (rule `declinedSeats`; seats of the whole group count, and another service of it may state other numbers).
//! Shown before they answer, by the rule itself, so that no page or e-mail promises what the next entry refuses.

use booking::{
    Seat,
    rules::{History, declined_seats::Settings as DeclinedSeats},
};
use jiff::Timestamp;

use super::{announced::Announced, terms::declined_seats};
use crate::{
    app::{AppError, Engine, person_history},
    domain::draw::{Draw, DrawEntry, EntryStatus},
    store::{Transaction, draws, history},
};

/// What follows for the winner of a kept seat if they decline it or do not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declining {
    /// How many kept seats can still be left, this one included, before the person waits.
    pub free_left: u16,
    /// Until when they can enter no draw of the service then; `None`: they can at once. UTC.
    pub left_out_until: Option<Timestamp>,
}

/// What follows from leaving `seat` now; `None`: it costs nothing.
///
/// # Errors
/// The terms of the draw cannot be read, or the database does not answer.
pub(super) async fn declining(
    engine: &Engine,
    draw: &Draw,
    entry: &DrawEntry,
    seat: &Seat,
) -> Result<Option<Declining>, AppError> {
    let db = engine.database.connection();
    let said = draws::announced_rule(db, draw.id).await?;
    let Some(rule) = declined_seats(draw, said.as_deref())? else { return Ok(None) };
    let (now, group) = (engine.now(), &entry.group);
    let known = history::of_person(db, entry.person, since(&rule, now)).await?;
    let so_far = History::new(known.iter().cloned());
    let left = person_history::seat_declined(engine, group, seat);
    let now = now.max(left.at);
    let after = History::new(known.into_iter().chain([left]));
    Ok(Some(Declining {
        free_left: rule.free_left(&so_far, group, now),
        left_out_until: rule.left_out_until(&after, group, now),
    }))
}

/// Until when the person can enter no draw of the service, by what is written; `None`: they can.
///
/// # Errors
/// The terms of the draw cannot be read, or the statement fails.
pub(super) async fn left_out_until(
    engine: &Engine,
    transaction: &Transaction,
    draw: &Draw,
    entry: &DrawEntry,
) -> Result<Option<Timestamp>, AppError> {
    let said = draws::announced_rule(transaction, draw.id).await?;
    let Some(rule) = declined_seats(draw, said.as_deref())? else { return Ok(None) };
    let now = engine.now();
    let known = history::of_person(transaction, entry.person, since(&rule, now)).await?;
    Ok(rule.left_out_until(&History::new(known), &entry.group, now))
}

/// The same after an entry whose seat was not taken; `None` of any other.
///
/// # Errors
/// The terms of the draw cannot be read, or the statement fails.
pub(super) async fn left_out_after(
    engine: &Engine,
    announced: &Announced,
    entry: &DrawEntry,
) -> Result<Option<Timestamp>, AppError> {
    if !matches!(entry.status, EntryStatus::Declined | EntryStatus::Lapsed) {
        return Ok(None);
    }
    let said = Some(announced.announcement.rule.as_str());
    let Some(rule) = declined_seats(&announced.draw, said)? else { return Ok(None) };
    let (db, now) = (engine.database.connection(), engine.now());
    let known = history::of_person(db, entry.person, since(&rule, now)).await?;
    Ok(rule.left_out_until(&History::new(known), &entry.group, now))
}

fn since(rule: &DeclinedSeats, now: Timestamp) -> Timestamp {
    now.saturating_sub(rule.window()).unwrap_or(Timestamp::MIN)
}
