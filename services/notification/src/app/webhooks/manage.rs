//! An agency's management of its own subscriptions.

use std::sync::Arc;

use ambient::{Clock, Entropy};
use ids::{AuthorityId, ClientId, EventId, SubscriptionId};
use jiff::SignedDuration;
use messaging::{SealError, SealingKey, Wake};
use serde_json::json;
use store::{Database, StoreError};
use vocabulary::{EventKind, urn_of};

use crate::{
    store::webhooks::{deliveries, events, subscriptions},
    webhook::{
        event::{PING, Published},
        guard::{Reach, Refused},
        signature::Secrets,
        subscription::Subscription,
    },
};

const MAX_PER_CLIENT: u64 = 20;
/// After a rotation the old secret signs along for so long.
const ROTATION_OVERLAP: SignedDuration = SignedDuration::from_hours(24);
/// Events that one replay goes over.
const MAX_REPLAYED: u64 = 10_000;

/// Subscriptions and what belongs to them.
#[derive(Debug, Clone)]
pub(crate) struct Webhooks {
    pub(crate) database: Database,
    pub(crate) person_data: Arc<SealingKey>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) reach: Reach,
    /// Wakes the delivering job.
    pub(crate) wake: Wake,
}

/// The owner of subscriptions.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) authority: AuthorityId,
    pub(crate) client: ClientId,
}

/// A subscription to create.
#[derive(Debug)]
pub(crate) struct NewSubscription {
    pub(crate) url: String,
    pub(crate) events: Vec<String>,
    pub(crate) services: Vec<String>,
}

/// Why it is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebhookError {
    #[error("url: {0}")]
    Url(#[from] Refused),
    #[error("events: must be of {}", EventKind::ALL.map(EventKind::as_str).join(", "))]
    UnknownEvent,
    #[error("at most {MAX_PER_CLIENT} webhooks per client: remove one first")]
    TooMany,
    #[error("there is no such webhook of this client")]
    NotFound,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the secret cannot be sealed or opened: {0}")]
    Seal(#[from] SealError),
    #[error("the stored secret is malformed")]
    MalformedSecret,
}

impl Webhooks {
    /// Subscribes. The secret is shown this once.
    pub(crate) async fn subscribe(
        &self,
        owner: Owner,
        new: NewSubscription,
    ) -> Result<(Subscription, Secrets), WebhookError> {
        self.reach.accept(&new.url)?;
        if new.events.iter().any(|kind| kind.parse::<EventKind>().is_err()) {
            return Err(WebhookError::UnknownEvent);
        }
        let connection = self.database.connection();
        if subscriptions::count(connection, &owner.client).await? >= MAX_PER_CLIENT {
            return Err(WebhookError::TooMany);
        }
        let secrets = Secrets::new(&*self.entropy);
        let id = SubscriptionId::mint(&*self.clock, &*self.entropy);
        let subscription = Subscription {
            id,
            authority: owner.authority,
            client: owner.client,
            url: new.url,
            events: new.events,
            services: new.services,
            sealed_secrets: self.seal(id, &secrets)?,
            active: true,
            failing_since: None,
            created_at: self.clock.now(),
        };
        subscriptions::add(connection, &subscription).await?;
        Ok((subscription, secrets))
    }

    /// All of the owner's, each with the number of deliveries that wait.
    pub(crate) async fn list(
        &self,
        owner: &Owner,
    ) -> Result<Vec<(Subscription, u64)>, WebhookError> {
        let connection = self.database.connection();
        let mut list = Vec::new();
        for each in subscriptions::of_client(connection, &owner.authority, &owner.client).await? {
            let waiting = deliveries::waiting(connection, each.id).await?;
            list.push((each, waiting));
        }
        Ok(list)
    }

    /// Ends a subscription.
    pub(crate) async fn remove(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<(), WebhookError> {
        self.find(owner, id).await?;
        Ok(subscriptions::remove(self.database.connection(), id).await?)
    }

    /// Makes a new secret; the old one signs along for a day.
    pub(crate) async fn rotate(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<Secrets, WebhookError> {
        let subscription = self.find(owner, id).await?;
        let until = self.clock.now() + ROTATION_OVERLAP;
        let secrets = self.open(&subscription)?.rotated(&*self.entropy, until);
        let sealed = self.seal(id, &secrets)?;
        subscriptions::set_secrets(self.database.connection(), id, sealed).await?;
        Ok(secrets)
    }

    /// Resumes after a pause, with all missed events.
    pub(crate) async fn resume(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<(), WebhookError> {
        self.find(owner, id).await?;
        subscriptions::resume(self.database.connection(), id).await?;
        self.wake.wake();
        Ok(())
    }

    /// Sends a test event.
    pub(crate) async fn ping(&self, owner: &Owner, id: SubscriptionId) -> Result<(), WebhookError> {
        self.find(owner, id).await?;
        let (now, event) = (self.clock.now(), EventId::mint(&*self.clock, &*self.entropy));
        let published = Published {
            kind: PING.to_owned(),
            authority: owner.authority.clone(),
            services: Vec::new(),
            body: json!({
                "specversion": "1.0",
                "id": event,
                "source": urn_of(&owner.authority),
                "type": format!("fairtermin.{PING}.v1"),
                "subject": id,
                "time": now,
                "datacontenttype": "application/json",
                "data": {},
            }),
        };
        let connection = self.database.connection();
        let position = events::add(connection, event, &published, now).await?;
        deliveries::plan(connection, id, &[position]).await?;
        self.wake.wake();
        Ok(())
    }

    /// Delivers the events after the position `after` again. Returns their number.
    pub(crate) async fn replay(
        &self,
        owner: &Owner,
        id: SubscriptionId,
        after: i64,
    ) -> Result<usize, WebhookError> {
        let subscription = self.find(owner, id).await?;
        let connection = self.database.connection();
        let events = events::after(&self.database, &owner.authority, after, MAX_REPLAYED).await?;
        let wanted = events.into_iter().filter(|placed| {
            placed.published.kind != PING && subscription.wants(&placed.published)
        });
        let positions: Vec<_> = wanted.map(|placed| placed.position).collect();
        // A database takes only so many values in one statement.
        for some in positions.chunks(500) {
            deliveries::plan(connection, id, some).await?;
        }
        self.wake.wake();
        Ok(positions.len())
    }

    async fn find(&self, owner: &Owner, id: SubscriptionId) -> Result<Subscription, WebhookError> {
        let found = subscriptions::find(self.database.connection(), id).await?;
        found
            .filter(|found| found.client == owner.client && found.authority == owner.authority)
            .ok_or(WebhookError::NotFound)
    }

    fn seal(&self, id: SubscriptionId, secrets: &Secrets) -> Result<Vec<u8>, WebhookError> {
        let plain = json!(secrets).to_string();
        Ok(self.person_data.seal(plain.as_bytes(), &id.to_string(), &*self.entropy)?)
    }

    /// The secrets that sign.
    pub(super) fn open(&self, subscription: &Subscription) -> Result<Secrets, WebhookError> {
        let id = subscription.id.to_string();
        let plain = self.person_data.open(&subscription.sealed_secrets, &id)?;
        serde_json::from_slice(&plain).map_err(|_| WebhookError::MalformedSecret)
    }
}
