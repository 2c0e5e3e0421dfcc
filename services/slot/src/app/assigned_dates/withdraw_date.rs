//! The office takes a date back that nobody has accepted yet.

use ids::{ClientId, EntitlementId};
use messaging::UnitOfWork;
use serde_json::json;

use super::{called_now, give_up};
use crate::{
    app::{AppError, Engine, own_entitlement::own_entitlement},
    domain::{Actor, waiting::OfferStatus},
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
    let Some(date) = assigned_dates::open_of(unit.transaction(), id).await? else {
        return Ok(false);
    };
    let date = called_now(&engine.catalogue(), date);
    if !give_up(engine, unit, &date, OfferStatus::Withdrawn).await? {
        return Ok(false);
    }
    let (action, details) = ("entitlement.date_withdrawn", json!({ "date": date.id }));
    engine.record(unit, actor, action, date.entitlement, details).await?;
    Ok(true)
}
