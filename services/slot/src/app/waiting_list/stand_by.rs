//! Offers at short notice, to people who say that they can come at once.
//!
//! A seat with less time left than a usual offer needs would be lost to the line. People who can come at
//! once are asked one after another, in the order of the line: the day of joining, and within a day
//! chance. Being faster gains nothing.

use catalogue::WaitingList;
use cluster::Term;
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use messaging::UnitOfWork;
use proto::waiting::v1::PlaceLostBecause;
use serde_json::json;

use super::{end_offers::lose, leading, wishes};
use crate::{
    app::{AppError, Engine, failures::Failures},
    domain::{
        Actor,
        waiting::{Notice, WaitingEntry, WaitingStatus},
    },
    store::waiting_entries::{self, Step, stand_by},
};

/// Places that are looked at in one go.
const BATCH: u64 = 500;

/// The last day on which a person can come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandByDay {
    /// Of the day of the request.
    Today,
    /// Of the day after.
    Tomorrow,
}

impl StandByDay {
    /// The local day, if the request came on `today`.
    pub(super) fn date(self, today: Date) -> Date {
        match self {
            Self::Today => today,
            Self::Tomorrow => today.saturating_add(1.day()),
        }
    }
}

/// How much notice an offer made at `now` gives, of a seat that is of use until `usable_until`; `None` if too
/// little time is left for any.
pub(super) fn notice(
    list: &WaitingList,
    now: Timestamp,
    usable_until: Timestamp,
    zone: &TimeZone,
) -> Option<Notice> {
    if list.offer_until(now, usable_until, zone).is_some() {
        return Some(Notice::Usual);
    }
    list.stand_by_offer_until(now, usable_until).map(|_| Notice::Short)
}

/// The same with the end of the offer to this person.
pub(super) fn offer_to(
    list: &WaitingList,
    entry: &WaitingEntry,
    now: Timestamp,
    usable_until: Timestamp,
    zone: &TimeZone,
) -> Option<(Notice, Timestamp)> {
    let notice = notice(list, now, usable_until, zone)?;
    let until = match (notice, &entry.phone) {
        (Notice::Short, _) => list.stand_by_offer_until(now, usable_until),
        (Notice::Usual, Some(_)) => list.phoned_offer_until(now, usable_until, zone),
        (Notice::Usual, None) => list.offer_until(now, usable_until, zone),
    };
    Some((notice, until?))
}

/// Whether a seat of `date` with so much notice can be offered to this person.
pub(super) fn reaches(entry: &WaitingEntry, notice: Notice, date: Date) -> bool {
    match notice {
        Notice::Usual => true,
        Notice::Short => entry.stand_by.is_some_and(|until| date <= until),
    }
}

/// Whether the person waits for nothing else than to be called at once.
fn is_for_stand_by_alone(
    engine: &Engine,
    entry: &WaitingEntry,
    until: Date,
) -> Result<bool, AppError> {
    let wishes = wishes(engine, entry)?;
    Ok(wishes.iter().all(|wish| wish.until.is_some_and(|last| last <= until)))
}

/// The person did not answer an offer at short notice: they get no more of these. It does not count as a
/// declined offer. If they wait for nothing else the place is lost.
pub(super) async fn missed_short_offer<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    entry: &WaitingEntry,
) -> Result<(), AppError> {
    let day = entry.stand_by.unwrap_or(Date::MAX);
    if is_for_stand_by_alone(engine, entry, day)? {
        lose(engine, unit, entry, entry.declines, PlaceLostBecause::Silence).await?;
        return Ok(());
    }
    let step = Step {
        to: WaitingStatus::Waiting,
        declines: entry.declines,
        answer_by: None,
        reason: None,
    };
    waiting_entries::advance(unit.transaction(), entry, &step, engine.now()).await?;
    Ok(stand_by::end(unit.transaction(), entry.id).await?)
}

/// Ends stand-by for days that are over, as this process leads in `term`. A person who waits for nothing
/// else leaves the line. One that fails does not keep the others waiting.
///
/// How many failed.
///
/// # Errors
/// What is over cannot be read. What was ended by then stays ended.
pub async fn end_past_days(engine: &Engine, term: Term) -> Result<i64, AppError> {
    let (db, today) = (engine.database.connection(), engine.local_date(engine.now()));
    let mut failures = Failures::default();
    for entry in stand_by::over(db, today, BATCH).await? {
        if let Err(error) = end_stand_by(engine, term, &entry, today).await {
            tracing::warn!(place = %entry.id, %error, "the stand-by of a place does not end with its day; it is tried again");
            failures.add();
            if failures.are_too_many() {
                break;
            }
        }
    }
    Ok(failures.count())
}

async fn end_stand_by(
    engine: &Engine,
    term: Term,
    entry: &WaitingEntry,
    today: Date,
) -> Result<(), AppError> {
    let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
    if is_for_stand_by_alone(engine, entry, today)? {
        let (declines, reason) = (entry.declines, Some("stand-by-over"));
        let step = Step { to: WaitingStatus::Ended, declines, answer_by: None, reason };
        let now = engine.now();
        if !waiting_entries::advance(unit.transaction(), entry, &step, now).await? {
            return Ok(());
        }
        let action = "waiting.stand_by_over";
        engine.record(&mut unit, &Actor::System, action, entry.id, json!({})).await?;
    }
    stand_by::end(unit.transaction(), entry.id).await?;
    Ok(unit.commit().await?)
}
