//! The bus of production: RabbitMQ.
//!
//! For a namespace `fairtermin` and a queue `notification`:
//!
//! | object | what it is |
//! |---|---|
//! | exchange `fairtermin` | topic, durable; every event goes here |
//! | queue `fairtermin.notification` | quorum, one active consumer (keeps the order per subject) |
//! | queue `fairtermin.notification.retry.10000` | quorum, one per pause; its messages return after that many milliseconds |
//! | queue `fairtermin.notification.dead` | quorum; dead letters |
//! | a queue with a name from the broker | exclusive; one per subscriber, gone with its connection |
//!
//! What a queue holds is durable and confirmed: messages persistent, queues replicated (quorum),
//! publishing with confirms, consuming with acknowledgements. Connections are made when first
//! needed and again after each failure, without an end, so a service starts while the broker is
//! away and says so in `/readyz`.
//!
//! Each part of the work has a file: [`topology`] (what exists), [`publishing`], [`consuming`],
//! [`subscription`], [`dead_letters`], [`inspect`], and [`headers`] (an event as a message).

mod consuming;
mod dead_letters;
mod headers;
mod inspect;
mod publishing;
mod subscription;
mod topology;

pub use inspect::QueueState;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use ids::EventId;
use lapin::{Connection, ConnectionProperties, uri::AMQPUri};
use tokio::sync::Mutex;

use crate::{Bus, BusError, DeadLetter, Deliver, Event, Queue, Subscriber, Unconfirmed};

/// How long TCP, TLS and the AMQP handshake may take together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The error of the parser would repeat the address, with the password.
const UNREADABLE_ADDRESS: &str = "its address cannot be read as an address: write it like \
    amqp://HOST:5672/%2f with USER:PASSWORD@ before the host, and percent-encode special \
    characters of the password (`/` is %2F, `#` is %23)";

/// A bus that comes back by itself when the broker does. Clones share the publishing connection.
///
/// The user needs `configure`, `write` and `read` on names that begin with the namespace, on the
/// default exchange (`amq.default`), and on queues whose names the broker makes (`amq.gen-...`).
#[derive(Clone)]
pub struct RabbitMq(Arc<Shared>);

struct Shared {
    /// With the password: never shown.
    address: String,
    /// For the administrator of the broker.
    name: String,
    /// The exchange's name, and what all queues begin with.
    namespace: String,
    /// The publishing connection. A consumer has one of its own: a broker short of memory stops
    /// reading from connections that publish.
    publisher: Mutex<Option<publishing::PublishChannel>>,
}

impl RabbitMq {
    /// A bus at `address` (`amqp://user:password@host:5672/%2f`, `amqps://` for TLS), connected
    /// when first needed. `name` is what the broker's administrator sees, for example `slot lea`.
    #[must_use]
    pub fn new(address: &str, name: &str) -> Self {
        Self::in_namespace(address, name, "fairtermin")
    }

    /// The same with its own exchange and queues: several installations (or tests) on one broker.
    #[must_use]
    pub fn in_namespace(address: &str, name: &str, namespace: &str) -> Self {
        Self(Arc::new(Shared {
            address: address.to_owned(),
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            publisher: Mutex::new(None),
        }))
    }
}

impl Shared {
    /// No retries here: each caller has its own pause.
    async fn connect(&self) -> Result<Connection, BusError> {
        let properties =
            ConnectionProperties::default().with_connection_name(self.name.as_str().into());
        let address: AMQPUri =
            self.address.parse().map_err(|_| BusError(UNREADABLE_ADDRESS.to_owned()))?;
        let connecting = Connection::connect_uri(address, properties);
        match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(BusError(error.to_string())),
            Err(_) => Err(BusError(format!("no answer within {} s", CONNECT_TIMEOUT.as_secs()))),
        }
    }
}

impl From<lapin::Error> for BusError {
    fn from(error: lapin::Error) -> Self {
        Self(error.to_string())
    }
}

impl std::fmt::Debug for RabbitMq {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address holds the password.
        f.debug_struct("RabbitMq")
            .field("name", &self.0.name)
            .field("namespace", &self.0.namespace)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Bus for RabbitMq {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        self.0.publish(events).await
    }

    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>) {
        self.0.consume(queue, &*deliver).await;
    }

    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn Subscriber>) {
        self.0.subscribe(patterns, &*subscriber).await;
    }

    async fn ping(&self) -> Result<(), BusError> {
        self.0.check().await
    }

    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError> {
        self.0.list_dead(queue, limit).await
    }

    async fn replay(&self, queue: &str, id: EventId) -> Result<bool, BusError> {
        self.0.replay_dead(queue, id).await
    }

    async fn discard(&self, queue: &str, id: EventId) -> Result<bool, BusError> {
        self.0.discard_dead(queue, id).await
    }
}
