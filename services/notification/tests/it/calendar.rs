//! Calendar files that a calendar understands.

use jiff::SignedDuration;
use proto::booking::v1::{BookingCancelled, BookingRebooked, CancelledBy};

use crate::support::{Service, appointment, confirmed, person};

/// Content lines with folding undone.
fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
    let found = lines.iter().find_map(|line| {
        let rest = line.strip_prefix(name)?;
        rest.strip_prefix(':').or_else(|| rest.split_once(':').map(|(_, value)| value))
    });
    found.unwrap_or_else(|| panic!("no {name} in {lines:#?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_entry_follows_the_appointment_through_its_life() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let first = appointment(person, "de");
    service.hear(&first.series_id, &confirmed(&first)).await;
    let mut second = appointment(person, "de");
    second.series_id = first.series_id.clone();
    second.sequence = 1;
    // In summer time.
    let moved: jiff::Timestamp = "2027-06-08T14:00:00+02:00".parse().unwrap();
    second.starts_at_ms = moved.as_millisecond();
    second.ends_at_ms = moved.as_millisecond() + 1_200_000;
    let rebooked = BookingRebooked {
        appointment: Some(second.clone()),
        replaced_booking_id: first.booking_id.clone(),
        replaced_starts_at_ms: first.starts_at_ms,
        drawn: false,
    };
    service.messages(1).await;
    service.hear(&first.series_id, &rebooked).await;
    service.messages(2).await;
    second.sequence = 2;
    let cancelled = BookingCancelled {
        appointment: Some(second.clone()),
        cancelled_by: CancelledBy::Person.into(),
        ..BookingCancelled::default()
    };
    service.hear(&first.series_id, &cancelled).await;

    let messages = service.messages(3).await;
    let expected = [
        ("REQUEST", "0", "20270112T103000", "CONFIRMED"),
        ("REQUEST", "1", "20270608T140000", "CONFIRMED"),
        ("CANCEL", "2", "20270608T140000", "CANCELLED"),
    ];
    for (message, (method, sequence, starts, status)) in messages.iter().zip(expected) {
        let file = message["calendar"].as_str().unwrap();
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "{file}");
        let lines = unfolded(file);
        assert_eq!(value(&lines, "METHOD"), method);
        assert_eq!(value(&lines, "UID"), format!("{}@fairtermin", first.series_id));
        assert_eq!(value(&lines, "SEQUENCE"), sequence);
        assert_eq!(value(&lines, "DTSTART;TZID=Europe/Berlin"), starts);
        assert_eq!(value(&lines, "STATUS"), status);
        assert_eq!(
            value(&lines, "LOCATION"),
            "Standort Friedrich-Krause-Ufer\\; Haus A\\, \"Süd\"\\, Friedrich-Krause-Ufer 24\\, 13353 Berlin"
        );
        assert_eq!(message["calendar_method"], method);
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_name_can_become_a_line_of_its_own() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let mut booked = appointment(person, "de");
    let name = "Amt\r\nATTACH:http://evil.example/\u{2028}\nX".to_owned();
    booked.authority.as_mut().unwrap().name = [("de".to_owned(), name)].into();
    booked.place.as_mut().unwrap().street = "Straße 1\r\nEND:VCALENDAR".to_owned();
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    let file = service.messages(1).await[0]["calendar"].as_str().unwrap().to_owned();
    let lines = unfolded(&file);
    assert!(!lines.iter().any(|line| line.starts_with("ATTACH")), "{file}");
    assert_eq!(lines.iter().filter(|line| *line == "END:VCALENDAR").count(), 1, "{file}");
    service.stop().await;
}

/// Fault: the calendar of a new address got the end of an appointment of which it had no entry.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_gets_the_present_appointments_and_none_that_ended() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "old@example.org").await;
    let (kept, given_up) = (appointment(person, "en"), appointment(person, "en"));
    service.hear(&kept.series_id, &confirmed(&kept)).await;
    service.hear(&given_up.series_id, &confirmed(&given_up)).await;
    let cancelled = BookingCancelled {
        appointment: Some(given_up.clone()),
        cancelled_by: CancelledBy::Person.into(),
        ..BookingCancelled::default()
    };
    service.hear(&given_up.series_id, &cancelled).await;
    service.messages(3).await;
    service.clock.advance(SignedDuration::from_secs(1));
    service.knows_contact(person, "new@example.org").await;
    let messages = service.messages(4).await;
    assert_eq!(messages.len(), 4, "{messages:?}");
    let present = &messages[3];
    assert_eq!(present["to"], "new@example.org");
    assert_eq!(present["subject"], "Your appointment on Tuesday, 12 January 2027 at 10:30");
    let file = present["calendar"].as_str().unwrap();
    assert!(file.contains("METHOD:REQUEST") && file.contains(&kept.series_id), "{file}");
    // The same address again tells nothing anew.
    service.clock.advance(SignedDuration::from_secs(1));
    service.knows_contact(person, "new@example.org").await;
    let later = appointment(person, "en");
    service.hear(&later.series_id, &confirmed(&later)).await;
    assert_eq!(service.messages(5).await.len(), 5);
    service.stop().await;
}
