//! Many events at once.

use std::{collections::BTreeMap, sync::Arc};

use ambient::{SystemEntropy, VirtualClock};
use ids::AuthorityId;
use messaging::{Event, InProcessBus, RabbitMq};
use proto::booking::v1::{Appointment, BookingCancelled, CancelledBy};
use serde_json::Value;
use service::BusSettings;
use settings::Secret;

use crate::support::{
    NOW, SOON, Service, appointment, confirmed, contact, mailbox, person, postgres_url, settings,
    unique,
};

const PEOPLE: usize = 40;
/// The day before their appointments, after the hour at which they are reminded.
const REMINDED: &str = "2027-01-11T11:00:00+01:00";

#[tokio::test(flavor = "multi_thread")]
async fn bookings_that_come_together_are_told_to_each_person_once() {
    let Some(database) = postgres_url().await else { return };
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

    let events = events(&clock);
    // A broker may bring each twice.
    for _ in 0..2 {
        testkit::eventually(SOON, async || {
            service.bus.publish(&events).await.iter().all(Result::is_ok).then_some(())
        })
        .await;
    }
    let told = by_address(&service.messages(PEOPLE + 1).await);
    let expected = |first: usize, others: usize| -> BTreeMap<String, usize> {
        let count = |number| if number == 0 { first } else { others };
        (0..PEOPLE).map(|number| (address(number), count(number))).collect()
    };
    assert_eq!(told, expected(2, 1));
    clock.set(REMINDED.parse().unwrap());
    let told = by_address(&service.messages(2 * PEOPLE).await);
    assert_eq!(told, expected(2, 2), "nobody is reminded of what was cancelled");
    service.stop().await;
}

/// Everybody's address, then that the first one has cancelled, then everybody's booking. With the person as their
/// subject they stay in order.
fn events(clock: &VirtualClock) -> Vec<Event> {
    let authority: AuthorityId = "lea".parse().unwrap();
    let (mut bound, mut booked) = (Vec::new(), Vec::new());
    for number in 0..PEOPLE {
        let person = person();
        let contact = contact(person, &address(number));
        bound.push(Event::new(&authority, person, &contact, clock, &SystemEntropy));
        let appointment =
            Appointment { reminders_minutes_before: vec![1440], ..appointment(person, "de") };
        if number == 0 {
            let cancelled = BookingCancelled {
                appointment: Some(appointment.clone()),
                cancelled_by: CancelledBy::Person.into(),
                ..BookingCancelled::default()
            };
            bound.push(Event::new(&authority, person, &cancelled, clock, &SystemEntropy));
        }
        let confirmed = confirmed(&appointment);
        booked.push(Event::new(&authority, person, &confirmed, clock, &SystemEntropy));
    }
    bound.append(&mut booked);
    bound
}

/// How many messages went to each address.
fn by_address(messages: &[Value]) -> BTreeMap<String, usize> {
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for message in messages {
        *told.entry(message["to"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    told
}

fn address(number: usize) -> String {
    format!("person{number}@example.org")
}
