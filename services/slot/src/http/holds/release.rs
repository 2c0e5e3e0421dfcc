//! `DELETE /v1/holds/{id}`

use actix_web::{HttpResponse, web};
use auth::{Citizen, scope};
use ids::HoldId;
use problem::Problem;
use serde::Deserialize;

use crate::{
    app::release_hold::release_hold,
    http::{Slots, body::Body},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proof {
    hold_token: String,
}

pub(super) async fn handler(
    slots: Slots,
    citizen: Citizen,
    id: web::Path<HoldId>,
    proof: Body<Proof>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    release_hold(&slots, citizen.pseudonym, *id, &proof.0.hold_token).await?;
    Ok(HttpResponse::NoContent().finish())
}
