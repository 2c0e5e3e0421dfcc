//! `POST /v1/entitlements/batch`

use actix_web::HttpResponse;
use auth::{Agency, scope};
use ids::EntitlementId;
use problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::post::{OutcomeView, Posted};
use crate::{
    app::post_entitlements::{OnFile, Outcome, ReferenceInUse, post_entitlements},
    http::{
        Slots,
        body::{Body, Object, invalid},
        idempotency_key::OptionalKey,
    },
};

/// How many entitlements one request may bring.
const LARGEST_BATCH: usize = 500;
/// The longest body of such a request, in bytes.
pub(in crate::http) const LONGEST_BATCH: usize = 512 * 1024;

/// Many entitlements.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementBatch)]
pub(in crate::http) struct PostedBatch {
    #[schema(value_type = Vec<Posted>, min_items = 1, max_items = 500)]
    entitlements: Vec<Object<Posted>>,
}

/// What is on file now, in the order of the request.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementsOnFile)]
pub(in crate::http) struct BatchOnFile {
    entitlements: Vec<BatchItem>,
}

/// One of a batch.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementOnFile)]
struct BatchItem {
    id: EntitlementId,
    /// Whether this request put it there; `false` if it was on file before.
    created: bool,
    outcome: OutcomeView,
    /// The reference for the letter, if the request had none. Only in this answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// Some of a batch: what is on file now and what is not, in the order of the request.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementsPartlyOnFile)]
pub(in crate::http) struct BatchPartlyOnFile {
    entitlements: Vec<BatchPart>,
}

/// One of a batch of which not all are on file.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementPart)]
struct BatchPart {
    /// Not there if `outcome` is `conflict`.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<EntitlementId>,
    /// Whether this request put it there.
    created: bool,
    outcome: OutcomeView,
    /// The reference for the letter, if the request had none. Only in this answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl From<OnFile> for BatchItem {
    fn from(OnFile { id, outcome, issued }: OnFile) -> Self {
        let reference = issued.map(|reference| reference.written());
        Self { id, created: outcome == Outcome::New, outcome: outcome.into(), reference }
    }
}

impl From<Result<OnFile, ReferenceInUse>> for BatchPart {
    fn from(one: Result<OnFile, ReferenceInUse>) -> Self {
        match one.map(BatchItem::from) {
            Ok(BatchItem { id, created, outcome, reference }) => {
                Self { id: Some(id), created, outcome, reference }
            }
            Err(ReferenceInUse) => {
                Self { id: None, created: false, outcome: OutcomeView::Conflict, reference: None }
            }
        }
    }
}

/// Post many entitlements
///
/// Up to 500 in one request. One that cannot be read or whose service is unknown refuses all; one whose reference
/// is in use for this service refuses only itself, and the answer is 207. Posting the same again changes nothing,
/// so a request whose answer was lost can be repeated as it is. If it had no `reference`, send the same `Idempotency-Key`:
/// then the answer has the same random one.
#[utoipa::path(
    post, path = "/v1/entitlements/batch", tag = "Entitlements", operation_id = "postEntitlements",
    params(("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. With the same key a repeat within a day is answered with the same `id`, and with the same random `reference` unless it is worth nothing by now: `outcome` says so.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body(content = PostedBatch, example = json!({"entitlements": [
        {"service": "niederlassungserlaubnis-fachkraefte", "reference": "LEA-2026-004711", "names": [{"given_name": "Zeynep", "family_name": "Öztürk"}], "birthdate": "1990-04-12", "valid_until": "2027-06-30T23:59:59+02:00"},
        {"service": "niederlassungserlaubnis-fachkraefte", "reference": "LEA-2026-004712", "names": [{"given_name": "Mohammed", "family_name": "Al Hassan"}, {"given_name": "Muhammad", "family_name": "Alhasan"}], "birthdate": "1985", "valid_until": "2027-06-30T23:59:59+02:00"}
    ]})),
    responses(
        (status = 200, description = "All are on file.", body = BatchOnFile),
        (status = 207, description = "Some are on file; those with `outcome` `conflict` are not.", body = BatchPartlyOnFile),
    ),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["unknown-service", "idempotency-mismatch"]))),
)]
pub(in crate::http) async fn many(
    slots: Slots,
    agency: Agency,
    OptionalKey(key): OptionalKey,
    posted: Body<PostedBatch>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let posted = posted.0.entitlements;
    if !(1..=LARGEST_BATCH).contains(&posted.len()) {
        return Err(invalid("entitlements", &format!("must be a list of 1 to {LARGEST_BATCH}")));
    }
    let posted = posted.into_iter().enumerate();
    let posted: Vec<_> = posted
        .map(|(place, Object(it))| it.parse(&format!("entitlements[{place}]."), &slots))
        .collect::<Result<_, _>>()?;
    let on_file = post_entitlements(&slots, &agency.client, posted, key).await?;
    if on_file.iter().any(Result::is_err) {
        let entitlements = on_file.into_iter().map(BatchPart::from).collect();
        return Ok(HttpResponse::MultiStatus().json(BatchPartlyOnFile { entitlements }));
    }
    let entitlements = on_file.into_iter().flatten().map(BatchItem::from).collect();
    Ok(HttpResponse::Ok().json(BatchOnFile { entitlements }))
}
