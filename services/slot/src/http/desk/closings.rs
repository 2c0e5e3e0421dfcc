//! `POST /v1/desk/closings`

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::LocationId;
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use crate::{
    app::{close_day::close_day, list_bookings::Reader},
    http::{Slots, body::Body, line::Reason, run_detached, values::Day},
};

/// The day, and the reason for the message to people.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Closing {
    location: LocationId,
    /// A local day that the catalogue says is closed.
    #[schema(value_type = String, format = Date, example = "2027-01-04")]
    date: Day,
    #[schema(schema_with = why)]
    reason: Reason,
}

fn why() -> RefOr<Schema> {
    Reason::schema("Why, as people read it in the message.")
}

/// The number of appointments that were cancelled.
#[derive(Serialize, ToSchema)]
pub(super) struct Closed {
    /// Appointments that were cancelled by this call.
    cancelled: usize,
}

/// Cancel a closed day's appointments
///
/// Each person is notified, with the reason and a link to book again. Close the day in the catalogue
/// first: on an open day nothing is cancelled. A repeat cancels what is left.
#[utoipa::path(
    post, path = "/v1/desk/closings", tag = "Front desk", operation_id = "closeDay",
    request_body = Closing,
    responses((status = 200, description = "Everybody is notified.", body = Closed)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
pub(super) async fn close(
    slots: Slots,
    staff: Staff,
    Body(closing): Body<Closing>,
) -> Result<HttpResponse, Problem> {
    staff.require_role(Role::Supervisor)?;
    let Closing { location, date: Day(date), reason: Reason(reason) } = closing;
    staff.require_location(&location)?;
    let reader = Reader::staff(staff.id, staff.reach);
    let closing = async move { close_day(&slots, &reader, &location, date, &reason).await };
    let cancelled = run_detached(closing).await?;
    Ok(HttpResponse::Ok().json(Closed { cancelled }))
}
