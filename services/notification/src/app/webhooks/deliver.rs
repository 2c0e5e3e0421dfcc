//! The attempts of one turn: leased, posted, and what came of each noted.

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

use super::{
    manage::{WebhookError, Webhooks},
    notes::Notes,
    numbers::Numbers,
    post::{Outgoing, Poster},
    recent::Recent,
};
use crate::{
    settings::DeliverySettings,
    store::webhooks::{
        deliveries::{self, Leased},
        events::Placed,
        queue::{self, Taken, Waiting},
        subscriptions,
    },
    webhook::{
        backoff,
        batch::{self, Batching},
        failure::Failure,
        health::Consequence,
        subscription::{Pause, PauseReason, Subscription},
        turns::{Done, Turn},
    },
};

/// What a lease lasts longer than an attempt may take: for the database before and after. What a
/// killed process had leased waits for that long, and no longer.
const LEASE_MARGIN: SignedDuration = SignedDuration::from_secs(5);
/// A delivery that has failed for so long is given up.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(72);
/// Turns that use the database at the same time: its connections are also those of everything else.
const DATABASE_TURNS: usize = 4;

/// Delivers to agencies, at least once each.
#[derive(Debug, Clone)]
pub(crate) struct Deliverer {
    webhooks: Webhooks,
    poster: Poster,
    lease: SignedDuration,
    pause_after: SignedDuration,
    database_turns: Arc<Semaphore>,
    notes: Notes,
    recent: Recent,
    pub(super) numbers: Numbers,
}

/// What came of an attempt.
#[derive(Debug)]
struct Attempted {
    /// When the next one is due, if it failed.
    due_at: Option<Timestamp>,
    /// Whether more may wait for the endpoint.
    more: bool,
}

/// What came of a turn.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) done: Done,
    /// When what failed is due again.
    pub(super) due_at: Option<Timestamp>,
}

impl Deliverer {
    /// A deliverer with the time-outs of the settings.
    pub(crate) fn new(
        webhooks: Webhooks,
        settings: &DeliverySettings,
        numbers: Numbers,
    ) -> Result<Self, reqwest::Error> {
        let seconds = |seconds: u8| Duration::from_secs(seconds.into());
        let whole = settings.timeout_seconds.get();
        let database_turns = Arc::new(Semaphore::new(DATABASE_TURNS));
        let connect = seconds(settings.connect_timeout_seconds.get());
        Ok(Self {
            poster: Poster::new(webhooks.reach.clone(), connect, seconds(whole))?,
            lease: SignedDuration::from_secs(whole.into()) + LEASE_MARGIN,
            pause_after: SignedDuration::from_hours(settings.pause_after_hours.get().into()),
            notes: Notes::new(webhooks.database.clone(), Arc::clone(&database_turns)),
            database_turns,
            recent: Recent::default(),
            webhooks,
            numbers,
        })
    }

    /// The signal that somebody changed what is due.
    pub(super) fn changed(&self) -> &messaging::Wake {
        &self.webhooks.wakes.changed
    }

    pub(super) fn now(&self) -> Timestamp {
        self.webhooks.clock.now()
    }

    /// For whom something waits, and when the next lease ends.
    pub(super) async fn waiting(
        &self,
        now: Timestamp,
    ) -> Result<(Vec<Waiting>, Option<Timestamp>), WebhookError> {
        let database = &self.webhooks.database;
        let paused = subscriptions::count_paused(database.connection()).await?;
        self.numbers.paused.set(i64::try_from(paused).unwrap_or(i64::MAX));
        Ok(queue::waiting(database, now).await?)
    }

    /// Makes the attempts of a turn. What could not be noted is leased for a while yet, and tried
    /// again then.
    pub(super) async fn take_turn(&self, turn: &Turn) -> Ended {
        self.deliver(turn).await.unwrap_or_else(|error| {
            tracing::warn!(webhook = %turn.subscription, %error, "cannot deliver to a webhook; tried again when its lease ends");
            Ended::nothing(None)
        })
    }

