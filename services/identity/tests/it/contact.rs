//! The notification service learns where a person can be reached.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use ids::EventId;
use messaging::{Bus, Deliver, Delivery, Queue, SealingKey, Verdict};
use prost::Message as _;
use proto::person::v1::{Contact, ContactBound, ContactChanged};
use serde_json::json;

use crate::{
    proven::{HIGH, person, tokens},
    world::World,
};

const SOON: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Recorder(Mutex<BTreeMap<EventId, ContactBound>>);

#[async_trait]
impl Deliver for Recorder {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        // The bus delivers at least once; the same event has the same id.
        let event = &delivery.event;
        self.0.lock().unwrap().insert(event.id, event.message().unwrap());
        Verdict::Done
    }
}

#[actix_web::test]
async fn each_authority_is_told_once_and_only_the_notification_service_can_read_it() {
    let world = World::start().await;
    let seen = Arc::new(Recorder::default());
    let queue = Queue::named("test").bind("*.contact-bound.v1");
    let (bus, deliver) = (world.bus.clone(), Arc::clone(&seen));
    let consuming = tokio::spawn(async move { bus.consume(&queue, deliver).await });
    tokio::task::yield_now().await;

    let tokens = world.tokens("bundid", "erika", "online-id").await;
    let lea = world.pseudonym(&tokens, "lea").await;
    let kfz = world.pseudonym(&tokens, "kfz").await;
    world.pseudonym(&tokens, "lea").await;
    let all = testkit::eventually(SOON, async || {
        let seen = seen.0.lock().unwrap().clone();
        (seen.len() >= 2).then_some(seen)
    })
    .await;
    consuming.abort();

    let mut told: Vec<_> = all.values().map(|event| event.pseudonym.clone()).collect();
    told.sort();
    let mut expected = vec![lea, kfz];
    expected.sort();
    assert_eq!(told, expected);
    let key = SealingKey::from_bytes(&[2; 32]).unwrap();
    for event in all.into_values() {
        let opened = key.open(&event.sealed_contact, &event.pseudonym).unwrap();
        let contact = Contact::decode(&*opened).unwrap();
        assert_eq!(contact.email, "erika.mustermann@example.org");
        assert_eq!(contact.name, "Erika Mustermann");
    }
}

#[derive(Default)]
struct Changes(Mutex<Vec<ContactChanged>>);

#[async_trait]
impl Deliver for Changes {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        self.0.lock().unwrap().push(delivery.event.message().unwrap());
        Verdict::Done
    }
}

#[actix_web::test]
async fn a_new_name_is_published_where_the_address_is_known() {
    let world = World::start().await;
    let seen = Arc::new(Changes::default());
    let queue = Queue::named("test").bind("*.contact-changed.v1");
    let (bus, deliver) = (world.bus.clone(), Arc::clone(&seen));
    let consuming = tokio::spawn(async move { bus.consume(&queue, deliver).await });
    tokio::task::yield_now().await;

    let called = |family: &str| {
        let mut claims = person("vera", HIGH, "Vera", family, "1985-05-06");
        claims["email"] = json!("vera@example.org");
        claims["email_verified"] = json!(true);
        claims
    };
    let before = tokens(&world, &called("Clear")).await;
    let lea = world.pseudonym(&before, "lea").await;
    let after = tokens(&world, &called("NEUMANN")).await;
    assert_eq!(world.pseudonym(&after, "lea").await, lea);
    let changed = testkit::eventually(SOON, async || seen.0.lock().unwrap().first().cloned()).await;
    consuming.abort();
    let key = SealingKey::from_bytes(&[2; 32]).unwrap();
    let opened = key.open(&changed.sealed_contact, &lea).unwrap();
    let contact = Contact::decode(&*opened).unwrap();
    assert_eq!(
        (contact.email.as_str(), contact.name.as_str()),
        ("vera@example.org", "Vera Neumann")
    );
}
