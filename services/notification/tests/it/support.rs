//! A running service and events for it.

use std::{sync::Arc, time::Duration};

use ambient::{Entropy, SystemEntropy, VirtualClock};
use ids::{AuthorityId, BookingId, Pseudonym};
use jiff::{SignedDuration, Timestamp};
use messaging::{Bus, Event, InProcessBus, SealingKey};
use notification::{Application, KeySettings, MailSettings, Runtime, Settings, SmtpSettings};
use prost::{Message, Name};
use proto::{
    booking::v1::{Appointment, Authority, BookedService, BookingConfirmed, Place},
    person::v1::{Contact, ContactBound},
};
use serde_json::Value;
use service::{BusSettings, DatabaseSettings, HttpSettings, Mode};
use settings::Secret;
use store::StoreError;
use telemetry::Shutdown;
use testkit::Template;
use texts::{FurtherTexts, OwnTexts};
use tokio::task::JoinHandle;

/// Long enough for a job to look and to write on a busy machine.
pub const SOON: Duration = Duration::from_secs(60);
/// A Monday morning in Berlin.
pub const NOW: &str = "2027-01-04T09:00:00+01:00";
pub const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What [`appointment`] is for: its id, and its number in the Berlin catalogue.
pub const SERVICE: &str = "niederlassungserlaubnis";
pub const NUMBER: &str = "324280";

/// A running service.
pub struct Service {
    pub bus: Arc<dyn Bus>,
    pub clock: VirtualClock,
    pub base: String,
    shutdown: Shutdown,
    running: JoinHandle<()>,
}

pub fn mailbox() -> MailSettings {
    MailSettings {
        from: "Terminservice Berlin <termine@example.org>".to_owned(),
        reply_to: None,
        smtp: None,
        mailbox: true,
    }
}

pub fn smtp(settings: SmtpSettings) -> MailSettings {
    MailSettings { smtp: Some(settings), mailbox: false, ..mailbox() }
}

pub fn settings(database: &str, mail: MailSettings) -> Settings {
    let key = || KeySettings { key: Secret::new(KEY.to_owned()) };
    Settings {
        http: HttpSettings::at("127.0.0.1:0".parse().unwrap(), Some(1)).into(),
        database: DatabaseSettings { url: Secret::new(database.to_owned()) },
        bus: BusSettings::default(),
        mail,
        contact_seal: key(),
        person_data: key(),
        webhooks: None,
        texts: OwnTexts::default(),
        languages: FurtherTexts::default(),
    }
}

/// The address of a migrated database of its own on PostgreSQL, if this run has it.
pub async fn postgres_url() -> Option<String> {
    static TEMPLATE: Template = Template::new();
    TEMPLATE.postgres_url(migrate).await
}

async fn migrate(url: String) -> Result<(), StoreError> {
    Application::migrate(&settings(&url, mailbox())).await
}

pub fn runtime(clock: VirtualClock, bus: InProcessBus, shutdown: Shutdown) -> Runtime {
    Runtime {
        clock: Arc::new(clock),
        entropy: Arc::new(SystemEntropy),
        shutdown,
        in_process_bus: Some(bus),
        mode: Mode::Demo,
    }
}

impl Service {
    pub async fn start() -> Self {
        let bus = InProcessBus::new();
        let clock = VirtualClock::at(NOW.parse().unwrap());
        Self::start_with(settings("sqlite::memory:", mailbox()), bus, clock).await
    }

    pub async fn start_with(settings: Settings, bus: InProcessBus, clock: VirtualClock) -> Self {
        let shutdown = Shutdown::new();
        let runtime = runtime(clock.clone(), bus.clone(), shutdown.clone());
        let application = Application::build(settings, runtime).await.unwrap();
        let base = format!("http://{}", application.address());
        let running = tokio::spawn(async move { application.run().await.unwrap() });
        Self { bus: Arc::new(bus), clock, base, shutdown, running }
    }

    pub async fn stop(self) {
        self.shutdown.trigger();
        self.running.await.unwrap();
    }

