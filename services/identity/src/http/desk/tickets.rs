//! `POST /desk/draws/{draw}/tickets`: staff take the ticket of a person whose document they saw.

use actix_web::{HttpResponse, web};
use ids::DrawId;
use problem::{Problem, body::Unread};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::draws::{DrawTicket, draw_id};
use crate::app::{Context, desk::DeskStaff, draws::give_ticket};

/// The person whose ticket is taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketHolder)]
struct Body {
    /// The `attendee_token` in the answer of `POST /desk/persons`, for which staff looked at the document.
    /// It is valid for some minutes.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJwc24ifQ.c2lnbmF0dXJl")]
    attendee: String,
}

/// Take a person's ticket for a draw
///
/// The desk must have looked at the person's document just before (else `document-needed`). The ticket
/// counts as one of the desk's, and the audit log names the member of staff. If the person has taken the
/// ticket with a log-in, the answer is `online-ticket`: they enter with that log-in.
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