    async fn deliver(&self, turn: &Turn) -> Result<Ended, WebhookError> {
        let database = &self.webhooks.database;
        let (subscription, leased, placed, began) = {
            let _turn = self.database_turns.acquire().await;
            let began = self.now();
            let until = began.saturating_add(self.lease).unwrap_or(began);
            let taken = queue::take(database, turn.subscription, (began, until), turn.most).await?;
            let Some(Taken { subscription, leased, due_at }) = taken else {
                return Ok(Ended::nothing(None));
            };
            if leased.is_empty() {
                return Ok(Ended::nothing(due_at));
            }
            let positions: Vec<_> = leased.iter().map(|one| one.position).collect();
            let placed = self.recent.at(database, &positions).await?;
            (subscription, leased, placed, began)
        };
        let together = if subscription.batching.is_some() { leased.len() } else { 1 };
        let attempts = leased.chunks(together);
        let count = attempts.len();
        let outcomes =
            join_all(attempts.map(|some| self.attempt(&subscription, some, &placed, began))).await;
        let made = outcomes.into_iter().collect::<Result<Vec<_>, _>>()?;
        let failed = made.iter().any(|attempted| attempted.due_at.is_some());
        let more = made.iter().any(|attempted| attempted.more);
        Ok(Ended {
            done: Done { attempts: count, failed: Some(failed), more },
            due_at: made.into_iter().filter_map(|attempted| attempted.due_at).min(),
        })
    }

    /// One attempt, for an event or a batch.
    async fn attempt(
        &self,
        subscription: &Subscription,
        leased: &[Leased],
        placed: &[Arc<Placed>],
        began: Timestamp,
    ) -> Result<Attempted, WebhookError> {
        let events = leased.iter().filter_map(|one| {
            placed.binary_search_by_key(&one.position, |event| event.position).ok()
        });
        let events: Vec<_> = events.map(|place| &*placed[place]).collect();
        let outgoing = self.outgoing(subscription, &events)?;
        match self.poster.post(&subscription.url, outgoing).await {
            Ok(()) => {
                let more = self.note_taken(subscription, leased).await?;
                Ok(Attempted { due_at: None, more })
            }
            Err(failure) => {
                let due_at = self.note_failure(subscription, leased, failure, began).await?;
                Ok(Attempted { due_at: Some(due_at), more: true })
            }
        }
    }

    /// CloudEvents in JSON: one (structured mode), or an array of them (batched mode).
    fn outgoing(
        &self,
        subscription: &Subscription,
        events: &[&Placed],
    ) -> Result<Outgoing, WebhookError> {
        let (id, content_type, body) = match (subscription.batching, events) {
            (None, [event]) => (
                event.event.to_string(),
                "application/cloudevents+json; charset=utf-8",
                event.body(),
            ),
            _ => (
                batch::id(subscription.id, events.iter().map(|event| event.position)),
                "application/cloudevents-batch+json; charset=utf-8",
                events.iter().map(|event| event.body()).collect(),
            ),
        };
        let (body, signed_at) = (body.to_string(), self.now());
        let signature = self.webhooks.open_secrets(subscription)?.sign(&id, signed_at, &body);
        Ok(Outgoing { id, content_type, body, signature, signed_at })
    }

    /// Whether more may wait for the endpoint.
    async fn note_taken(
        &self,
        subscription: &Subscription,
        leased: &[Leased],
    ) -> Result<bool, WebhookError> {
        let connection = self.webhooks.database.connection();
        let more = match self.notes.taken(subscription.id, leased, self.now()).await {
            Some(more) => more,
            None => {
                let _turn = self.database_turns.acquire().await;
                deliveries::taken(connection, subscription.id, leased).await?;
                true
            }
        };
        self.numbers.delivered.inc_by(leased.len() as u64);
        // A healthy endpoint costs its part of what is noted together. One that failed since is seen so the next time.
        if !subscription.health.is_troubled() {
            return Ok(more);
        }
        let _turn = self.database_turns.acquire().await;
        if subscriptions::succeeded(connection, subscription.id).await? {
            // What failed alone, beside others that were taken, waits for its own next attempt.
            if subscription.health.retry_at.is_some() {
                deliveries::recover(connection, subscription.id, self.now()).await?;
                tracing::info!(webhook = %subscription.id, "webhook works again: what waited is delivered");
            }
        }
        Ok(more)
    }

