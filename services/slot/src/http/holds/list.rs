//! `GET /v1/holds`

use actix_web::HttpResponse;
use auth::Booker;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::HoldView;
use crate::{app::list_holds::list_holds, http::Slots};

/// Several holds.
#[derive(Serialize, ToSchema)]
pub(super) struct Holds {
    holds: Vec<HoldView>,
}

/// List one's own holds
///
/// Those in force of the person who is logged in, with their tokens: for a client that lost an answer, or
/// the page. As far as they logged in as surely as the hold's services ask.
#[utoipa::path(
    get, path = "/v1/holds", tag = "Holds", operation_id = "listOwnHolds",
    responses((status = 200, description = "At most one in each service group.", body = Holds)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["holds-unavailable"]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    booker: Booker,
) -> Result<HttpResponse, Problem> {
    let held = list_holds(&slots, booker.citizen.pseudonym, booker.citizen.level).await?;
    let holds = held.into_iter().map(HoldView::from).collect();
    Ok(HttpResponse::Ok().json(Holds { holds }))
}
