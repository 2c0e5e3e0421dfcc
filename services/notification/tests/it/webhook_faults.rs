//! What a receiver that is slow, broken or away costs: itself.

use std::time::{Duration, Instant};

use ambient::{SystemEntropy, VirtualClock};
use ids::AuthorityId;
use jiff::SignedDuration;
use messaging::Event;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    agency::{HANGS, Receiver},
    support::{NOW, SOON, appointment, confirmed, person},
    webhooks::World,
};

/// Shorter than the minutes that an attempt may take there: whatever is there by then did not wait for one
/// that hangs.
const WITHOUT_WAITING: Duration = Duration::from_secs(120);

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_hangs_delays_nobody_else() {
    let world = World::with_long_attempts().await;
    let (good, url) = Receiver::start(&[]);
    world.subscribe(json!({ "url": url })).await;
    let (hanging, url) = Receiver::start(&[]);
    hanging.answer_always(HANGS);
    for _ in 0..5 {
        world.subscribe(json!({ "url": url })).await;
    }
    let began = Instant::now();
    let mut booked = Vec::new();
    for _ in 0..20 {
        booked.push(world.book().await);
    }
    let received = good.wait_for(booked.len()).await;
    assert!(began.elapsed() < WITHOUT_WAITING, "it waited for the others: {:?}", began.elapsed());
    assert!(!hanging.now().is_empty(), "the others were asked");
    let mut got: Vec<_> = received
        .iter()
        .map(|one| one.event()["data"]["booking_id"].as_str().unwrap().to_owned())
        .collect();
    got.sort();
    booked.sort();
    assert_eq!(got, booked);
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_one_authority_delays_no_other() {
    let world = World::with_long_attempts().await;
    let (hanging, url) = Receiver::start(&[]);
    hanging.answer_always(HANGS);
    for _ in 0..20 {
        world.subscribe(json!({ "url": url })).await;
    }
    let (good, url) = Receiver::start(&[]);
    let clock = &world.service.clock;
    let token = world.identity.token("zab-2", "kfz", "events:subscribe", clock);
    let body = json!({ "url": url });
    let (status, body) = world.ask(&token, Method::POST, "/v1/kfz/webhooks", body).await;
    assert_eq!(status, 201, "{body}");

    let began = Instant::now();
    for _ in 0..60 {
        world.book().await;
    }
    let booked = appointment(person(), "de");
    let kfz: AuthorityId = "kfz".parse().unwrap();
    let event = Event::new(&kfz, &booked.series_id, &confirmed(&booked), clock, &SystemEntropy);
    world.service.hear_event(&event).await;
    let received = good.wait_for(1).await.remove(0);
    assert!(began.elapsed() < WITHOUT_WAITING, "it waited for the others: {:?}", began.elapsed());
    assert_eq!(received.id, event.id.to_string(), "and nothing of the other authority");
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breaker_opens_lets_a_probe_through_and_closes() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    receiver.answer_always(500);
    let mut open = world.webhook(&id).await;
    // Attempts that run at the same time count as one failure, so one after the other.
    for booked in 1..=3 {
        assert_eq!(open["breaker"], "closed");
        world.book().await;
        receiver.wait_for(booked).await;
        open = failed_again(&world, &id, &open).await;
    }
    let booked = 3;
    assert_eq!((&open["breaker"], &open["state"]), (&json!("open"), &json!("active")));
    assert!(open["retry_at"].is_string() && open["failing_since"].is_string(), "{open}");

    // Nothing goes out while it is open; then one delivery does, which fails.
    world.book().await;
    world.webhook_once(&id, |it| it["waiting"] == booked + 1).await;
    assert_eq!(receiver.now().len(), booked);
    world.service.clock.advance(seconds(6));
    receiver.wait_for(booked + 1).await;
    let later = failed_again(&world, &id, &open).await;
    assert_eq!(later["breaker"], "open", "{later}");
    assert_eq!(receiver.now().len(), booked + 1, "one probe");

    // The next probe is taken, and with it all that waited.
    receiver.answer_always(200);
    world.service.clock.advance(seconds(30));
    world.webhook_once(&id, |it| it["waiting"] == 0 && it["breaker"] == "closed").await;
    let mut taken = receiver.taken();
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), booked + 1);
    let closed = world.webhook(&id).await;
    assert!(closed["failing_since"].is_null() && closed["retry_at"].is_null(), "{closed}");
    assert_eq!(closed["last_failure"]["class"], "status", "still to be seen");
    world.service.stop().await;
}

