//! `/v1/desk/queue`: people without an appointment.

use actix_web::{HttpResponse, web};
use auth::Staff;
use booking::queue_ticket::{TicketAction, TicketStatus};
use ids::{LocationId, QueueTicketId, ServiceId};
use jiff::civil::Date;
use problem::Problem;
use reference::schema_of;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{desk_staff, reason::WrittenReason};
use crate::{
    app::walk_in_queue::{issue_queue_ticket, list_queue, move_queue_ticket},
    domain::QueueTicket,
    http::{
        Slots,
        body::{Body, Object, OptionalBody},
        local_time::LocalTime,
        query::Query,
    },
};

/// A number in the waiting room.
#[derive(Serialize, ToSchema)]
#[schema(as = QueueTicket)]
struct TicketView {
    id: QueueTicketId,
    location: LocationId,
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    date: Date,
    /// Each once per location and day.
    number: u32,
    services: Vec<ServiceId>,
    #[schema(schema_with = schema_of::<TicketStatus>)]
    status: TicketStatus,
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
            status: ticket.status,
            issued_at: LocalTime(ticket.issued_at),
        }
    }
}

/// The services of a waiting ticket.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QueueTicketRequest)]
pub(super) struct Wanted {
    location: LocationId,
    #[schema(min_items = 1)]
    services: Vec<ServiceId>,
}

/// Give a number to a person without an appointment
#[utoipa::path(
    post, path = "/v1/desk/queue", tag = "Front desk", operation_id = "issueQueueTicket",
    request_body = Wanted,
    responses((status = 201, description = "The next number of the day.", body = TicketView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-service", "unknown-location", "services-not-combinable"]))),
)]
pub(super) async fn issue(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let ticket = issue_queue_ticket(&slots, &staff, wanted.0.location, wanted.0.services).await?;
    Ok(HttpResponse::Created().json(TicketView::from(ticket)))
}

/// The numbers of a day.
#[derive(Serialize, ToSchema)]
struct Queue {
    tickets: Vec<TicketView>,
}

/// List the waiting room
#[utoipa::path(
    get, path = "/v1/desk/queue", tag = "Front desk", operation_id = "listQueue",
    params(
        ("location" = LocationId, Query, description = "Which waiting room."),
        ("date" = Option<String>, Query, format = Date, description = "The local day; today if left out.", example = "2027-01-04"),
    ),
    responses((status = 200, description = "By number.", body = Queue)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
pub(super) async fn list(
    slots: Slots,
    staff: Staff,
    query: Query,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let query = query.only(&["location", "date"])?;
    let today = slots.local_date(slots.now());
    let date = query.optional_day("date")?.unwrap_or(today);
    let tickets = list_queue(&slots, &staff, &query.one("location")?, date).await?;
    let tickets = tickets.into_iter().map(TicketView::from).collect();
    Ok(HttpResponse::Ok().json(Queue { tickets }))
}

/// What happens to a number.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum QueueAction {
    /// To a desk.
    Call,
    /// Done.
    Serve,
    /// The person did not come.
    Miss,
    /// Back to the waiting room.
    Requeue,
}

impl From<QueueAction> for TicketAction {
    fn from(action: QueueAction) -> Self {
        match action {
            QueueAction::Call => Self::Call,
            QueueAction::Serve => Self::Serve,
            QueueAction::Miss => Self::Miss,
            QueueAction::Requeue => Self::Requeue,
        }
    }
}

/// Why a number is called before earlier ones.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QueueCall)]
pub(super) struct Called {
    /// Needed with `call` if an earlier number for the same service is open (see the description of this
    /// operation).
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

/// Call, serve, miss or requeue a number
///
/// To call a number before an earlier open one for the same service needs a reason. Above the authority's
/// number a day a colleague must approve it (`second-person-needed`). Open are numbers that wait; a number that
/// was queued again keeps its place. Open is also a number that was called less than two minutes ago and marked
/// as missed, and a number that the same member of staff called and neither served nor missed.
#[utoipa::path(
    post, path = "/v1/desk/queue/{id}/{action}", tag = "Front desk", operation_id = "actOnQueueTicket",
    params(
        ("id" = QueueTicketId, Path, description = "Which number."),
        ("action" = inline(QueueAction), Path, description = "What happens."),
    ),
    request_body = Option<Called>,
    responses((status = 200, description = "The number afterwards.", body = TicketView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["ticket-not-found", "ticket-not-active", "reason-needed", "second-person-needed", "case-state"]))),
)]
pub(super) async fn act(
    slots: Slots,
    staff: Staff,
    wanted: web::Path<(QueueTicketId, QueueAction)>,
    OptionalBody(Called { reason }): OptionalBody<Called>,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let (id, action) = wanted.into_inner();
    let reason = reason.map(|Object(reason)| reason.read()).transpose()?;
    let ticket = move_queue_ticket(&slots, &staff, id, action.into(), reason).await?;
    Ok(HttpResponse::Ok().json(TicketView::from(ticket)))
}
