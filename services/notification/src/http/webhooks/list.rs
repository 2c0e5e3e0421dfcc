//! What an agency has subscribed to.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, SubscriptionId};
use jiff::Timestamp;
use problem::Problem;
use serde::Serialize;
use serde_json::json;

use super::owner;
use crate::{app::webhooks::manage::Webhooks, store::webhooks::subscriptions::Subscription};

#[derive(Serialize)]
pub(super) struct View {
    id: SubscriptionId,
    url: String,
    /// Empty means all.
    events: Vec<String>,
    /// Empty means all.
    services: Vec<String>,
    /// `active` or `paused`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    failing_since: Option<Timestamp>,
    /// Deliveries that wait.
    waiting: u64,
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

pub(super) async fn list(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<Webhooks>,
) -> Result<HttpResponse, Problem> {
    let list = webhooks.list(&owner(agency, &authority)?).await?;
    let views: Vec<_> = list.into_iter().map(|(each, waiting)| View::of(each, waiting)).collect();
    Ok(HttpResponse::Ok().json(json!({ "webhooks": views })))
}
