//! `POST /v1/desk/holds` and `POST /v1/desk/bookings`: staff book for the person at the desk.

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::{LocationId, ServiceId};
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    app::book_on_behalf::{ConfirmOnBehalf, HoldOnBehalf, confirm_on_behalf, hold_on_behalf},
    http::{
        Slots,
        body::{Body, Object},
        booking_view::BookingView,
        bookings::answer,
        desk::reason::WrittenReason,
        holds::HoldView,
        idempotency_key::IdempotencyKey,
        one_to::People,
        openapi,
        prefer::Return,
        run_detached,
        values::{Instant, Spoken, or_default},
    },
};

/// The seat and the attendee.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HoldRequestAtDesk)]
pub(super) struct Wanted {
    /// The statement of the identity service's desk, for which staff looked at the document.
    attendee: String,
    location: LocationId,
    /// From `GET /v1/desk/slots`.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: Instant,
    /// What is to be done in this visit.
    #[schema(min_items = 1)]
    services: Vec<ServiceId>,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
}

/// Hold a slot for the person at the desk or on the phone
///
/// A caller gets a slot of the desks for phone bookings, and meets the limits that count against a person, such as the wait
/// after a miss (`cooling-down`). Who is at the desk does not meet them.
#[utoipa::path(
    post, path = "/v1/desk/holds", tag = "Front desk", operation_id = "holdSlotAtDesk",
    request_body = Wanted,
    responses((status = 201, description = "The seat is taken until `expires_at`.", body = HoldView)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "attendee-invalid", "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered",
        "slot-in-past", "closed", "slot-off-grid", "allocated-by-draw", "assigned-by-office", "slot-taken", "asked-too-soon", "already-holding", "already-booked",
        "holds-unavailable", "rules"
    ]))),
)]
pub(super) async fn hold(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let wanted = wanted.0;
    staff.require_location(&wanted.location)?;
    let command = HoldOnBehalf {
        staff: staff.id,
        attendee_token: wanted.attendee,
        location: wanted.location,
        start: wanted.start.0,
        services: wanted.services,
        people: wanted.people.get(),
    };
    let held = hold_on_behalf(&slots, command).await?;
    Ok(HttpResponse::Created().json(HoldView::from(held)))
}

/// Makes a hold of the desk a booking.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConfirmationAtDesk)]
pub(super) struct Confirmation {
    /// From the answer to `POST /v1/desk/holds`, unchanged.
    hold_token: String,
    /// The same statement about the person as for the hold.
    attendee: String,
    /// The language of messages to the person.
    #[schema(value_type = openapi::Language)]
    language: Spoken,
    /// Why staff book and not the person. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

/// Confirm a booking for the person at the desk or on the phone
///
/// The person is bound to the booking by their own log-in at the desk (`attendee` is their own signed
/// userinfo response, for example from a QR code on their phone), else by the document that staff looked at.
/// The authority sets how many bookings of each kind a member of staff makes alone on a day. Above that number
/// the answer is `second-person-needed` with a `case`. A colleague approves the case
/// (`POST /v1/desk/cases/{code}/approval`), and the same request, sent again, books. A caller's booking is
/// provisional until the visit. What the person holds or has booked online is theirs alone (`made-online`).
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
        "idempotency-key-missing", "idempotency-mismatch", "hold-invalid", "hold-expired", "hold-given-up", "hold-other-edition", "made-online",
        "attendee-invalid", "unknown-service", "unknown-location", "slot-not-offered", "slot-in-past", "closed",
        "person-merged", "reason-needed", "second-person-needed", "case-state",
        "slot-taken", "already-booked", "rules"
    ]))),
)]
pub(super) async fn confirm(
    slots: Slots,
    staff: Staff,
    key: IdempotencyKey,
    confirmation: Body<Confirmation>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let Confirmation { hold_token, attendee, language, reason } = confirmation.0;
    let language = language.told_by(&slots, "language")?;
    let command = ConfirmOnBehalf {
        staff: staff.id,
        hold_token,
        attendee_token: attendee,
        language,
        key: key.0,
        reason: reason.map(|Object(reason)| reason.read()).transpose()?,
    };
    let confirmed = run_detached(async move { confirm_on_behalf(&slots, command).await }).await?;
    Ok(answer(confirmed, Return::Unsaid))
}
