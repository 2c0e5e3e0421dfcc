//! The desk phones winners without e-mail who are booked already, and notes that they know.
//!
//! They have nothing to answer: the appointment stands. The place that was won phones, since the person goes there.

use ids::{DrawId, EntryId, LocationId};
use serde_json::json;

use super::phone_winners::{LIMIT, READ, theirs};
use crate::{
    app::{
        AppError, DeskStaff, Engine,
        phone_calls::{note_reading, number, offices_of},
    },
    domain::{Actor, Booking, draw::DrawEntry},
    person_data::Visitor,
    store::{bookings, draw_entries::phoned},
};

/// A winner who does not know yet that they have an appointment.
#[derive(Debug)]
pub struct UntoldWinner {
    /// Their entry.
    pub entry: DrawEntry,
    /// The name of the person to be phoned.
    pub visitor: Visitor,
    /// Where to call.
    pub number: String,
    /// What they won.
    pub booking: Booking,
}

/// The winners whom a location must tell: who was booked first comes first, whenever the appointment is.
///
/// # Errors
/// The location is unknown or not the caller's; the database does not answer; a name cannot be decrypted.
pub async fn list_untold_winners(
    engine: &Engine,
    staff: &DeskStaff,
    location: &LocationId,
) -> Result<Vec<UntoldWinner>, AppError> {
    let db = engine.database.connection();
    let names = offices_of(engine, staff, location)?;
    let mut calls = Vec::new();
    for entry in phoned::untold(db, &names, LIMIT).await? {
        let Some(booking) = to_come(engine, &entry).await? else { continue };
        note_reading(engine, staff, READ, entry.id.to_string()).await?;
        let visitor = engine.person_data.open(&booking.attendee, booking.hold);
        let visitor = visitor.map_err(|error| AppError::Internal(error.into()))?;
        let number = number(engine, entry.phone.as_ref(), entry.id)?;
        calls.push(UntoldWinner { entry, visitor, number, booking });
    }
    Ok(calls)
}

/// The appointment of an entry, as long as it is worth a call.
async fn to_come(engine: &Engine, entry: &DrawEntry) -> Result<Option<Booking>, AppError> {
    let Some(id) = entry.booking else { return Ok(None) };
    let booking = bookings::find(engine.database.connection(), id).await?;
    let is_to_come =
        |booking: &Booking| booking.status.is_active() && booking.seat.start > engine.now();
    Ok(booking.filter(is_to_come))
}

/// Notes that the person was told; their number is removed. Told twice, it changes nothing.
///
/// # Errors
/// The caller's locations do not phone this person, or the database does not answer.
pub async fn told_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    draw: DrawId,
    id: EntryId,
) -> Result<(), AppError> {
    let entry = theirs(engine, staff, draw, id).await?;
    let mut unit = engine.begin().await?;
    if phoned::forget_number(unit.transaction(), entry.id).await? {
        let details = json!({ "draw": draw });
        engine.record(&mut unit, &Actor::Staff(staff.id), "draw.told", entry.id, details).await?;
    }
    Ok(unit.commit().await?)
}
