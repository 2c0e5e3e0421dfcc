//! Somebody whom staff entered comes or phones, and names the number of the entry: what came of it?

use ids::{EntryId, ServiceId};

use super::winners_seat::{KeptSeat, kept_for};
use crate::{
    app::{AppError, DeskStaff, DrawRefusal, Engine, phone_calls::note_reading},
    domain::{Binding, Booking, draw::DrawEntry},
    store::{bookings, draw_entries::phoned, draws},
};

/// What the audit log calls it. It is no reading of a telephone number.
const READ: &str = "draw-entry.read";

/// An entry as the desk reads it, without a name: the number is on the paper of whoever asks.
#[derive(Debug)]
pub struct FoundEntry {
    /// The entry.
    pub entry: DrawEntry,
    /// What for, as it is called now.
    pub service: ServiceId,
    /// What was booked.
    pub booking: Option<Booking>,
    /// What is kept for the person until they answer.
    pub seat: Option<KeptSeat>,
}

/// The entry with this number, if it is still as a desk made it. That it was read stands in the audit log.
///
/// # Errors
/// There is no such entry (any more), its person made it their own online, or the database does not answer.
pub async fn find_entry(
    engine: &Engine,
    staff: &DeskStaff,
    id: EntryId,
) -> Result<FoundEntry, AppError> {
    let (db, catalogue) = (engine.database.connection(), engine.catalogue());
    let entry = phoned::find(db, id).await?.filter(|entry| entry.binding != Binding::Online);
    let entry = entry.ok_or(DrawRefusal::EntryNotFound)?;
    let draw = draws::find(db, entry.draw).await?.ok_or(DrawRefusal::NotFound)?;
    let booking = match entry.booking {
        Some(booking) => bookings::find(db, booking).await?,
        None => None,
    };
    let seat = kept_for(engine, &entry).await?;
    note_reading(engine, staff, READ, entry.id.to_string()).await?;
    let service = catalogue.service_now(&draw.service).unwrap_or(&draw.service).clone();
    let status = entry.status_at(engine.now());
    Ok(FoundEntry { entry: DrawEntry { status, ..entry }, service, booking, seat })
}
