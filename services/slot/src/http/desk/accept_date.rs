//! `POST /v1/desk/assigned-dates/{id}/accept`

use actix_web::{HttpResponse, web};
use auth::Staff;
use ids::AssignedDateId;
use problem::Problem;
use serde::Deserialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};

use super::{desk_staff, reason::WrittenReason};
use crate::{
    app::assigned_dates::accept_for_person::{AcceptForPerson, accept_for_person},
    http::{
        Slots,
        body::{Body, Object},
        booking_view::BookingView,
        created_once::created_once,
        entitlements::{TypedReference, post::or_null},
        idempotency_key::IdempotencyKey,
        openapi, run_detached,
        values::Spoken,
    },
};

/// Who comes, and why staff accept the date for them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DateAcceptanceAtDesk)]
pub(super) struct Acceptance {
    /// The statement of the identity service's desk, for which staff looked at the document.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJwc24ifQ.c2lnbmF0dXJl")]
    attendee: String,
    #[serde(default)]
    #[schema(schema_with = written)]
    reference: Option<TypedReference>,
    /// The language of messages to the person.
    #[schema(value_type = openapi::Language)]
    language: Spoken,
    /// Why staff accept the date and not the person. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

fn written() -> ObjectBuilder {
    TypedReference::schema(
        "Of the application in the letter or in the file. Needed while nobody has proven the application: it is \
         the person's then. If it is there, the date must be of that application.",
    )
    .schema_type(or_null())
}

/// Accept a date at the desk
///
/// For a person who cannot or does not want to do it online. It is their appointment then, once, however often
/// this is repeated. The application must be theirs: they have proven it online, or its reference is in the
/// request and the document says the name and the date of birth for which it was posted. It counts as a booking
/// of the same kind: above the authority's number a day a colleague must approve (`second-person-needed`). A
/// caller cannot accept (`document-needed`). The audit log names the member of staff and the reason. If a booking
/// rule is in the way, the date stays open.
#[utoipa::path(
    post, path = "/v1/desk/assigned-dates/{id}/accept", tag = "Front desk", operation_id = "acceptDateAtDesk",
    params(
        ("id" = AssignedDateId, Path, description = "Which date."),
        ("Idempotency-Key" = String, Header, description = "Random, 1 to 64 visible ASCII characters.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body = Acceptance,
    responses(
        (status = 201, description = "Booked.", body = BookingView),
        (status = 200, description = "Booked before.", body = BookingView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "idempotency-key-missing", "idempotency-mismatch", "date-not-found", "date-over", "entitlement-not-found", "entitlement-taken",
        "attendee-invalid", "document-needed", "reason-needed", "second-person-needed", "case-state",
        "already-booked", "booking-not-found", "person-merged", "unknown-service", "unknown-location",
        "services-not-combinable", "slot-not-offered", "slot-in-past", "slot-taken", "closed", "hold-invalid", "rules"
    ]))),
)]
pub(super) async fn accept(
    slots: Slots,
    staff: Staff,
    key: IdempotencyKey,
    id: web::Path<AssignedDateId>,
    acceptance: Body<Acceptance>,
) -> Result<HttpResponse, Problem> {
    let staff = desk_staff(staff)?;
    let Acceptance { attendee, reference, language, reason } = acceptance.0;
    let command = AcceptForPerson {
        staff,
        date: id.into_inner(),
        attendee_token: attendee,
        reference: reference.map(|TypedReference(reference)| reference),
        language: language.told_by(&slots, "language")?,
        key: key.0,
        reason: reason.map(|Object(reason)| reason.read()).transpose()?,
    };
    let accepting = async move { accept_for_person(&slots, command).await };
    Ok(created_once(run_detached(accepting).await?, |booking| BookingView::from(&booking)))
}
