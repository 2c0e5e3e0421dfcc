//! The queue of people without an appointment, called by number.

use auth::Reach;
use booking::queue_ticket::{TicketAction, TicketStatus};
use ids::{LocationId, QueueTicketId, ServiceId, StaffId};
use jiff::civil::Date;
use serde_json::json;

use super::{AppError, Engine};
use crate::{
    domain::{Actor, QueueTicket},
    store::queue_tickets,
};

/// Attempts to find a free number.
const TRIES: u32 = 20;

/// A member of staff at the queue.
#[derive(Debug, Clone)]
pub struct QueueStaff {
    /// The pseudonym.
    pub id: StaffId,
    /// Where they may.
    pub reach: Reach,
}

impl QueueStaff {
    fn may_at(&self, location: &LocationId) -> Result<(), AppError> {
        if self.reach.covers(location) {
            return Ok(());
        }
        Err(AppError::Forbidden("This is at a location that is not yours."))
    }
}

/// Gives out the next number of the location's day.
///
/// # Errors
/// The location or a service is unknown, the location is out of the staff's reach, or the
/// database does not answer.
pub async fn issue_queue_ticket(
    engine: &Engine,
    staff: &QueueStaff,
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
async fn store(
    engine: &Engine,
    staff: &QueueStaff,
    ticket: &QueueTicket,
) -> Result<bool, AppError> {
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

/// Moves a number on.
///
/// # Errors
/// There is no such ticket at the staff's locations, or its state does not allow it.
pub async fn move_queue_ticket(
    engine: &Engine,
    staff: &QueueStaff,
    id: QueueTicketId,
    action: TicketAction,
) -> Result<QueueTicket, AppError> {
    let ticket = queue_tickets::find(engine.database.connection(), id)
        .await?
        .filter(|ticket| staff.reach.covers(&ticket.location))
        .ok_or(AppError::TicketNotFound)?;
    let status =
        action.on(ticket.status).map_err(|refused| AppError::TicketNotActive(refused.from))?;
    let mut unit = engine.begin().await?;
    if !queue_tickets::act(unit.transaction(), id, action, engine.now()).await? {
        drop(unit);
        let present = queue_tickets::find(engine.database.connection(), id).await?;
        let present = present.ok_or(AppError::TicketNotFound)?;
        return Err(AppError::TicketNotActive(present.status));
    }
    let (actor, details) = (Actor::Staff(staff.id), json!({ "to": status.as_str() }));
    engine.record(&mut unit, &actor, "ticket.moved", id, details).await?;
    unit.commit().await?;
    Ok(QueueTicket { status, ..ticket })
}

/// The numbers of a location's day.
///
/// # Errors
/// The location is out of the staff's reach, or the database does not answer.
pub async fn list_queue(
    engine: &Engine,
    staff: &QueueStaff,
    location: &LocationId,
    date: Date,
) -> Result<Vec<QueueTicket>, AppError> {
    staff.may_at(location)?;
    engine.know(location)?;
    Ok(queue_tickets::of_day(engine.database.connection(), location, date).await?)
}
