//! `GET /v1/holds`

use actix_web::HttpResponse;
use auth::Booker;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::HoldView;
use crate::{
    app::{giving_up::giving_up_hold, list_holds::list_holds},
    http::Slots,
};

/// Several holds.
#[derive(Serialize, ToSchema)]
pub(super) struct Holds {
    holds: Vec<HoldView>,
}

/// List one's own holds
///
/// Those in force of the person who is logged in, with their tokens: for a client that lost an answer, or
/// the page. As far as they logged in as surely as the hold's services ask. With what follows if a hold is
/// given up or runs out.
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
    let mut holds = Vec::with_capacity(held.len());
    for held in held {
        let giving_up = giving_up_hold(&slots, &held).await?;
        holds.push(HoldView::from(held).with(giving_up));
    }
    Ok(HttpResponse::Ok().json(Holds { holds }))
}
