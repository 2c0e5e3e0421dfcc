//! What an agency can choose: order, batches, and what is delivered again.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use proto::booking::v1::{BookingCancelled, CancelledBy};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    agency::{Received, Receiver},
    support::{SOON, appointment, confirmed, person},
    webhooks::{World, databases},
};

fn kind(received: &Received) -> String {
    received.event()["type"].as_str().unwrap().to_owned()
}

fn order(received: &Received) -> i64 {
    received.event()["data"]["order"].as_i64().unwrap()
}

/// Somebody books and cancels; the first attempt of the confirmation fails.
async fn book_and_cancel(world: &World, receiver: &Receiver, id: &str) {
    let booked = appointment(person(), "de");
    world.service.hear(&booked.series_id, &confirmed(&booked)).await;
    receiver.wait_for(1).await;
    world.webhook_once(id, |it| it["last_failure"]["status"] == 500).await;
    let mut cancelled = booked.clone();
    cancelled.sequence += 1;
    let message = BookingCancelled {
        appointment: Some(cancelled),
        cancelled_by: CancelledBy::Person.into(),
        ..BookingCancelled::default()
    };
    world.service.hear(&booked.series_id, &message).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_a_booking_keep_their_order_when_one_is_retried() {
    for database in databases().await {
        keeps_order(World::start_on(&database, true).await).await;
    }
}

async fn keeps_order(world: World) {
    let (receiver, url) = Receiver::start(&[500]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    book_and_cancel(&world, &receiver, &id).await;
    world.webhook_once(&id, |it| it["waiting"] == 2).await;
    // Another booking does not wait.
    let other = world.book().await;
    let second = receiver.wait_for(2).await.remove(1);
    assert_eq!(second.event()["data"]["booking_id"], other);
    world.service.clock.advance(SignedDuration::from_secs(6));
    let received = receiver.wait_for(4).await;
    let kinds: Vec<_> = received.iter().map(kind).collect();
    assert_eq!(kinds[2..], ["fairtermin.booking-confirmed.v1", "fairtermin.booking-cancelled.v1"]);
    assert!(order(&received[2]) < order(&received[3]));
    assert_eq!(received[0].id, received[2].id, "the same event again");
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_order_nothing_waits_and_a_number_tells_which_is_newer() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[500]);
    let (id, _) = world.subscribe(json!({ "url": url, "ordering": "none" })).await;
    book_and_cancel(&world, &receiver, &id).await;
    let cancelled = receiver.wait_for(2).await.remove(1);
    assert_eq!(kind(&cancelled), "fairtermin.booking-cancelled.v1");
    world.service.clock.advance(SignedDuration::from_secs(6));
    let confirmed = receiver.wait_for(3).await.remove(2);
    assert_eq!(kind(&confirmed), "fairtermin.booking-confirmed.v1");
    assert!(order(&confirmed) < order(&cancelled), "late, and known to be old");
    // The feed says the same.
    let (_, feed) = world.feed("").await;
    assert_eq!(feed["events"][1]["data"]["order"], order(&cancelled));
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_gathered_signed_as_one_and_halved_when_it_fails() {
    for database in databases().await {
        gathers_a_batch(World::start_on(&database, true).await).await;
    }
}

async fn gathers_a_batch(world: World) {
    let (receiver, url) = Receiver::start(&[500]);
    let batch = json!({ "max_events": 4, "max_seconds": 30 });
    let (id, _) = world.subscribe(json!({ "url": url, "batch": batch })).await;
    for _ in 0..3 {
        world.book().await;
    }
    let view = world.webhook_once(&id, |it| it["waiting"] == 3).await;
    assert_eq!(view["batch"], batch);
    assert_eq!(receiver.now().len(), 0, "it waits for others");
    world.service.clock.advance(SignedDuration::from_secs(30));
    let first = receiver.wait_for(1).await.remove(0);
    assert_eq!(first.content_type, "application/cloudevents-batch+json; charset=utf-8");
    assert!(first.id.starts_with("batch_") && first.signature.starts_with("v1,"), "{first:?}");
    assert_eq!(first.events().len(), 3);

    // Refused: none of it was taken. Half of the most comes again, then the rest.
    world.webhook_once(&id, |it| it["last_failure"]["status"] == 500).await;
    world.service.clock.advance(SignedDuration::from_secs(6));
    let received = receiver.wait_for(3).await;
    let sizes: Vec<_> = received.iter().map(|one| one.events().len()).collect();
    assert_eq!(sizes, [3, 2, 1]);
    let taken: Vec<_> = received[1..].iter().flat_map(Received::events).collect();
    let ids = |events: &[Value]| events.iter().map(|event| event["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&taken), ids(&first.events()), "the same events in the same order");

    // What is full waits no longer.
    world.webhook_once(&id, |it| it["waiting"] == 0).await;
    for _ in 0..4 {
        world.book().await;
    }
    assert_eq!(receiver.wait_for(4).await[3].events().len(), 4);
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_begins_where_it_is_told_and_happens_once() {
    for database in databases().await {
        replays_once(World::start_on(&database, true).await).await;
    }
}

async fn replays_once(world: World) {
    let (receiver, url) = Receiver::start(&[]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    for count in 1..=3 {
        world.service.clock.advance(SignedDuration::from_mins(1));
        world.book().await;
        receiver.wait_for(count).await;
    }
    world.webhook_once(&id, |it| it["waiting"] == 0).await;
    let events: Vec<_> = receiver.now().iter().map(Received::event).collect();
    let token = world.identity.token("zab", "lea", "events:subscribe", &world.service.clock);
    let path = format!("/v1/lea/webhooks/{id}/replay");
    let replay = async |key: Option<&str>, body: Value| {
        world.ask_with_key(&token, key, Method::POST, &path, body).await
    };
    let text = |event: &Value, name: &str| event[name].as_str().unwrap().to_owned();

    let second = text(&events[1], "id");
    let (status, body) = replay(None, json!({ "event": second })).await;
    assert_eq!((status, &body["replayed"], &body["more"]), (202, &json!(2), &json!(false)));
    assert_eq!(body["next"].to_string(), text(&events[2], "sequence"));
    receiver.wait_for(5).await;
    world.webhook_once(&id, |it| it["waiting"] == 0).await;

    // At an instant, with a key: the second time it answers the same and does nothing.
    let since = json!({ "since": text(&events[2], "time") });
    let first = replay(Some("key-1"), since.clone()).await;
    assert_eq!((first.0, &first.1["replayed"]), (202, &json!(1)));
    receiver.wait_for(6).await;
    world.webhook_once(&id, |it| it["waiting"] == 0).await;
    assert_eq!(replay(Some("key-1"), since).await, first);
    let (status, problem) = replay(Some("key-1"), json!({ "after": 0 })).await;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency-mismatch")));
    assert_eq!(receiver.now().len(), 6);

    // Nothing has happened since: the answer says where the end is, and not where all began.
    let future = json!({ "since": "2030-01-01T00:00:00Z" });
    let (status, body) = replay(None, future).await;
    assert_eq!((status, &body["replayed"]), (202, &json!(0)));
    assert_eq!(body["next"].to_string(), text(&events[2], "sequence"));

    let unknown = ids::EventId::from_bits(1).to_string();
    let (status, problem) = replay(None, json!({ "event": unknown })).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown-event")));
    for wrong in
        [json!({}), json!({ "event": unknown, "after": 0 }), json!({ "since": "yesterday" })]
    {
        assert_eq!(replay(None, wrong).await.0, 400);
    }
    assert_eq!(replay(Some("a key"), json!({ "after": 0 })).await.0, 400);
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_subscription_asks_for_has_bounds() {
    let world = World::start().await;
    let url = "https://hooks.example.org/";
    for (wrong, field) in [
        (json!({ "url": "nonsense" }), "url"),
        (json!({ "url": url, "events": ["everything"] }), "events"),
        (json!({ "url": url, "ordering": "some" }), "ordering"),
        (json!({ "url": url, "batch": { "max_events": 0 } }), "batch"),
        (json!({ "url": url, "batch": { "max_events": 101 } }), "batch"),
        (json!({ "url": url, "batch": { "max_events": 10, "max_seconds": 61 } }), "batch"),
        (json!({ "url": url, "contact": { "email": "nobody" } }), "contact.email"),
    ] {
        let (status, problem) = world.call(Method::POST, "", wrong).await;
        assert_eq!((status, &problem["code"]), (400, &json!("invalid-request")));
        assert_eq!(problem["field"], field, "{problem}");
    }
    // `null` is what is left out.
    let plain = json!({
        "url": url, "events": null, "services": null, "ordering": null, "batch": null, "contact": null,
    });
    world.subscribe(plain).await;
    for _ in 0..19 {
        world.subscribe(json!({ "url": url })).await;
    }
    let (status, problem) = world.call(Method::POST, "", json!({ "url": url })).await;
    assert_eq!((status, &problem["code"]), (409, &json!("webhook-limit")));
    // Those with another authority are counted apart.
    let token = world.identity.token("zab", "kfz", "events:subscribe", &world.service.clock);
    let (method, body) = (Method::POST, json!({ "url": url }));
    assert_eq!(world.ask(&token, method, "/v1/kfz/webhooks", body).await.0, 201);
    testkit::eventually(SOON, async || {
        let (_, list) = world.call(Method::GET, "", Value::Null).await;
        (list["webhooks"].as_array()?.len() == 20).then_some(())
    })
    .await;
    world.service.stop().await;
}

/// An event that a receiver never takes, after which people go on booking.
async fn book_what_is_refused(world: &World, receiver: &Receiver) -> String {
    let refused = appointment(person(), "de");
    receiver.refuse(&refused.booking_id);
    world.service.hear(&refused.series_id, &confirmed(&refused)).await;
    refused.booking_id
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_that_is_never_taken_delays_no_other_and_waits_for_its_own_next_attempt() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    let refused = book_what_is_refused(&world, &receiver).await;
    for count in 1..=6 {
        world.book().await;
        receiver.wait_for(1 + count).await;
        world.webhook_once(&id, |it| it["waiting"] == 1).await;
    }
    let asked = receiver.now().into_iter().filter(|one| one.body.contains(&refused)).count();
    assert_eq!((asked, receiver.taken().len()), (1, 6));
    assert_eq!(world.webhook(&id).await["breaker"], "closed");
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_that_is_never_taken_ends_up_alone_and_its_batch_is_delivered() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    let batch = json!({ "max_events": 8, "max_seconds": 30 });
    let (id, _) = world.subscribe(json!({ "url": url, "batch": batch })).await;
    book_what_is_refused(&world, &receiver).await;
    for _ in 0..7 {
        world.book().await;
    }
    // Each attempt halves the batch that has it, within seconds and not hours.
    testkit::eventually(SOON * 2, async || {
        world.service.clock.advance(SignedDuration::from_secs(2));
        (world.webhook(&id).await["waiting"] == 1).then_some(())
    })
    .await;
    let received = receiver.now();
    let taken = received.iter().filter(|one| one.answered == 200).flat_map(Received::events);
    let taken: BTreeSet<_> = taken.map(|event| event["id"].to_string()).collect();
    assert_eq!(taken.len(), 7);
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_can_be_changed_and_keeps_what_waits() {
    let world = World::start().await;
    let (old, url) = Receiver::start(&[]);
    old.answer_always(500);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    world.book().await;
    world.webhook_once(&id, |it| it["last_failure"]["status"] == 500).await;
    let (new, url) = Receiver::start(&[]);
    let path = format!("/{id}");
    let contact = json!({ "email": "webhooks@agency.example" });
    let wanted = json!({ "url": url, "ordering": "none", "contact": contact });
    let (status, changed) = world.call(Method::PUT, &path, wanted).await;
    assert_eq!((status, &changed["url"], &changed["waiting"]), (200, &json!(url), &json!(1)));
    assert_eq!((&changed["ordering"], &changed["has_contact"]), (&json!("none"), &json!(true)));
    world.service.clock.advance(SignedDuration::from_secs(6));
    assert_eq!(new.wait_for(1).await[0].id, old.now()[0].id);
    let wrong = json!({ "url": url, "batch": { "max_events": 0 } });
    assert_eq!(world.call(Method::PUT, &path, wrong).await.0, 400);
    let stranger = world.identity.token("other", "lea", "events:subscribe", &world.service.clock);
    let wanted = json!({ "url": url });
    assert_eq!(world.call_with(&stranger, Method::PUT, &path, wanted).await.0, 404);
    world.service.stop().await;
}
