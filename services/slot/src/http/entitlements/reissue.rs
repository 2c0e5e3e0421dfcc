//! `POST /v1/entitlements/{id}/reissue`

use actix_web::{HttpResponse, web};
use auth::{Agency, scope};
use ids::EntitlementId;
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::ObjectBuilder};

use super::TypedReference;
use crate::{
    app::reissue_entitlement::reissue_entitlement,
    http::{Slots, body::Body, idempotency_key::OptionalKey, run_detached},
};

/// The reference in the new letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementReissue)]
pub(in crate::http) struct Reissue {
    #[serde(default)]
    #[schema(schema_with = new_reference)]
    reference: Option<TypedReference>,
}

fn new_reference() -> ObjectBuilder {
    TypedReference::schema(
        "The new reference; a random one is made if left out. Where no name is bound it must be random.",
    )
    .schema_type(super::post::or_null())
}

/// An entitlement with a new reference.
#[derive(Serialize, ToSchema)]
#[schema(as = ReissuedEntitlement)]
pub(in crate::http) struct Reissued {
    id: EntitlementId,
    /// The reference for the letter, if the request had none. Only in this answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// Re-issue an entitlement
///
/// For a letter that was lost or read by another person. The former reference never counts again, and a
/// claim by it ends. An entitlement that was withdrawn is in force again. Appointments that were booked with
/// it stay, and so do the uses that they count as.
#[utoipa::path(
    post, path = "/v1/entitlements/{id}/reissue", tag = "Entitlements", operation_id = "reissueEntitlement",
    params(
        ("id" = EntitlementId, Path, description = "Which, as it was answered when it was posted."),
        ("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. With the same key a repeat within a day re-issues nothing and is answered as the first request was, or with `reissue-over` if that reference is worth nothing by now.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    request_body(content = Reissue, example = json!({})),
    responses((status = 200, description = "It can be claimed with the new reference.", body = Reissued)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["entitlement-not-found", "entitlement-conflict", "reissue-over", "idempotency-mismatch"]))),
)]
pub(in crate::http) async fn reissue(
    slots: Slots,
    agency: Agency,
    id: web::Path<EntitlementId>,
    OptionalKey(key): OptionalKey,
    reissue: Body<Reissue>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let reference = reissue.0.reference.map(|TypedReference(reference)| reference);
    let id = id.into_inner();
    let reissuing =
        async move { reissue_entitlement(&slots, &agency.client, id, reference, key).await };
    let issued = run_detached(reissuing).await?;
    let reference = issued.map(|reference| reference.written());
    Ok(HttpResponse::Ok().json(Reissued { id, reference }))
}
