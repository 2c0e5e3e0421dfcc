//! What an agency asks for twice: rotations within a day, and writes with the same `Idempotency-Key`.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    agency::Receiver,
    support::SERVICE,
    webhooks::{World, databases},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_in_use_outlives_further_rotations_of_its_day() {
    let world = World::start().await;
    let (receiver, url) = Receiver::start(&[]);
    let (id, _) = world.subscribe(json!({ "url": url })).await;
    let rotate = format!("/{id}/rotate");
    for count in 1..=4 {
        assert_eq!(world.call(Method::POST, &rotate, Value::Null).await.0, 200);
        world.book().await;
        let booked = receiver.wait_for(count).await.remove(count - 1);
        assert_eq!(booked.signature.split(' ').count(), 1 + count);
    }
    let (status, problem) = world.call(Method::POST, &rotate, Value::Null).await;
    assert_eq!((status, &problem["code"]), (429, &json!("rate-limited")), "{problem}");
    world.service.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(world.call(Method::POST, &rotate, Value::Null).await.0, 200);
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_comes_again_with_its_key_is_answered_as_the_first_time() {
    for database in databases().await {
        answers_once(World::start_on(&database, true).await).await;
    }
}

async fn answers_once(world: World) {
    let token = world.identity.token("zab", "lea", "events:subscribe", &world.service.clock);
    let post = async |path: &str, key: &str, body: Value| {
        let path = format!("/v1/lea/webhooks{path}");
        world.ask_with_key(&token, Some(key), Method::POST, &path, body).await
    };
    let wanted = json!({ "url": "https://hooks.example.org/", "services": [SERVICE] });
    let first = post("", "key-1", wanted.clone()).await;
    assert_eq!(first.0, 201, "{}", first.1);
    assert_eq!(post("", "key-1", wanted).await, first);
    let (_, list) = world.call(Method::GET, "", Value::Null).await;
    assert_eq!(list["webhooks"].as_array().unwrap().len(), 1);
    let other = json!({ "url": "https://other.example.org/" });
    let (status, problem) = post("", "key-1", other).await;
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency-mismatch")));

    let rotate = format!("/{}/rotate", first.1["id"].as_str().unwrap());
    let rotated = post(&rotate, "key-1", Value::Null).await;
    assert_eq!(rotated.0, 200);
    assert_eq!(post(&rotate, "key-1", Value::Null).await, rotated);
    assert_ne!(post(&rotate, "key-2", Value::Null).await.1, rotated.1);
    assert_eq!(post(&rotate, "a key", Value::Null).await.0, 400);
    world.service.stop().await;
}

/// What a later request changed is told, and no former secret.
#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_says_what_has_become_of_the_webhook_that_it_made() {
    let world = World::start().await;
    let token = world.identity.token("zab", "lea", "events:subscribe", &world.service.clock);
    let send = async |method: Method, path: &str, key: Option<&str>, body: Value| {
        let path = format!("/v1/lea/webhooks{path}");
        world.ask_with_key(&token, key, method, &path, body).await
    };
    let wanted = json!({ "url": "https://hooks.example.org/" });
    let subscribe = async || send(Method::POST, "", Some("key-1"), wanted.clone()).await;
    let (_, first) = subscribe().await;
    let path = format!("/{}", first["id"].as_str().unwrap());
    let changed = json!({ "url": "https://other.example.org/" });
    assert_eq!(send(Method::PUT, &path, None, changed.clone()).await.0, 200);
    let (status, again) = subscribe().await;
    assert_eq!((status, &again["id"], &again["url"]), (201, &first["id"], &changed["url"]));
    assert_eq!(again["secret"], first["secret"]);

    let rotate = format!("{path}/rotate");
    let rotated = send(Method::POST, &rotate, Some("key-2"), Value::Null).await;
    assert_eq!(subscribe().await.1["secret"], Value::Null);
    assert_eq!(send(Method::POST, &rotate, Some("key-2"), Value::Null).await, rotated);
    assert_eq!(send(Method::POST, &rotate, None, Value::Null).await.0, 200);
    let (status, problem) = send(Method::POST, &rotate, Some("key-2"), Value::Null).await;
    assert_eq!((status, &problem["code"]), (409, &json!("secret-replaced")));

    assert_eq!(send(Method::DELETE, &path, None, Value::Null).await.0, 204);
    let (status, problem) = subscribe().await;
    assert_eq!((status, &problem["code"]), (410, &json!("webhook-removed")));
    assert_eq!(problem["secret"], Value::Null);
    world.service.stop().await;
}
