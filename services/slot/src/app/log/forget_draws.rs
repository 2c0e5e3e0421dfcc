//! Past draws are deleted: documents, entries, and what opens them in the log. The log stays as it is,
//! and provable.

use jiff::ToSpan as _;
use serde_json::json;

use crate::{
    app::{AppError, Engine},
    domain::Actor,
    store::{draw_ends, draw_entries, draws, log::documents},
};

/// Draws that are deleted at once.
const BATCH: u64 = 20;
/// From a week's Monday to its last day.
const WEEK: i64 = 6;

/// Deletes the draws that are due. Done again, it deletes nothing more.
///
/// # Errors
/// The database does not answer.
pub async fn forget_draws(engine: &Engine) -> Result<(), AppError> {
    let days = i64::from(engine.log.keep_days()) + WEEK;
    let before = engine.local_date(engine.now()).saturating_sub(days.days());
    for draw in draws::ended_before(engine.database.connection(), before, BATCH).await? {
        let mut unit = engine.begin().await?;
        let db = unit.transaction();
        documents::delete(db, draw.id).await?;
        draw_entries::delete_of(db, draw.id).await?;
        draw_ends::delete_of(db, draw.id).await?;
        draws::delete(db, draw.id).await?;
        let details = json!({ "service": draw.service, "week": draw.week });
        engine.record(&mut unit, &Actor::System, "draw.forgotten", draw.id, details).await?;
        unit.commit().await?;
        tracing::info!(draw = %draw.id, "a past draw is deleted; its entries in the log say nothing any more");
    }
    Ok(())
}
