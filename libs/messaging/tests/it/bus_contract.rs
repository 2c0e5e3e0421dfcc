//! One suite that every bus passes.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use messaging::{Event, Queue, Verdict};

use crate::support::{Recorder, SOON, attended_buses, buses, declared, event, publish, queue};

#[tokio::test(flavor = "multi_thread")]
async fn an_event_arrives_whole_and_in_order_per_subject() {
    for bus in attended_buses("order") {
        declared(&bus, queue()).await;
        let events: Vec<_> = (0..50).map(|n| event(&format!("bkg_{}", n % 5))).collect();
        let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".parse().ok();
        let events: Vec<_> =
            events.into_iter().map(|event| Event { traceparent, ..event }).collect();
        let recorder = Recorder::new(|_| Verdict::Done);
        let consuming = recorder.consume(&bus, queue());
        publish(&bus, &events).await;
        let seen = recorder.wait_for(events.len()).await;
        let seen: Vec<_> = seen.into_iter().map(|delivery| delivery.event).collect();
        // Times travel with nanoseconds in process and over AMQP alike.
        for number in 0..5 {
            let subject = format!("bkg_{number}");
            let about = |events: &[Event]| -> Vec<Event> {
                events.iter().filter(|event| event.subject == subject).cloned().collect()
            };
            assert_eq!(about(&seen), about(&events), "{bus:?}");
        }
        assert_eq!(seen.len(), events.len());
        consuming.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_events_that_a_queue_is_bound_to_arrive() {
    for bus in attended_buses("binding") {
        let other = Queue::named("kfz").bind("kfz.#");
        let stranger = Recorder::new(|_| Verdict::Done);
        let waiting = stranger.consume(&bus, other);
        declared(&bus, queue()).await;
        let recorder = Recorder::new(|_| Verdict::Done);
        let consuming = recorder.consume(&bus, queue());
        publish(&bus, &[event("a")]).await;
        recorder.wait_for(1).await;
        assert!(stranger.seen.lock().unwrap().is_empty(), "{bus:?}");
        consuming.abort();
        waiting.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_because_notification_never_ran_before() {
    for bus in buses("first") {
        let early = event("early");
        let publishing = {
            let (bus, early) = (Arc::clone(&bus), early.clone());
            tokio::spawn(async move { publish(&bus, &[early]).await })
        };
        let recorder = Recorder::new(|_| Verdict::Done);
        let consuming = recorder.consume(&bus, Queue::notification());
        assert_eq!(recorder.wait_for(1).await[0].event.id, early.id, "{bus:?}");
        publishing.await.unwrap();
        consuming.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_event_comes_again_without_holding_up_others_and_then_lies_dead() {
    for bus in attended_buses("retry") {
        declared(&bus, queue()).await;
        let (bad, good) = (event("bad"), event("good"));
        let recorder = Recorder::new(|delivery| match delivery.event.subject.as_str() {
            "bad" => Verdict::Retry(format!("attempt {}", delivery.attempt)),
            _ => Verdict::Done,
        });
        let consuming = recorder.consume(&bus, queue());
        publish(&bus, &[bad.clone(), good.clone()]).await;
        let seen = recorder.wait_for(4).await;
        let mut story: Vec<_> =
            seen.iter().map(|d| (d.event.subject.as_str(), d.attempt)).collect();
        // Which one of two subjects comes first is not promised.
        story[..2].sort_unstable();
        assert_eq!(story, [("bad", 1), ("good", 1), ("bad", 2), ("bad", 3)], "{bus:?}");

        let dead = testkit::eventually(SOON, async || {
            let dead = bus.dead_letters("inspector", 10).await.unwrap();
            (!dead.is_empty()).then_some(dead)
        })
        .await;
        assert_eq!(dead.len(), 1, "{bus:?}");
        assert_eq!((dead[0].event.clone(), dead[0].attempts), (bad, 3), "{bus:?}");
        assert_eq!(dead[0].reason, "attempt 3", "{bus:?}");
        consuming.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn poison_is_put_aside_at_once_and_can_be_replayed_or_discarded() {
    for bus in attended_buses("poison") {
        declared(&bus, queue()).await;
        let cured = Arc::new(AtomicBool::new(false));
        let is_cured = Arc::clone(&cured);
        let recorder = Recorder::new(move |_| {
            if is_cured.load(Ordering::SeqCst) {
                Verdict::Done
            } else {
                Verdict::Poison("unreadable".to_owned())
            }
        });
        let consuming = recorder.consume(&bus, queue());
        let events = [event("a"), event("b")];
        publish(&bus, &events).await;
        let dead_count = async |expected: usize| {
            testkit::eventually(SOON, async || {
                let dead = bus.dead_letters("inspector", 10).await.unwrap();
                (dead.len() == expected).then_some(dead)
            })
            .await
        };
        let dead = dead_count(2).await;
        assert!(dead.iter().all(|dead| dead.attempts == 1 && dead.reason == "unreadable"));

        cured.store(true, Ordering::SeqCst);
        assert!(bus.replay("inspector", events[0].id).await.unwrap(), "{bus:?}");
        assert!(bus.discard("inspector", events[1].id).await.unwrap(), "{bus:?}");
        assert!(!bus.discard("inspector", events[1].id).await.unwrap(), "{bus:?}");
        dead_count(0).await;
        let seen = recorder.wait_for(3).await;
        assert_eq!((seen[2].event.id, seen[2].attempt), (events[0].id, 1), "{bus:?}");
        consuming.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_consumer_held_when_it_died_goes_to_the_next_one() {
    for bus in attended_buses("killed") {
        declared(&bus, queue()).await;
        let started = Arc::new(tokio::sync::Notify::new());
        let dying = Dying(Arc::clone(&started));
        let consuming = {
            let bus = Arc::clone(&bus);
            tokio::spawn(async move { bus.consume(&queue(), Arc::new(dying)).await })
        };
        let only = event("only");
        let publishing = {
            let (bus, only) = (Arc::clone(&bus), only.clone());
            tokio::spawn(async move { publish(&bus, &[only]).await })
        };
        started.notified().await;
        consuming.abort();
        let recorder = Recorder::new(|_| Verdict::Done);
        let next = recorder.consume(&bus, queue());
        assert_eq!(recorder.wait_for(1).await[0].event.id, only.id, "{bus:?}");
        publishing.await.unwrap();
        next.abort();
    }
}

struct Dying(Arc<tokio::sync::Notify>);

#[async_trait::async_trait]
impl messaging::Deliver for Dying {
    async fn deliver(&self, _: &messaging::Delivery) -> Verdict {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Remembers what it hears.
#[derive(Default)]
struct RecordingSubscriber {
    connected: AtomicBool,
    heard: std::sync::Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl messaging::Subscriber for RecordingSubscriber {
    async fn connected(&self) {
        self.connected.store(true, Ordering::SeqCst);
    }
    async fn disconnected(&self, reason: &messaging::BusError) {
        panic!("{reason}");
    }
    async fn receive(&self, event: &Event) {
        let mut heard = self.heard.lock().unwrap();
        // The relay publishes again what is not settled.
        if heard.last() != Some(&event.subject) {
            heard.push(event.subject.clone());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_listener_hears_everything_that_is_published_from_then_on() {
    for bus in attended_buses("listen") {
        publish(&bus, &[event("before")]).await;
        let (one, two, deaf) =
            (Arc::<RecordingSubscriber>::default(), Arc::default(), Arc::default());
        let mut listening = Vec::new();
        for (subscriber, pattern) in
            [(&one, "lea.#"), (&two, "*.person-erased.v1"), (&deaf, "kfz.#")]
        {
            let (bus, subscriber) = (Arc::clone(&bus), Arc::clone(subscriber));
            let hear = async move { bus.subscribe(&[pattern.to_owned()], subscriber).await };
            listening.push(tokio::spawn(hear));
        }
        testkit::eventually(SOON, async || {
            [&one, &two, &deaf]
                .iter()
                .all(|subscriber| subscriber.connected.load(Ordering::SeqCst))
                .then_some(())
        })
        .await;
        publish(&bus, &[event("a"), event("b")]).await;
        for subscriber in [&one, &two] {
            testkit::eventually(SOON, async || {
                (*subscriber.heard.lock().unwrap() == ["a", "b"]).then_some(())
            })
            .await;
        }
        assert!(deaf.heard.lock().unwrap().is_empty(), "{bus:?}");
        // A dropped subscriber takes nothing from the other, and delays no publisher.
        listening.remove(0).abort();
        publish(&bus, &[event("c")]).await;
        testkit::eventually(SOON, async || (two.heard.lock().unwrap().len() == 3).then_some(()))
            .await;
        listening.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
