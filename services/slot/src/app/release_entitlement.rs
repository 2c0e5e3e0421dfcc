//! The office takes an entitlement from the pseudonym that claimed it, so that it can be claimed again: a
//! stranger had the letter, or the person is known under another pseudonym.

use booking::entitlement::Reference;
use ids::{ClientId, EntitlementId, LocationId, ServiceId, StaffId};
use serde_json::json;

use super::{AppError, Engine, holds_follow, own_entitlement::own_entitlement};
use crate::{
    domain::{Actor, Entitlement},
    store::entitlements,
};

/// What a supervisor decided, with the letter in hand.
#[derive(Debug, Clone)]
pub struct ReleaseAtDesk {
    /// The supervisor.
    pub staff: StaffId,
    /// Where they stand.
    pub location: LocationId,
    /// What it is for.
    pub service: ServiceId,
    /// The reference in the letter.
    pub reference: Reference,
    /// The reason that was given.
    pub reason: String,
}

/// Releases what the agency posted. Appointments that stand on it stay, and keep their use.
/// `false`: it was not claimed.
///
/// # Errors
/// The agency posted no such entitlement; or the database does not answer.
pub async fn release_entitlement(
    engine: &Engine,
    client: &ClientId,
    id: EntitlementId,
) -> Result<bool, AppError> {
    let entitlement = own_entitlement(engine, client, id).await?;
    release(engine, &Actor::Agency(client.clone()), entitlement, json!({})).await
}

/// The same at the desk, by the reference. One of an earlier version cannot be found by it.
///
/// # Errors
/// The location is unknown; there is no such reference; or the database does not answer.
pub async fn release_at_desk(engine: &Engine, command: ReleaseAtDesk) -> Result<bool, AppError> {
    engine.know(&command.location)?;
    let hash = engine.person_data.reference_hash(&command.service, &command.reference);
    let (db, services) = (engine.database.connection(), [&command.service].into());
    let found = entitlements::by_references(db, &services, vec![hash]).await?;
    let entitlement = found.into_iter().next().ok_or(AppError::NoSuchEntitlement)?;
    let details = json!({ "location": command.location, "reason": command.reason });
    release(engine, &Actor::Staff(command.staff), entitlement, details).await
}

async fn release(
    engine: &Engine,
    actor: &Actor,
    entitlement: Entitlement,
    details: serde_json::Value,
) -> Result<bool, AppError> {
    let Some(person) = entitlement.person else { return Ok(false) };
    let mut unit = engine.begin().await?;
    if !entitlements::release(unit.transaction(), entitlement.id, person).await? {
        return Ok(false);
    }
    engine.record(&mut unit, actor, "entitlement.released", entitlement.id, details).await?;
    let services = vec![entitlement.service];
    unit.after_commit(holds_follow::entitlement_ended(engine, person, services));
    unit.commit().await?;
    Ok(true)
}
