//! Dates to which nobody answered in time lapse: the office gives another one.

use cluster::Term;
use serde_json::json;

use super::{called_now, give_up};
use crate::{
    app::{AppError, Engine, waiting_list::leading},
    domain::{Actor, waiting::OfferStatus},
    store::assigned_dates,
};

/// Dates that are looked at in one go.
const BATCH: u64 = 500;

/// Ends what is due, as this process leads in `term`, each in a transaction of its own.
///
/// # Errors
/// The database does not answer. What was ended by then stays ended.
pub async fn end_dates(engine: &Engine, term: Term) -> Result<(), AppError> {
    let due = assigned_dates::lapsed(engine.database.connection(), engine.now(), BATCH).await?;
    for date in due {
        let date = called_now(&engine.catalogue(), date);
        let Some(mut unit) = leading(engine, term).await? else { return Ok(()) };
        if !give_up(engine, &mut unit, &date, OfferStatus::Lapsed).await? {
            continue;
        }
        let (action, details) = ("entitlement.date_lapsed", json!({ "date": date.id }));
        engine.record(&mut unit, &Actor::System, action, date.entitlement, details).await?;
        unit.commit().await?;
        tracing::info!(date = %date.id, service = %date.service, "a date lapsed without an answer");
    }
    Ok(())
}
