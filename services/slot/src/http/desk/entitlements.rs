//! `POST /v1/desk/entitlements/release`

use actix_web::HttpResponse;
use auth::{Role, Staff};
use ids::{LocationId, ServiceId};
use problem::Problem;
use serde::Deserialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};

use crate::{
    app::release_entitlement::{ReleaseAtDesk, release_at_desk},
    http::{
        Slots,
        body::Body,
        entitlements::{TypedReference, release::Released},
        line::{Line, REASON},
        run_detached,
    },
};

/// The letter and the reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementRelease)]
pub(super) struct Release {
    /// The service that it is for.
    service: ServiceId,
    #[schema(schema_with = written)]
    reference: TypedReference,
    /// Where the supervisor stands.
    location: LocationId,
    #[schema(schema_with = why)]
    reason: Line<REASON>,
}

fn written() -> ObjectBuilder {
    TypedReference::schema("As it stands in the person's letter.")
}

fn why() -> ObjectBuilder {
    Line::<REASON>::schema("Why, for the audit log. Nothing about the person's health or beliefs.")
}

/// Release an entitlement
///
/// The person shows the letter and the document. The entitlement was claimed by another person, or by a
/// log-in that the person has lost. After the release the person for whom it was posted can claim it again.
/// The audit log names the supervisor and the reason.
#[utoipa::path(
    post, path = "/v1/desk/entitlements/release", tag = "Front desk", operation_id = "releaseEntitlementAtDesk",
    request_body = Release,
    responses((status = 200, description = "It can be claimed.", body = Released)),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["entitlement-not-found", "unknown-location"]))),
)]
pub(super) async fn release(
    slots: Slots,
    staff: Staff,
    release: Body<Release>,
) -> Result<HttpResponse, Problem> {
    staff.require_role(Role::Supervisor)?;
    let Release { service, reference: TypedReference(reference), location, reason } = release.0;
    staff.require_location(&location)?;
    let reason = reason.into_text();
    let command = ReleaseAtDesk { staff: staff.id, location, service, reference, reason };
    let released = run_detached(async move { release_at_desk(&slots, command).await }).await?;
    Ok(HttpResponse::Ok().json(Released { released }))
}
