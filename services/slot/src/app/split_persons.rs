//! Two persons who had been taken for one human are two: each has again what was theirs.

use ids::Pseudonym;
use messaging::UnitOfWork;
use serde_json::json;

use super::{
    AppError, Engine, draws::restore_entries::restore_entries, holds_follow,
    waiting_list::restore_places::restore_places,
};
use crate::{
    domain::Actor,
    store::{merge_ended, merge_moves, merged_persons},
};

/// Undoes the merge that dissolved `restored`: they book again, and what it moved is theirs, in whichever
/// state it is by now. A second entry or place that the merge ended comes back where that is possible; where
/// it is not, their data say so. A second booking that the merge cancelled stays cancelled. Identity signed this at
/// `signed_at`, in seconds; a later merge holds against it.
///
/// # Errors
/// The database does not answer.
pub async fn split_persons<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    restored: Pseudonym,
    signed_at: i64,
) -> Result<(), AppError> {
    let from = merged_persons::begin_split(unit.transaction(), restored).await?;
    if !merge_moves::note_decision(unit.transaction(), restored, signed_at).await? {
        return Ok(());
    }
    // Undone before the merge was heard of: that one is out of date when it comes.
    if from == restored {
        return Ok(());
    }
    merged_persons::delete(unit.transaction(), restored).await?;
    merge_moves::give_back(unit.transaction(), from, restored).await?;
    let entries = restore_entries(engine, unit, from, restored).await?;
    let places = restore_places(engine, unit, from, restored).await?;
    merge_ended::forget(unit.transaction(), restored).await?;
    for entry in entries {
        let details = json!({ "draw": entry.draw, "serial": entry.public.serial });
        engine
            .record(unit, &Actor::System, "draw.entry_stays_ended", entry.person, details)
            .await?;
    }
    for place in places {
        let details = json!({ "service": place.service, "entry": place.id });
        engine.record(unit, &Actor::System, "waiting.stays_ended", place.person, details).await?;
    }
    let details = json!({ "kept": from });
    engine.record(unit, &Actor::System, "person.restored", restored, details).await?;
    unit.after_commit(holds_follow::persons_split(engine, from, restored));
    Ok(())
}
