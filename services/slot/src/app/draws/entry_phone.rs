//! How the desk reaches an entrant without e-mail, if they are drawn and must confirm.

use ids::EntryId;

use crate::{
    app::{AppError, Engine, SeatRequest},
    domain::{draw::DrawEntry, waiting::Phone},
};

/// What the request states, for the entry with this id.
///
/// # Errors
/// It cannot be encrypted.
pub(super) fn sealed_phone(
    engine: &Engine,
    request: &SeatRequest,
    id: EntryId,
) -> Result<Option<Phone>, AppError> {
    let Some((office, number)) = &request.phone else { return Ok(None) };
    let number = engine.draws.keys.seal(&number.as_str(), id, &*engine.entropy)?;
    Ok(Some(Phone { office: office.clone(), number }))
}

/// Whether the entry states the same already.
///
/// # Errors
/// The number cannot be read.
pub(super) fn is_phoned_as(
    engine: &Engine,
    before: &DrawEntry,
    request: &SeatRequest,
) -> Result<bool, AppError> {
    Ok(match (&before.phone, &request.phone) {
        (None, None) => true,
        (Some(known), Some((office, number))) => {
            let text: String = engine.draws.keys.open(&known.number, before.id)?;
            known.office == *office && text == number.as_str()
        }
        (None, Some(_)) | (Some(_), None) => false,
    })
}
