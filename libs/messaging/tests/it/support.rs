//! Buses, databases and small consumers for the tests.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use ambient::{Clock, Entropy, SystemClock, SystemEntropy};
use async_trait::async_trait;
use ids::AuthorityId;
use messaging::{
    Bus, CreateInbox, CreateOutbox, CreatePublishedEvents, Deliver, Delivery, Event, InProcessBus,
    Queue, RabbitMq, Verdict,
};
use proto::person::v1::PersonErased;
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use store::Database;
use tokio::task::JoinHandle;

pub const SOON: Duration = Duration::from_secs(20);

/// Every bus of this run, each with nothing in it. RabbitMQ is shared with other tests, so each
/// gets a namespace of its own.
pub fn buses(test: &str) -> Vec<Arc<dyn Bus>> {
    let mut buses: Vec<Arc<dyn Bus>> = vec![Arc::new(InProcessBus::new())];
    if let Some(url) = testkit::rabbitmq_url() {
        let number = u64::from_be_bytes((&SystemEntropy as &dyn Entropy).bytes());
        let namespace = format!("{test}-{number}");
        buses.push(Arc::new(RabbitMq::in_namespace(&url, test, &namespace)));
    }
    buses
}

/// The same, with a notification service that takes its events: without one, an event stays
/// unconfirmed in process.
pub fn attended_buses(test: &str) -> Vec<Arc<dyn Bus>> {
    let buses = buses(test);
    for bus in &buses {
        Recorder::new(|_| Verdict::Done).consume(bus, Queue::notification());
    }
    buses
}

/// Every bus with every database, all of them empty.
pub async fn worlds(test: &str) -> Vec<(Arc<dyn Bus>, Database)> {
    let mut worlds = Vec::new();
    for kind in 0..buses(test).len() {
        for database in databases().await {
            worlds.push((buses(test).remove(kind), database));
        }
    }
    worlds
}

/// Every database of this run, migrated and empty.
pub async fn databases() -> Vec<Database> {
    let mut databases = vec![Database::connect("sqlite::memory:").await.unwrap()];
    if let Some(url) = testkit::postgres_url().await {
        databases.push(Database::connect(&url).await.unwrap());
    }
    for database in &databases {
        database.migrate::<Migrations>().await.unwrap();
    }
    databases
}

pub struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(CreateOutbox), Box::new(CreateInbox), Box::new(CreatePublishedEvents)]
    }
}

/// An event about `subject`.
pub fn event(subject: &str) -> Event {
    event_at(subject, &SystemClock)
}

pub fn event_at(subject: &str, clock: &dyn Clock) -> Event {
    let authority: AuthorityId = "lea".parse().unwrap();
    let message = PersonErased { pseudonym: subject.to_owned() };
    Event::new(&authority, subject, &message, clock, &SystemEntropy)
}

pub fn queue() -> Queue {
    Queue::named("inspector")
        .bind("lea.person-erased.v1")
        .with_pauses([Duration::from_millis(50), Duration::from_millis(100)])
}

/// Takes deliveries, remembers them, and answers by script.
pub struct Recorder<F> {
    pub seen: Arc<Mutex<Vec<Delivery>>>,
    answer: F,
}

impl<F: Fn(&Delivery) -> Verdict + Send + Sync + 'static> Recorder<F> {
    pub fn new(answer: F) -> Arc<Self> {
        Arc::new(Self { seen: Arc::default(), answer })
    }

    /// Consumes in the background until the handle is aborted.
    pub fn consume(self: &Arc<Self>, bus: &Arc<dyn Bus>, queue: Queue) -> JoinHandle<()> {
        let (bus, recorder) = (Arc::clone(bus), Arc::clone(self));
        tokio::spawn(async move { bus.consume(&queue, recorder).await })
    }

    pub async fn wait_for(&self, count: usize) -> Vec<Delivery> {
        testkit::eventually(SOON, async || {
            let seen = self.seen.lock().unwrap();
            (seen.len() >= count).then(|| seen.clone())
        })
        .await
    }
}

#[async_trait]
impl<F: Fn(&Delivery) -> Verdict + Send + Sync> Deliver for Recorder<F> {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        self.seen.lock().unwrap().push(delivery.clone());
        (self.answer)(delivery)
    }
}

/// Publishes until everything is confirmed, as the relay does.
pub async fn publish(bus: &Arc<dyn Bus>, events: &[Event]) {
    testkit::eventually(SOON, async || {
        bus.publish(events).await.iter().all(Result::is_ok).then_some(())
    })
    .await;
}

/// Until the queue exists: an event published before has nowhere to go.
pub async fn declared(bus: &Arc<dyn Bus>, queue: Queue) {
    let recorder = Recorder::new(|_| Verdict::Done);
    let consuming = recorder.consume(bus, queue);
    let probe = event("probe");
    testkit::eventually(SOON, async || {
        let _ = bus.publish(std::slice::from_ref(&probe)).await;
        let arrived = !recorder.seen.lock().unwrap().is_empty();
        arrived.then_some(())
    })
    .await;
    // Events of one subject keep their order: after the last probe none is left in the queue.
    let last = event("probe");
    publish(bus, std::slice::from_ref(&last)).await;
    testkit::eventually(SOON, async || {
        recorder.seen.lock().unwrap().iter().any(|seen| seen.event.id == last.id).then_some(())
    })
    .await;
    consuming.abort();
    let _ = consuming.await;
}
