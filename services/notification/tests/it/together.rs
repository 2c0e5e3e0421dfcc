//! Many events at once, and many messages that wait.

use std::{collections::BTreeSet, sync::Arc};

use ambient::{SystemEntropy, VirtualClock};
use ids::AuthorityId;
use messaging::{Event, InProcessBus, RabbitMq};
use service::BusSettings;
use settings::Secret;

use crate::support::{
    NOW, Service, appointment, confirmed, contact, mailbox, person, settings, unique,
};

const PEOPLE: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn bookings_that_come_together_are_told_to_each_person_once() {
    let Some(database) = testkit::postgres_url().await else { return };
    let Some(broker) = testkit::rabbitmq_url() else { return };
    let namespace = format!("notification-{:x}", unique());
    let mut settings = settings(&database, mailbox());
    settings.bus = BusSettings {
        url: Some(Secret::new(broker.clone())),
        namespace: namespace.clone(),
        ..BusSettings::default()
    };
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let mut service = Service::start_with(settings, InProcessBus::new(), clock.clone()).await;
    service.bus = Arc::new(RabbitMq::in_namespace(&broker, "test", &namespace));
    // From now on there is a queue.
    service.knows_contact(person(), "nobody@example.org").await;

    let authority: AuthorityId = "lea".parse().unwrap();
    let people: Vec<_> = (0..PEOPLE).map(|number| (person(), address(number))).collect();
    // With one subject a person's events stay in order.
    let bound = people.iter().map(|(person, email)| {
        Event::new(&authority, person, &contact(*person, email), &clock, &SystemEntropy)
    });
    let booked = people.iter().map(|(person, _)| {
        let booked = confirmed(&appointment(*person, "de"));
        Event::new(&authority, person, &booked, &clock, &SystemEntropy)
    });
    let events: Vec<_> = bound.chain(booked).collect();
    let outcomes = service.bus.publish(&events).await;
    assert!(outcomes.iter().all(Result::is_ok));
    // A broker may bring each twice.
    assert!(service.bus.publish(&events).await.iter().all(Result::is_ok));
    let messages = service.messages(PEOPLE).await;
    let expected: BTreeSet<_> = (0..PEOPLE).map(address).collect();
    let told: Vec<_> = messages.iter().map(|one| one["to"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told.len(), PEOPLE);
    assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), expected);
    service.stop().await;
}

fn address(number: usize) -> String {
    format!("person{number}@example.org")
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_to_people_who_cannot_be_reached_wait_for_their_addresses() {
    let embedded = Some("sqlite::memory:".to_owned());
    for database in [embedded, testkit::postgres_url().await].into_iter().flatten() {
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let settings = settings(&database, mailbox());
        let service = Service::start_with(settings, InProcessBus::new(), clock).await;
        let people: Vec<_> = (0..6).map(|number| (person(), address(number))).collect();
        for (person, _) in &people {
            let booked = appointment(*person, "de");
            service.hear(&booked.booking_id, &confirmed(&booked)).await;
        }
        assert!(service.messages_now().await.is_empty());
        for (person, email) in &people {
            service.knows_contact(*person, email).await;
        }
        let messages = service.messages(people.len()).await;
        let told: BTreeSet<_> = messages.iter().map(|one| one["to"].as_str().unwrap()).collect();
        let expected: BTreeSet<_> = people.iter().map(|(_, email)| email.as_str()).collect();
        assert_eq!((messages.len(), told), (people.len(), expected));
        service.stop().await;
    }
}
