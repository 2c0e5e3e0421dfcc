//! `POST /v1/bookings`

use actix_web::HttpResponse;
use auth::Booker;
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    app::{
        Once,
        confirm_booking::{ConfirmBooking, confirm_booking},
    },
    domain::{Binding, Booking},
    http::{
        Slots, body::Body, booker, booking_view::BookingView, idempotency_key::IdempotencyKey,
        openapi, prefer::Return, run_detached, values::Spoken,
    },
};

/// Makes a hold a booking.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Confirmation {
    /// From the answer to `POST /v1/holds`, unchanged.
    pub hold_token: String,
    /// The signed userinfo response of the person for this authority (`application/jwt`).
    pub attendee: String,
    /// The language of messages to the person.
    #[schema(value_type = openapi::Language)]
    pub language: Spoken,
}

/// Confirm a booking
///
/// Turns a hold into a booking: once, however often the request is repeated with the same
/// `Idempotency-Key`. If the hold names a booking that it `replaces`, that one is given back in the
/// same step. A hold that staff took for the person is confirmed by them alone (`held-by-staff`). `attendee` is the answer of `GET /userinfo` of the identity service to the person's access token for this
/// authority (`resource` at its token endpoint says which), sent on unchanged.
#[utoipa::path(
    post, path = "/v1/bookings", tag = "Bookings", operation_id = "confirmBooking",
    params(
        ("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
        ("Prefer" = Option<String>, Header, description = "`return=minimal` for an answer without a body (RFC 7240).", example = "return=representation"),
    ),
    request_body(content = Confirmation, example = json!({"hold_token": "c2VhdCwgcGVyc29uIGFuZCBleHBpcnk", "attendee": "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJwc24ifQ.c2lnbmF0dXJl", "language": "de"})),
    responses(
        (status = 201, description = "Booked.", body = BookingView, headers(("Location" = String, description = "The address of the booking, for the person."))),
        (status = 200, description = "Booked before by the same request: `status` says what became of it.", body = BookingView),
        (status = 204, description = "Booked now or before; `Prefer` asked for no more."),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "hold-invalid", "hold-expired", "hold-given-up", "hold-other-edition", "held-by-staff",
        "attendee-invalid", "unknown-service", "unknown-location", "slot-not-offered", "slot-in-past", "closed",
        "person-merged",
        "slot-taken", "already-booked", "booking-not-found", "booking-not-active", "booking-started", "rules"
    ]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    key: IdempotencyKey,
    prefer: Return,
    confirmation: Body<Confirmation>,
) -> Result<HttpResponse, Problem> {
    let Confirmation { hold_token, attendee, language } = confirmation.0;
    let language = language.told_by(&slots, "language")?;
    let request = ConfirmBooking {
        actor: booker::actor(&booker),
        booked_by: booker::booked_by(&booker),
        person: Some(booker.citizen.pseudonym),
        level: Some(booker.citizen.level),
        doubt: booker.citizen.doubt,
        binding: Binding::Online,
        at_desk: None,
        hold_token,
        attendee_token: attendee,
        language,
        key: key.0,
    };
    let confirmed = run_detached(async move { confirm_booking(&slots, request).await }).await?;
    Ok(answer(confirmed, prefer))
}

/// 201 for a new booking, 200 for a repeat.
pub(in crate::http) fn answer(confirmed: Once<Booking>, prefer: Return) -> HttpResponse {
    match confirmed {
        Once::Now(booking) => prefer.created(&address(&booking), &BookingView::from(&booking)),
        Once::Before(booking) => prefer.changed(&BookingView::from(&booking)),
    }
}

/// Where its person finds it.
fn address(booking: &Booking) -> String {
    format!("/v1/bookings/{}", booking.id)
}
