//! A winner who must confirm does not want the seat: it becomes free for others.

use booking::TrustLevel;
use ids::{DrawId, Pseudonym};
use serde_json::json;

use super::{
    declining::left_out_until,
    events::{self, Because},
    winners_seat::{SeatEnd, give_up, own},
};
use crate::{
    app::{AppError, DrawRefusal, Engine, confirm_booking::AtDesk, seat_request::audited_at_desk},
    domain::{Actor, draw::EntryStatus},
};

/// A request to decline.
#[derive(Debug, Clone)]
pub struct Declines {
    /// The actor: the person, an agency for them, or staff.
    pub actor: Actor,
    /// Whose seat it is.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// Set if staff do it.
    pub at_desk: Option<AtDesk>,
}

/// Declines a seat that is kept for the person. Done again, it changes nothing. What staff do the person is told.
///
/// # Errors
/// The person has no entry, no seat is kept for them any more, or the log-in is not sure enough.
pub async fn decline_seat(engine: &Engine, id: DrawId, by: Declines) -> Result<(), AppError> {
    let Declines { actor, person, level, at_desk } = by;
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
    let details = audited_at_desk(at_desk.as_ref(), json!({ "draw": draw.id }));
    engine.record(&mut unit, &actor, end.action(), entry.id, details).await?;
    if at_desk.is_some() {
        let until = left_out_until(engine, unit.transaction(), &draw, &entry).await?;
        let because = Because::DeclinedByPhone(until);
        let event = events::not_drawn(engine, &engine.catalogue(), &draw, &entry, because)?;
        unit.publish(&event).await?;
    }
    Ok(unit.commit().await?)
}
