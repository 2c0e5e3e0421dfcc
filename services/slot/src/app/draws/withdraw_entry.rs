//! A person withdraws from a draw. Of their entry nothing is kept but the ticket's number and when it
//! ended, so that nobody can say that it was dropped.

use booking::TrustLevel;
use draw::EndReason;
use ids::{DrawId, Pseudonym};
use serde_json::json;

use crate::{
    app::{AppError, Engine, required_level::require_level_for},
    domain::Actor,
    store::{draw_ends, draw_entries, draws},
};

/// Withdraws, as long as the list is open. They can enter again.
///
/// # Errors
/// There is no such draw or entry, the log-in is not sure enough, or the list is closed.
pub async fn withdraw_entry(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
    draw: DrawId,
) -> Result<(), AppError> {
    let mut unit = engine.begin().await?;
    let db = unit.transaction();
    draws::keep_open(db, draw).await?;
    let found = draws::find(db, draw).await?.ok_or(AppError::DrawNotFound)?;
    let entry = draw_entries::of_person(db, draw, person).await?.ok_or(AppError::EntryNotFound)?;
    require_level_for(engine, std::slice::from_ref(&found.service), entry.level, level)?;
    if !found.is_open(engine.now()) {
        return Err(AppError::DrawNotOpen);
    }
    if !draw_entries::delete(db, entry.id).await? {
        return Err(AppError::EntryNotFound);
    }
    draw_ends::note(db, draw, &entry.end(EndReason::Withdrawn, engine.now())).await?;
    let details = json!({ "draw": draw });
    engine.record(&mut unit, actor, "draw.withdrawn", entry.id, details).await?;
    Ok(unit.commit().await?)
}
