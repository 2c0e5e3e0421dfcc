//! `/v1/entitlements`: agencies post them, persons claim theirs.

use actix_web::{HttpResponse, web};
use auth::{Agency, Citizen, scope};
use ids::ServiceId;
use jiff::{Timestamp, civil::Date};
use problem::Problem;
use serde::Deserialize;
use serde_json::json;

use super::{Slots, body::Body, resource};
use crate::app::{
    claim_entitlement::{ClaimEntitlement, claim_entitlement},
    post_entitlement::{PostEntitlement, post_entitlement},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/entitlements", "POST").route(web::post().to(post)))
        .service(resource("/entitlements/claim", "POST").route(web::post().to(claim)));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posted {
    service: ServiceId,
    reference: String,
    birthdate: Date,
    #[serde(default)]
    valid_from: Option<Timestamp>,
    valid_until: Timestamp,
}

async fn post(slots: Slots, agency: Agency, posted: Body<Posted>) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let posted = posted.0;
    let posted = PostEntitlement {
        client: agency.client,
        service: posted.service,
        reference: posted.reference,
        birthdate: posted.birthdate,
        valid_from: posted.valid_from,
        valid_until: posted.valid_until,
    };
    let id = post_entitlement(&slots, posted).await?;
    Ok(HttpResponse::Created().json(json!({ "id": id })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    service: ServiceId,
    reference: String,
    attendee: String,
}

async fn claim(
    slots: Slots,
    citizen: Citizen,
    claim: Body<Claim>,
) -> Result<HttpResponse, Problem> {
    citizen.require_scope(scope::BOOKINGS)?;
    let claim = ClaimEntitlement {
        person: citizen.pseudonym,
        attendee_token: claim.0.attendee,
        service: claim.0.service,
        reference: claim.0.reference,
    };
    claim_entitlement(&slots, claim).await?;
    Ok(HttpResponse::NoContent().finish())
}
