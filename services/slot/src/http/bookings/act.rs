//! `POST /v1/bookings/{id}/check-in`, `call`, `serve`, `miss`, `park`, `requeue`: staff only.

use actix_web::{HttpResponse, web};
use auth::{Role, Staff};
use ids::BookingId;
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use vocabulary::DeskAction;

use crate::{
    app::{act_at_desk::act_at_desk, list_bookings::Reader},
    http::{Slots, body::OptionalBody, booking_view::BookingView, prefer::Return, run_detached},
};

/// What a visitor showed.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Visit)]
pub(super) struct Shown {
    /// What the identity service's desk answers when staff looked at the document, or the person's own
    /// log-in at the desk. Needed to check in a booking by phone.
    #[serde(default)]
    attendee: Option<String>,
}

/// Check in, call, serve, miss, park or requeue
///
/// Moves a booking through the office. Of two clerks who call at the same moment the
/// second gets `booking-not-active`. A person with another appointment by now cannot be queued for
/// the missed one (`already-booked`). A booking by phone (`provisional`) is checked in with `attendee`:
/// it is compared with the name of the booking, which belongs to that person from then on. If the names
/// differ, a colleague must agree (`second-person-needed`). Before the day of the appointment nothing is noted
/// (`not-today`), and nothing is missed before it begins (`booking-not-begun`): `noted_from` says from when on. Twelve hours
/// after its end nothing is noted any more (`no-longer-noted`). A miss is corrected (`requeue`) on the day of the appointment alone, and
/// counted for the member of staff; later, limits are lifted instead.
#[utoipa::path(
    post, path = "/v1/bookings/{id}/{action}", tag = "Front desk", operation_id = "actOnBooking",
    params(
        ("id" = BookingId, Path, description = "Which booking."),
        ("action" = inline(DeskAction), Path, description = "What happens."),
        ("Prefer" = Option<String>, Header, description = "`return=minimal` for an answer without a body (RFC 7240).", example = "return=representation"),
    ),
    request_body = Option<Shown>,
    responses(
        (status = 200, description = "The booking afterwards.", body = BookingView),
        (status = 204, description = "Done; `Prefer` asked for no more."),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["booking-not-found", "booking-not-active", "booking-not-begun", "not-today", "no-longer-noted", "already-booked",
        "attendee-invalid", "document-needed", "second-person-needed", "case-state", "level-too-low"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    staff: Staff,
    wanted: web::Path<(BookingId, DeskAction)>,
    prefer: Return,
    OptionalBody(Shown { attendee }): OptionalBody<Shown>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let (id, action) = wanted.into_inner();
    let reader = Reader::staff(staff.id, staff.reach);
    let done =
        async move { act_at_desk(&slots, &reader, id, action.into(), attendee.as_deref()).await };
    let booking = run_detached(done).await?;
    Ok(prefer.changed(&BookingView::from(&booking)))
}
