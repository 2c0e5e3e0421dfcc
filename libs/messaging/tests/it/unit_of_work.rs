//! A change, its events and what follows, together or not at all.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use ambient::SystemClock;
use async_trait::async_trait;
use messaging::{Consumer, Event, Handler, HandlerError, Outbox, Queue, Relay, UnitOfWork, Wake};
use proto::person::v1::PersonErased;

use crate::{
    effects::Counter,
    support::{SOON, databases, event, worlds},
};

#[tokio::test(flavor = "multi_thread")]
async fn effects_follow_the_commit_in_their_order() {
    for database in databases().await {
        let wake = Wake::default();
        let happened = Mutex::new(Vec::new());
        let mut unit = UnitOfWork::begin(&database, &wake).await.unwrap();
        unit.after_commit(async { happened.lock().unwrap().push("first") });
        unit.publish(&event("bkg_1")).await.unwrap();
        unit.after_commit(async {
            // The connection is free again, and what was written is there.
            assert_eq!(Outbox::waiting(&database).await.unwrap(), 1);
            happened.lock().unwrap().push("second");
        });
        assert!(happened.lock().unwrap().is_empty());
        unit.commit().await.unwrap();
        assert_eq!(*happened.lock().unwrap(), ["first", "second"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_commit_nothing_happens() {
    for database in databases().await {
        let wake = Wake::default();
        let count = AtomicU32::new(0);
        let mut unit = UnitOfWork::begin(&database, &wake).await.unwrap();
        unit.publish(&event("bkg_1")).await.unwrap();
        unit.after_commit(async {
            count.fetch_add(1, Ordering::SeqCst);
        });
        drop(unit);
        assert_eq!(Outbox::waiting(&database).await.unwrap(), 0);
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
}

/// A relay that never looks by itself publishes at once what was committed.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_with_events_wakes_the_relay() {
    for (bus, database) in worlds("unit-wakes").await {
        let (counter, wake) = (Counter::default(), Wake::default());
        let consumer = Consumer::new(
            Queue::notification(),
            database.clone(),
            Arc::clone(&bus),
            Arc::new(SystemClock),
        )
        .on::<PersonErased>(counter.clone());
        let relay = Relay::new(database.clone(), Arc::clone(&bus), wake.clone());
        let jobs =
            [tokio::spawn(consumer.run()), tokio::spawn(relay.polling_every(SOON * 60).run())];
        // The queue must be there first: until then the relay tries again by itself.
        for (count, subject) in (1..).zip(["first", "second"]) {
            let mut unit = UnitOfWork::begin(&database, &wake).await.unwrap();
            unit.publish(&event(subject)).await.unwrap();
            unit.commit().await.unwrap();
            counter.wait_for(count).await;
        }
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

/// Publishes an answer to each event of `first`, and notes what follows.
#[derive(Clone, Default)]
struct Answering {
    followed: Arc<AtomicU32>,
    counter: Counter,
}

#[async_trait]
impl Handler<PersonErased> for Answering {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        received: &Event,
        message: PersonErased,
    ) -> Result<(), HandlerError> {
        if message.pseudonym == "first" {
            unit.publish(&event("answer")).await?;
            unit.after_commit(async {
                self.followed.fetch_add(1, Ordering::SeqCst);
            });
        }
        self.counter.handle(unit, received, message).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_handler_publishes_leaves_at_once() {
    for (bus, database) in worlds("unit-answers").await {
        let (answering, wake) = (Answering::default(), Wake::default());
        let consumer = Consumer::new(
            Queue::notification(),
            database.clone(),
            Arc::clone(&bus),
            Arc::new(SystemClock),
        )
        .on::<PersonErased>(answering.clone())
        .publishing(wake.clone());
        let relay = Relay::new(database.clone(), Arc::clone(&bus), wake.clone());
        let jobs =
            [tokio::spawn(consumer.run()), tokio::spawn(relay.polling_every(SOON * 60).run())];
        let mut unit = UnitOfWork::begin(&database, &wake).await.unwrap();
        unit.publish(&event("first")).await.unwrap();
        unit.commit().await.unwrap();
        answering.counter.wait_for(2).await;
        assert_eq!(answering.followed.load(Ordering::SeqCst), 1, "{bus:?}");
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
