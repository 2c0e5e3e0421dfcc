//! What happens when things break: nothing is lost, nothing has its effect twice.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ambient::SystemClock;
use async_trait::async_trait;
use messaging::{
    Bus, BusError, Consumer, DeadLetter, Deliver, Delivery, Event, Outbox, Queue, RabbitMq, Relay,
    Unconfirmed, Verdict, Wake,
};
use proto::person::v1::PersonErased;
use store::Database;
use tokio::{sync::Notify, task::JoinHandle};

use crate::{
    broker::Broker,
    effects::{Counter, start},
    support::{SOON, databases, event, worlds},
};

#[tokio::test(flavor = "multi_thread")]
async fn each_event_has_its_effect_once_while_the_broker_is_killed_and_blocked() {
    let Some(mut broker) = Broker::start().await else { return };
    let database = databases().await.pop().unwrap();
    let bus: Arc<dyn Bus> = Arc::new(RabbitMq::new(&broker.url(), "faults"));
    let counter = Counter::default();
    let jobs = start(&database, &bus, &counter);

    let stop = Arc::new(AtomicBool::new(false));
    let writing: JoinHandle<BTreeSet<_>> = {
        let (database, stop) = (database.clone(), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut written = BTreeSet::new();
            while !stop.load(Ordering::SeqCst) {
                let event = event(&format!("bkg_{}", written.len() % 10));
                Outbox::enqueue(database.connection(), &event).await.unwrap();
                written.insert(event.id);
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            written
        })
    };
    counter.wait_for(20).await;
    broker.kill();
    pile_up(&database).await;
    broker.start_again().await;
    let before_alarm = counter.count();
    counter.wait_for_patiently(before_alarm + 50).await;

    // A memory alarm: the broker stops reading from publishers.
    broker.control(&["set_vm_memory_high_watermark", "0.00000001"]);
    // It takes a moment until the broker has noticed.
    testkit::eventually(Duration::from_secs(20), async || {
        bus.ping().await.err().filter(|error| error.0.contains("alarm"))
    })
    .await;
    pile_up(&database).await;
    broker.control(&["set_vm_memory_high_watermark", "0.4"]);
    let after_alarm = counter.count();
    counter.wait_for_patiently(after_alarm + 50).await;

    stop.store(true, Ordering::SeqCst);
    let mut written = writing.await.unwrap();
    counter.wait_for_patiently(written.len()).await;
    written.insert(counter.sees_the_end(&database).await);
    let handled = counter.handled.lock().unwrap().clone();
    let distinct: BTreeSet<_> = handled.iter().map(|event| event.id).collect();
    assert_eq!(distinct, written, "lost or invented");
    assert_eq!(handled.len(), written.len(), "twice");
    assert!(bus.dead_letters("notification", 10).await.unwrap().is_empty());
    jobs.iter().for_each(JoinHandle::abort);
}

/// Until so many events wait that the bus must have stopped taking them.
async fn pile_up(database: &Database) {
    testkit::eventually(SOON * 6, async || {
        let waiting = Outbox::waiting(database).await.unwrap();
        (waiting >= 100).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_dies_between_effect_and_acknowledgement_repeats_nothing() {
    for (bus, database) in worlds("between").await {
        let counter = Counter::default();
        let handled = Arc::new(Notify::new());
        let forgetful: Arc<dyn Bus> =
            Arc::new(Forgetful { bus: Arc::clone(&bus), handled: Arc::clone(&handled) });
        let dying = tokio::spawn(
            Consumer::new(
                Queue::notification(),
                database.clone(),
                forgetful,
                Arc::new(SystemClock),
            )
            .on::<PersonErased>(counter.clone())
            .run(),
        );
        let relay = Relay::new(database.clone(), Arc::clone(&bus), Wake::default());
        let relay = tokio::spawn(relay.run());
        Outbox::enqueue(database.connection(), &event("a")).await.unwrap();
        handled.notified().await;
        dying.abort();
        relay.abort();
        assert_eq!(counter.count(), 1, "{bus:?}");

        let jobs = start(&database, &bus, &counter);
        Outbox::enqueue(database.connection(), &event("b")).await.unwrap();
        counter.wait_for(2).await;
        counter.sees_the_end(&database).await;
        let subjects: Vec<_> =
            counter.handled.lock().unwrap().iter().map(|event| event.subject.clone()).collect();
        assert_eq!(subjects, ["a", "b", "end"], "{bus:?}");
        jobs.iter().for_each(JoinHandle::abort);
    }
}

/// A bus whose consumers hang between the effect and the acknowledgement.
#[derive(Debug)]
struct Forgetful {
    bus: Arc<dyn Bus>,
    handled: Arc<Notify>,
}

struct Hanging {
    deliver: Arc<dyn Deliver>,
    handled: Arc<Notify>,
}

#[async_trait]
impl Deliver for Hanging {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        self.deliver.deliver(delivery).await;
        self.handled.notify_one();
        std::future::pending().await
    }
}

#[async_trait]
impl Bus for Forgetful {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        self.bus.publish(events).await
    }
    async fn consume(&self, queue: &Queue, deliver: Arc<dyn Deliver>) {
        let hanging = Hanging { deliver, handled: Arc::clone(&self.handled) };
        self.bus.consume(queue, Arc::new(hanging)).await;
    }
    async fn subscribe(&self, patterns: &[String], subscriber: Arc<dyn messaging::Subscriber>) {
        self.bus.subscribe(patterns, subscriber).await;
    }
    async fn ping(&self) -> Result<(), BusError> {
        self.bus.ping().await
    }
    async fn dead_letters(&self, queue: &str, limit: usize) -> Result<Vec<DeadLetter>, BusError> {
        self.bus.dead_letters(queue, limit).await
    }
    async fn replay(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError> {
        self.bus.replay(queue, id).await
    }
    async fn discard(&self, queue: &str, id: ids::EventId) -> Result<bool, BusError> {
        self.bus.discard(queue, id).await
    }
}
