//! The queue of people without an appointment, called by number.

use booking::queue_ticket::{TicketAction, TicketStatus};
use ids::{LocationId, QueueTicketId, ServiceId};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde_json::json;

use super::{
    AppError, DeskRefusal, DeskStaff, Engine,
    two_staff::{Permit, Wanted, permit},
};
use crate::{
    domain::{Actor, CountedAct, DeskReason, QueueTicket},
    store::{counted_acts, queue_tickets},
};

/// Attempts to find a free number.
const TRIES: u32 = 20;
/// For how long a number counts as waiting after it was called, though it was marked as missed: a person
/// needs that long from the far end of a waiting room.
const TIME_TO_COME: SignedDuration = SignedDuration::from_mins(2);

/// Gives out the next number of the location's day.
///
/// # Errors
/// The location or a service is unknown, the location is out of the staff's reach, or the
/// database does not answer.
pub async fn issue_queue_ticket(
    engine: &Engine,
    staff: &DeskStaff,
    location: LocationId,
    services: Vec<ServiceId>,
) -> Result<QueueTicket, AppError> {
    staff.may_at(&location)?;
    engine.catalogue().visit(&location, &services, 1)?;
    let date = engine.local_date(engine.now());
    for _ in 0..TRIES {
        let last =
            queue_tickets::last_number(engine.database.connection(), &location, date).await?;
        let ticket = QueueTicket {
            id: QueueTicketId::mint(&*engine.clock, &*engine.entropy),
            location: location.clone(),
            date,
            number: last + 1,
            services: services.clone(),
            status: TicketStatus::Waiting,
            issued_at: engine.now(),
        };
        if store(engine, staff, &ticket).await? {
            return Ok(ticket);
        }
    }
    Err(AppError::Unavailable("every number was taken by somebody else".into()))
}

/// `false`: the number is taken.
async fn store(engine: &Engine, staff: &DeskStaff, ticket: &QueueTicket) -> Result<bool, AppError> {
    let mut unit = engine.begin().await?;
    match queue_tickets::insert(unit.transaction(), ticket).await {
        Err(failure) if failure.unique_index().is_some() => return Ok(false),
        outcome => outcome?,
    }
    let details = json!({ "location": ticket.location, "number": ticket.number });
    let actor = Actor::Staff(staff.id);
    engine.record(&mut unit, &actor, "ticket.issued", ticket.id, details).await?;
    unit.commit().await?;
    Ok(true)
}

/// Moves a number on. Calling one before an earlier number for one of the same services is a jump: it
/// needs a reason, and above the day's number a second member of staff. Earlier is who waits, also who
/// was queued again; who was called less than [`TIME_TO_COME`] ago and marked as missed; and who the same
/// member of staff has called and neither served nor missed.
///
/// # Errors
/// There is no such ticket at the staff's locations, or its state does not allow it; a jump has no
/// reason, or takes a second member of staff.
pub async fn move_queue_ticket(
    engine: &Engine,
    staff: &DeskStaff,
    id: QueueTicketId,
    action: TicketAction,
    reason: Option<DeskReason>,
) -> Result<QueueTicket, AppError> {
    let ticket = queue_tickets::find(engine.database.connection(), id)
        .await?
        .filter(|ticket| staff.reach.covers(&ticket.location))
        .ok_or(DeskRefusal::TicketNotFound)?;
    let status =
        action.on(ticket.status).map_err(|refused| DeskRefusal::TicketNotActive(refused.from))?;
    let jump = match action {
        TicketAction::Call if is_jump(engine, staff, &ticket).await? => {
            Some(permit_jump(engine, staff, &ticket, reason).await?)
        }
        TicketAction::Call | TicketAction::Serve | TicketAction::Miss | TicketAction::Requeue => {
            None
        }
    };
    let moved = change(engine, staff, &ticket, action, jump.as_ref()).await;
    if let (Err(refusal), Some(Jump { permit, .. })) = (&moved, jump) {
        permit.refused(engine, refusal).await;
    }
    moved?;
    Ok(QueueTicket { status, ..ticket })
}

/// A number that is called before earlier ones.
struct Jump {
    reason: DeskReason,
    permit: Permit,
}

async fn is_jump(
    engine: &Engine,
    staff: &DeskStaff,
    ticket: &QueueTicket,
) -> Result<bool, AppError> {
    let since = engine.now().saturating_sub(TIME_TO_COME).unwrap_or(Timestamp::MIN);
    let db = engine.database.connection();
    let earlier = queue_tickets::passed_over(db, ticket, staff.id, since).await?;
    let wants_the_same = |services: &Vec<ServiceId>| {
        services.iter().any(|service| ticket.services.contains(service))
    };
    Ok(earlier.iter().any(wants_the_same))
}

async fn permit_jump(
    engine: &Engine,
    staff: &DeskStaff,
    ticket: &QueueTicket,
    reason: Option<DeskReason>,
) -> Result<Jump, AppError> {
    let why = "An earlier number for the same service waits, is at your desk, or was called less than two \
               minutes ago and marked as missed. Call or serve that one first, or say why not.";
    let reason = reason.ok_or(DeskRefusal::ReasonNeeded(why))?;
    let wanted = Wanted {
        staff: staff.id,
        act: CountedAct::JumpedQueue,
        subject: ticket.id.to_string(),
        location: ticket.location.clone(),
        services: ticket.services.clone(),
        start: None,
        reason: Some(reason.clone()),
        attendee: None,
    };
    Ok(Jump { permit: permit(engine, wanted).await?, reason })
}

async fn change(
    engine: &Engine,
    staff: &DeskStaff,
    ticket: &QueueTicket,
    action: TicketAction,
    jump: Option<&Jump>,
) -> Result<(), AppError> {
    let mut unit = engine.begin().await?;
    if !queue_tickets::act(unit.transaction(), ticket.id, action, staff.id, engine.now()).await? {
        drop(unit);
        let present = queue_tickets::find(engine.database.connection(), ticket.id).await?;
        let present = present.ok_or(DeskRefusal::TicketNotFound)?;
        return Err(DeskRefusal::TicketNotActive(present.status).into());
    }
    let mut details = json!({ "to": action.to().as_str() });
    if let Some(Jump { reason, permit }) = jump {
        let (act, services) = (CountedAct::JumpedQueue, &ticket.services);
        let db = unit.transaction();
        counted_acts::count(db, &ticket.location, ticket.date, act, services).await?;
        permit.used(engine, &mut unit).await?;
        details["jumped"] = json!({ "reason": reason, "agreed": permit.details() });
    }
    let actor = Actor::Staff(staff.id);
    engine.record(&mut unit, &actor, "ticket.moved", ticket.id, details).await?;
    Ok(unit.commit().await?)
}

/// The numbers of a location's day.
///
/// # Errors
/// The location is out of the staff's reach, or the database does not answer.
pub async fn list_queue(
    engine: &Engine,
    staff: &DeskStaff,
    location: &LocationId,
    date: Date,
) -> Result<Vec<QueueTicket>, AppError> {
    staff.may_at(location)?;
    engine.know(location)?;
    Ok(queue_tickets::of_day(engine.database.connection(), location, date).await?)
}
