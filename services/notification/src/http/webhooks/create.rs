//! Subscribing.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, ServiceId};
use problem::{Problem, body::Body};
use serde::Deserialize;
use utoipa::ToSchema;
use vocabulary::EventKind;

use super::{list::View, owner};
use crate::app::webhooks::manage::{NewSubscription, Webhooks};

/// What is to be delivered, where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookRequest)]
pub(crate) struct Wanted {
    /// `https`, at a public address unless the operator allows others.
    #[schema(example = "https://agency.example/fairtermin")]
    url: String,
    /// Which events; all if left out.
    #[serde(default)]
    #[schema(value_type = Vec<EventKind>)]
    events: Vec<String>,
    /// Of which services; all if left out.
    #[serde(default)]
    services: Vec<ServiceId>,
}

/// Subscribe
///
/// CloudEvents in JSON, signed after Standard Webhooks, retried over days. An event may come more
/// than once with the same `webhook-id`.
#[utoipa::path(
    post, path = "/v1/{authority}/webhooks", tag = "Webhooks", operation_id = "createWebhook",
    params(("authority" = AuthorityId, Path, description = "Whose events.")),
    request_body = Wanted,
    responses((status = 201, description = "Deliveries begin. `secret` is shown this once.", body = View)),
    security(("agency" = ["events:subscribe"])),
)]
pub(crate) async fn subscribe(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
    wanted: Body<Wanted>,
) -> Result<HttpResponse, Problem> {
    let Wanted { url, events, services } = wanted.0;
    let services = services.iter().map(ToString::to_string).collect();
    let subscription = NewSubscription { url, events, services };
    let (subscription, secrets) =
        webhooks.subscribe(owner(agency, &authority)?, subscription).await?;
    let mut view = View::of(subscription, 0);
    view.secret = Some(secrets.reveal().to_owned());
    Ok(HttpResponse::Created().json(view))
}
