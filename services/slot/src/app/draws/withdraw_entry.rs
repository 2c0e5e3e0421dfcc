//! A person withdraws from a draw. Of their entry only the ticket's number and the time of its end
//! are kept, which prove that it was withdrawn and not dropped; and in the audit log that they withdrew, so that
//! they find the signed end ([`read_own_end`](super::read_end::read_own_end)).

use booking::TrustLevel;
use draw::EndReason;
use ids::{DrawId, Pseudonym};
use serde_json::json;

use super::events;
use crate::{
    app::{
        AppError, DrawRefusal, Engine,
        confirm_booking::AtDesk,
        done_by_staff::done_by_staff,
        required_level::require_level_for,
        seat_request::{audited_at_desk, for_staff},
    },
    domain::Actor,
    store::{draw_ends, draw_entries, draws, gate},
};

/// A request to withdraw an entry.
#[derive(Debug, Clone)]
pub struct Withdrawing {
    /// The actor: the person, an agency for them, or staff.
    pub actor: Actor,
    /// Whose entry it is.
    pub person: Pseudonym,
    /// How they proved it.
    pub level: TrustLevel,
    /// Set if staff do it.
    pub at_desk: Option<AtDesk>,
}

/// Withdraws, as long as the list is open. They can enter again. What staff do the person is told, and it
/// stays in the data that they can read about themselves.
///
/// # Errors
/// There is no such draw or entry, the log-in is not sure enough, or the list is closed; staff would
/// withdraw what the person made online.
pub async fn withdraw_entry(
    engine: &Engine,
    draw: DrawId,
    by: Withdrawing,
) -> Result<(), AppError> {
    let Withdrawing { actor, person, level, at_desk } = by;
    let mut unit = engine.begin().await?;
    let db = unit.transaction();
    // Nobody enters for them or changes the entry meanwhile: what ends is what was read.
    gate::shut_person(db, person).await?;
    draws::keep_open(db, draw).await?;
    let found = draws::find(db, draw).await?.ok_or(DrawRefusal::NotFound)?;
    let entry =
        draw_entries::of_person(db, draw, person).await?.ok_or(DrawRefusal::EntryNotFound)?;
    require_level_for(engine, std::slice::from_ref(&found.service), entry.level, level)?;
    if at_desk.is_some() {
        for_staff(entry.binding)?;
    }
    if !found.is_open(engine.now()) {
        return Err(DrawRefusal::NotOpen.into());
    }
    if !draw_entries::delete(db, entry.id).await? {
        return Err(DrawRefusal::EntryNotFound.into());
    }
    draw_ends::note(db, draw, &entry.end(EndReason::Withdrawn, engine.now())).await?;
    let by_staff = done_by_staff(db, entry.id).await?;
    let serial = entry.public.serial;
    let details =
        json!({ "draw": draw, "entry": entry.id, "serial": serial, "by_staff": by_staff });
    let details = audited_at_desk(at_desk.as_ref(), details);
    engine.record(&mut unit, &actor, "draw.withdrawn", person, details).await?;
    if at_desk.is_some() {
        let because = events::Because::WithdrawnAtDesk;
        let event = events::not_drawn(engine, &engine.catalogue(), &found, &entry, because)?;
        unit.publish(&event).await?;
    }
    Ok(unit.commit().await?)
}
