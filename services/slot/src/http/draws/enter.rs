//! `POST /v1/draws/{id}/entries`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::DrawId;
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::EntryView;
use crate::{
    app::{
        SeatRequest,
        draws::enter_draw::{EnterDraw, enter_draw},
    },
    http::{
        Slots,
        body::{Body, Object},
        created_once::created_once,
        idempotency_key::IdempotencyKey,
        one_to::People,
        openapi,
        phone::CallMe,
        run_detached,
        seat_request::seat_request,
        values::{Spoken, or_default},
        wanted_seats::WishedFor,
    },
};

/// A request to enter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntryRequest)]
pub(in crate::http) struct EntryRequest {
    /// What is wished, the best first.
    #[schema(value_type = Vec<WishedFor>, min_items = 1, max_items = 20)]
    wishes: Vec<Object<WishedFor>>,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
    /// The signed userinfo response of the person for this authority (`application/jwt`).
    attendee: String,
    /// The person's ticket for this draw, as the identity service gave it (`POST /draws/{draw}/ticket`
    /// there). Needed for a new entry if the announcement says that identity is `independent`.
    #[serde(default)]
    ticket: Option<String>,
    /// A person without e-mail is phoned there if they are drawn and must confirm (`confirm_within`), and has
    /// longer to answer. Without effect if they have proven an e-mail address (`attendee`). It is read by staff of that location alone and removed once they answered. Who is
    /// booked at once is told there, by the location of the appointment.
    #[serde(default)]
    #[schema(value_type = Option<CallMe>)]
    phone: Option<Object<CallMe>>,
    /// The language of messages to the person.
    #[schema(value_type = openapi::Language)]
    language: Spoken,
}

/// Enter a draw
///
/// Or change the entry that the person has: there is one per person, and it can be changed and
/// withdrawn until the draw closes. The time of entry has no effect. If the draw `needs_appointment`, each
/// wish is for days before that appointment alone (`until`), and what is won replaces it. Winners get an e-mail:
/// they are booked, or must confirm.
#[utoipa::path(
    post, path = "/v1/draws/{id}/entries", tag = "Draws", operation_id = "enterDraw",
    params(
        ("id" = DrawId, Path, description = "Which draw."),
        ("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = EntryRequest,
    responses(
        (status = 201, description = "Entered, or changed.", body = EntryView),
        (status = 200, description = "It was so before.", body = EntryView),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "draw-not-found", "draw-not-open", "entry-not-found",
        "already-entered", "entered-in-doubt", "draw-ticket-needed", "draw-ticket-invalid", "already-booked", "later-appointment-needed", "booking-not-active", "booking-started", "attendee-invalid", "person-merged", "unknown-service", "unknown-location",
        "services-not-combinable", "slot-not-offered", "slot-in-past", "closed", "rules"
    ]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    key: IdempotencyKey,
    id: web::Path<DrawId>,
    body: Body<EntryRequest>,
) -> Result<HttpResponse, Problem> {
    let body = body.0;
    let language = body.language.told_by(&slots, "language")?;
    let phone = body.phone.map(|Object(call)| call.read(&slots)).transpose()?;
    let request = seat_request(&booker, key, body.wishes, body.people, body.attendee, language);
    let request = SeatRequest { phone, ..request };
    let request = EnterDraw { draw: *id, request, ticket: body.ticket };
    let entered = run_detached(async move { enter_draw(&slots, request).await }).await?;
    Ok(created_once(entered, EntryView::from))
}