    /// Notes a failure of the deliveries and of their endpoint; gives when it is tried again.
    async fn note_failure(
        &self,
        subscription: &Subscription,
        leased: &[Leased],
        failure: Failure,
        began: Timestamp,
    ) -> Result<Timestamp, WebhookError> {
        let _turn = self.database_turns.acquire().await;
        let (id, now, entropy) = (subscription.id, self.now(), &*self.webhooks.entropy);
        let until = now.saturating_add(self.pause(subscription, leased)).unwrap_or(now);
        let is_old = |one: &&Leased| {
            one.failing_since.is_some_and(|since| now.duration_since(since) >= GIVE_UP_AFTER)
        };
        let (old, others): (Vec<_>, Vec<_>) = leased.iter().partition(is_old);
        let (old, others) = (cloned(&old), cloned(&others));

        let transaction = self.webhooks.database.begin().await?;
        // Locked in the same order as when deliveries are leased.
        let Some(current) = subscriptions::lock(&transaction, id).await? else { return Ok(until) };
        let mut health = current.health.clone();
        let follows = health.failed(failure, (began, now), self.pause_after, entropy);
        subscriptions::set_health(&transaction, id, &health).await?;
        let pauses = follows == Consequence::Pauses && current.pause.is_none();
        if pauses {
            let reason = match failure {
                Failure::Gone => PauseReason::Gone,
                _ => PauseReason::Failing,
            };
            subscriptions::pause(&transaction, &current, Pause { since: now, reason }).await?;
        }
        let outcome = failure.to_string();
        deliveries::postpone(&transaction, id, &others, (now, until), &outcome).await?;
        deliveries::give_up(&transaction, id, &old, &outcome).await?;
        transaction.commit().await.map_err(store::StoreError::from)?;
        self.report(subscription, failure, follows, pauses, old.len());
        Ok(health.retry_at.unwrap_or(until))
    }

    /// How long deliveries wait that failed. Those of a batch come again soon, in smaller ones: one of
    /// them may be to blame. Their own pauses begin once they are alone.
    fn pause(&self, subscription: &Subscription, leased: &[Leased]) -> SignedDuration {
        let entropy = &*self.webhooks.entropy;
        let attempts = leased.iter().map(|one| one.attempts).max().unwrap_or(1);
        let halvings = subscription.batching.map_or(0, Batching::halvings);
        match leased {
            [_, _, ..] => backoff::of_delivery(1, entropy),
            _ => backoff::of_delivery(attempts.saturating_sub(halvings), entropy),
        }
    }

    fn report(
        &self,
        subscription: &Subscription,
        failure: Failure,
        follows: Consequence,
        pauses: bool,
        given_up: usize,
    ) {
        let id = subscription.id;
        self.numbers.failed_attempts.inc();
        if given_up > 0 {
            tracing::warn!(webhook = %id, %failure, events = given_up, "webhook deliveries given up after three days: a replay or a resume brings them back");
        }
        if pauses {
            self.numbers.pauses.inc();
            self.webhooks.wakes.paused.wake();
            let owner = &subscription.owner;
            tracing::warn!(webhook = %id, authority = %owner.authority, client = %owner.client, %failure, "webhook paused: its events are kept until its agency resumes it");
        } else if follows == Consequence::Opens {
            self.numbers.opened.inc();
            tracing::warn!(webhook = %id, %failure, "webhook fails: its circuit breaker is open, one delivery at a time probes it");
        } else {
            tracing::debug!(webhook = %id, %failure, "webhook attempt failed; tried again later");
        }
    }
}

fn cloned(leased: &[&Leased]) -> Vec<Leased> {
    leased.iter().map(|one| (*one).clone()).collect()
}

impl Ended {
    const fn nothing(due_at: Option<Timestamp>) -> Self {
        Self { done: Done { attempts: 0, failed: None, more: false }, due_at }
    }
}
