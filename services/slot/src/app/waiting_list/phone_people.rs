//! The desk phones people of a waiting list who have no e-mail, and answers for them as they say.
//!
//! Only the office that put a person without e-mail in line can phone them, and only its staff see the
//! number. The audit log names the staff who read it and who answered.

use ids::{LocationId, OfferId, WaitingId};

use super::{
    accept_offer::{AcceptOffer, accept_offer},
    answer_offer::{Answered, decline, still_waiting},
    declines_left,
    leave_list::{Leaving, leave_list},
    visitor, wishes,
};
use crate::{
    app::{
        AppError, DeskStaff, Engine, Once, WaitingRefusal,
        phone_calls::{is_called_by, note_reading, number, office_now, offices_of},
        proposal::{LaterAct, LaterSeat, Proposal},
        request_at_desk::{end_at_desk, settle},
        two_staff::{Wanted, permit},
    },
    domain::{
        Actor, BookedBy, Booking, CountedAct, DeskReason,
        waiting::{SeatOffer, WaitingEntry, WaitingStatus},
    },
    person_data::Visitor,
    store::{
        waiting_entries::{self, phoned},
        waiting_offers,
    },
};

/// People in one answer, at most.
const LIMIT: u64 = 500;

/// A person to be phoned.
#[derive(Debug)]
pub struct DueCall {
    /// Their place.
    pub entry: WaitingEntry,
    /// The name of the person to be phoned.
    pub visitor: Visitor,
    /// Where to call.
    pub number: String,
    /// What is offered; `None`: they are asked whether they still wait.
    pub offer: Option<SeatOffer>,
    /// How many offers can still be declined before the place is lost.
    pub declines_left: u16,
}

/// The people whom a location must phone, the most urgent first.
///
/// # Errors
/// The location is unknown or not the caller's; the database does not answer; a name cannot be decrypted.
pub async fn list_due_calls(
    engine: &Engine,
    staff: &DeskStaff,
    location: &LocationId,
) -> Result<Vec<DueCall>, AppError> {
    let names = offices_of(engine, staff, location)?;
    let db = engine.database.connection();
    let mut calls = Vec::new();
    for entry in phoned::due(db, &names, LIMIT).await? {
        note_reading(engine, staff, "waiting.read", entry.id.to_string()).await?;
        calls.push(due_call(engine, entry).await?);
    }
    calls.sort_by_key(|call| call.offer.as_ref().map(|it| it.valid_until).or(call.entry.answer_by));
    Ok(calls)
}

async fn due_call(engine: &Engine, entry: WaitingEntry) -> Result<DueCall, AppError> {
    let visitor = visitor(engine, &entry)?;
    let number = number(engine, entry.phone.as_ref(), entry.id)?;
    let offer = waiting_offers::open_of(engine.database.connection(), entry.id).await?;
    let declines_left = declines_left(engine, &entry);
    Ok(DueCall { entry, visitor, number, offer, declines_left })
}

/// Accepts what is offered to the person, once, however often it is called. The seat could be sold, so it counts like a
/// booking for a caller.
///
/// # Errors
/// It is not offered to a person whom the caller's locations phone; it takes a second member of staff; or as
/// [`accept_offer`].
pub async fn accept_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    id: OfferId,
) -> Result<Once<Booking>, AppError> {
    let (offer, entry) = offered(engine, staff, id).await?;
    let request = AcceptOffer {
        actor: Actor::Staff(staff.id),
        booked_by: Some(BookedBy::Desk),
        binding: entry.binding,
        doubt: entry.doubt,
        person: entry.person,
        level: entry.level,
        offer: id,
    };
    // Accepted before, or over: nothing is done that counts.
    if !offer.is_open(engine.now()) {
        return accept_offer(engine, request).await;
    }
    let permit = permit(engine, to_accept(engine, staff, &offer, &entry)?).await?;
    let outcome = accept_offer(engine, request).await;
    settle(engine, permit, outcome, Once::is_now).await
}

