//! The office takes a date back that was not accepted yet: an agency's program, staff, or whoever closes the day.

use booking::entitlement::Reference;
use ids::{AssignedDateId, ClientId, EntitlementId, LocationId};
use jiff::civil::Date;
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    called_now, give_up, over,
    tell_end::{Because, tell_end},
};
use crate::{
    app::{AppError, DeskRefusal, DeskStaff, Engine, own_entitlement::own_entitlement},
    domain::{Actor, AssignedDate, DeskReason, waiting::OfferStatus},
    store::{assigned_dates, entitlements},
};

/// Why staff take a date back, which somebody may count on.
const WHY: &str = "Say why staff take the date back: `reason` is missing.";

/// A date that staff take back.
#[derive(Debug, Clone)]
pub struct WithdrawAtDesk {
    /// The member of staff.
    pub staff: DeskStaff,
    /// Which date.
    pub date: AssignedDateId,
    /// The reference of its application, if it is to be compared: two dates at one time look alike.
    pub reference: Option<Reference>,
    /// Why.
    pub reason: Option<DeskReason>,
}

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
    withdraw(engine, unit, actor, date, Because::Withdrawn, None).await
}

/// The same at the desk. A date that was taken back before stays so.
///
/// # Errors
/// No such date at the caller's locations; it is of another application; it was answered or has lapsed; there
/// is no reason.
pub async fn withdraw_at_desk(engine: &Engine, command: WithdrawAtDesk) -> Result<(), AppError> {
    let date = at_desk(engine, &command).await?;
    if !is_to_withdraw(engine, &date)? {
        return Ok(());
    }
    let (id, actor) = (date.id, Actor::Staff(command.staff.id));
    let reason = command.reason.ok_or(DeskRefusal::ReasonNeeded(WHY))?;
    let mut unit = engine.begin().await?;
    if withdraw(engine, &mut unit, &actor, date, Because::Withdrawn, Some(&reason)).await? {
        return Ok(unit.commit().await?);
    }
    drop(unit);
    // It was answered or taken back at the same moment.
    let present = assigned_dates::find(engine.database.connection(), id).await?;
    is_to_withdraw(engine, &present.ok_or(AppError::DateNotFound)?).map(|_| ())
}

/// The date, if it is at one of the caller's locations, and of the application that is meant.
async fn at_desk(engine: &Engine, command: &WithdrawAtDesk) -> Result<AssignedDate, AppError> {
    let db = engine.database.connection();
    let found = assigned_dates::find(db, command.date).await?.ok_or(AppError::DateNotFound)?;
    let date = called_now(&engine.catalogue(), found);
    if !command.staff.reach.covers(&date.seat.location) {
        return Err(AppError::DateNotFound);
    }
    let Some(reference) = &command.reference else { return Ok(date) };
    let entitlement = entitlements::find(db, date.entitlement).await?;
    let is_meant = entitlement.is_some_and(|it| {
        it.reference == engine.person_data.reference_hash(&it.service, reference)
    });
    if is_meant { Ok(date) } else { Err(AppError::NoSuchEntitlement) }
}

/// Whether the date is open. `false`: it was taken back before.
fn is_to_withdraw(engine: &Engine, date: &AssignedDate) -> Result<bool, AppError> {
    match date.status_at(engine.now()) {
        OfferStatus::Open => Ok(true),
        OfferStatus::Withdrawn => Ok(false),
        OfferStatus::Accepted | OfferStatus::Declined | OfferStatus::Lapsed => {
            Err(over(engine, date))
        }
    }
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
        if withdraw(engine, &mut unit, actor, date, Because::DayClosed, None).await? {
            unit.commit().await?;
        }
    }
    Ok(())
}

/// What takes every date back, for the `reason` that staff gave. `false`: it was answered or ended meanwhile.
async fn withdraw<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    actor: &Actor,
    date: AssignedDate,
    because: Because,
    reason: Option<&DeskReason>,
) -> Result<bool, AppError> {
    let date = called_now(&engine.catalogue(), date);
    if !give_up(engine, unit, &date, OfferStatus::Withdrawn).await? {
        return Ok(false);
    }
    let mut details = json!({ "date": date.id });
    if let Some(reason) = reason {
        details["reason"] = json!(reason);
    }
    engine.record(unit, actor, "entitlement.date_withdrawn", date.entitlement, details).await?;
    tell_end(engine, unit, &date, because).await?;
    Ok(true)
}
