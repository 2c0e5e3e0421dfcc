//! Staff accept a date for the person at the desk, who cannot or does not want to do it online.
//!
//! It is the acceptance of everybody; the document that staff looked at stands in for the log-in. Who has not
//! proven the application yet proves it by its reference, and by the name and the date of birth of the document.

use auth::Attendee;
use booking::entitlement::Reference;
use ids::AssignedDateId;
use vocabulary::Language;

use super::{
    accept_date::{AcceptDate, accept_date, accepted_before},
    called_now, over,
};
use crate::{
    app::{
        AppError, DeskRefusal, DeskStaff, Engine, Once,
        claim_entitlement::{ClaimEntitlement, claim_entitlement},
        confirm_booking::AtDesk,
        request_at_desk::settle,
        two_staff::{Permit, Wanted, permit, permit_by_two},
    },
    domain::{
        Actor, AssignedDate, Binding, BookedBy, Booking, CountedAct, DeskReason, Entitlement,
    },
    person_data::Visitor,
    store::{assigned_dates, entitlements},
};

/// What `reason` is for.
const WHY: &str = "Say why staff accept the date and not the person: `reason` is missing.";

/// A date that staff accept for the person whose document they see.
#[derive(Debug, Clone)]
pub struct AcceptForPerson {
    /// The member of staff.
    pub staff: DeskStaff,
    /// Which date.
    pub date: AssignedDateId,
    /// The person, signed by identity.
    pub attendee_token: String,
    /// The reference of the application. Needed unless the person has proven the application online.
    pub reference: Option<Reference>,
    /// In which language to write to the person.
    pub language: Language,
    /// The caller's `Idempotency-Key`.
    pub key: String,
    /// Why staff do it and not the person.
    pub reason: Option<DeskReason>,
}

/// Accepts, once, however often it is called. It counts as a booking of the same kind; above the day's number
/// a second member of staff must have agreed, and always if nobody has proven an application without a name.
///
/// # Errors
/// No such date at the caller's locations; there is no reason or no document; it takes a second member of
/// staff; the application is not the person's; or as [`accept_date`].
pub async fn accept_for_person(
    engine: &Engine,
    command: AcceptForPerson,
) -> Result<Once<Booking>, AppError> {
    let attendee = engine.attendee(&command.attendee_token).await?;
    let binding = Binding::at_desk(&attendee);
    if binding.is_provisional() {
        return Err(DeskRefusal::DocumentNeeded.into());
    }
    let (date, entitlement) = at_desk(engine, &command).await?;
    let is_theirs = entitlement.person == Some(attendee.pseudonym);
    require_meant(engine, &command, &entitlement, (&attendee, is_theirs))?;
    // A request that is repeated counts once.
    if let Some(booking) = accepted_before(engine, &date).await?.filter(|_| is_theirs) {
        return Ok(Once::Before(booking));
    }
    if !date.is_open(engine.now()) {
        return Err(over(engine, &date));
    }
    let reason = command.reason.clone().ok_or(DeskRefusal::ReasonNeeded(WHY))?;
    let wanted = wanted(&command, &date, &attendee, binding);
    // Any holder of the reference fits an application without a name: an invented person, too.
    let permit = match entitlement.bound_to.is_nameless() && !is_theirs {
        true => permit_by_two(engine, wanted).await?,
        false => permit(engine, wanted).await?,
    };
    let binding = match (binding, &permit) {
        (Binding::Vouched, Permit::ByTwo(_)) => Binding::VouchedByTwo,
        _ => binding,
    };
    let why = AtDesk { reason, agreed: permit.details() };
    let claimed = match is_theirs {
        true => Ok(()),
        false => claim(engine, &command, &entitlement, &attendee).await,
    };
    let has_claimed = !is_theirs && claimed.is_ok();
    let outcome = match claimed {
        Ok(()) => accept_date(engine, request(command, &attendee, binding, why)).await,
        Err(refusal) => Err(refusal),
    };
    if has_claimed && outcome.is_err() {
        // The application is the person's by now. That was done, so it counts: else a clerk could try names for free.
        return outcome;
    }
    settle(engine, permit, outcome, Once::is_now).await
}

/// The date, if it is at one of the caller's locations, and its application.
async fn at_desk(
    engine: &Engine,
    command: &AcceptForPerson,
) -> Result<(AssignedDate, Entitlement), AppError> {
    let db = engine.database.connection();
    let found = assigned_dates::find(db, command.date).await?.ok_or(AppError::DateNotFound)?;
    let date = called_now(&engine.catalogue(), found);
    if !command.staff.reach.covers(&date.seat.location) {
        return Err(AppError::DateNotFound);
    }
    let entitlement = entitlements::find(db, date.entitlement).await?;
    Ok((date, entitlement.ok_or(AppError::DateNotFound)?))
}

/// A reference that is given is that of the date's application: two dates at one time look alike. Only an
/// application that the person has proven needs none.
fn require_meant(
    engine: &Engine,
    command: &AcceptForPerson,
    entitlement: &Entitlement,
    (attendee, is_theirs): (&Attendee, bool),
) -> Result<(), AppError> {
    let Some(reference) = &command.reference else {
        return if is_theirs { Ok(()) } else { Err(AppError::NoSuchEntitlement) };
    };
    let (keys, service) = (&engine.person_data, &entitlement.service);
    let is_meant = entitlement.reference == keys.reference_hash(service, reference)
        || entitlement.reference == keys.former_hash(service, reference, &attendee.birthdate);
    if is_meant { Ok(()) } else { Err(AppError::NoSuchEntitlement) }
}

fn wanted(
    command: &AcceptForPerson,
    date: &AssignedDate,
    attendee: &Attendee,
    binding: Binding,
) -> Wanted {
    Wanted {
        staff: command.staff.id,
        act: CountedAct::booking(binding),
        subject: date.id.to_string(),
        location: date.seat.location.clone(),
        services: vec![date.service.clone()],
        start: Some(date.seat.start),
        reason: command.reason.clone(),
        attendee: Some((Visitor::from(attendee).into(), date.hold)),
    }
}

/// The application becomes the person's, as if they had proven it with a log-in of their own.
async fn claim(
    engine: &Engine,
    command: &AcceptForPerson,
    entitlement: &Entitlement,
    attendee: &Attendee,
) -> Result<(), AppError> {
    let reference = command.reference.clone().ok_or(AppError::NoSuchEntitlement)?;
    let claim = ClaimEntitlement {
        actor: Actor::Staff(command.staff.id),
        person: attendee.pseudonym,
        level: attendee.level,
        attendee_token: command.attendee_token.clone(),
        service: entitlement.service.clone(),
        reference,
    };
    claim_entitlement(engine, claim).await
}

fn request(
    command: AcceptForPerson,
    attendee: &Attendee,
    binding: Binding,
    why: AtDesk,
) -> AcceptDate {
    AcceptDate {
        actor: Actor::Staff(command.staff.id),
        booked_by: Some(BookedBy::Desk),
        binding,
        at_desk: Some(why),
        doubt: None,
        person: attendee.pseudonym,
        level: attendee.level,
        date: command.date,
        attendee_token: command.attendee_token,
        language: command.language,
        key: Some(command.key),
    }
}
