//! Staff enter a person without online ID into a draw, and take them out of it again.

use ids::{DrawId, StaffId};

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
    ticket: Option<String>,
) -> Result<Entered, AppError> {
    let draw = draws::find(engine.database.connection(), id).await?;
    let draw = draw.ok_or(AppError::DrawNotFound)?;
    let (service, subject) = (&draw.service, &subject(id));
    let enter = |request| enter_draw(engine, EnterDraw { draw: id, request, ticket });
    let is_new = |entered: &Entered| matches!(entered, Entered::Now(_));
    ask_at_desk(engine, command, About { service, subject }, enter, is_new).await
}

/// Withdraws the entry of the person whom `attendee_token` names, as identity signed it. Nothing is kept.
///
/// # Errors
/// There is no document; or as [`withdraw_entry`].
pub async fn withdraw_at_desk(
    engine: &Engine,
    id: DrawId,
    staff: StaffId,
    attendee_token: &str,
) -> Result<(), AppError> {
    let attendee = engine.attendee(attendee_token).await?;
    if Binding::at_desk(&attendee).is_provisional() {
        return Err(AppError::DocumentNeeded);
    }
    withdraw_entry(engine, &Actor::Staff(staff), attendee.pseudonym, attendee.level, id).await
}
