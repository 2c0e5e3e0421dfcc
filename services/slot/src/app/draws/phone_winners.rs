//! The desk phones winners without e-mail who must confirm, and answers for them as they say.
//!
//! Only the office that an entrant named can phone them, and only its staff see the number. The audit log
//! names the staff who read it and who answered.

use ids::{DrawId, EntryId, LocationId, ServiceId};

use super::{
    accept_seat::{AcceptSeat, accept_seat},
    decline_seat::{Declines, decline_seat},
    pool,
    winners_seat::{KeptSeat, kept_for},
    wishes,
};
use crate::{
    app::{
        AppError, DeskStaff, DrawRefusal, Engine, Once,
        crowded_number::{COMPARED, is_crowded},
        phone_calls::{is_called_by, names_of, note_reading, number, office_now, offices_of},
        proposal::{LaterAct, LaterSeat, Proposal},
        request_at_desk::{end_at_desk, settle},
        two_staff::{Wanted, permit, permit_by_two},
    },
    domain::{
        Actor, BookedBy, Booking, CountedAct, DeskReason,
        draw::{DrawEntry, EntryStatus},
        waiting::Phone,
    },
    person_data::Visitor,
    store::{draw_entries::phoned, draws},
};

/// People in one answer, at most.
pub(super) const LIMIT: u64 = 500;

/// What the audit log calls it when staff read a winner's number.
pub(super) const READ: &str = "draw.read";

/// A winner to be phoned.
#[derive(Debug)]
pub struct WinnersCall {
    /// Their entry.
    pub entry: DrawEntry,
    /// What for, as it is called now.
    pub service: ServiceId,
    /// The name of the person to be phoned.
    pub visitor: Visitor,
    /// Where to call.
    pub number: String,
    /// What is kept for them.
    pub seat: KeptSeat,
}

/// The winners whom a location must phone, the most urgent first.
///
/// # Errors
/// The location is unknown or not the caller's; the database does not answer; a name cannot be decrypted.
pub async fn list_winners_calls(
    engine: &Engine,
    staff: &DeskStaff,
    location: &LocationId,
) -> Result<Vec<WinnersCall>, AppError> {
    let (db, catalogue) = (engine.database.connection(), engine.catalogue());
    let names = offices_of(engine, staff, location)?;
    let mut calls = Vec::new();
    for entry in phoned::due(db, &names, LIMIT).await? {
        // Those whose time is over end within a second.
        let Some(seat) = kept_for(engine, &entry).await? else { continue };
        note_reading(engine, staff, READ, entry.id.to_string()).await?;
        let visitor = engine.person_data.open(&entry.attendee, entry.hold);
        let visitor = visitor.map_err(|error| AppError::Internal(error.into()))?;
        let number = number(engine, entry.phone.as_ref(), entry.id)?;
        let draw = draws::find(db, entry.draw).await?.ok_or(DrawRefusal::NotFound)?;
        let service = catalogue.service_now(&draw.service).unwrap_or(&draw.service).clone();
        calls.push(WinnersCall { entry, service, visitor, number, seat });
    }
    Ok(calls)
}

/// Accepts what is kept for the person, once, however often it is called. The seat could be sold, so it counts like a
/// booking for a caller.
///
/// # Errors
/// The caller's locations do not phone this person; it takes a second member of staff (also if many kept seats have
/// this number); or as [`accept_seat`].
pub async fn accept_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    draw: DrawId,
    id: EntryId,
) -> Result<Once<Booking>, AppError> {
    let entry = theirs(engine, staff, draw, id).await?;
    let (actor, person, level) = (Actor::Staff(staff.id), entry.person, entry.level);
    let booked_by = Some(BookedBy::Desk);
    let request = AcceptSeat { actor, booked_by, draw, person, level };
    let kept = kept_for(engine, &entry).await?;
    // Accepted before, or over: nothing is done that counts.
    let (Some(kept), Some(phone)) = (kept, entry.phone.as_ref()) else {
        return accept_seat(engine, request).await;
    };
    let known = draws::find(engine.database.connection(), draw).await?;
    let service = known.ok_or(DrawRefusal::NotFound)?.service;
    let catalogue = engine.catalogue();
    let visitor = engine.person_data.open(&entry.attendee, entry.hold);
    let visitor: Visitor = visitor.map_err(|error| AppError::Internal(error.into()))?;
    let wanted = Wanted {
        staff: staff.id,
        act: CountedAct::BookedByPhone,
        subject: entry.id.to_string(),
        location: office_now(engine, phone),
        services: vec![catalogue.service_now(&service).unwrap_or(&service).clone()],
        start: Some(kept.seat.start),
        // Why staff act for the person stands with their entry.
        reason: None,
        attendee: Some((visitor.into(), entry.hold)),
    };
    let permit = match has_crowded_number(engine, &entry, phone).await? {
        true => permit_by_two(engine, wanted).await?,
        false => permit(engine, wanted).await?,
    };
    let outcome = accept_seat(engine, request).await;
    settle(engine, permit, outcome, Once::is_now).await
}

