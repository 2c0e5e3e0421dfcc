//! `POST /v1/holds/{id}/extend`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::HoldId;
use problem::Problem;

use super::{HoldView, Proof};
use crate::{
    app::extend_hold::extend_hold,
    http::{Slots, body::Body},
};

/// Extend a hold
///
/// Extends a hold, once, by the length of a hold, for people who need more time. The
/// answer has a new token; the old one stays valid until its own end.
#[utoipa::path(
    post, path = "/v1/holds/{id}/extend", tag = "Holds", operation_id = "extendHold",
    params(("id" = HoldId, Path, description = "From the answer to `POST /v1/holds`.")),
    request_body = Proof,
    responses((status = 200, description = "The hold with its new end.", body = HoldView)),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!([
        "hold-invalid", "hold-expired", "hold-other-edition", "hold-extended-before", "held-by-staff", "level-too-low",
        "holds-unavailable"
    ]))),
)]
pub(in crate::http) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<HoldId>,
    proof: Body<Proof>,
) -> Result<HttpResponse, Problem> {
    let (person, level) = (booker.citizen.pseudonym, booker.citizen.level);
    let held = extend_hold(&slots, person, level, *id, &proof.0.hold_token).await?;
    Ok(HttpResponse::Ok().json(HoldView::from(held)))
}
