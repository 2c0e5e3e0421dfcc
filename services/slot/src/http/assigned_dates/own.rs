//! `GET /v1/assigned-dates`

use actix_web::HttpResponse;
use auth::Booker;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::DateView;
use crate::{app::assigned_dates::read_dates::read_own, http::Slots};

/// The dates that a person can answer.
#[derive(Serialize, ToSchema)]
#[schema(as = AssignedDates)]
pub(super) struct Dates {
    /// The earliest first.
    dates: Vec<DateView>,
}

/// Read the dates that the office gave
///
/// To the applications that the person has proven (`POST /v1/entitlements/claim`). Each is kept until its
/// `answer_by`. A date of a service that needs a surer log-in is not shown.
#[utoipa::path(
    get, path = "/v1/assigned-dates", tag = "Entitlements", operation_id = "readAssignedDates",
    responses((status = 200, description = "The dates.", body = Dates)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
)]
pub(in crate::http) async fn read(slots: Slots, booker: Booker) -> Result<HttpResponse, Problem> {
    let dates = read_own(&slots, booker.citizen.pseudonym, booker.citizen.level).await?;
    let dates = dates.into_iter().map(DateView::from).collect();
    Ok(HttpResponse::Ok().json(Dates { dates }))
}
