//! Staff book for a person at the desk or on the phone.
//!
//! The attendee token names the person: identity issues it to the person's own log-in at the desk, or
//! after staff checked a document. The same document yields the same person as a log-in would, so
//! people without a log-in can book, and there is no second booking this way. For a caller identity
//! states what was said; such a booking is provisional until the document is compared at the visit.

use auth::Attendee;
use calendar::Channel;
use ids::{LocationId, ServiceId, StaffId};
use jiff::Timestamp;
use vocabulary::Language;

use super::{
    AppError, DeskRefusal, Engine, Once, VisitDetails,
    confirm_booking::{AtDesk, ConfirmBooking, confirm_booking},
    hold_slot::{Held, HoldSlot, hold_slot},
    request_at_desk::settle,
    two_staff::{Permit, Wanted, permit},
};
use crate::{
    domain::{Actor, Binding, BookedBy, Booking, CountedAct, DeskReason},
    holds::Hold,
    person_data::Visitor,
    store::bookings,
};

/// What `reason` is for.
const WHY: &str = "Say why staff book and not the person: `reason` is missing.";

/// A hold for a person at the desk or on the phone.
#[derive(Debug, Clone)]
pub struct HoldOnBehalf {
    /// The member of staff.
    pub staff: StaffId,
    /// The attendee, signed by identity.
    pub attendee_token: String,
    /// The location.
    pub location: LocationId,
    /// When it begins.
    pub start: Timestamp,
    /// The services of the visit.
    pub services: Vec<ServiceId>,
    /// How many people come.
    pub people: u16,
}

/// Holds a slot of the staff's channel, or of the phone's for a caller, for the person of the attendee
/// token. Confirm it with the same token and [`confirm_on_behalf`].
///
/// # Errors
/// As [`hold_slot`], or the attendee token is not valid.
pub async fn hold_on_behalf(engine: &Engine, command: HoldOnBehalf) -> Result<Held, AppError> {
    let attendee = engine.attendee(&command.attendee_token).await?;
    let command = HoldSlot {
        actor: Actor::Staff(command.staff),
        person: attendee.pseudonym,
        level: attendee.level,
        doubt: None,
        channel: channel(Binding::at_desk(&attendee)),
        location: command.location,
        start: command.start,
        end: None,
        services: command.services,
        people: command.people,
        replaces: None,
    };
    hold_slot(engine, command).await
}

const fn channel(binding: Binding) -> Channel {
    if binding.is_provisional() { Channel::Phone } else { Channel::Staff }
}

/// A booking for a person at the desk or on the phone.
#[derive(Debug, Clone)]
pub struct ConfirmOnBehalf {
    /// The member of staff.
    pub staff: StaffId,
    /// From the hold.
    pub hold_token: String,
    /// The attendee, signed by identity.
    pub attendee_token: String,
    /// In which language to write to the person.
    pub language: Language,
    /// The caller's `Idempotency-Key`.
    pub key: String,
    /// Why staff book and not the person.
    pub reason: Option<DeskReason>,
}

/// Confirms, once, however often it is called. Above the day's number a second member of staff must
/// have agreed.
///
/// # Errors
/// There is no reason; it takes a second member of staff; the person took the hold online; or as [`confirm_booking`].
pub async fn confirm_on_behalf(
    engine: &Engine,
    command: ConfirmOnBehalf,
) -> Result<Once<Booking>, AppError> {
    let hold = engine.hold_tokens.read_even_expired(&command.hold_token)?;
    let attendee = engine.attendee(&command.attendee_token).await?;
    let details = VisitDetails::from_bytes(&hold.details).ok_or(AppError::HoldOfOtherEdition)?;
    let binding = Binding::at_desk(&attendee);
    if hold.person != attendee.pseudonym {
        return Err(AppError::HoldInvalid);
    }
    // What the person took themselves is no hold of the desk.
    if !details.is_by_staff() {
        return Err(DeskRefusal::MadeOnline.into());
    }
    // A caller gets no seat that only the desk gives away.
    if binding.is_provisional() != (details.channel == Channel::Phone) {
        return Err(AppError::HoldInvalid);
    }
    let db = engine.database.connection();
    if let Some(booking) = bookings::find_by_hold(db, hold.id).await? {
        // Of an edition in which the person could confirm it online.
        if booking.booked_by != Some(BookedBy::Desk) {
            return Err(DeskRefusal::MadeOnline.into());
        }
        // A request that is repeated counts once.
        return confirm_booking(engine, request(command, binding, None)).await;
    }
    // A hold that is over needs no approval.
    engine.hold_tokens.read(&command.hold_token)?;
    let reason = command.reason.clone().ok_or(DeskRefusal::ReasonNeeded(WHY))?;
    let wanted = wanted(&command, &hold, details, &attendee, binding);
    let permit = permit(engine, wanted).await?;
    let binding = match (binding, &permit) {
        (Binding::Vouched, Permit::ByTwo(_)) => Binding::VouchedByTwo,
        _ => binding,
    };
    let at_desk = AtDesk { reason, agreed: permit.details() };
    let outcome = confirm_booking(engine, request(command, binding, Some(at_desk))).await;
    settle(engine, permit, outcome, Once::is_now).await
}

fn wanted(
    command: &ConfirmOnBehalf,
    hold: &Hold,
    details: VisitDetails,
    attendee: &Attendee,
    binding: Binding,
) -> Wanted {
    Wanted {
        staff: command.staff,
        act: CountedAct::booking(binding),
        // The person, too: from a hold that ends without a booking nothing leads to them.
        subject: format!("{}/{}", hold.id, hold.person),
        location: hold.seat.location.clone(),
        services: details.services,
        start: Some(hold.seat.start),
        reason: command.reason.clone(),
        attendee: Some((Visitor::from(attendee).into(), hold.id)),
    }
}

fn request(command: ConfirmOnBehalf, binding: Binding, at_desk: Option<AtDesk>) -> ConfirmBooking {
    ConfirmBooking {
        actor: Actor::Staff(command.staff),
        booked_by: Some(BookedBy::Desk),
        person: None,
        level: None,
        doubt: None,
        binding,
        at_desk,
        hold_token: command.hold_token,
        attendee_token: command.attendee_token,
        language: command.language,
        key: command.key,
    }
}
