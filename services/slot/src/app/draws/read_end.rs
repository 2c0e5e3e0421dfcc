//! Why an entry is not in the list, as a note that the authority signs.

use booking::TrustLevel;
use draw::{Announcement, Ended, Serial, Version, signed};
use ids::{DrawId, Pseudonym};
use jiff::Timestamp;

use super::{announcement, open_draw::seconds};
use crate::{
    app::{AppError, DrawRefusal, Engine, required_level::require_level_for},
    domain::draw::EntryEnd,
    store::{draw_ends, draw_entries, draws},
};

/// How a person's entry ended that is not there any more.
#[derive(Debug, Clone)]
pub struct OwnEnd {
    /// When they withdrew. UTC.
    pub at: Timestamp,
    /// The note that says so.
    pub note: String,
}

/// The signed end of the entry from which a person withdrew. Who it was stands in the audit log alone.
///
/// # Errors
/// There is no such draw; the person did not withdraw from it, or is in it again, or its entries were deleted; the
/// log-in is less sure than the service asks for.
pub async fn read_own_end(
    engine: &Engine,
    id: DrawId,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<OwnEnd, AppError> {
    let db = engine.database.connection();
    let draw = draws::find(db, id).await?.ok_or(DrawRefusal::NotFound)?;
    require_level_for(engine, std::slice::from_ref(&draw.service), level, level)?;
    if draw_entries::of_person(db, id, person).await?.is_some() {
        return Err(DrawRefusal::EntryNotFound.into());
    }
    let serial = draw_ends::withdrawn(db, id, person).await?.ok_or(DrawRefusal::EntryNotFound)?;
    let end = draw_ends::find(db, id, &serial).await?.ok_or(DrawRefusal::EntryNotFound)?;
    let note = signed_end(engine, &announcement(engine, id).await?, &end);
    Ok(OwnEnd { at: end.at, note })
}

/// The signed end of the entry with this ticket. The receipt has the ticket's number.
///
/// # Errors
/// There is no such draw, or no entry with this ticket ended before the list was closed.
pub async fn read_end(engine: &Engine, id: DrawId, serial: &Serial) -> Result<String, AppError> {
    let db = engine.database.connection();
    draws::find(db, id).await?.ok_or(DrawRefusal::NotFound)?;
    let end = draw_ends::find(db, id, serial).await?.ok_or(DrawRefusal::EntryNotFound)?;
    Ok(signed_end(engine, &announcement(engine, id).await?, &end))
}

/// The note.
pub(super) fn signed_end(engine: &Engine, announcement: &Announcement, end: &EntryEnd) -> String {
    let ended = Ended {
        announcement: announcement.digest(),
        at: seconds(end.at),
        revision: end.revision,
        serial: end.serial,
        version: Version::V1,
        why: end.why,
    };
    signed(&ended, &engine.draws.keys.receipts).to_string()
}