/// Whether the office phones as many other winners at this number as one member of staff accepts for alone.
async fn has_crowded_number(
    engine: &Engine,
    entry: &DrawEntry,
    phone: &Phone,
) -> Result<bool, AppError> {
    let number = number(engine, Some(phone), entry.id)?;
    let offices = names_of(&engine.catalogue(), &office_now(engine, phone));
    let kept = phoned::due(engine.database.connection(), &offices, COMPARED).await?;
    let others = kept.iter().filter(|other| other.person != entry.person);
    let others = others.filter_map(|other| Some((other.id, other.phone.as_ref()?)));
    is_crowded(engine, &number, others)
}

/// Declines it. It can cost the person the next draws, so it counts like a booking for a caller, and they are told.
/// Done again, it changes nothing and counts for nothing.
///
/// # Errors
/// The caller's locations do not phone this person; there is no reason; it takes a second member of staff; or as
/// [`decline_seat`].
pub async fn decline_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    id: DrawId,
    entry: EntryId,
    reason: Option<DeskReason>,
) -> Result<(), AppError> {
    let entry = theirs(engine, staff, id, entry).await?;
    if entry.status == EntryStatus::Declined {
        return Ok(());
    }
    let kept = kept_for(engine, &entry).await?.ok_or(DrawRefusal::OfferOver)?;
    let phone = entry.phone.as_ref().ok_or(DrawRefusal::EntryNotFound)?;
    let draw = draws::find(engine.database.connection(), id).await?.ok_or(DrawRefusal::NotFound)?;
    let catalogue = engine.catalogue();
    let visitor = engine.person_data.open(&entry.attendee, entry.hold);
    let visitor = visitor.map_err(|error| AppError::Internal(error.into()))?;
    let sealed = engine.draws.keys.open(&entry.wishes, entry.id)?;
    let later = LaterSeat {
        what: LaterAct::WithdrawFromDraw,
        week: Some(draw.week),
        people: entry.people,
        wishes: wishes::stated(&sealed, &pool(engine, id).await?),
    };
    let wanted = Wanted {
        staff: staff.id,
        act: CountedAct::BookedByPhone,
        subject: entry.id.to_string(),
        location: office_now(engine, phone),
        services: vec![catalogue.service_now(&draw.service).unwrap_or(&draw.service).clone()],
        start: Some(kept.seat.start),
        reason,
        attendee: Some((Proposal { visitor, later: Some(later) }, entry.hold)),
    };
    let (actor, person, level) = (Actor::Staff(staff.id), entry.person, entry.level);
    let decline = |at_desk| {
        decline_seat(engine, id, Declines { actor, person, level, at_desk: Some(at_desk) })
    };
    end_at_desk(engine, wanted, decline).await
}

/// An entry whose person one of the caller's locations phones.
pub(super) async fn theirs(
    engine: &Engine,
    staff: &DeskStaff,
    draw: DrawId,
    id: EntryId,
) -> Result<DrawEntry, AppError> {
    let entry = phoned::find(engine.database.connection(), id).await?;
    let entry = entry.filter(|entry| entry.draw == draw).ok_or(DrawRefusal::EntryNotFound)?;
    match is_called_by(engine, staff, entry.phone.as_ref()) {
        true => Ok(entry),
        false => Err(DrawRefusal::EntryNotFound.into()),
    }
}
