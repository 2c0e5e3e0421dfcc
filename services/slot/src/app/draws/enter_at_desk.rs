//! Staff enter a person without online ID into a draw, and take them out of it again.

use ids::{DrawId, LocationId, StaffId};

use super::{
    enter_draw::{EnterDraw, Entered, enter_draw, subject},
    withdraw_entry::withdraw_entry,
};
use crate::{
    app::{
        AppError, Engine,
        request_at_desk::{About, RequestAtDesk, ask_at_desk},
    },
    domain::{Actor, Binding},
    store::draws,
};

/// Enters the person, or changes their entry; the ticket says that it is one of the desk's. Who wins is
/// booked by what staff saw.
///
/// # Errors
/// There is no such draw; there is no reason or no document; it takes a second member of staff; or as
/// [`enter_draw`].
pub async fn enter_at_desk(
    engine: &Engine,
    id: DrawId,
    command: RequestAtDesk,
) -> Result<Entered, AppError> {
    let draw = draws::find(engine.database.connection(), id).await?;
    let draw = draw.ok_or(AppError::DrawNotFound)?;
    let (service, subject) = (&draw.service, &subject(id));
    let enter = |request| enter_draw(engine, EnterDraw { draw: id, request });
    let is_new = |entered: &Entered| matches!(entered, Entered::Now(_));
    ask_at_desk(engine, command, About { service, subject }, enter, is_new).await
}

/// A member of staff at the desk, and the person in front of them.
#[derive(Debug, Clone)]
pub struct PersonAtDesk {
    /// The member of staff.
    pub staff: StaffId,
    /// Where they stand.
    pub location: LocationId,
    /// The attendee, signed by identity.
    pub attendee_token: String,
}

/// Withdraws the person's entry. Nothing of it is kept.
///
/// # Errors
/// There is no document; or as [`withdraw_entry`].
pub async fn withdraw_at_desk(
    engine: &Engine,
    id: DrawId,
    command: PersonAtDesk,
) -> Result<(), AppError> {
    engine.know(&command.location)?;
    let attendee = engine.attendee(&command.attendee_token).await?;
    if Binding::at_desk(&attendee).is_provisional() {
        return Err(AppError::DocumentNeeded);
    }
    let actor = Actor::Staff(command.staff);
    withdraw_entry(engine, &actor, attendee.pseudonym, attendee.level, id).await
}