/// What the agency sees of a webhook once it has failed since `before`.
async fn failed_again(world: &World, id: &str, before: &Value) -> Value {
    let at = &before["last_failure"]["at"];
    let failed = world.webhook_once(id, |it| it["last_failure"]["at"] != *at).await;
    // The next failure has another time.
    world.service.clock.advance(SignedDuration::from_millis(10));
    failed
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_of_failure_pause_an_endpoint_and_its_agency_is_told() {
    let world = World::start().await;
    let (broken, url) = Receiver::start(&[]);
    broken.answer_always(503);
    let contact = json!({ "email": "webhooks@agency.example", "language": "en" });
    let (id, _) = world.subscribe(json!({ "url": url, "contact": contact })).await;
    let (good, url) = Receiver::start(&[]);
    let (other, _) = world.subscribe(json!({ "url": url })).await;
    world.book().await;
    world.webhook_once(&id, |it| it["failing_since"].is_string()).await;
    good.wait_for(1).await;
    world.webhook_once(&other, |it| it["waiting"] == 0).await;
    // Hours, not days: probes go on, and the first failure after six hours pauses it.
    let paused = testkit::eventually(SOON * 3, async || {
        world.service.clock.advance(SignedDuration::from_mins(10));
        let webhook = world.webhook(&id).await;
        (webhook["state"] == "paused").then_some(webhook)
    })
    .await;
    assert_eq!(paused["paused"]["reason"], "failing");
    assert_eq!(paused["last_failure"]["status"], 503);
    // No probe is planned while it is paused.
    assert_eq!((&paused["breaker"], &paused["retry_at"]), (&json!("open"), &Value::Null));
    assert_eq!((&paused["waiting"], &paused["has_contact"]), (&json!(1), &json!(true)));
    let notice = world.service.messages(1).await.remove(0);
    assert_eq!(notice["to"], "webhooks@agency.example");
    assert_eq!(notice["subject"], "Your webhook is paused (lea)");
    let text = notice["text"].as_str().unwrap();
    for expected in
        ["The answer was 503", "127.0.0.1", &format!("POST /v1/lea/webhooks/{id}/resume")]
    {
        assert!(text.contains(expected), "{expected} is missing in {text}");
    }
    assert!(!text.contains("/hook\n"), "no more of the address than the server: {text}");

    // The other one noticed nothing.
    assert_eq!((good.now().len(), &world.webhook(&other).await["state"]), (1, &json!("active")));

    let asked = broken.now().len();
    broken.answer_always(200);
    world.book().await;
    world.webhook_once(&id, |it| it["waiting"] == 2).await;
    assert_eq!(broken.now().len(), asked, "nothing while it is paused");
    let (status, _) = world.call(Method::POST, &format!("/{id}/resume"), Value::Null).await;
    assert_eq!(status, 204);
    let resumed = world.webhook_once(&id, |it| it["waiting"] == 0).await;
    assert_eq!((&resumed["state"], &resumed["breaker"]), (&json!("active"), &json!("closed")));
    assert_eq!(broken.taken().len(), 2);
    assert_eq!(world.service.messages_now().await.len(), 1, "told once");
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_had_begun_is_tried_again_after_its_lease() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}?mode=rwc", folder.path().join("n.sqlite").display());
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let world = World::with(&database, true, clock.clone()).await;
    let (receiver, url) = Receiver::start(&[HANGS]);
    world.subscribe(json!({ "url": url })).await;
    world.book().await;
    receiver.wait_for(1).await;
    // In the middle of the attempt.
    world.service.stop().await;

    let world = World::with(&database, true, clock.clone()).await;
    // As long as an attempt may take, and five seconds.
    clock.advance(seconds(20));
    testkit::eventually(SOON, async || (receiver.taken().len() == 1).then_some(())).await;
    assert_eq!(receiver.now().len(), 2);
    world.service.stop().await;
}
