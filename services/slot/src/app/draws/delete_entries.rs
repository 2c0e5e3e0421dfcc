//! Deletes the entries of draws that ended long enough ago: persons, their wishes, and the exact seats where
//! half days were published. What is published names no person, and stays with its proof.

use catalogue::{Catalogue, default_keep_days};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::{
    app::{AppError, Engine},
    domain::{Actor, draw::Draw},
    store::{
        draw_ends, draw_entries,
        draws::{self, DocumentKind},
    },
};

/// Deletes what is due, each draw in a transaction of its own. Done again, it deletes nothing more.
///
/// # Errors
/// The database does not answer. What was deleted by then stays so.
pub async fn delete_entries(engine: &Engine) -> Result<(), AppError> {
    let (now, catalogue) = (engine.now(), engine.catalogue());
    for draw in draws::over_with_entries(engine.database.connection()).await? {
        if is_due(&catalogue, &draw, now) {
            delete(engine, &draw).await?;
        }
    }
    Ok(())
}

/// Whether the draw has been over for as many days as its service says.
fn is_due(catalogue: &Catalogue, draw: &Draw, now: Timestamp) -> bool {
    let service = catalogue.service_now(&draw.service).and_then(|id| catalogue.service(id));
    let schedule = service.and_then(|service| service.draw.as_ref());
    let days = schedule.map_or(default_keep_days(), |schedule| schedule.keep_days);
    let kept = SignedDuration::from_hours(i64::from(days) * 24);
    draw.ended_at.is_some_and(|ended| now.duration_since(ended) >= kept)
}

async fn delete(engine: &Engine, draw: &Draw) -> Result<(), AppError> {
    let mut unit = engine.begin().await?;
    let db = unit.transaction();
    let entries = draw_entries::delete_of(db, draw.id).await?;
    draw_ends::delete_of(db, draw.id).await?;
    draws::forget(db, draw.id, DocumentKind::SealedSeats).await?;
    let details = json!({ "entries": entries });
    engine.record(&mut unit, &Actor::System, "draw.entries_deleted", draw.id, details).await?;
    unit.commit().await?;
    tracing::info!(draw = %draw.id, entries, "the entries of a draw are deleted");
    Ok(())
}
