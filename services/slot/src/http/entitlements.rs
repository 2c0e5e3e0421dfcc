//! `/v1/entitlements`: agencies post them, persons claim theirs.

use actix_web::{HttpResponse, web};
use auth::{Agency, Booker, scope};
use ids::{EntitlementId, ServiceId};
use problem::{Problem, types};
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::ObjectBuilder};

use super::{
    Slots,
    body::{Body, Longest, Object, invalid},
    booker::actor,
    line::Line,
    resource,
    values::{Day, Instant},
};
use crate::app::{
    claim_entitlement::{ClaimEntitlement, claim_entitlement},
    post_entitlements::{PostEntitlement, post_entitlements},
};

/// How many entitlements one request may bring.
const LARGEST_BATCH: usize = 500;
/// The longest body of such a request, in bytes.
const LONGEST_BATCH: usize = 256 * 1024;

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/entitlements", "POST").route(web::post().to(post)))
        .service(
            resource("/entitlements/batch", "POST")
                .app_data(web::PayloadConfig::new(LONGEST_BATCH))
                .app_data(Longest(LONGEST_BATCH))
                .route(web::post().to(post_batch)),
        )
        .service(resource("/entitlements/claim", "POST").route(web::post().to(claim)));
}

/// The longest reference number, in characters.
const LONGEST_REFERENCE: usize = 128;

/// An agency's reference number of a person's application.
type Reference = Line<LONGEST_REFERENCE>;

fn reference(description: &str) -> ObjectBuilder {
    Reference::schema(description).examples(["LEA-2026-004711"])
}

/// An entitlement to book a service.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementRequest)]
struct Posted {
    /// What may be booked.
    service: ServiceId,
    #[schema(schema_with = given)]
    reference: Reference,
    /// The person's date of birth. Kept as a keyed hash only.
    #[schema(value_type = String, format = Date, example = "1990-04-12")]
    birthdate: Day,
    /// From when on; now if left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    valid_from: Option<Instant>,
    /// Until when.
    #[schema(value_type = String, format = DateTime, example = "2027-06-30T23:59:59+02:00")]
    valid_until: Instant,
}

fn given() -> ObjectBuilder {
    reference("The reference number that the agency gave the person. Kept as a keyed hash only.")
}

/// An entitlement that is on file.
#[derive(Serialize, ToSchema)]
#[schema(as = Entitlement)]
struct OnFile {
    id: EntitlementId,
}

/// Post an entitlement
///
/// Entitles the person with this reference and this date of birth to book the service.
/// Posting the same again changes nothing and answers the same `id`.
#[utoipa::path(
    post, path = "/v1/entitlements", tag = "Entitlements", operation_id = "postEntitlement",
    request_body(content = Posted, example = json!({"service": "title", "reference": "LEA-2026-004711", "birthdate": "1990-04-12", "valid_until": "2027-06-30T23:59:59+02:00"})),
    responses((status = 201, description = "On file.", body = OnFile)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["unknown-service"]))),
)]
async fn post(slots: Slots, agency: Agency, posted: Body<Posted>) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    posted.0.check_period("valid_until")?;
    let on_file = post_entitlements(&slots, &agency.client, vec![posted.0.into()]).await?;
    let id = on_file.first().map(|it| it.id);
    let id = id.ok_or_else(|| Problem::new(&types::INTERNAL))?;
    Ok(HttpResponse::Created().json(OnFile { id }))
}

impl Posted {
    /// A period that ends before it begins is a slip of the agency.
    fn check_period(&self, field: &str) -> Result<(), Problem> {
        match self.valid_from {
            Some(from) if from.0 >= self.valid_until.0 => {
                Err(invalid(field, "is after `valid_from`"))
            }
            _ => Ok(()),
        }
    }
}

