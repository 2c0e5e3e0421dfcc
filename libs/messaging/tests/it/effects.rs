//! From a transaction to its effect, once.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use ambient::SystemClock;
use async_trait::async_trait;
use messaging::{
    Bus, Consumer, Event, Handler, HandlerError, InProcessBus, Outbox, Queue, Relay, UnitOfWork,
    Wake,
};
use proto::person::v1::PersonErased;
use store::Database;

use crate::{
    gate::{Answer, Gate},
    support::{SOON, databases, event, worlds},
};

/// Counts effects; optionally fails the first attempts.
#[derive(Clone, Default)]
pub struct Counter {
    pub handled: Arc<Mutex<Vec<Event>>>,
    failures_left: Arc<AtomicU32>,
}

#[async_trait]
impl Handler<PersonErased> for Counter {
    async fn handle<'a>(
        &'a self,
        _: &mut UnitOfWork<'a>,
        event: &Event,
        message: PersonErased,
    ) -> Result<(), HandlerError> {
        assert_eq!(message.pseudonym, event.subject);
        let failing = self
            .failures_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if failing {
            return Err(HandlerError::Retry("busy".into()));
        }
        self.handled.lock().unwrap().push(event.clone());
        Ok(())
    }
}

impl Counter {
    pub fn count(&self) -> usize {
        self.handled.lock().unwrap().len()
    }

    pub async fn wait_for(&self, count: usize) {
        testkit::eventually(SOON, async || (self.count() >= count).then_some(())).await;
    }

    /// Everything stored before has been delivered, however often: one more event comes last.
    pub async fn sees_the_end(&self, database: &Database) -> ids::EventId {
        let end = event("end");
        Outbox::enqueue(database.connection(), &end).await.unwrap();
        let is_handled = || self.handled.lock().unwrap().iter().any(|event| event.id == end.id);
        testkit::eventually(SOON * 6, async || is_handled().then_some(())).await;
        end.id
    }

    /// Longer than a broker needs to come back on a busy machine.
    pub async fn wait_for_patiently(&self, count: usize) {
        testkit::eventually(SOON * 6, async || (self.count() >= count).then_some(())).await;
    }
}

pub fn start(
    database: &Database,
    bus: &Arc<dyn Bus>,
    counter: &Counter,
) -> Vec<tokio::task::JoinHandle<()>> {
    let queue = Queue::notification().with_pauses([Duration::from_millis(50); 3]);
    let consumer = Consumer::new(queue, database.clone(), Arc::clone(bus), Arc::new(SystemClock))
        .on::<PersonErased>(counter.clone());
    let relay = Relay::new(database.clone(), Arc::clone(bus), Wake::default());
    vec![tokio::spawn(consumer.run()), tokio::spawn(relay.run())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_committed_event_has_its_effect_and_an_undone_one_has_none() {
    for (bus, database) in worlds("commit").await {
        let counter = Counter::default();
        let jobs = start(&database, &bus, &counter);
        let (kept, undone) = (event("kept"), event("undone"));
        let transaction = database.begin().await.unwrap();
        Outbox::enqueue(&transaction, &undone).await.unwrap();
        drop(transaction);
        let transaction = database.begin().await.unwrap();
        Outbox::enqueue(&transaction, &kept).await.unwrap();
        transaction.commit().await.unwrap();
        counter.wait_for(1).await;
        let handled = counter.handled.lock().unwrap().clone();
        assert_eq!(handled.iter().map(|event| event.id).collect::<Vec<_>>(), [kept.id]);
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_delivered_twice_has_its_effect_once() {
    for (bus, database) in worlds("twice").await {
        let counter = Counter::default();
        let jobs = start(&database, &bus, &counter);
        let twice = event("twice");
        for _ in 0..2 {
            Outbox::enqueue(database.connection(), &twice).await.unwrap();
        }
        let last = event("last");
        Outbox::enqueue(database.connection(), &last).await.unwrap();
        Outbox::enqueue(database.connection(), &twice).await.unwrap();
        let after = event("after");
        Outbox::enqueue(database.connection(), &after).await.unwrap();
        counter.wait_for(3).await;
        let end = counter.sees_the_end(&database).await;
        let mut handled: Vec<_> =
            counter.handled.lock().unwrap().iter().map(|event| event.id).collect();
        handled.sort();
        let mut expected = vec![twice.id, last.id, after.id, end];
        expected.sort();
        assert_eq!(handled, expected, "{bus:?}");
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_handler_is_asked_again() {
    for (bus, database) in worlds("busy").await {
        let counter = Counter::default();
        counter.failures_left.store(2, Ordering::SeqCst);
        let jobs = start(&database, &bus, &counter);
        Outbox::enqueue(database.connection(), &event("patient")).await.unwrap();
        counter.wait_for(1).await;
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn racing_relays_keep_the_order_of_each_subject() {
    for (bus, database) in worlds("racing").await {
        let counter = Counter::default();
        let events: Vec<_> = (0..400).map(|n| event(&format!("bkg_{}", n % 20))).collect();
        Outbox::enqueue_all(database.connection(), &events).await.unwrap();
        let mut jobs = start(&database, &bus, &counter);
        for _ in 0..3 {
            let relay = Relay::new(database.clone(), Arc::clone(&bus), Wake::default());
            jobs.push(tokio::spawn(relay.run()));
        }
        counter.wait_for(events.len()).await;
        let handled = counter.handled.lock().unwrap().clone();
        assert_eq!(handled.len(), events.len(), "{bus:?}");
        for subject in 0..20 {
            let of = |events: &[Event]| -> Vec<_> {
                let name = format!("bkg_{subject}");
                events.iter().filter(|e| e.subject == name).map(|e| e.id).collect()
            };
            assert_eq!(of(&handled), of(&events), "{bus:?}");
        }
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_waits_in_the_outbox_while_nobody_takes_it() {
    for database in databases().await {
        let counter = Counter::default();
        let gate = Arc::new(Gate::closed(Answer::Unconfirmed));
        let lonely: Arc<dyn Bus> = Arc::<Gate>::clone(&gate);
        Outbox::enqueue(database.connection(), &event("early")).await.unwrap();
        let relay = tokio::spawn(Relay::new(database.clone(), lonely, Wake::default()).run());
        gate.let_through(1);
        testkit::eventually(SOON, async || (gate.at_the_gate() == 2).then_some(())).await;
        relay.abort();
        let _ = relay.await;

        let bus: Arc<dyn Bus> = Arc::new(InProcessBus::new());
        let jobs = start(&database, &bus, &counter);
        counter.wait_for(1).await;
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
