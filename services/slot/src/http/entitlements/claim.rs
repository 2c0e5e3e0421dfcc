//! `POST /v1/entitlements/claim`

use actix_web::HttpResponse;
use auth::Booker;
use ids::ServiceId;
use problem::Problem;
use serde::Deserialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};

use super::TypedReference;
use crate::{
    app::claim_entitlement::{ClaimEntitlement, claim_entitlement},
    http::{Slots, body::Body, booker::actor},
};

/// A person's proof that the entitlement is theirs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementClaim)]
pub(in crate::http) struct Claim {
    /// What is to be booked.
    service: ServiceId,
    #[schema(schema_with = written)]
    reference: TypedReference,
    /// The signed userinfo response of the person for this authority; its name and date of birth count,
    /// and the lower of its trust level and that of the access token.
    attendee: String,
}

fn written() -> ObjectBuilder {
    TypedReference::schema("As the agency wrote it to the person.")
}

/// Claim an entitlement
///
/// The person proves that the entitlement is theirs: by its reference, and by name and date of birth of the
/// log-in. From then on it is theirs alone. Ten references a day can be tried (`rate-limited`, until
/// `Retry-After`). Of an entitlement that was posted without a name, whoever has the reference reads if another person
/// claimed it before (`entitlement-taken`).
#[utoipa::path(
    post, path = "/v1/entitlements/claim", tag = "Entitlements", operation_id = "claimEntitlement",
    request_body = Claim,
    responses((status = 204, description = "The person may book the service now.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["unknown-service", "attendee-invalid", "level-too-low", "entitlement-not-found", "entitlement-taken"]))),
)]
pub(in crate::http) async fn claim(
    slots: Slots,
    booker: Booker,
    claim: Body<Claim>,
) -> Result<HttpResponse, Problem> {
    let Claim { service, reference: TypedReference(reference), attendee } = claim.0;
    let claim = ClaimEntitlement {
        actor: actor(&booker),
        person: booker.citizen.pseudonym,
        level: booker.citizen.level,
        attendee_token: attendee,
        service,
        reference,
    };
    claim_entitlement(&slots, claim).await?;
    Ok(HttpResponse::NoContent().finish())
}
