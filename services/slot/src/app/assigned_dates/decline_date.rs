//! A person cannot come on the date that the office gave: the application stays on file, and the office
//! gives another one.

use booking::TrustLevel;
use ids::{AssignedDateId, Pseudonym};
use serde_json::json;

use super::{give_up, of_person, over};
use crate::{
    app::{AppError, Engine, required_level::require_level_for},
    domain::{Actor, waiting::OfferStatus},
};

/// Declines an open date.
///
/// # Errors
/// There is no such date for this person, it is over, or the log-in is not sure enough.
pub async fn decline_date(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
    id: AssignedDateId,
) -> Result<(), AppError> {
    let date = of_person(engine, id, person).await?;
    let services = std::slice::from_ref(&date.service);
    require_level_for(engine, services, TrustLevel::High, level)?;
    if !date.is_open(engine.now()) {
        return Err(over(engine, &date));
    }
    let mut unit = engine.begin().await?;
    if !give_up(engine, &mut unit, &date, OfferStatus::Declined).await? {
        drop(unit);
        // Answered or ended at the same moment; `date` is what it was before.
        return Err(over(engine, &of_person(engine, id, person).await?));
    }
    let (action, details) = ("entitlement.date_declined", json!({ "date": date.id }));
    engine.record(&mut unit, actor, action, date.entitlement, details).await?;
    Ok(unit.commit().await?)
}
