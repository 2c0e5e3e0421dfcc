//! Dates that end by themselves. One that was not answered in time lapses: the office gives another one. One
//! whose application ended, or whose person has an appointment in the group by now, is taken back.

use cluster::Term;
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    called_now, give_up,
    tell_end::{Because, tell_end},
};
use crate::{
    app::{AppError, Engine, failures::Failures, waiting_list::leading},
    domain::{Actor, AssignedDate, waiting::OfferStatus},
    store::assigned_dates,
};

/// Dates that are looked at in one go.
const BATCH: u64 = 500;

/// Ends what is due, as this process leads in `term`, each in a transaction of its own. One that fails does
/// not keep the others waiting.
///
/// How many failed.
///
/// # Errors
/// What is due cannot be read. What was ended by then stays ended.
pub async fn end_dates(engine: &Engine, term: Term) -> Result<i64, AppError> {
    let (db, now) = (engine.database.connection(), engine.now());
    let due = [
        (assigned_dates::lapsed(db, now, BATCH).await?, OfferStatus::Lapsed),
        // As the offers of waiting lists end with a booking that came another way.
        (assigned_dates::baseless(db, now, BATCH).await?, OfferStatus::Withdrawn),
    ];
    let mut failures = Failures::default();
    for (dates, status) in due {
        for date in dates {
            let id = date.id;
            if let Err(error) = end_date(engine, term, date, status).await {
                tracing::warn!(date = %id, %error, "a date does not end; it is tried again");
                failures.add();
                if failures.are_too_many() {
                    return Ok(failures.count());
                }
            }
        }
    }
    Ok(failures.count())
}

async fn end_date(
    engine: &Engine,
    term: Term,
    date: AssignedDate,
    status: OfferStatus,
) -> Result<(), AppError> {
    let date = called_now(&engine.catalogue(), date);
    let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
    if !give_up(engine, &mut unit, &date, status).await? {
        return Ok(());
    }
    note_end(engine, &mut unit, &date, status).await?;
    unit.commit().await?;
    tracing::info!(date = %date.id, service = %date.service, %status, "a date ended by itself");
    Ok(())
}

/// For the audit log and for the person.
pub(super) async fn note_end(
    engine: &Engine,
    unit: &mut UnitOfWork<'_>,
    date: &AssignedDate,
    status: OfferStatus,
) -> Result<(), AppError> {
    let (action, because) = match status {
        OfferStatus::Lapsed => ("entitlement.date_lapsed", Because::Lapsed),
        _ => ("entitlement.date_withdrawn", Because::Baseless),
    };
    let details = json!({ "date": date.id });
    engine.record(unit, &Actor::System, action, date.entitlement, details).await?;
    tell_end(engine, unit, date, because).await
}
