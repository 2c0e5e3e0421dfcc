//! Why an entry is not in the list, as a note that the authority signs.

use draw::{Announcement, Ended, Serial, Version, signed};
use ids::DrawId;

use super::{announcement, open_draw::seconds};
use crate::{
    app::{AppError, DrawRefusal, Engine},
    domain::draw::EntryEnd,
    store::{draw_ends, draws},
};

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
