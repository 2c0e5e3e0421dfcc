//! `POST /desk/draws/{draw}/tickets`: staff takes the ticket of a person for whom they vouch.

use actix_web::{HttpResponse, web};
use ids::DrawId;
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
    /// The `attendee_token` that `POST /desk/persons` answered when staff looked at the document, within
    /// minutes.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJwc24ifQ.c2lnbmF0dXJl")]
    attendee: String,
}

/// Take somebody's ticket for a draw
///
/// Of a person whose document the desk has looked at a moment ago (else `document-needed`). It is counted as
/// the desk's, and the audit log names who took it. Of somebody who has taken their ticket with a log-in the
/// desk gets none (`online-ticket`): they enter with that log-in.
#[utoipa::path(
    post, path = "/desk/draws/{draw}/tickets", tag = "Front desk", operation_id = "giveTicket",
    params(("draw" = DrawId, Path, description = "Which draw.")),
    request_body = Body,
    responses((status = 200, description = "The ticket.", body = DrawTicket)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "attendee-invalid", "document-needed", "not-found", "draw-not-found", "draw-not-open", "online-ticket"
    ]))),
)]
pub(super) async fn give(
    context: web::Data<Context>,
    staff: DeskStaff,
    draw: web::Path<String>,
    body: Unread,
) -> Result<HttpResponse, Problem> {
    let Body { attendee } = body.read()?;
    let ticket = give_ticket(&context, &staff, draw_id(&draw)?, &attendee).await?;
    Ok(HttpResponse::Ok().json(DrawTicket { ticket }))
}
