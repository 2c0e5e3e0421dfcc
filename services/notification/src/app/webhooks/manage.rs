//! An agency's management of its own subscriptions.

use std::sync::Arc;

use ambient::{Clock, Entropy};
use ids::{EventId, SubscriptionId};
use jiff::Timestamp;
use lettre::Address;
use messaging::{SealError, SealingKey, Wake};
use serde_json::{Value, json};
use store::{Database, StoreError};
use vocabulary::{EventKind, urn_of};

use super::{
    made::{Subscribed, made},
    notify::Contact,
    once::Once,
};
use crate::{
    store::webhooks::{
        deliveries::{self, NewDelivery},
        events::{self, NewEvent},
        subscriptions,
    },
    webhook::{
        batch::{Batching, OutOfBounds},
        event::{PING, Published},
        guard::{Reach, Refused},
        health::Health,
        replay::Ahead,
        signature::{Secrets, TooManySecrets},
        subscription::{Ordering, Owner, Subscription},
    },
};

/// Webhooks of one client with one authority.
const MAX_PER_CLIENT: u64 = 20;
/// The longest e-mail address (RFC 5321 section 4.5.3.1.3, without the brackets).
const MAX_ADDRESS: usize = 254;

/// Subscriptions and what belongs to them.
#[derive(Debug, Clone)]
pub(crate) struct Webhooks {
    pub(crate) database: Database,
    pub(crate) person_data: Arc<SealingKey>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) reach: Reach,
    pub(crate) wakes: Wakes,
}

/// What wakes the jobs of webhooks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wakes {
    /// Events were recorded: their deliveries are to be planned.
    pub(crate) recorded: Wake,
    /// An agency or another process changed what is due.
    pub(crate) changed: Wake,
    /// An endpoint was paused: its agency is to be told.
    pub(crate) paused: Wake,
}

/// A subscription to create.
#[derive(Debug)]
pub(crate) struct NewSubscription {
    pub(crate) url: String,
    pub(crate) events: Vec<String>,
    pub(crate) services: Vec<String>,
    pub(crate) ordering: Ordering,
    /// The most events and the most seconds of a batch; one event per delivery if absent.
    pub(crate) batch: Option<(u64, u64)>,
    pub(crate) contact: Option<Contact>,
}

