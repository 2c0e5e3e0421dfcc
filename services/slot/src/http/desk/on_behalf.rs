//! `POST /v1/desk/holds` and `POST /v1/desk/bookings`: staff book for the person at the desk.

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::{LocationId, ServiceId};
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    app::{
        book_on_behalf::{HoldOnBehalf, hold_on_behalf},
        confirm_booking::{ConfirmBooking, confirm_booking},
    },
    domain::{Actor, BookedBy},
    http::{
        Slots,
        body::Body,
        booking_view::BookingView,
        bookings::{Confirmation, answer},
        holds::HoldView,
        idempotency_key::IdempotencyKey,
        people::People,
        prefer::Return,
        run_detached,
        values::Instant,
    },
};

/// The seat and the attendee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HoldRequestAtDesk)]
pub(super) struct Wanted {
    /// What the identity service's desk answers when staff looked at the document.
    attendee: String,
    location: LocationId,
    /// From `GET /v1/desk/slots`.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: Instant,
    /// What is to be done in this visit.
    #[schema(min_items = 1)]
    services: Vec<ServiceId>,
    /// How many come together.
    #[serde(default = "People::one")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
}

/// Hold a slot for the person at the desk
#[utoipa::path(
    post, path = "/v1/desk/holds", tag = "Front desk", operation_id = "holdSlotAtDesk",
    request_body = Wanted,
    responses((status = 201, description = "The seat is taken until `expires_at`.", body = HoldView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "attendee-invalid", "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered",
        "slot-in-past", "closed", "slot-off-grid", "slot-taken", "asked-too-soon", "already-holding", "already-booked",
        "holds-unavailable", "rules"
    ]))),
)]
pub(super) async fn hold(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let wanted = wanted.0;
    staff.require_location(&wanted.location)?;
    let wish = HoldOnBehalf {
        staff: staff.id,
        attendee_token: wanted.attendee,
        location: wanted.location,
        start: wanted.start.0,
        services: wanted.services,
        people: wanted.people.get(),
    };
    let held = hold_on_behalf(&slots, wish).await?;
    Ok(HttpResponse::Created().json(HoldView::from(held)))
}

/// Confirm a booking for the person at the desk
#[utoipa::path(
    post, path = "/v1/desk/bookings", tag = "Front desk", operation_id = "confirmBookingAtDesk",
    params(("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body = Confirmation,
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before by the same request.", body = BookingView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "hold-invalid", "hold-expired", "hold-other-edition",
        "attendee-invalid", "unknown-service", "unknown-location", "slot-not-offered", "slot-in-past", "closed",
        "person-merged",
        "slot-taken", "already-booked", "rules"
    ]))),
)]
pub(super) async fn confirm(
    slots: Slots,
    staff: Staff,
    key: IdempotencyKey,
    confirmation: Body<Confirmation>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let request = ConfirmBooking {
        actor: Actor::Staff(staff.id),
        booked_by: Some(BookedBy::Desk),
        person: None,
        level: None,
        doubt: None,
        hold_token: confirmation.0.hold_token,
        attendee_token: confirmation.0.attendee,
        language: confirmation.0.language.0,
        key: key.0,
    };
    let confirmed = run_detached(async move { confirm_booking(&slots, request).await }).await?;
    Ok(answer(confirmed, Return::Unsaid))
}
