//! What an agency has subscribed to.

use actix_web::{HttpResponse, web};
use auth::Agency;
use ids::{AuthorityId, SubscriptionId};
use jiff::Timestamp;
use problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use vocabulary::EventKind;

use super::{id, owner};
use crate::{
    app::webhooks::manage,
    webhook::{
        batch::Batching,
        failure::Failure,
        health::Breaker,
        subscription::{Ordering, Pause, PauseReason, Subscription},
    },
};

/// A webhook of this agency, and how its endpoint is.
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
    ordering: Ordering,
    /// One event per delivery if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<BatchView>,
    /// Whether there is a contact who gets an e-mail when it is paused.
    has_contact: bool,
    /// `active` or `paused`.
    state: &'static str,
    /// Why and since when it is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<PauseView>,
    /// `closed`: events are delivered. `open`: after several failures nothing is delivered before
    /// `retry_at`. `half-open`: one delivery probes the endpoint. While it is paused it is `open` without
    /// `retry_at`: nothing is delivered until you resume it.
    breaker: &'static str,
    /// When the endpoint is probed next.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    retry_at: Option<Timestamp>,
    /// Since when no delivery was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// The newest failure, also if deliveries have been taken since.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_failure: Option<FailureView>,
    /// Deliveries that wait.
    waiting: u64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Only in the answer that made it, and in its repeats until it is rotated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret: Option<String>,
}

/// How events are gathered.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookBatching)]
struct BatchView {
    /// The most events in one delivery.
    max_events: u8,
    /// How many seconds an event waits for others at most.
    max_seconds: u8,
}

/// A pause.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookPause)]
struct PauseView {
    #[schema(value_type = String, format = DateTime)]
    since: Timestamp,
    /// `failing`: nothing was taken for hours. `gone`: the endpoint answered 410.
    reason: PauseReason,
}

/// How a receiver failed.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookFailure)]
struct FailureView {
    /// `timeout`, `connection` (name, network or certificate), `status` (an answer that is not 2xx),
    /// `gone` (410) or `address` (the operator no longer allows it).
    class: &'static str,
    /// What was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

impl View {
    pub(super) fn of(subscription: Subscription, waiting: u64, now: Timestamp) -> Self {
        let health = &subscription.health;
        let is_paused = subscription.pause.is_some();
        let breaker = match health.breaker(now) {
            _ if is_paused => "open",
            Breaker::Closed => "closed",
            Breaker::Open(_) => "open",
            Breaker::HalfOpen => "half-open",
        };
        Self {
            id: subscription.id,
            url: subscription.url,
            events: subscription.events,
            services: subscription.services,
            ordering: subscription.ordering,
            batch: subscription.batching.map(BatchView::from),
            has_contact: subscription.sealed_contact.is_some(),
            state: if is_paused { "paused" } else { "active" },
            paused: subscription.pause.map(PauseView::from),
            breaker,
            retry_at: health.retry_at.filter(|_| !is_paused),
            failing_since: health.failing_since,
            last_failure: health.last_failure.map(FailureView::from),
            waiting,
            created_at: subscription.created_at,
            secret: None,
        }
    }
}

impl From<Batching> for BatchView {
    fn from(batching: Batching) -> Self {
        Self { max_events: batching.max_events(), max_seconds: batching.max_seconds() }
    }
}

impl From<Pause> for PauseView {
    fn from(Pause { since, reason }: Pause) -> Self {
        Self { since, reason }
    }
}

impl From<(Failure, Timestamp)> for FailureView {
    fn from((failure, at): (Failure, Timestamp)) -> Self {
        Self { class: failure.class(), status: failure.status(), at }
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
    let now = webhooks.clock.now();
    let views = list.into_iter().map(|(each, waiting)| View::of(each, waiting, now)).collect();
    Ok(HttpResponse::Ok().json(Webhooks { webhooks: views }))
}

/// Read a webhook
///
/// Says how the endpoint is: whether it is paused, since when it fails and how, and how much waits.
#[utoipa::path(
    get, path = "/v1/{authority}/webhooks/{id}", tag = "Webhooks", operation_id = "readWebhook",
    params(("authority" = AuthorityId, Path, description = "Whose events."), ("id" = SubscriptionId, Path, description = "Which webhook.")),
    responses((status = 200, description = "The webhook.", body = View)),
    security(("agency" = ["events:subscribe"])),
)]
pub(crate) async fn read(
    agency: Agency,
    authority: web::Data<AuthorityId>,
    webhooks: web::Data<manage::Webhooks>,
    which: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (found, waiting) = webhooks.read(&owner(agency, &authority)?, id(&which)?).await?;
    Ok(HttpResponse::Ok().json(View::of(found, waiting, webhooks.clock.now())))
}
