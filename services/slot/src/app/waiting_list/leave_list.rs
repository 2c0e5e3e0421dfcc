//! A person leaves a waiting list. Nothing of their place is kept.

use booking::TrustLevel;
use ids::{Pseudonym, WaitingId};
use serde_json::json;

use super::{pass_on, require_level};
use crate::{
    app::{AppError, Engine},
    domain::{Actor, waiting::OfferStatus},
    store::{waiting_entries, waiting_offers},
};

/// Leaves; an offer that is open goes to the next in line.
///
/// # Errors
/// There is no such place of this person, or it was taken by a surer log-in than `level`.
pub async fn leave_list(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
    id: WaitingId,
) -> Result<(), AppError> {
    let mut unit = engine.begin().await?;
    let (db, now) = (unit.transaction(), engine.now());
    let entry = waiting_entries::find(db, id).await?;
    let entry = entry.filter(|entry| entry.person == person).ok_or(AppError::NotWaiting)?;
    require_level(engine, &entry, level)?;
    if let Some(offer) = waiting_offers::open_of(db, entry.id).await? {
        if !waiting_offers::end(db, offer.id, OfferStatus::Withdrawn, None, now).await? {
            return Err(AppError::EntryChanged);
        }
        pass_on(engine, &mut unit, &offer).await?;
    }
    waiting_offers::delete_of(unit.transaction(), entry.id).await?;
    if !waiting_entries::delete(unit.transaction(), entry.id).await? {
        return Err(AppError::NotWaiting);
    }
    engine.record(&mut unit, actor, "waiting.left", entry.id, json!({})).await?;
    Ok(unit.commit().await?)
}
