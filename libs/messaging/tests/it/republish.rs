//! Events that the broker confirmed and lost are published again, in order, and have their effect
//! once.

use std::{sync::Arc, time::Duration};

use ambient::{Clock, SystemClock, VirtualClock};
use jiff::{SignedDuration, Timestamp};
use messaging::{Bus, Consumer, Event, Outbox, PublishedEvents, Queue, Relay, Retention, Wake};
use proto::person::v1::PersonErased;
use store::{Backend, Database};
use tokio::task::JoinHandle;

use crate::{
    effects::Counter,
    gate::{Answer, Gate},
    support::{SOON, buses, databases, event},
};

fn everything() -> PublishedEvents {
    let (since, until) = (Timestamp::MIN, Timestamp::MAX);
    PublishedEvents { since, until, kind: None, authority: None }
}

fn relay(database: &Database, bus: &Arc<dyn Bus>, clock: Arc<dyn Clock>) -> JoinHandle<()> {
    let relay = Relay::new(database.clone(), Arc::clone(bus), Wake::default());
    tokio::spawn(relay.keeping(Retention::DEFAULT, clock).run())
}

/// Publishes them to a broker that confirms everything and loses it.
async fn lose(database: &Database, events: &[Event], clock: Arc<dyn Clock>) {
    let gate = Gate::closed(Answer::Confirmed);
    gate.let_through(1_000);
    let forgetful: Arc<dyn Bus> = Arc::new(gate);
    let relay = relay(database, &forgetful, clock);
    Outbox::enqueue_all(database.connection(), events).await.unwrap();
    testkit::eventually(SOON, async || {
        (Outbox::waiting(database).await.unwrap() == 0).then_some(())
    })
    .await;
    relay.abort();
    let _ = relay.await;
}

async fn postgres() -> Option<Database> {
    databases().await.into_iter().find(|it| it.backend() == Backend::Postgres)
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_events_come_before_what_waits_and_have_their_effect_once() {
    for bus in buses("republish") {
        let Some(database) = postgres().await else { return };
        let counter = Counter::default();
        let lost: Vec<_> = ["a", "b", "a", "b", "a"].map(event).into();
        assert_eq!(PublishedEvents::last_authority(&database).await.unwrap(), None);
        lose(&database, &lost, Arc::new(SystemClock)).await;
        let last = PublishedEvents::last_authority(&database).await.unwrap();
        assert_eq!(last, Some(lost[4].authority.to_string()));
        let waiting = event("a");
        Outbox::enqueue(database.connection(), &waiting).await.unwrap();

        let mut steps = Vec::new();
        let moved = everything().republish(&database, |count| steps.push(count)).await.unwrap();
        assert_eq!((moved.events, steps), (5, vec![5]));
        assert_eq!(moved.waiting(&database).await.unwrap(), 5);
        let again = everything().republish(&database, |_| {}).await.unwrap();
        assert_eq!(again.events, 0, "they are in the outbox already");

        let queue = Queue::notification().with_pauses([Duration::from_millis(50); 3]);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let consumer = Consumer::new(queue, database.clone(), Arc::clone(&bus), Arc::clone(&clock))
            .on::<PersonErased>(counter.clone());
        let jobs = [tokio::spawn(consumer.run()), relay(&database, &bus, clock)];
        counter.wait_for(6).await;
        let handled = counter.handled.lock().unwrap().clone();
        let ids = |events: &[Event], subject: &str| -> Vec<_> {
            events.iter().filter(|it| it.subject == subject).map(|it| it.id).collect()
        };
        let sent = [lost.as_slice(), &[waiting]].concat();
        assert_eq!(ids(&handled, "a"), ids(&sent, "a"), "{bus:?}");
        assert_eq!(ids(&handled, "b"), ids(&sent, "b"), "{bus:?}");

        // Once more: the consumer knows all of them.
        testkit::eventually(SOON, async || {
            (Outbox::waiting(&database).await.unwrap() == 0).then_some(())
        })
        .await;
        assert_eq!(everything().republish(&database, |_| {}).await.unwrap().events, 6);
        counter.sees_the_end(&database).await;
        assert_eq!(counter.count(), 7, "six and the end; {bus:?}");
        for job in jobs {
            job.abort();
            let _ = job.await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_chooses_by_time_kind_and_authority() {
    let Some(database) = postgres().await else { return };
    let start: Timestamp = "2027-01-04T08:00:00Z".parse().unwrap();
    let hour = |hours| start + SignedDuration::from_hours(hours);
    for hours in [0, 1, 2] {
        lose(&database, &[event("a")], Arc::new(VirtualClock::at(hour(hours)))).await;
    }
    let counted = async |chosen: &PublishedEvents| -> u64 {
        chosen.count(&database).await.unwrap().iter().map(|it| it.events).sum()
    };
    let later = PublishedEvents { since: hour(1), until: Timestamp::MAX, ..everything() };
    let between = PublishedEvents { until: hour(2), ..later.clone() };
    assert_eq!((counted(&everything()).await, counted(&later).await), (3, 2));
    assert_eq!(counted(&between).await, 1);
    for (kind, events) in [
        ("PersonErased", 2),
        ("fairtermin.person.v1.PersonErased", 2),
        ("Erased", 0),
        ("BookingConfirmed", 0),
    ] {
        let of_kind = PublishedEvents { kind: Some(kind.to_owned()), ..later.clone() };
        assert_eq!(counted(&of_kind).await, events, "{kind}");
    }
    for (authority, events) in [("lea", 2), ("kfz", 0)] {
        let authority = Some(authority.parse().unwrap());
        assert_eq!(counted(&PublishedEvents { authority, ..later.clone() }).await, events);
    }
    let count = between.count(&database).await.unwrap().remove(0);
    assert_eq!((count.first, count.last, count.authority.as_str()), (hour(1), hour(1), "lea"));
    assert_eq!(between.republish(&database, |_| {}).await.unwrap().events, 1);
    assert_eq!(counted(&everything()).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_long_enough_is_forgotten() {
    let Some(database) = postgres().await else { return };
    let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
    lose(&database, &[event("old")], Arc::new(clock.clone())).await;
    assert_eq!(everything().count(&database).await.unwrap().len(), 1);
    clock.advance(Retention::DEFAULT.as_duration());
    let bus: Arc<dyn Bus> = Arc::new(Gate::closed(Answer::Confirmed));
    let relay = relay(&database, &bus, Arc::new(clock));
    testkit::eventually(SOON, async || {
        everything().count(&database).await.unwrap().is_empty().then_some(())
    })
    .await;
    relay.abort();
}

#[tokio::test]
async fn on_sqlite_nothing_is_kept() {
    let database = databases().await.remove(0);
    lose(&database, &[event("a")], Arc::new(SystemClock)).await;
    assert_eq!(everything().count(&database).await.unwrap(), []);
    assert_eq!(everything().republish(&database, |_| {}).await.unwrap().events, 0);
}
