//! What else an agency can do with a webhook.

use actix_web::{HttpRequest, HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, SubscriptionId};
use problem::{Problem, body::NoBody};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{id, idempotency_key, owner};
use crate::{
    app::webhooks::{manage::Webhooks, once::Once},
    webhook::signature::Secrets,
};

/// Rotate the secret of a webhook
///
/// Deliveries carry a signature of each secret for a day, so that nothing is lost meanwhile. At most four
/// old secrets sign along: a further rotation is refused until the oldest has ended (`Retry-After`). Send an
/// `Idempotency-Key` to repeat the request safely.
#[utoipa::path(
    post, path = "/v1/{authority}/webhooks/{id}/rotate", tag = "Webhooks", operation_id = "rotateWebhookSecret",
    params(
        ("authority" = AuthorityId, Path, description = "Whose events."),
        ("id" = SubscriptionId, Path, description = "Which webhook."),
        ("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. For a day a repeat with the same key rotates nothing again and is answered as the first request was, or with `secret-replaced` after a later rotation.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$"),
    ),
    responses((status = 200, description = "The new secret; the old one signs along for a day.", body = NewSecret)),
    security(("agency" = ["events:subscribe"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type", "secret-replaced", "idempotency-mismatch"]))),
)]
pub(crate) async fn rotate(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
    request: HttpRequest,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let (owner, id) = (owner(agency, &authority)?, id(&which)?);
    let once = idempotency_key(&request)?.map(|key| Once::of_webhook(key, id, "rotate"));
    let answer = webhooks.rotate(&owner, id, once.as_ref(), new_secret).await?;
    Ok(HttpResponse::Ok().json(answer))
}

fn new_secret(secrets: &Secrets) -> Value {
    json!(NewSecret { secret: secrets.reveal().to_owned() })
}

/// Send a test event
///
/// It takes its turn like any other: of an endpoint that fails it is the next probe; of a paused webhook it
/// waits until you resume.
#[utoipa::path(
    post, path = "/v1/{authority}/webhooks/{id}/ping", tag = "Webhooks", operation_id = "pingWebhook",
    params(("authority" = AuthorityId, Path, description = "Whose events."), ("id" = SubscriptionId, Path, description = "Which webhook.")),
    responses((status = 202, description = "A `fairtermin.ping.v1` event is on its way.")),
    security(("agency" = ["events:subscribe"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type"]))),
)]
pub(crate) async fn ping(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    webhooks.ping(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Resume a paused webhook
///
/// A webhook that failed for hours is paused; what happened meanwhile waits and is delivered now, with
/// what was given up before. Asked again, or of a webhook that is not paused, it makes due at once what
/// waits, and nothing more.
#[utoipa::path(
    post, path = "/v1/{authority}/webhooks/{id}/resume", tag = "Webhooks", operation_id = "resumeWebhook",
    params(("authority" = AuthorityId, Path, description = "Whose events."), ("id" = SubscriptionId, Path, description = "Which webhook.")),
    responses((status = 204, description = "Deliveries go on, with all that was missed.")),
    security(("agency" = ["events:subscribe"])),
    extensions(("x-problems" = json!(["payload-too-large", "unsupported-media-type"]))),
)]
pub(crate) async fn resume(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    which: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    webhooks.resume(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The secret that signs from now on.
#[derive(Serialize, ToSchema)]
struct NewSecret {
    /// `whsec_...` (Standard Webhooks).
    secret: String,
}
