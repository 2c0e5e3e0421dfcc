//! `POST /v1/entitlements/{id}/release`

use actix_web::{HttpResponse, web};
use auth::{Agency, scope};
use ids::EntitlementId;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::release_entitlement::release_entitlement,
    http::{Slots, body::NoBody, run_detached},
};

/// Whether it was claimed.
#[derive(Serialize, ToSchema)]
#[schema(as = ReleasedEntitlement)]
pub(in crate::http) struct Released {
    /// `false` if it was not claimed.
    pub(in crate::http) released: bool,
}

/// Release an entitlement
///
/// Ends the claim, so that the entitlement can be claimed again: another person had the letter, or the person
/// has another log-in. Appointments that were booked with it stay, and so do the uses that they count as.
#[utoipa::path(
    post, path = "/v1/entitlements/{id}/release", tag = "Entitlements", operation_id = "releaseEntitlement",
    params(("id" = EntitlementId, Path, description = "Which, as it was answered when it was posted.")),
    responses((status = 200, description = "It can be claimed.", body = Released)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "entitlement-not-found"]))),
)]
pub(in crate::http) async fn release(
    slots: Slots,
    agency: Agency,
    id: web::Path<EntitlementId>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let id = id.into_inner();
    let releasing = async move { release_entitlement(&slots, &agency.client, id).await };
    let released = run_detached(releasing).await?;
    Ok(HttpResponse::Ok().json(Released { released }))
}