    /// Publishes as a relay does, until the service has handled it.
    pub async fn hear<M: Message + Name>(&self, subject: &str, message: &M) -> Event {
        // Messages are listed by time.
        self.clock.advance(SignedDuration::from_millis(1));
        let authority: AuthorityId = "lea".parse().unwrap();
        let event = Event::new(&authority, subject, message, &self.clock, &SystemEntropy);
        self.hear_event(&event).await;
        event
    }

    pub async fn hear_event(&self, event: &Event) {
        testkit::eventually(SOON, async || {
            let outcomes = self.bus.publish(std::slice::from_ref(event)).await;
            outcomes[0].is_ok().then_some(())
        })
        .await;
    }

    pub async fn knows_contact(&self, person: Pseudonym, email: &str) {
        let bound = contact(person, email);
        self.hear(&person.to_string(), &bound).await;
    }

    /// Messages in the mailbox, oldest first, once there are `count` of them.
    pub async fn messages(&self, count: usize) -> Vec<Value> {
        testkit::eventually(SOON, async || {
            let messages = self.messages_now().await;
            (messages.len() >= count).then_some(messages)
        })
        .await
    }

    pub async fn messages_now(&self) -> Vec<Value> {
        let body = self.get("/mailbox/messages").await.text().await.unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        let mut messages = body["messages"].as_array().unwrap().clone();
        messages.reverse();
        messages
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        client().get(format!("{}{path}", self.base)).send().await.unwrap()
    }
}

fn client() -> reqwest::Client {
    // The first caller installs it; the others find it there.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    reqwest::Client::new()
}

pub fn contact(person: Pseudonym, email: &str) -> ContactBound {
    named_contact(person, email, "")
}

pub fn named_contact(person: Pseudonym, email: &str, name: &str) -> ContactBound {
    let contact = Contact { email: email.to_owned(), name: name.to_owned() }.encode_to_vec();
    let key = SealingKey::from_base64(KEY).unwrap();
    let sealed_contact = key.seal(&contact, &person.to_string(), &SystemEntropy).unwrap();
    ContactBound { pseudonym: person.to_string(), sealed_contact }
}

/// Makes a number of its own, so that tests do not share persons or bookings.
pub fn unique() -> u128 {
    u128::from_be_bytes((&SystemEntropy as &dyn Entropy).bytes())
}

pub fn person() -> Pseudonym {
    Pseudonym::from_bits(unique())
}

/// An appointment next week.
pub fn appointment(person: Pseudonym, language: &str) -> Appointment {
    let names = |de: &str, en: &str| {
        [("de", de), ("en", en)].map(|(tag, name)| (tag.to_owned(), name.to_owned())).into()
    };
    let booking = BookingId::from_bits(unique());
    let starts_at: Timestamp = "2027-01-12T10:30:00+01:00".parse().unwrap();
    Appointment {
        booking_id: booking.to_string(),
        code: "K7QD-3XHM".to_owned(),
        series_id: booking.to_string(),
        sequence: 0,
        authority: Some(Authority {
            id: "lea".to_owned(),
            name: names("Landesamt für Einwanderung", "Immigration Office"),
        }),
        pseudonym: person.to_string(),
        language: language.to_owned(),
        place: Some(Place {
            location_id: "friedrich-krause-ufer".to_owned(),
            name: names("Standort Friedrich-Krause-Ufer; Haus A, \"Süd\"", ""),
            street: "Friedrich-Krause-Ufer 24".to_owned(),
            postal_code: "13353".to_owned(),
            city: "Berlin".to_owned(),
        }),
        starts_at_ms: starts_at.as_millisecond(),
        ends_at_ms: starts_at.as_millisecond() + 20 * 60_000,
        services: vec![BookedService {
            id: NUMBER.to_owned(),
            name: names("Niederlassungserlaubnis", "Settlement permit"),
            note: Default::default(),
            service_id: SERVICE.to_owned(),
        }],
        reminders_minutes_before: Vec::new(),
        manage_url: "https://termine.example.org/appointments?a=1&b=2".to_owned(),
        identity_check: false,
        again_url: "https://termine.example.org/en/lea/services/324280".to_owned(),
        people: 1,
    }
}

pub fn confirmed(appointment: &Appointment) -> BookingConfirmed {
    BookingConfirmed { appointment: Some(appointment.clone()) }
}
