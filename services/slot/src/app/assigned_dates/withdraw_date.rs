//! The office takes a date back that was not accepted yet.

use ids::{ClientId, EntitlementId, LocationId};
use jiff::civil::Date;
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    called_now, give_up,
    tell_end::{Because, tell_end},
};
use crate::{
    app::{AppError, Engine, own_entitlement::own_entitlement},
    domain::{Actor, AssignedDate, waiting::OfferStatus},
    store::assigned_dates,
};

/// Takes the open date of what the agency posted back.
///
/// # Errors
/// The agency posted no such entitlement, or it has no open date.
pub async fn withdraw_date(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
) -> Result<(), AppError> {
    own_entitlement(engine, client, id).await?;
    let mut unit = engine.begin().await?;
    if !withdraw_open(engine, &mut unit, &Actor::Agency(client.clone()), id).await? {
        return Err(AppError::DateNotFound);
    }
    Ok(unit.commit().await?)
}

/// The same in a transaction that does more. `false`: there is no open date.
///
/// # Errors
/// A statement fails.
pub async fn withdraw_open<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    actor: &Actor,
    id: EntitlementId,
) -> Result<bool, AppError> {
    let open = assigned_dates::open_of(unit.transaction(), id).await?;
    // One that lapsed is over already; the job frees its seat.
    let Some(date) = open.filter(|date| date.is_open(engine.now())) else { return Ok(false) };
    withdraw(engine, unit, actor, date, Because::Withdrawn).await
}

/// Takes back the open dates of a day that is closed: nothing is confirmed on it any more.
///
/// # Errors
/// The database does not answer. What was taken back by then stays so.
pub async fn withdraw_of_day(
    engine: &Engine,
    actor: &Actor,
    location: &LocationId,
    day: Date,
) -> Result<(), AppError> {
    let open = assigned_dates::open_at(engine.database.connection(), location).await?;
    for date in open.into_iter().filter(|date| date.seat.date(&engine.berlin) == day) {
        let mut unit = engine.begin().await?;
        if withdraw(engine, &mut unit, actor, date, Because::DayClosed).await? {
            unit.commit().await?;
        }
    }
    Ok(())
}

/// `false`: it was answered or ended meanwhile.
async fn withdraw<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    actor: &Actor,
    date: AssignedDate,
    because: Because,
) -> Result<bool, AppError> {
    let date = called_now(&engine.catalogue(), date);
    if !give_up(engine, unit, &date, OfferStatus::Withdrawn).await? {
        return Ok(false);
    }
    let (action, details) = ("entitlement.date_withdrawn", json!({ "date": date.id }));
    engine.record(unit, actor, action, date.entitlement, details).await?;
    tell_end(engine, unit, &date, because).await?;
    Ok(true)
}
