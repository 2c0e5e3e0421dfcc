//! E-mail over a real mail server, started by `e2e/mail/test.sh`.

use std::path::Path;

use ambient::VirtualClock;
use jiff::SignedDuration;
use messaging::InProcessBus;
use notification::{SmtpSettings, Tls};
use proto::booking::v1::{BookingCancelled, BookingRebooked, CancelledBy};
use vocabulary::Language;

use crate::support::{NOW, SOON, Service, appointment, confirmed, person, settings, smtp};

/// The server refuses, drops connections and does not know one address; each message arrives once
/// nevertheless. What arrived is read by `e2e/mail/check.py`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a mail server: e2e/mail/test.sh"]
async fn over_a_real_server() {
    let server = std::env::var("FAIRTERMIN_TEST_SMTP").expect("run: e2e/mail/test.sh");
    let folder = std::env::var("FAIRTERMIN_TEST_SMTP_FOLDER").expect("run: e2e/mail/test.sh");
    let (host, port) = server.split_once(':').unwrap();
    let server = SmtpSettings {
        host: host.to_owned(),
        port: Some(port.parse().unwrap()),
        tls: Tls::Starttls,
        username: None,
        password: None,
    };
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let settings = settings("sqlite::memory:", smtp(server));
    let service = Service::start_with(settings, InProcessBus::new(), clock).await;

    let nobody = person();
    service.knows_contact(nobody, "nobody@example.org").await;
    let undeliverable = appointment(nobody, "de");
    service.hear(&undeliverable.booking_id, &confirmed(&undeliverable)).await;
    for language in Language::SHIPPED {
        lead_a_life(&service, language.tag()).await;
    }
    arrive(&service, &folder, 3 * Language::SHIPPED.len()).await;
    // Nothing comes twice, however late it gets (but not so late that the appointments are over):
    // what is sent last shows that all that was due before has been looked at.
    service.clock.advance(SignedDuration::from_hours(24));
    let last = person();
    service.knows_contact(last, "last@example.org").await;
    let appointment = appointment(last, "de");
    service.hear(&appointment.series_id, &confirmed(&appointment)).await;
    arrive(&service, &folder, 3 * Language::SHIPPED.len() + 1).await;
    service.stop().await;
}

/// Booked, moved into summer time, cancelled.
async fn lead_a_life(service: &Service, language: &str) {
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let first = appointment(person, language);
    let event = service.hear(&first.series_id, &confirmed(&first)).await;
    let mut second = appointment(person, language);
    second.series_id = first.series_id.clone();
    second.sequence = 1;
    second.starts_at_ms += 180 * 86_400_000;
    second.ends_at_ms += 180 * 86_400_000;
    let rebooked = BookingRebooked {
        appointment: Some(second.clone()),
        replaced_booking_id: first.booking_id.clone(),
        replaced_starts_at_ms: first.starts_at_ms,
        drawn: false,
    };
    service.hear(&first.series_id, &rebooked).await;
    service.hear_event(&event).await;
    second.sequence = 2;
    let cancelled = BookingCancelled {
        appointment: Some(second),
        cancelled_by: CancelledBy::Office.into(),
        ..BookingCancelled::default()
    };
    service.hear(&first.series_id, &cancelled).await;
}

/// Until `count` messages arrived; retries wait for the clock.
async fn arrive(service: &Service, folder: &str, count: usize) {
    testkit::eventually(SOON * 3, async || {
        service.clock.advance(SignedDuration::from_secs(1));
        (arrived(folder) >= count).then_some(())
    })
    .await;
}

fn arrived(folder: &str) -> usize {
    let files = std::fs::read_dir(Path::new(folder)).unwrap();
    files
        .filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|e| e == "eml"))
        .count()
}
