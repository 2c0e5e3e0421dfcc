//! `/v1/desk/queue`: people without an appointment.

use actix_web::{HttpResponse, Resource, web};
use auth::{Role, Staff};
use ids::{LocationId, QueueTicketId, ServiceId};
use jiff::civil::Date;
use problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    app::{
        LocalTime,
        walk_in_queue::{
            QueueStaff, TicketAction, issue_queue_ticket, list_queue, move_queue_ticket,
        },
    },
    http::{Slots, body::Body, query::Query},
    store::queue_tickets::QueueTicket,
};

#[derive(Serialize)]
struct TicketView {
    id: QueueTicketId,
    location: LocationId,
    date: Date,
    number: u32,
    services: Vec<ServiceId>,
    status: &'static str,
    issued_at: LocalTime,
}

impl From<QueueTicket> for TicketView {
    fn from(ticket: QueueTicket) -> Self {
        Self {
            id: ticket.id,
            location: ticket.location,
            date: ticket.date,
            number: ticket.number,
            services: ticket.services,
            status: ticket.status.as_str(),
            issued_at: LocalTime(ticket.issued_at),
        }
    }
}

fn clerk(staff: Staff) -> Result<QueueStaff, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    Ok(QueueStaff { id: staff.id, reach: staff.reach })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    location: LocationId,
    services: Vec<ServiceId>,
}

pub(super) async fn issue(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let staff = clerk(staff)?;
    let ticket = issue_queue_ticket(&slots, &staff, wanted.0.location, wanted.0.services).await?;
    Ok(HttpResponse::Created().json(TicketView::from(ticket)))
}

/// `?location=mitte`, today unless `date` says otherwise.
pub(super) async fn list(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let staff = clerk(staff)?;
    let query = query.only(&["location", "date"])?;
    let today = slots.local_date(slots.now());
    let date = query.optional("date")?.unwrap_or(today);
    let tickets = list_queue(&slots, &staff, &query.one("location")?, date).await?;
    let tickets: Vec<_> = tickets.into_iter().map(TicketView::from).collect();
    Ok(HttpResponse::Ok().json(json!({ "tickets": tickets })))
}

/// The resource of one action, for example `/desk/queue/{id}/call`.
pub(super) fn resource(verb: &str, action: TicketAction) -> Resource {
    let handler = move |slots, staff, id| act(slots, staff, id, action);
    crate::http::resource(&format!("/desk/queue/{{id}}/{verb}"), "POST")
        .route(web::post().to(handler))
}

async fn act(
    slots: Slots,
    staff: Staff,
    id: web::Path<QueueTicketId>,
    action: TicketAction,
) -> Result<HttpResponse, Problem> {
    let staff = clerk(staff)?;
    let ticket = move_queue_ticket(&slots, &staff, *id, action).await?;
    Ok(HttpResponse::Ok().json(TicketView::from(ticket)))
}
