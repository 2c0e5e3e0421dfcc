//! From the commit of a booking to the mail server.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ambient::{Clock as _, SystemClock, SystemEntropy};
use ids::Pseudonym;
use messaging::{Event, Outbox, RabbitMq, Relay, SealingKey, Wake};
use prost::Message as _;
use proto::{
    booking::v1::{Appointment, Authority, BookedService, BookingConfirmed, Place},
    person::v1::{Contact, ContactBound},
};
use serde_json::json;
use store::Database;

use crate::{
    Failure, Run,
    report::{Report, Row, quantile},
    service::{Service, Slot},
    smtp::{self, Taken},
};

const EVENTS: usize = 3_000;
const PER_SECOND: u32 = 200;
const TARGET: Duration = Duration::from_secs(1);
/// Mail that is later than that does not come.
const WAIT_TIMEOUT: Duration = Duration::from_secs(120);
pub const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Every event in a transaction of its own, relayed over RabbitMQ, written by the notification
/// service and handed to a mail server.
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let (server, taken) = smtp::start().await?;
    let _notification = notification(run, server).await?;
    // Its database has an outbox, and its own relay is off.
    let slot = Slot::start(run, "mail", 1).await?;
    let database = Database::connect(&slot.database).await?;
    let bus = Arc::new(RabbitMq::new(&run.rabbitmq, "bench"));
    let wake = Wake::default();
    let relay = tokio::spawn(Relay::new(database.clone(), bus, wake.clone()).run());

    let contacts = (0..=EVENTS).map(bound).collect::<Result<Vec<_>, _>>()?;
    Outbox::enqueue_all(database.connection(), &contacts[..EVENTS / 2]).await?;
    Outbox::enqueue_all(database.connection(), &contacts[EVENTS / 2..]).await?;
    // When the last one gets a message, all addresses are known.
    store(&database, &wake, EVENTS).await?;
    until_taken(&taken, EVENTS..EVENTS + 1).await?;

    let mut committed = Vec::with_capacity(EVENTS);
    let mut tick = tokio::time::interval(Duration::from_secs(1) / PER_SECOND);
    for number in 0..EVENTS {
        tick.tick().await;
        let (database, wake) = (database.clone(), wake.clone());
        committed.push(tokio::spawn(async move {
            let stored = store(&database, &wake, number).await;
            stored.map_err(|failure| failure.to_string())
        }));
    }
    until_taken(&taken, 0..EVENTS).await?;
    let mut times = Vec::with_capacity(EVENTS);
    for (number, commit) in committed.into_iter().enumerate() {
        let sent = taken.at(&address(number)).ok_or("a message was lost")?;
        times.push(sent.duration_since(commit.await??).as_secs_f64());
    }
    relay.abort();
    let half = quantile(&mut times, 0.5) * 1e3;
    let most = quantile(&mut times, 0.99);
    report.add(Row {
        name: "commit to mail server at 200 events/s, p99 / 1 s".to_owned(),
        ratio: most / TARGET.as_secs_f64(),
        target: 1.0,
        at_least: false,
        detail: format!("{EVENTS} e-mails, median {half:.0} ms, p99 {:.0} ms", most * 1e3),
    });
    Ok(())
}

/// The notification service with this mail server.
pub async fn notification(run: &Run, server: std::net::SocketAddr) -> Result<Service, Failure> {
    Service::start(run, "notification", |address, database| {
        json!({ "notification": {
            "http": { "listen": address },
            "database": { "url": { "value": database } },
            "bus": { "url": { "value": run.rabbitmq } },
            "mail": {
                "from": "Amt <amt@example.org>",
                "smtp": { "host": server.ip(), "port": server.port(), "tls": "none" },
            },
            "contact_seal": { "key": { "value": KEY } },
            "person_data": { "key": { "value": KEY } },
        } })
    })
    .await
}

/// Stores a booking's event in a transaction of its own; when it was committed.
async fn store(database: &Database, wake: &Wake, number: usize) -> Result<Instant, Failure> {
    let event = event(number, &confirmed(number))?;
    let transaction = database.begin().await?;
    Outbox::enqueue(&transaction, &event).await?;
    transaction.commit().await?;
    let committed = Instant::now();
    wake.wake();
    Ok(committed)
}

async fn until_taken(taken: &Taken, people: std::ops::Range<usize>) -> Result<(), Failure> {
    let deadline = Instant::now() + WAIT_TIMEOUT;
    for number in people {
        while taken.at(&address(number)).is_none() {
            if Instant::now() > deadline {
                return Err("messages do not come".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    Ok(())
}

pub fn address(number: usize) -> String {
    format!("person{number}@example.org")
}

pub fn person(number: usize) -> String {
    Pseudonym::from_bits(number as u128 + 1).to_string()
}

fn event<M: prost::Message + prost::Name>(number: usize, message: &M) -> Result<Event, Failure> {
    let authority = "bench".parse()?;
    Ok(Event::new(&authority, person(number), message, &SystemClock, &SystemEntropy))
}

fn bound(number: usize) -> Result<Event, Failure> {
    let contact = Contact { email: address(number), ..Contact::default() }.encode_to_vec();
    let key = SealingKey::from_base64(KEY)?;
    let sealed_contact = key.seal(&contact, &person(number), &SystemEntropy)?;
    event(number, &ContactBound { pseudonym: person(number), sealed_contact })
}

/// A booking in a week.
pub fn confirmed(number: usize) -> BookingConfirmed {
    let names = |name: &str| [("de".to_owned(), name.to_owned())].into();
    let booking = ids::BookingId::from_bits(number as u128 + 1).to_string();
    let starts_at_ms = SystemClock.now().as_millisecond() + 7 * 24 * 3_600_000;
    BookingConfirmed {
        appointment: Some(Appointment {
            booking_id: booking.clone(),
            code: "K7QD-3XHM".to_owned(),
            series_id: booking,
            sequence: 0,
            authority: Some(Authority { id: "bench".to_owned(), name: names("Amt") }),
            pseudonym: person(number),
            language: "de".to_owned(),
            place: Some(Place {
                location_id: "mitte".to_owned(),
                name: names("Bürgeramt Mitte"),
                street: "Gasse 1".to_owned(),
                postal_code: "10178".to_owned(),
                city: "Berlin".to_owned(),
            }),
            starts_at_ms,
            ends_at_ms: starts_at_ms + 600_000,
            services: vec![BookedService {
                id: "120703".to_owned(),
                service_id: "passport".to_owned(),
                name: names("Reisepass"),
                note: Default::default(),
            }],
            reminders_minutes_before: Vec::new(),
            manage_url: "https://termin.example.org/appointments".to_owned(),
            identity_check: false,
            again_url: "https://termin.example.org/de/bench/services/passport".to_owned(),
            people: 1,
        }),
    }
}
