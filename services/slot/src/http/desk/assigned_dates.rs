//! `POST /v1/desk/assigned-dates`: staff give a date to an application on file.

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::{LocationId, ServiceId};
use problem::Problem;
use serde::Deserialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};

use crate::{
    app::assigned_dates::assign_date::{AssignAtDesk, WantedDate, assign_at_desk},
    http::{
        Slots,
        assigned_dates::view::DateView,
        body::{Body, Object},
        created_once::created_once,
        desk::reason::WrittenReason,
        entitlements::TypedReference,
        one_to::People,
        run_detached,
        values::{Instant, or_default},
    },
};

/// The application, where and when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DateToAssignAtDesk)]
pub(super) struct Wanted {
    /// What the application is for.
    service: ServiceId,
    #[schema(schema_with = written)]
    reference: TypedReference,
    location: LocationId,
    /// From `GET /v1/desk/slots`.
    #[schema(value_type = String, format = DateTime, example = "2027-01-05T09:00:00+01:00")]
    start: Instant,
    /// How many come together.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100)]
    people: People,
    /// Why staff give the date. Without it the answer is `reason-needed`.
    #[serde(default)]
    #[schema(value_type = Option<WrittenReason>)]
    reason: Option<Object<WrittenReason>>,
}

fn written() -> ObjectBuilder {
    TypedReference::schema("As it stands in the person's letter or in the file.")
}

/// Give a date to an application on file
///
/// For services with `allocation` `assign`. It counts as a booking for a person whose document one member
/// of staff saw: above the day's number the answer is `second-person-needed` with a `case`. A person who has
/// proven the application is told by e-mail, others learn of the date when they do.
#[utoipa::path(
    post, path = "/v1/desk/assigned-dates", tag = "Front desk", operation_id = "assignDateAtDesk",
    request_body = Wanted,
    responses(
        (status = 201, description = "Given.", body = DateView),
        (status = 200, description = "Given before.", body = DateView),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!([
        "entitlement-not-found", "not-assigned", "date-already-assigned", "already-booked", "reason-needed",
        "second-person-needed", "case-state", "unknown-service", "unknown-location", "services-not-combinable",
        "slot-not-offered", "slot-in-past", "closed", "slot-off-grid", "slot-taken", "holds-unavailable", "rules"
    ]))),
)]
pub(super) async fn assign(
    slots: Slots,
    staff: Staff,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&[Role::Clerk, Role::Supervisor])?;
    let Wanted { service, reference: TypedReference(reference), location, start, people, reason } =
        wanted.0;
    staff.require_location(&location)?;
    let command = AssignAtDesk {
        staff: staff.id,
        service,
        reference,
        date: WantedDate { location, start: start.0, people: people.get() },
        reason: reason.map(|Object(reason)| reason.read()).transpose()?,
    };
    let assigning = async move { assign_at_desk(&slots, command).await };
    Ok(created_once(run_detached(assigning).await?, DateView::from))
}
