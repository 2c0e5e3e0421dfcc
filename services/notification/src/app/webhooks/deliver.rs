//! Makes due deliveries.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, StatusCode, header::CONTENT_TYPE, redirect::Policy};

use super::manage::{WebhookError, Webhooks};
use crate::{
    store::webhooks::{
        deliveries::{self, Due},
        events, subscriptions,
    },
    webhook::subscription::Subscription,
};

const BATCH: u32 = 32;
const MAX_CONCURRENT: usize = 8;
const TIMEOUT: Duration = Duration::from_secs(15);
/// Pauses after the first, second, ... failed attempt, as Standard Webhooks recommends.
const RETRY_SCHEDULE_SECONDS: [i64; 9] =
    [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// A receiver that has failed for so long is paused.
const PAUSE_AFTER_FAILING: SignedDuration = SignedDuration::from_hours(72);

/// Delivers to agencies, at least once each.
#[derive(Debug, Clone)]
pub(crate) struct Deliverer {
    webhooks: Webhooks,
    client: Client,
}

impl Deliverer {
    /// A deliverer that follows no redirects, uses no proxy and reaches only where it may.
    pub(crate) fn new(webhooks: Webhooks) -> Result<Self, reqwest::Error> {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .dns_resolver(webhooks.reach)
            .redirect(Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .pool_idle_timeout(Duration::from_secs(4))
            .user_agent("Fairtermin-Webhook/1")
            .build()?;
        Ok(Self { webhooks, client })
    }

    /// The signal that something may be due.
    pub(crate) fn wake(&self) -> &messaging::Wake {
        &self.webhooks.wake
    }

    /// Makes due deliveries; returns how many it processed.
    pub(crate) async fn pass(&self) -> Result<usize, WebhookError> {
        let now = self.webhooks.clock.now();
        let due = deliveries::take_due(&self.webhooks.database, now, BATCH).await?;
        let count = due.len();
        let outcomes = stream::iter(due)
            .map(|due| async move { self.process(&due).await })
            .buffer_unordered(MAX_CONCURRENT)
            .collect::<Vec<_>>()
            .await;
        outcomes.into_iter().collect::<Result<(), _>>()?;
        Ok(count)
    }

    async fn process(&self, due: &Due) -> Result<(), WebhookError> {
        let database = &self.webhooks.database;
        let connection = database.connection();
        let subscription = subscriptions::find(connection, due.subscription).await?;
        let placed = events::find(connection, due.position).await?;
        let (Some(subscription), Some(placed)) = (subscription, placed) else {
            return Ok(deliveries::failed(database, due, "no longer there").await?);
        };
        let mut body = placed.published.body;
        // The CloudEvents extension `sequence`: the cursor for a replay.
        body["sequence"] = placed.position.to_string().into();
        match self.post(&subscription, &placed.event.to_string(), &body.to_string()).await? {
            Ok(()) => {
                if subscription.failing_since.is_some() {
                    subscriptions::note_health(connection, subscription.id, None).await?;
                }
                Ok(deliveries::delivered(database, due).await?)
            }
            Err(outcome) => self.note_failure(&subscription, due, &outcome).await,
        }
    }

    /// Posts the event; the inner error says how the receiver failed.
    async fn post(
        &self,
        subscription: &Subscription,
        id: &str,
        body: &str,
    ) -> Result<Result<(), DeliveryFailure>, WebhookError> {
        let Ok(url) = self.webhooks.reach.accept(&subscription.url) else {
            return Ok(Err(DeliveryFailure::Other(
                "the address is not allowed any more".to_owned(),
            )));
        };
        let now = self.webhooks.clock.now();
        let signature = self.webhooks.open(subscription)?.sign(id, now, body);
        let sent = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.as_second().to_string())
            .header("webhook-signature", signature)
            .body(body.to_owned())
            .send()
            .await;
        Ok(match sent {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) if answer.status() == StatusCode::GONE => Err(DeliveryFailure::Gone),
            Ok(answer) => {
                Err(DeliveryFailure::Other(format!("answered {}", answer.status().as_u16())))
            }
            Err(error) if error.is_timeout() => {
                Err(DeliveryFailure::Other("no answer in time".to_owned()))
            }
            Err(_) => Err(DeliveryFailure::Other("cannot be reached".to_owned())),
        })
    }

    async fn note_failure(
        &self,
        subscription: &Subscription,
        due: &Due,
        failure: &DeliveryFailure,
    ) -> Result<(), WebhookError> {
        let (database, now) = (&self.webhooks.database, self.webhooks.clock.now());
        let connection = database.connection();
        let since = subscription.failing_since.unwrap_or(now);
        if subscription.failing_since.is_none() {
            subscriptions::note_health(connection, subscription.id, Some(now)).await?;
        }
        let hopeless =
            *failure == DeliveryFailure::Gone || now.duration_since(since) > PAUSE_AFTER_FAILING;
        if hopeless {
            subscriptions::pause(connection, subscription.id).await?;
            tracing::warn!(webhook = %subscription.id, %failure, "webhook paused: no deliveries until its owner resumes it");
        }
        let outcome = failure.to_string();
        match pause_after(due.attempts) {
            Some(pause) => {
                let until: Timestamp = now.saturating_add(pause).unwrap_or(now);
                deliveries::postpone(database, due, until, &outcome).await?;
            }
            None => deliveries::failed(database, due, &outcome).await?,
        }
        Ok(())
    }
}

/// How a receiver failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum DeliveryFailure {
    #[error("the receiver wants no more events (410)")]
    Gone,
    #[error("{0}")]
    Other(String),
}

fn pause_after(attempts: u32) -> Option<SignedDuration> {
    let place = usize::try_from(attempts.saturating_sub(1)).ok()?;
    RETRY_SCHEDULE_SECONDS.get(place).map(|seconds| SignedDuration::from_secs(*seconds))
}
