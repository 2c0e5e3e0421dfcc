//! Staff takes the ticket of a person who has no online ID, to enter for them.

use auth::AttendeeClaims;
use draw::Channel;
use ids::DrawId;
use serde_json::json;
use vocabulary::TrustLevel;

use super::{
    DrawError,
    take_ticket::{Holder, give, note, open_draw},
};
use crate::{
    app::{
        Context,
        desk::{DeskStaff, known_person},
    },
    store::standing,
    ticket_draw::DrawKey,
};

/// The ticket of the person of `attendee_token`: our statement, minutes old, that staff of this authority
/// looked at the document. A person with a ticket from a log-in gets none here: its number stands in the
/// proof, and would tell staff what came of the entry.
///
/// The other way round nothing helps: who comes with a log-in later gets this very ticket, as one human has
/// one, and the desk knows its number. `libs/draw` says so in its table, and what is seen of it.
///
/// The audit log names the member of staff and the ticket's number, not the person. Nor does any table once the window
/// is over. But the person can read that staff recognised their document (`desk/note_reading.rs`): whoever reads the
/// whole audit log can put the two entries of one clerk side by side by their minute.
pub(crate) async fn give_ticket(
    context: &Context,
    staff: &DeskStaff,
    draw: DrawId,
    attendee_token: &str,
) -> Result<String, DrawError> {
    let attendee = context.own_attendee_token(attendee_token, &staff.authority)?;
    if !has_shown_a_document(&attendee) {
        return Err(DrawError::DocumentNeeded);
    }
    let key = DrawKey { authority: staff.authority.clone(), draw };
    let unit = context.begin().await?;
    let db = unit.transaction();
    let person = standing::keep(db, known_person(db, staff, attendee.sub).await?).await?;
    let (draw, announced) = open_draw(context, db, &key).await?;
    let given = give(context, db, &key, Holder { person, channel: Channel::Desk }).await?;
    if given.channel == Channel::Online {
        return Err(DrawError::OnlineTicket);
    }
    let details = json!({ "serial": given.serial });
    context.record(db, &staff.actor(), "desk.ticket-given", &key, details).await?;
    let note = note(context, &draw, &announced, given)?;
    unit.commit().await?;
    Ok(note)
}

/// A log-in names no member of staff, and a call is of level `basic`.
fn has_shown_a_document(attendee: &AttendeeClaims) -> bool {
    attendee.act.is_some() && attendee.acr > TrustLevel::Basic
}