/// Why it is refused.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WebhookError {
    #[error("url: {0}")]
    Url(#[from] Refused),
    #[error("events: must be of {}", EventKind::ALL.map(EventKind::as_str).join(", "))]
    UnknownKind,
    #[error("batch: {0}")]
    Batch(#[from] OutOfBounds),
    #[error("contact.email: not an e-mail address; write it like webhooks@agency.example")]
    Contact,
    #[error("at most {MAX_PER_CLIENT} webhooks of one client with one authority: remove one first")]
    TooMany,
    #[error("there is no such webhook of this client")]
    NotFound,
    #[error(
        "event: this authority has no event with that id; `id` of an event of the feed is right"
    )]
    UnknownEvent,
    #[error("the Idempotency-Key was used with another request")]
    OtherRequest,
    #[error("the webhook that this request made was removed since")]
    Removed,
    #[error("the secret that this request made was replaced since")]
    SecretReplaced,
    #[error(transparent)]
    Ahead(#[from] Ahead),
    #[error(transparent)]
    TooManySecrets(#[from] TooManySecrets),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the secret cannot be sealed or opened: {0}")]
    Seal(#[from] SealError),
    #[error("what is stored sealed is malformed")]
    MalformedSecret,
}

fn is_address(email: &str) -> bool {
    email.len() <= MAX_ADDRESS && email.parse::<Address>().is_ok()
}

impl NewSubscription {
    /// What is compared when an `Idempotency-Key` comes again.
    fn as_json(&self) -> Value {
        json!({
            "url": self.url,
            "events": self.events,
            "services": self.services,
            "ordering": self.ordering,
            "batch": self.batch,
            "contact": self.contact,
        })
    }
}

impl Webhooks {
    /// Subscribes. The secret is shown this once. If the request came before, the answer is what has become
    /// of the webhook that it made.
    pub(crate) async fn subscribe(
        &self,
        owner: Owner,
        new: NewSubscription,
        key: Option<String>,
    ) -> Result<Subscribed, WebhookError> {
        let once = key.map(|key| Once::of_owner(key, &owner, &new.as_json()));
        let once = once.as_ref();
        if let Some(before) = self.answered(once).await? {
            return self.as_it_is_now(&owner, &before).await;
        }
        let batching = self.check(&new).await?;
        let connection = self.database.connection();
        if subscriptions::count(connection, &owner).await? >= MAX_PER_CLIENT {
            return Err(WebhookError::TooMany);
        }
        let secrets = Secrets::new(&*self.entropy);
        let id = SubscriptionId::mint(&*self.clock, &*self.entropy);
        let subscription = Subscription {
            id,
            owner,
            url: new.url,
            events: new.events,
            services: new.services,
            ordering: new.ordering,
            batching,
            sealed_secrets: self.seal(id, &json!(secrets))?,
            sealed_contact: self.seal_contact(id, new.contact.as_ref())?,
            pause: None,
            health: Health::default(),
            created_at: self.now(),
        };
        let transaction = self.database.begin().await?;
        subscriptions::add(&transaction, &subscription).await?;
        let secret = secrets.reveal().to_owned();
        if !self.remember(&transaction, once, &made(id, &secret)).await? {
            transaction.rollback().await.map_err(StoreError::from)?;
            let before = self.answered(once).await?.ok_or(WebhookError::OtherRequest)?;
            return self.as_it_is_now(&subscription.owner, &before).await;
        }
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Subscribed { subscription, waiting: 0, secret: Some(secret) })
    }

    /// Asks for something else from now on. Secret and queue stay; so does a pause.
    pub(crate) async fn replace(
        &self,
        owner: &Owner,
        id: SubscriptionId,
        new: NewSubscription,
    ) -> Result<(Subscription, u64), WebhookError> {
        let subscription = self.find(owner, id).await?;
        let batching = self.check(&new).await?;
        let subscription = Subscription {
            sealed_contact: self.seal_contact(id, new.contact.as_ref())?,
            url: new.url,
            events: new.events,
            services: new.services,
            ordering: new.ordering,
            batching,
            ..subscription
        };
        let connection = self.database.connection();
        subscriptions::replace(connection, &subscription).await?;
        self.wakes.changed.wake();
        let waiting = deliveries::waiting(connection, id).await?;
        Ok((subscription, waiting))
    }

    /// Whether this can be asked for.
    async fn check(&self, new: &NewSubscription) -> Result<Option<Batching>, WebhookError> {
        let url = self.reach.accept(&new.url)?;
        if new.events.iter().any(|kind| kind.parse::<EventKind>().is_err()) {
            return Err(WebhookError::UnknownKind);
        }
        if new.contact.as_ref().is_some_and(|contact| !is_address(&contact.email)) {
            return Err(WebhookError::Contact);
        }
        let batching = new.batch.map(|(events, seconds)| Batching::new(events, seconds));
        let batching = batching.transpose()?;
        self.reach.look_up(&url).await?;
        Ok(batching)
    }

    /// All of the owner's, each with the number of deliveries that wait.
    pub(crate) async fn list(
        &self,
        owner: &Owner,
    ) -> Result<Vec<(Subscription, u64)>, WebhookError> {
        let connection = self.database.connection();
        let mut list = Vec::new();
        for each in subscriptions::of_owner(connection, owner).await? {
            let waiting = deliveries::waiting(connection, each.id).await?;
            list.push((each, waiting));
        }
        Ok(list)
    }

    /// One of the owner's, with the number of deliveries that wait.
    pub(crate) async fn read(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<(Subscription, u64), WebhookError> {
        let found = self.find(owner, id).await?;
        let waiting = deliveries::waiting(self.database.connection(), id).await?;
        Ok((found, waiting))
    }

    /// Ends a subscription. For a day a repeat is answered alike.
    pub(crate) async fn remove(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<(), WebhookError> {
        // No caller's key has a space.
        let once = Once::of_owner(format!("remove {id}"), owner, &Value::Null);
        if self.answered(Some(&once)).await?.is_some() {
            return Ok(());
        }
        self.find(owner, id).await?;
        let transaction = self.database.begin().await?;
        subscriptions::remove(&transaction, id).await?;
        self.remember(&transaction, Some(&once), &Value::Null).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    /// Resumes after a pause, with all missed events. Asked again it changes nothing more.
    pub(crate) async fn resume(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<(), WebhookError> {
        self.find(owner, id).await?;
        subscriptions::resume(self.database.connection(), id, self.clock.now()).await?;
        tracing::info!(webhook = %id, "webhook resumed by its agency: what it missed is delivered");
        self.wakes.changed.wake();
        Ok(())
    }

    /// Sends a test event.
    pub(crate) async fn ping(&self, owner: &Owner, id: SubscriptionId) -> Result<(), WebhookError> {
        self.find(owner, id).await?;
        let (now, event) = (self.now(), EventId::mint(&*self.clock, &*self.entropy));
        let published = Published {
            kind: PING.to_owned(),
            authority: owner.authority.clone(),
            services: Vec::new(),
            subject: String::new(),
            revision: None,
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
        let event = NewEvent { id: event, published, occurred_at: now, number: 0 };
        let connection = self.database.connection();
        let position = events::add(connection, &event).await?;
        let subject = String::new();
        let ping = NewDelivery { subscription: id, position, subject, due_at: None };
        deliveries::plan(connection, &[ping]).await?;
        self.wakes.changed.wake();
        Ok(())
    }

    /// To the millisecond, as everything is stored and told.
    fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    pub(super) async fn find(
        &self,
        owner: &Owner,
        id: SubscriptionId,
    ) -> Result<Subscription, WebhookError> {
        let found = subscriptions::find(self.database.connection(), id).await?;
        found.filter(|found| found.owner == *owner).ok_or(WebhookError::NotFound)
    }

    pub(super) fn seal(&self, id: SubscriptionId, plain: &Value) -> Result<Vec<u8>, WebhookError> {
        let plain = plain.to_string();
        Ok(self.person_data.seal(plain.as_bytes(), &id.to_string(), &*self.entropy)?)
    }

    fn seal_contact(
        &self,
        id: SubscriptionId,
        contact: Option<&Contact>,
    ) -> Result<Option<Vec<u8>>, WebhookError> {
        contact.map(|contact| self.seal(id, &json!(contact))).transpose()
    }

    /// The secrets that sign.
    pub(super) fn open_secrets(
        &self,
        subscription: &Subscription,
    ) -> Result<Secrets, WebhookError> {
        let plain = self.unseal(subscription.id, &subscription.sealed_secrets)?;
        serde_json::from_slice(&plain).map_err(|_| WebhookError::MalformedSecret)
    }

    /// The address that gets a message about a pause.
    pub(super) fn open_contact(
        &self,
        subscription: &Subscription,
    ) -> Result<Option<Contact>, WebhookError> {
        let Some(sealed) = &subscription.sealed_contact else { return Ok(None) };
        let plain = self.unseal(subscription.id, sealed)?;
        serde_json::from_slice(&plain).map(Some).map_err(|_| WebhookError::MalformedSecret)
    }

    fn unseal(&self, id: SubscriptionId, sealed: &[u8]) -> Result<Vec<u8>, WebhookError> {
        Ok(self.person_data.open(sealed, &id.to_string())?)
    }
}
