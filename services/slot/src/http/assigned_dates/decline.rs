//! `POST /v1/assigned-dates/{id}/decline`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::AssignedDateId;
use problem::Problem;

use crate::{
    app::assigned_dates::decline_date::decline_date,
    http::{Slots, body::NoBody, booker::actor, run_detached},
};

/// Decline a date that the office gave
///
/// The application stays on file, and the office gives another date.
#[utoipa::path(
    post, path = "/v1/assigned-dates/{id}/decline", tag = "Entitlements", operation_id = "declineAssignedDate",
    params(("id" = AssignedDateId, Path, description = "Which date.")),
    responses((status = 204, description = "Declined.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "date-not-found", "date-over", "level-too-low"]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<AssignedDateId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let (actor, person, level, id) =
        (actor(&booker), booker.citizen.pseudonym, booker.citizen.level, *id);
    run_detached(async move { decline_date(&slots, &actor, person, level, id).await }).await?;
    Ok(HttpResponse::NoContent().finish())
}
