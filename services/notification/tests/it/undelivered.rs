//! Staff see messages that did not reach their person.

use std::collections::BTreeSet;

use ambient::VirtualClock;
use auth::Role;
use messaging::InProcessBus;
use reference::undocumented;
use serde_json::Value;

use crate::{
    agency::Identity,
    support::{NOW, SOON, Service, appointment, confirmed, mailbox, person, settings},
    webhooks::databases,
};

struct World {
    service: Service,
    identity: Identity,
}

impl World {
    async fn start() -> Self {
        Self::start_on("sqlite::memory:").await
    }

    async fn start_on(database: &str) -> Self {
        let identity = Identity::start();
        let mut settings = settings(database, mailbox());
        settings.webhooks = Some(identity.settings());
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let service = Service::start_with(settings, InProcessBus::new(), clock).await;
        Self { service, identity }
    }

    async fn ask(&self, authority: &str, token: &str) -> (u16, Value) {
        let url = format!("{}/v1/{authority}/undelivered", self.service.base);
        let request = reqwest::Client::new().get(url).bearer_auth(token);
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap_or_default();
        let document = notification::openapi_document();
        let path = format!("/v1/{authority}/undelivered");
        assert_eq!(undocumented(&document, "GET", &path, status, &body), None, "{body}");
        (status, body)
    }

    /// What a clerk of `authority` sees.
    async fn undelivered(&self, authority: &str) -> Vec<Value> {
        let token = self.identity.staff_token(authority, Role::Clerk, &self.service.clock);
        let (status, body) = self.ask(authority, &token).await;
        assert_eq!(status, 200, "{body}");
        body["undelivered"].as_array().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_waits_visibly_until_the_contact_is_known() {
    let world = World::start().await;
    let person = person();
    let booked = appointment(person, "de");
    world.service.hear(&booked.booking_id, &confirmed(&booked)).await;
    let waiting = testkit::eventually(SOON, async || world.undelivered("lea").await.pop()).await;
    assert_eq!(waiting["state"], "waiting");
    assert_eq!(waiting["reason"], "contact unknown");
    assert_eq!(waiting["booking_id"], booked.booking_id.as_str());
    assert!(world.undelivered("kfz").await.is_empty(), "another authority's");
    assert!(world.service.messages_now().await.is_empty());

    // The clock hardly moves: only the arriving contact makes the message due again.
    world.service.knows_contact(person, "mina@example.org").await;
    world.service.messages(1).await;
    assert!(world.undelivered("lea").await.is_empty());
    world.service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_to_people_who_cannot_be_reached_wait_for_their_addresses() {
    for database in databases().await {
        let world = World::start_on(&database).await;
        let people: Vec<_> =
            (0..6).map(|number| (person(), format!("person{number}@example.org"))).collect();
        for (person, _) in &people {
            let booked = appointment(*person, "de");
            world.service.hear(&booked.booking_id, &confirmed(&booked)).await;
        }
        testkit::eventually(SOON, async || {
            (world.undelivered("lea").await.len() == people.len()).then_some(())
        })
        .await;
        assert!(world.service.messages_now().await.is_empty());
        for (person, email) in &people {
            world.service.knows_contact(*person, email).await;
        }
        let messages = world.service.messages(people.len()).await;
        let told: BTreeSet<_> = messages.iter().map(|one| one["to"].as_str().unwrap()).collect();
        let expected: BTreeSet<_> = people.iter().map(|(_, email)| email.as_str()).collect();
        assert_eq!((messages.len(), told), (people.len(), expected));
        world.service.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_authoritys_own_staff_may_look() {
    let world = World::start().await;
    let (identity, clock) = (&world.identity, &world.service.clock);
    for (token, expected) in [
        (String::new(), 401),
        (identity.staff_token("kfz", Role::Clerk, clock), 401),
        (identity.staff_token("lea", Role::Auditor, clock), 403),
        (identity.token("zab", "lea", "desk", clock), 403),
    ] {
        assert_eq!(world.ask("lea", &token).await.0, expected);
    }
    world.service.stop().await;
}
