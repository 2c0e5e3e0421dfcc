//! The address for messages: a person states, proves and replaces it. This file has the mailbox.

mod prove;
mod replace;
mod state;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use ambient::Clock as _;
use async_trait::async_trait;
use ids::EventId;
use jiff::SignedDuration;
use messaging::{Bus, Deliver, Delivery, Queue, SealingKey, Verdict};
use prost::Message as _;
use proto::person::v1::{AddressCode, Contact, ContactReplaced, ContactStated};
use serde_json::{Value, json};

use crate::world::{Tokens, World};

const SOON: Duration = Duration::from_secs(60);

/// The events that the notification service would receive.
#[derive(Default)]
struct Post {
    stated: Mutex<Vec<(EventId, ContactStated)>>,
    /// The kind and the pseudonym of each published contact.
    told: Mutex<Vec<(String, String)>>,
    replaced: Mutex<BTreeMap<EventId, ContactReplaced>>,
}

impl Post {
    /// Receives what this world publishes from now on.
    async fn of(world: &World) -> Arc<Self> {
        let post = Arc::new(Self::default());
        let queue = Queue::named("test").bind("#");
        let (bus, deliver) = (world.bus.clone(), Arc::clone(&post));
        tokio::spawn(async move { bus.consume(&queue, deliver).await });
        tokio::task::yield_now().await;
        post
    }

    /// The only former address that got a message, and the pseudonym that it stands for.
    async fn former(&self) -> (String, String) {
        let replaced = testkit::eventually(SOON, async || {
            let replaced = self.replaced.lock().unwrap().clone();
            (!replaced.is_empty()).then_some(replaced)
        })
        .await;
        assert_eq!(replaced.len(), 1);
        let (_, replaced) = replaced.into_iter().next().unwrap();
        let key = SealingKey::from_bytes(&[2; 32]).unwrap();
        let opened = key.open(&replaced.sealed_former, &replaced.pseudonym).unwrap();
        (Contact::decode(&*opened).unwrap().email, replaced.pseudonym)
    }
}

#[async_trait]
impl Deliver for Post {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        let event = &delivery.event;
        match event.message::<ContactStated>() {
            Ok(message) => {
                let mut stated = self.stated.lock().unwrap();
                // The bus may deliver one twice.
                if !stated.iter().any(|(id, _)| *id == event.id) {
                    stated.push((event.id, message));
                }
            }
            Err(_) if let Ok(message) = event.message::<ContactReplaced>() => {
                self.replaced.lock().unwrap().insert(event.id, message);
            }
            Err(_) => self.told.lock().unwrap().push((event.kind.clone(), event.subject.clone())),
        }
        Verdict::Done
    }
}

/// A person with their mailbox.
struct Person {
    world: World,
    tokens: Tokens,
    post: Arc<Post>,
}

impl Person {
    async fn with_a_card() -> Self {
        let world = World::start().await;
        // On a full second: the database keeps milliseconds.
        let odd = world.clock.now().subsec_nanosecond();
        world.clock.advance(SignedDuration::from_nanos(i64::from(1_000_000_000 - odd)));
        let post = Post::of(&world).await;
        let tokens = world.tokens("eid", "olena", "online-id").await;
        Self { world, tokens, post }
    }

    async fn call(&self, method: reqwest::Method, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}{path}", self.world.issuer);
        let request = reqwest::Client::new().request(method, url).bearer_auth(&self.tokens.access);
        let request = request.header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn state(&self, email: &str) -> u16 {
        let body = json!({ "email": email, "language": "uk" });
        self.call(reqwest::Method::PUT, "/contact", body).await.0
    }

    async fn prove(&self, code: &str) -> Value {
        self.call(reqwest::Method::POST, "/contact/proof", json!({ "code": code })).await.1
    }

    async fn contact(&self) -> Value {
        self.call(reqwest::Method::GET, "/contact", Value::Null).await.1
    }

    /// The newest of `count` messages with a code.
    async fn mail(&self, count: usize) -> (AddressCode, ContactStated) {
        let stated = testkit::eventually(SOON, async || {
            let stated = self.post.stated.lock().unwrap().clone();
            (stated.len() >= count).then_some(stated)
        })
        .await;
        assert_eq!(stated.len(), count);
        let (_, newest) = stated.last().unwrap().clone();
        let key = SealingKey::from_bytes(&[2; 32]).unwrap();
        let opened = key.open(&newest.sealed_code, &newest.pseudonym).unwrap();
        (AddressCode::decode(&*opened).unwrap(), newest)
    }
}
