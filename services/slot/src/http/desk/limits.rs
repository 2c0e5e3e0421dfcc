//! `POST /v1/desk/limits/lift`

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::LocationId;
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::lift_limits::{LiftLimits, lift_limits},
    http::{
        Slots,
        body::{Body, Object},
        desk::reason::WrittenReason,
        run_detached,
    },
};

/// The person and the reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LiftedLimits)]
pub(super) struct Lifting {
    /// The statement of the identity service's desk, for which staff looked at the document.
    attendee: String,
    /// The location of the member of staff.
    location: LocationId,
    #[schema(value_type = WrittenReason)]
    reason: Object<WrittenReason>,
}

/// What changed.
#[derive(Serialize, ToSchema)]
pub(super) struct Lifted {
    /// How many abandoned holds, cancellations, moves, misses and declined drawn seats no longer count.
    lifted: usize,
}

/// Lift a person's limits
///
/// The person's earlier holds and bookings no longer count: they may book again at once. The audit log names
/// the member of staff and the reason. Above the authority's number a day a colleague must approve
/// (`second-person-needed`).
#[utoipa::path(
    post, path = "/v1/desk/limits/lift", tag = "Front desk", operation_id = "liftLimits",
    request_body = Lifting,
    responses((status = 200, description = "Lifted.", body = Lifted)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["attendee-invalid", "unknown-location", "second-person-needed", "case-state"]))),
)]
pub(super) async fn lift(
    slots: Slots,
    staff: Staff,
    lifting: Body<Lifting>,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let Lifting { attendee, location, reason } = lifting.0;
    staff.require_location(&location)?;
    let reason = reason.0.read()?;
    let command = LiftLimits { staff: staff.id, location, attendee_token: attendee, reason };
    let lifted = run_detached(async move { lift_limits(&slots, command).await }).await?;
    Ok(HttpResponse::Ok().json(Lifted { lifted }))
}
