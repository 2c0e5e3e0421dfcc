//! A winner who must confirm does not want the seat: it becomes free for others.

use booking::TrustLevel;
use ids::{DrawId, Pseudonym};
use serde_json::json;

use super::winners_seat::{SeatEnd, give_up, own};
use crate::{
    app::{AppError, DrawRefusal, Engine},
    domain::{Actor, draw::EntryStatus},
};

/// Declines a seat that is kept for the person. Done again, it changes nothing.
///
/// # Errors
/// The person has no entry, no seat is kept for them any more, or the log-in is not sure enough.
pub async fn decline_seat(
    engine: &Engine,
    actor: &Actor,
    id: DrawId,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<(), AppError> {
    let (draw, entry) = own(engine, id, person, level).await?;
    if entry.status == EntryStatus::Declined {
        return Ok(());
    }
    if entry.open_offer(engine.now()).is_none() {
        return Err(DrawRefusal::OfferOver.into());
    }
    let end = SeatEnd::Declined;
    let mut unit = engine.begin().await?;
    if !give_up(engine, &mut unit, &draw, &entry, end).await? {
        return Err(DrawRefusal::OfferOver.into());
    }
    let details = json!({ "draw": draw.id });
    engine.record(&mut unit, actor, end.action(), entry.id, details).await?;
    Ok(unit.commit().await?)
}
