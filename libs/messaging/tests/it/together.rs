//! Events that wait together share a transaction, and none suffers from another.

use std::sync::{Arc, Mutex};

use ambient::SystemClock;
use async_trait::async_trait;
use messaging::{
    Bus, BusError, Consumer, DeadLetter, Deliver, Delivery, Event, EveryHandler, Handler,
    HandlerError, Queue, RunHandler, Subscriber, Unconfirmed, UnitOfWork, Verdict,
};
use proto::person::v1::PersonErased;

use crate::{
    effects::Counter,
    support::{databases, event},
};

/// A bus that hands over all it has at once, and keeps the verdicts.
#[derive(Debug)]
struct AtOnce {
    events: Vec<Event>,
    verdicts: Mutex<Vec<Verdict>>,
}

#[async_trait]
impl Bus for AtOnce {
    async fn publish(&self, events: &[Event]) -> Vec<Result<(), Unconfirmed>> {
        events.iter().map(|_| Ok(())).collect()
    }
    async fn consume(&self, _: &Queue, deliver: Arc<dyn Deliver>) {
        let delivery = |event: &Event| Delivery { event: event.clone(), attempt: 1 };
        let deliveries: Vec<_> = self.events.iter().map(delivery).collect();
        let verdicts = deliver.deliver_all(&deliveries).await;
        *self.verdicts.lock().unwrap() = verdicts;
    }
    async fn subscribe(&self, _: &[String], _: Arc<dyn Subscriber>) {}
    async fn ping(&self) -> Result<(), BusError> {
        Ok(())
    }
    async fn dead_letters(&self, _: &str, _: usize) -> Result<Vec<DeadLetter>, BusError> {
        Ok(Vec::new())
    }
    async fn replay(&self, _: &str, _: ids::EventId) -> Result<bool, BusError> {
        Ok(false)
    }
    async fn discard(&self, _: &str, _: ids::EventId) -> Result<bool, BusError> {
        Ok(false)
    }
}

/// Counts what it sees, and how many came together; never handles the subject `bad`.
#[derive(Clone, Default)]
struct Together(Arc<Mutex<Vec<usize>>>);

#[async_trait]
impl EveryHandler for Together {
    async fn handle_all<'a>(
        &'a self,
        _: &mut UnitOfWork<'a>,
        events: &[&Event],
    ) -> Result<(), HandlerError> {
        self.0.lock().unwrap().push(events.len());
        Ok(())
    }
}

/// Poison is what has the subject `bad`.
#[derive(Clone)]
struct Picky(Counter);

#[async_trait]
impl Handler<PersonErased> for Picky {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        message: PersonErased,
    ) -> Result<(), HandlerError> {
        if event.subject == "bad" {
            return Err(HandlerError::Poison("bad".into()));
        }
        self.0.handle(unit, event, message).await
    }
}

/// Notes the subjects that came together; `bad` is poison.
#[derive(Clone, Default)]
struct Runs(Arc<Mutex<Vec<Vec<String>>>>);

#[async_trait]
impl RunHandler<PersonErased> for Runs {
    async fn handle_run<'a>(
        &'a self,
        _: &mut UnitOfWork<'a>,
        run: &[(&Event, PersonErased)],
    ) -> Result<(), HandlerError> {
        let subjects: Vec<_> = run.iter().map(|(event, _)| event.subject.clone()).collect();
        let is_bad = subjects.iter().any(|subject| subject == "bad");
        self.0.lock().unwrap().push(subjects);
        if is_bad { Err(HandlerError::Poison("bad".into())) } else { Ok(()) }
    }
}

/// Hands the events over; gives their verdicts, and how many came together each time.
async fn hand_over(
    database: &store::Database,
    counter: &Counter,
    events: Vec<Event>,
) -> (Vec<Verdict>, Vec<usize>) {
    let bus = Arc::new(AtOnce { events, verdicts: Mutex::default() });
    let together = Together::default();
    let shared: Arc<dyn Bus> = Arc::<AtOnce>::clone(&bus);
    let clock = Arc::new(SystemClock);
    Consumer::new(Queue::notification(), database.clone(), shared, clock)
        .on::<PersonErased>(Picky(counter.clone()))
        .on_every(together.clone())
        .run()
        .await;
    let verdicts = bus.verdicts.lock().unwrap().clone();
    let sizes = together.0.lock().unwrap().clone();
    (verdicts, sizes)
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_wait_together_have_their_effects_in_one_transaction_each_once() {
    for database in databases().await {
        let counter = Counter::default();
        let (first, second) = (event("a"), event("b"));
        let events = vec![first.clone(), second.clone(), first.clone()];
        let (verdicts, sizes) = hand_over(&database, &counter, events).await;
        assert_eq!((verdicts, sizes), (vec![Verdict::Done; 3], vec![2]));
        let third = event("c");
        let (verdicts, sizes) = hand_over(&database, &counter, vec![second, third.clone()]).await;
        assert_eq!((verdicts, sizes), (vec![Verdict::Done; 2], vec![1]));
        let subjects: Vec<_> =
            counter.handled.lock().unwrap().iter().map(|event| event.subject.clone()).collect();
        assert_eq!(subjects, ["a", "b", "c"], "in order, each once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_handled_takes_no_other_with_it() {
    for database in databases().await {
        let counter = Counter::default();
        let events = vec![event("a"), event("bad"), event("b")];
        let (verdicts, sizes) = hand_over(&database, &counter, events.clone()).await;
        assert_eq!(verdicts, [Verdict::Done, Verdict::Poison("bad".to_owned()), Verdict::Done]);
        assert_eq!(sizes, [1, 1], "one by one");
        // What was undone had no effect: handed over again, only what failed is new.
        let (again, _) = hand_over(&database, &counter, events).await;
        assert_eq!(again[0], Verdict::Done);
        let last: Vec<_> =
            counter.handled.lock().unwrap().iter().map(|event| event.subject.clone()).collect();
        // `a` was counted once before its transaction was undone, and once alone.
        assert_eq!(last, ["a", "a", "b"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_one_kind_go_to_a_handler_of_runs_together_and_alone_if_one_fails() {
    for database in databases().await {
        let runs = Runs::default();
        let events = ["a", "b", "bad"].map(event).to_vec();
        let bus = Arc::new(AtOnce { events, verdicts: Mutex::default() });
        let shared: Arc<dyn Bus> = Arc::<AtOnce>::clone(&bus);
        let clock = Arc::new(SystemClock);
        Consumer::new(Queue::notification(), database.clone(), shared, clock)
            .on_runs::<PersonErased>(runs.clone())
            .run()
            .await;
        let verdicts = bus.verdicts.lock().unwrap().clone();
        assert_eq!(verdicts, [Verdict::Done, Verdict::Done, Verdict::Poison("bad".to_owned())]);
        let runs = runs.0.lock().unwrap().clone();
        assert_eq!(runs, [vec!["a", "b", "bad"], vec!["a"], vec!["b"], vec!["bad"]]);
    }
}
