//! Staff takes the ticket of a person who has no online ID, to enter for them.

use draw::Channel;
use ids::{DrawId, Pseudonym};
use serde_json::json;

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

/// The ticket of a person whose document the desk has seen. Who has one from a log-in keeps that.
///
/// The audit log names the member of staff and the ticket's number, not the person: whose it is
/// nobody can tell once the window is over.
pub(crate) async fn give_ticket(
    context: &Context,
    staff: &DeskStaff,
    draw: DrawId,
    pseudonym: Pseudonym,
) -> Result<String, DrawError> {
    let key = DrawKey { authority: staff.authority.clone(), draw };
    let unit = context.begin().await?;
    let db = unit.transaction();
    let person = standing::keep(db, known_person(db, staff, pseudonym).await?).await?;
    let (draw, announced) = open_draw(context, db, &key).await?;
    let given = give(context, db, &key, Holder { person, channel: Channel::Desk }).await?;
    let details = json!({ "serial": given.serial });
    context.record(db, &staff.actor(), "desk.ticket-given", &key, details).await?;
    let note = note(context, &draw, &announced, given)?;
    unit.commit().await?;
    Ok(note)
}