impl From<Posted> for PostEntitlement {
    fn from(posted: Posted) -> Self {
        Self {
            service: posted.service,
            reference: posted.reference.into_text(),
            birthdate: posted.birthdate.0,
            valid_from: posted.valid_from.map(|Instant(from)| from),
            valid_until: posted.valid_until.0,
        }
    }
}

/// Many entitlements.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementBatch)]
struct PostedBatch {
    #[schema(value_type = Vec<Posted>, min_items = 1, max_items = 500)]
    entitlements: Vec<Object<Posted>>,
}

/// What is on file now, in the order of the request.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementsOnFile)]
struct BatchOnFile {
    entitlements: Vec<BatchItem>,
}

/// One of a batch.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementOnFile)]
struct BatchItem {
    id: EntitlementId,
    /// Whether this request put it there; `false` if it was on file before.
    created: bool,
}

/// Post many entitlements
///
/// Up to 500 in one request, all or none. Posting the same again changes nothing, so a request
/// whose answer was lost can be repeated as it is.
#[utoipa::path(
    post, path = "/v1/entitlements/batch", tag = "Entitlements", operation_id = "postEntitlements",
    request_body(content = PostedBatch, example = json!({"entitlements": [
        {"service": "title", "reference": "LEA-2026-004711", "birthdate": "1990-04-12", "valid_until": "2027-06-30T23:59:59+02:00"},
        {"service": "title", "reference": "LEA-2026-004712", "birthdate": "1985-11-02", "valid_until": "2027-06-30T23:59:59+02:00"}
    ]})),
    responses((status = 200, description = "All are on file.", body = BatchOnFile)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["unknown-service"]))),
)]
async fn post_batch(
    slots: Slots,
    agency: Agency,
    posted: Body<PostedBatch>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let posted: Vec<_> = posted.0.entitlements.into_iter().map(|Object(it)| it).collect();
    if !(1..=LARGEST_BATCH).contains(&posted.len()) {
        return Err(invalid("entitlements", &format!("must be a list of 1 to {LARGEST_BATCH}")));
    }
    for (place, it) in posted.iter().enumerate() {
        it.check_period(&format!("entitlements[{place}].valid_until"))?;
    }
    let posted = posted.into_iter().map(PostEntitlement::from).collect();
    let on_file = post_entitlements(&slots, &agency.client, posted).await?;
    let items = on_file.into_iter().map(|it| BatchItem { id: it.id, created: it.is_new });
    Ok(HttpResponse::Ok().json(BatchOnFile { entitlements: items.collect() }))
}

/// A person's proof that the entitlement is theirs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementClaim)]
struct Claim {
    /// What is to be booked.
    service: ServiceId,
    #[schema(schema_with = written)]
    reference: Reference,
    /// The signed userinfo response of the person for this authority; its date of birth counts.
    attendee: String,
}

fn written() -> ObjectBuilder {
    reference("As the agency wrote it to the person.")
}

/// Claim an entitlement
///
/// The person who is logged in proves theirs by reference number; the date of birth is that of the
/// log-in. Ten references can be tried a day (`rate-limited`, until `Retry-After`).
#[utoipa::path(
    post, path = "/v1/entitlements/claim", tag = "Entitlements", operation_id = "claimEntitlement",
    request_body = Claim,
    responses((status = 204, description = "The person may book the service now.")),
    security(("citizen" = ["bookings"]), ("on_behalf" = ["bookings:write:onbehalf"])),
    extensions(("x-problems" = json!(["unknown-service", "attendee-invalid", "entitlement-not-found"]))),
)]
async fn claim(slots: Slots, booker: Booker, claim: Body<Claim>) -> Result<HttpResponse, Problem> {
    let claim = ClaimEntitlement {
        actor: actor(&booker),
        person: booker.citizen.pseudonym,
        attendee_token: claim.0.attendee,
        service: claim.0.service,
        reference: claim.0.reference.into_text(),
    };
    claim_entitlement(&slots, claim).await?;
    Ok(HttpResponse::NoContent().finish())
}
