//! `POST /v1/assigned-dates/{id}/accept`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::AssignedDateId;
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    app::assigned_dates::accept_date::{AcceptDate, accept_date},
    domain::Binding,
    http::{
        Slots,
        body::Body,
        booker::{actor, booked_by},
        booking_view::BookingView,
        created_once::created_once,
        openapi, run_detached,
        values::Spoken,
    },
};

/// The person who comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DateAcceptance)]
pub(in crate::http) struct Acceptance {
    /// The signed userinfo response of the person for this authority.
    attendee: String,
    /// The language of messages to the person.
    #[schema(value_type = openapi::Language)]
    language: Spoken,
}

/// Accept a date that the office gave
///
/// It is the person's appointment then, once, however often this is repeated. If a booking rule is in the
/// way, the date stays open.
#[utoipa::path(
    post, path = "/v1/assigned-dates/{id}/accept", tag = "Entitlements", operation_id = "acceptAssignedDate",
    params(("id" = AssignedDateId, Path, description = "Which date.")),
    request_body = Acceptance,
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before.", body = BookingView),
    ),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "date-not-found", "date-over", "attendee-invalid", "already-booked", "booking-not-found", "person-merged",
        "unknown-service", "unknown-location", "services-not-combinable", "slot-not-offered", "slot-in-past",
        "slot-taken", "closed", "hold-invalid", "idempotency-mismatch", "rules"
    ]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<AssignedDateId>,
    acceptance: Body<Acceptance>,
) -> Result<HttpResponse, Problem> {
    let Acceptance { attendee, language } = acceptance.0;
    let language = language.told_by(&slots, "language")?;
    let request = AcceptDate {
        actor: actor(&booker),
        booked_by: booked_by(&booker),
        binding: Binding::Online,
        at_desk: None,
        doubt: booker.citizen.doubt,
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        date: *id,
        attendee_token: attendee,
        language,
        key: None,
    };
    let accepted = run_detached(async move { accept_date(&slots, request).await }).await?;
    Ok(created_once(accepted, |booking| BookingView::from(&booking)))
}
