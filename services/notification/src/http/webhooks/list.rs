//! What an agency has subscribed to.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, SubscriptionId};
use jiff::Timestamp;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::EventKind;

use super::owner;
use crate::{app::webhooks::manage, webhook::subscription::Subscription};

/// A webhook of this agency.
#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct View {
    id: SubscriptionId,
    url: String,
    /// Empty means all.
    #[schema(value_type = Vec<EventKind>)]
    events: Vec<String>,
    /// Empty means all.
    services: Vec<String>,
    /// `active` or `paused`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// Deliveries that wait.
    waiting: u64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Only in the answer that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret: Option<String>,
}

impl View {
    pub(super) fn of(subscription: Subscription, waiting: u64) -> Self {
        Self {
            id: subscription.id,
            url: subscription.url,
            events: subscription.events,
            services: subscription.services,
            state: if subscription.active { "active" } else { "paused" },
            failing_since: subscription.failing_since,
            waiting,
            created_at: subscription.created_at,
            secret: None,
        }
    }
}

/// All of them.
#[derive(Serialize, ToSchema)]
struct Webhooks {
    webhooks: Vec<View>,
}

/// List webhooks
#[utoipa::path(
    get, path = "/v1/{authority}/webhooks", tag = "Webhooks", operation_id = "listWebhooks",
    params(("authority" = AuthorityId, Path, description = "Whose events.")),
    responses((status = 200, description = "Those of this agency.", body = Webhooks)),
    security(("agency" = ["events:subscribe"])),
)]
pub(crate) async fn list(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<manage::Webhooks>,
) -> Result<HttpResponse, Problem> {
    let list = webhooks.list(&owner(agency, &authority)?).await?;
    let views = list.into_iter().map(|(each, waiting)| View::of(each, waiting)).collect();
    Ok(HttpResponse::Ok().json(Webhooks { webhooks: views }))
}
