//! `DELETE /v1/holds/{id}`

use actix_web::{HttpResponse, web};
use auth::Booker;
use ids::HoldId;
use problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    app::release_hold::release_hold,
    http::{Slots, body::Body, booker::actor},
};

/// The proof of a hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HoldProof)]
pub(in crate::http) struct Proof {
    /// From the answer to `POST /v1/holds`.
    pub(super) hold_token: String,
}

/// Release a hold
///
/// The person may hold another slot at once. The seat becomes free for everybody within minutes, at
/// a random moment, so that it cannot be passed on. Releasing what has
/// expired changes nothing and is no error.
#[utoipa::path(
    delete, path = "/v1/holds/{id}", tag = "Holds", operation_id = "releaseHold",
    params(("id" = HoldId, Path, description = "From the answer to `POST /v1/holds`.")),
    request_body = Proof,
    responses((status = 204, description = "The hold is over.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["hold-invalid", "hold-other-edition", "held-by-staff", "level-too-low", "holds-unavailable"]))),
)]
pub(super) async fn handler(
    slots: Slots,
    booker: Booker,
    id: web::Path<HoldId>,
    proof: Body<Proof>,
) -> Result<HttpResponse, Problem> {
    let (person, level) = (booker.citizen.pseudonym, booker.citizen.level);
    release_hold(&slots, &actor(&booker), person, level, *id, &proof.0.hold_token).await?;
    Ok(HttpResponse::NoContent().finish())
}
