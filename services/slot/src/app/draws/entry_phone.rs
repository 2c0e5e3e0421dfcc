//! How the desk reaches an entrant without e-mail, if they are drawn and must confirm.

use auth::Attendee;
use ids::{EntryId, LocationId};

use crate::{
    app::{AppError, Engine, SeatRequest},
    domain::{PhoneNumber, draw::DrawEntry, waiting::Phone},
};

/// The number that counts: whoever has a proven address gets e-mails, and no longer time to answer. Identity says
/// who has one, not the person.
fn stated<'a>(
    request: &'a SeatRequest,
    attendee: &Attendee,
) -> Option<&'a (LocationId, PhoneNumber)> {
    request.phone.as_ref().filter(|_| !attendee.has_email)
}

/// What the request states, for the entry with this id.
///
/// # Errors
/// It cannot be encrypted.
pub(super) fn sealed_phone(
    engine: &Engine,
    (request, attendee): (&SeatRequest, &Attendee),
    id: EntryId,
) -> Result<Option<Phone>, AppError> {
    let Some((office, number)) = stated(request, attendee) else { return Ok(None) };
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
    (request, attendee): (&SeatRequest, &Attendee),
) -> Result<bool, AppError> {
    Ok(match (&before.phone, stated(request, attendee)) {
        (None, None) => true,
        (Some(known), Some((office, number))) => {
            let text: String = engine.draws.keys.open(&known.number, before.id)?;
            known.office == *office && text == number.as_str()
        }
        (None, Some(_)) | (Some(_), None) => false,
    })
}