fn to_accept(
    engine: &Engine,
    staff: &DeskStaff,
    offer: &SeatOffer,
    entry: &WaitingEntry,
) -> Result<Wanted, AppError> {
    let catalogue = engine.catalogue();
    let (location, service) = (&offer.seat.location, &offer.service);
    Ok(Wanted {
        staff: staff.id,
        act: CountedAct::BookedByPhone,
        subject: offer.id.to_string(),
        location: catalogue.location_now(location).unwrap_or(location).clone(),
        services: vec![catalogue.service_now(service).unwrap_or(service).clone()],
        start: Some(offer.seat.start),
        // Why staff act for the person stands with their place in the line.
        reason: None,
        attendee: Some((visitor(engine, entry)?.into(), entry.hold)),
    })
}

/// Declines it. The same again is no error.
///
/// # Errors
/// It is not offered to a person whom the caller's locations phone; or it is over.
pub async fn decline_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    id: OfferId,
) -> Result<Answered, AppError> {
    let (offer, _) = offered(engine, staff, id).await?;
    decline(engine, &Actor::Staff(staff.id), offer).await
}

/// The person still waits.
///
/// # Errors
/// The caller's locations do not phone this person.
pub async fn still_waiting_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    id: WaitingId,
) -> Result<Answered, AppError> {
    phoned_entry(engine, staff, id).await?.ok_or(WaitingRefusal::NotWaiting)?;
    still_waiting(engine, &Actor::Staff(staff.id), id).await
}

/// The person does not wait any more. It counts like putting a person in line.
///
/// # Errors
/// The caller's locations do not phone this person; there is no reason; it takes a second member of staff.
pub async fn leave_by_phone(
    engine: &Engine,
    staff: &DeskStaff,
    id: WaitingId,
    reason: Option<DeskReason>,
) -> Result<(), AppError> {
    let in_line = [WaitingStatus::Waiting, WaitingStatus::Offered, WaitingStatus::Asked];
    let entry = phoned_entry(engine, staff, id).await?;
    let entry = entry.filter(|entry| in_line.contains(&entry.status));
    let entry = entry.ok_or(WaitingRefusal::NotWaiting)?;
    let phone = entry.phone.as_ref().ok_or(WaitingRefusal::NotWaiting)?;
    let location = office_now(engine, phone);
    let later = LaterSeat {
        what: LaterAct::LeaveWaitingList,
        week: None,
        people: entry.people,
        wishes: wishes(engine, &entry)?,
    };
    let proposal = Proposal { visitor: visitor(engine, &entry)?, later: Some(later) };
    let wanted = Wanted {
        staff: staff.id,
        act: CountedAct::booking(entry.binding),
        subject: entry.person.to_string(),
        location,
        services: vec![entry.service.clone()],
        start: None,
        reason,
        attendee: Some((proposal, entry.hold)),
    };
    let (actor, person, level) = (Actor::Staff(staff.id), entry.person, entry.level);
    let leave =
        |at_desk| leave_list(engine, id, Leaving { actor, person, level, at_desk: Some(at_desk) });
    end_at_desk(engine, wanted, leave).await
}

async fn offered(
    engine: &Engine,
    staff: &DeskStaff,
    id: OfferId,
) -> Result<(SeatOffer, WaitingEntry), AppError> {
    let offer = waiting_offers::find(engine.database.connection(), id).await?;
    let offer = offer.ok_or(WaitingRefusal::OfferNotFound)?;
    let entry = phoned_entry(engine, staff, offer.entry).await?;
    Ok((offer, entry.ok_or(WaitingRefusal::OfferNotFound)?))
}

/// A place whose person one of the caller's locations phones.
async fn phoned_entry(
    engine: &Engine,
    staff: &DeskStaff,
    id: WaitingId,
) -> Result<Option<WaitingEntry>, AppError> {
    let entry = waiting_entries::find(engine.database.connection(), id).await?;
    Ok(entry.filter(|entry| is_called_by(engine, staff, entry.phone.as_ref())))
}
