//! Staff enter a person without online ID into a draw, and take them out of it again.

use ids::{DrawId, LocationId, StaffId};

use super::{
    enter_draw::{EnterDraw, enter_draw, subject},
    own_entry::OwnEntry,
    pool,
    repeat_at_desk::entry_before,
    wishes,
    withdraw_entry::{Withdrawing, withdraw_entry},
};
use crate::{
    app::{
        AppError, DeskRefusal, DrawRefusal, Engine, Once,
        crowded_number::{COMPARED, is_crowded},
        phone_calls::names_of,
        proposal::{LaterAct, LaterSeat, Proposal},
        request_at_desk::{About, RequestAtDesk, ask_at_desk, end_at_desk},
        seat_request::for_staff,
        two_staff::Wanted,
    },
    domain::{Actor, Binding, CountedAct, DeskReason},
    person_data::Visitor,
    store::{
        draw_entries::{self, phoned},
        draws,
    },
};

/// Enters the person, or changes their entry; the ticket says that it is one of the desk's. The booking
/// of a winner rests on what staff saw. With a number the place that was won phones a winner without e-mail. If something
/// new is wanted, an entry with other wishes stays as it is.
///
/// # Errors
/// There is no such draw; there is no reason or no document; it takes a second member of staff (also if many entries
/// have this number); the person entered online, or before if the entry is to be new; or as [`enter_draw`].
pub async fn enter_at_desk(
    engine: &Engine,
    id: DrawId,
    command: RequestAtDesk,
    ticket: Option<String>,
) -> Result<Once<OwnEntry>, AppError> {
    let draw = draws::find(engine.database.connection(), id).await?;
    let draw = draw.ok_or(DrawRefusal::NotFound)?;
    let (service, subject) = (&draw.service, &subject(id));
    let known = |request| entry_before(engine, &draw, request);
    let enter = |request| enter_draw(engine, EnterDraw { draw: id, request, ticket });
    let by_two = has_crowded_number(engine, &command).await?;
    let about =
        About { service, subject, what: LaterAct::EnterDraw, week: Some(draw.week), by_two };
    ask_at_desk(engine, command, about, known, enter).await
}

/// Whether as many undecided entries of other people have this number as one member of staff makes alone.
async fn has_crowded_number(engine: &Engine, command: &RequestAtDesk) -> Result<bool, AppError> {
    let Some(number) = &command.phone else { return Ok(false) };
    let attendee = engine.attendee(&command.attendee_token).await?;
    // Whoever gets e-mails is not phoned: the number has no effect.
    if attendee.has_email {
        return Ok(false);
    }
    let offices = names_of(&engine.catalogue(), &command.location);
    let entered = phoned::undecided(engine.database.connection(), &offices, COMPARED).await?;
    let others = entered.iter().filter(|entry| entry.person != attendee.pseudonym);
    let others = others.filter_map(|entry| Some((entry.id, entry.phone.as_ref()?)));
    is_crowded(engine, number.as_str(), others)
}

/// What a member of staff states to withdraw an entry.
#[derive(Debug, Clone)]
pub struct WithdrawAtDesk {
    /// The member of staff.
    pub staff: StaffId,
    /// Where they stand.
    pub location: LocationId,
    /// The person, signed by identity.
    pub attendee_token: String,
    /// Why staff do it and not the person.
    pub reason: Option<DeskReason>,
}

/// Withdraws an entry that staff made. It counts like entering a person, and the person is told.
///
/// # Errors
/// There is no reason or no document; it takes a second member of staff; the person entered online; or as
/// [`withdraw_entry`].
pub async fn withdraw_at_desk(
    engine: &Engine,
    id: DrawId,
    command: WithdrawAtDesk,
) -> Result<(), AppError> {
    let WithdrawAtDesk { staff, location, attendee_token, reason } = command;
    engine.know(&location)?;
    let attendee = engine.attendee(&attendee_token).await?;
    let binding = Binding::at_desk(&attendee);
    if binding.is_provisional() {
        return Err(DeskRefusal::DocumentNeeded.into());
    }
    let (db, person) = (engine.database.connection(), attendee.pseudonym);
    let draw = draws::find(db, id).await?.ok_or(DrawRefusal::NotFound)?;
    let entry = draw_entries::of_person(db, id, person).await?.ok_or(DrawRefusal::EntryNotFound)?;
    for_staff(entry.binding)?;
    if !draw.is_open(engine.now()) {
        return Err(DrawRefusal::NotOpen.into());
    }
    let sealed = engine.draws.keys.open(&entry.wishes, entry.id)?;
    let later = LaterSeat {
        what: LaterAct::WithdrawFromDraw,
        week: Some(draw.week),
        people: entry.people,
        wishes: wishes::stated(&sealed, &pool(engine, id).await?),
    };
    let proposal = Proposal { visitor: Visitor::from(&attendee), later: Some(later) };
    let wanted = Wanted {
        staff,
        act: CountedAct::booking(binding),
        subject: person.to_string(),
        location,
        services: vec![draw.service],
        start: None,
        reason,
        attendee: Some((proposal, entry.hold)),
    };
    let (actor, level) = (Actor::Staff(staff), attendee.level);
    let withdraw = |at_desk| {
        withdraw_entry(engine, id, Withdrawing { actor, person, level, at_desk: Some(at_desk) })
    };
    end_at_desk(engine, wanted, withdraw).await
}
