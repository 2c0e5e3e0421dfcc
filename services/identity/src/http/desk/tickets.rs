//! `POST /desk/draws/{draw}/tickets`: staff enters somebody for whom they vouch.

use actix_web::{HttpResponse, web};
use ids::{DrawId, Pseudonym};
use problem::{Problem, body::Unread};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::draws::{DrawTicket, draw_id};
use crate::app::{Context, desk::DeskStaff, draws::give_ticket};

/// Whose ticket.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketHolder)]
struct Body {
    /// As `POST /desk/persons` answered.
    pseudonym: Pseudonym,
}

/// Take somebody's ticket for a draw
///
/// Of a person whose document the desk has looked at. It is counted as the desk's, and the audit log
/// names who took it; who has a ticket from a log-in keeps that.
#[utoipa::path(
    post, path = "/desk/draws/{draw}/tickets", tag = "Front desk", operation_id = "giveTicket",
    params(("draw" = DrawId, Path, description = "Which draw.")),
    request_body = Body,
    responses((status = 200, description = "The ticket.", body = DrawTicket)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["not-found", "draw-not-found", "draw-not-open"]))),
)]
pub(super) async fn give(
    context: web::Data<Context>,
    staff: DeskStaff,
    draw: web::Path<String>,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let Body { pseudonym } = body.read()?;
    let ticket = give_ticket(&context, &staff, draw_id(&draw)?, pseudonym).await?;
    Ok(HttpResponse::Ok().json(DrawTicket { ticket }))
}
