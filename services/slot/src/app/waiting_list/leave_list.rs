//! A person leaves a waiting list. Nothing of their place is kept; what they declined counts for some days
//! if they join again (`rejoin.rs`).

use booking::TrustLevel;
use ids::{Pseudonym, WaitingId};
use proto::waiting::v1::PlaceLostBecause;
use serde_json::json;

use super::{events, pass_on, require_level};
use crate::{
    app::{
        AppError, Engine, WaitingRefusal,
        confirm_booking::AtDesk,
        done_by_staff::done_by_staff,
        seat_request::{audited_at_desk, for_staff},
    },
    domain::{Actor, waiting::OfferStatus},
    store::{waiting_entries, waiting_offers},
};

/// A request to leave a waiting list.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// The actor: the person, an agency for them, or staff.
    pub actor: Actor,
    /// Whose place it is.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// Set if staff do it.
    pub at_desk: Option<AtDesk>,
}

/// Leaves; an offer that is open goes to the next in line. What staff do the person is told, and it stays
/// in the data that they can read about themselves.
///
/// # Errors
/// There is no such place of this person, or it was taken by a surer log-in than `level`; staff would end
/// what the person made online.
pub async fn leave_list(engine: &Engine, id: WaitingId, by: Leaving) -> Result<(), AppError> {
    let Leaving { actor, person, level, at_desk } = by;
    let mut unit = engine.begin().await?;
    let (db, now) = (unit.transaction(), engine.now());
    let entry = waiting_entries::find(db, id).await?;
    let entry = entry.filter(|entry| entry.person == person).ok_or(WaitingRefusal::NotWaiting)?;
    require_level(engine, &entry, level)?;
    if at_desk.is_some() {
        for_staff(entry.binding)?;
    }
    if let Some(offer) = waiting_offers::open_of(db, entry.id).await? {
        if !waiting_offers::end(db, offer.id, OfferStatus::Withdrawn, None, now).await? {
            return Err(AppError::EntryChanged);
        }
        pass_on(engine, &mut unit, &offer).await?;
    }
    waiting_offers::delete_of(unit.transaction(), entry.id).await?;
    if !waiting_entries::delete(unit.transaction(), entry.id).await? {
        return Err(WaitingRefusal::NotWaiting.into());
    }
    let by_staff = done_by_staff(unit.transaction(), entry.id).await?;
    let details = json!({ "service": entry.service, "entry": entry.id, "by_staff": by_staff });
    let details = audited_at_desk(at_desk.as_ref(), details);
    engine.record(&mut unit, &actor, "waiting.left", person, details).await?;
    if at_desk.is_some() {
        let because = PlaceLostBecause::LeftAtDesk;
        let event = events::lost(engine, &engine.catalogue(), &entry, because, None);
        unit.publish(&event).await?;
    }
    Ok(unit.commit().await?)
}
