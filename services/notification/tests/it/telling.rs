//! Which messages are sent, and when.

use ambient::{Clock as _, SystemEntropy, VirtualClock};
use jiff::SignedDuration;
use messaging::{Event, InProcessBus};
use proto::{
    booking::v1::{BookingCancelled, BookingRebooked, CancelledBy},
    person::v1::{ContactChanged, PersonErased},
};

use crate::support::{
    NOW, SOON, Service, appointment, confirmed, contact, mailbox, named_contact, person,
    postgres_url, settings,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_confirmed_in_the_persons_language() {
    let service = Service::start().await;
    let cases = [
        ("de", "Ihr Termin am Dienstag, 12. Januar 2027 um 10:30 Uhr", "Niederlassungserlaubnis"),
        ("en", "Your appointment on Tuesday, 12 January 2027 at 10:30", "Settlement permit"),
        ("xx", "Ihr Termin am Dienstag, 12. Januar 2027 um 10:30 Uhr", "Niederlassungserlaubnis"),
    ];
    for (count, (language, subject, matter)) in cases.into_iter().enumerate() {
        let person = person();
        service.knows_contact(person, "mina@example.org").await;
        let booked = appointment(person, language);
        service.hear(&booked.booking_id, &confirmed(&booked)).await;
        let message = service.messages(count + 1).await.remove(count);
        assert_eq!(message["subject"], subject);
        assert_eq!(message["to"], "mina@example.org");
        for part in ["text", "html"] {
            let text = message[part].as_str().unwrap();
            for expected in [matter, "K7QD-3XHM", "Friedrich-Krause-Ufer 24, 13353 Berlin"] {
                assert!(text.contains(expected), "{part}: {text}");
            }
        }
        let text = message["text"].as_str().unwrap();
        assert!(text.contains("https://termine.example.org/appointments?a=1&b=2\n"), "{text}");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_greeted_by_name_once_it_is_known() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let booked = appointment(person, "en");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    let greeting = |mail: &serde_json::Value| {
        mail["text"].as_str().unwrap().lines().next().unwrap().to_owned()
    };
    assert_eq!(greeting(&service.messages(1).await[0]), "Hello,");
    service.clock.advance(SignedDuration::from_secs(1));
    let changed = ContactChanged {
        pseudonym: person.to_string(),
        sealed_contact: named_contact(person, "mina@example.org", "Mina <Öztürk>").sealed_contact,
        changed_at_ms: service.clock.now().as_millisecond(),
    };
    service.hear(&person.to_string(), &changed).await;
    let booked = appointment(person, "en");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    let mail = service.messages(2).await.remove(1);
    assert_eq!(greeting(&mail), "Hello Mina <Öztürk>,");
    assert!(!mail["html"].as_str().unwrap().contains("<Öztürk>"), "escaped");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_event_again_is_told_once() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let booked = appointment(person, "de");
    let event = service.hear(&booked.booking_id, &confirmed(&booked)).await;
    service.messages(1).await;
    service.hear_event(&event).await;
    service.hear_event(&event).await;
    let other = appointment(person, "en");
    service.hear(&other.booking_id, &confirmed(&other)).await;
    let messages = service.messages(2).await;
    assert_eq!(messages.len(), 2);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rebooking_and_cancelling_are_told() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let first = appointment(person, "en");
    let mut second = appointment(person, "en");
    second.series_id = first.series_id.clone();
    second.sequence = 1;
    second.starts_at_ms += 86_400_000;
    second.ends_at_ms += 86_400_000;
    let rebooked = BookingRebooked {
        appointment: Some(second.clone()),
        replaced_booking_id: first.booking_id.clone(),
        replaced_starts_at_ms: first.starts_at_ms,
        drawn: false,
    };
    service.hear(&first.series_id, &rebooked).await;
    let message = service.messages(1).await.remove(0);
    assert_eq!(message["subject"], "Your new appointment on Wednesday, 13 January 2027 at 10:30");
    assert!(message["html"].as_str().unwrap().contains("<s>Tuesday, 12 January 2027</s>"));

    // Who won it in a draw reads so, and not as if the office had moved it.
    let won = BookingRebooked { drawn: true, ..rebooked };
    service.hear(&first.series_id, &won).await;
    let message = service.messages(2).await.remove(1);
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("You won an earlier appointment"), "{text}");
    assert!(!text.contains("takes place at a new time"), "{text}");

    second.sequence = 2;
    let mut cancelled = BookingCancelled {
        appointment: Some(second.clone()),
        cancelled_by: CancelledBy::Person.into(),
        ..BookingCancelled::default()
    };
    service.hear(&first.series_id, &cancelled).await;
    let message = service.messages(3).await.remove(2);
    assert!(message["text"].as_str().unwrap().contains("You cancelled your appointment:"));
    // Who looks for a new one is led to the service, not to the list of their appointments.
    let again = "https://termine.example.org/en/lea/services/324280";
    assert!(message["text"].as_str().unwrap().contains(again), "{message}");

    cancelled.cancelled_by = CancelledBy::Office.into();
    cancelled.reason = [("en".to_owned(), "Strike & <snow>".to_owned())].into();
    service.hear(&first.series_id, &cancelled).await;
    let message = service.messages(4).await.remove(3);
    assert!(message["text"].as_str().unwrap().contains("Strike & <snow>"));
    let html = message["html"].as_str().unwrap();
    assert!(
        html.contains("Strike &#38; &#60;snow&#62;") || html.contains("Strike &amp; &lt;snow&gt;"),
        "{html}"
    );
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_had_two_appointments_with_two_logins_reads_why_one_ends_and_which_stays() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let booked = appointment(person, "en");
    let cancelled = BookingCancelled {
        appointment: Some(booked.clone()),
        cancelled_by: CancelledBy::Office.into(),
        kept_starts_at_ms: booked.starts_at_ms + 86_400_000,
        ..BookingCancelled::default()
    };
    service.hear(&booked.series_id, &cancelled).await;
    let message = service.messages(1).await.remove(0);
    let text = message["text"].as_str().unwrap();
    let said = ["with two logins", "Wednesday, 13 January 2027", "please contact the authority"];
    for said in said {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("had to cancel"), "{text}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_contact_wins_whatever_the_order() {
    let service = Service::start().await;
    let person = person();
    let subject = person.to_string();
    let older = Event::new(
        &"lea".parse().unwrap(),
        &subject,
        &contact(person, "old@example.org"),
        &service.clock,
        &SystemEntropy,
    );
    service.clock.advance(SignedDuration::from_secs(60));
    service.knows_contact(person, "new@example.org").await;
    service.hear_event(&older).await;
    let booked = appointment(person, "de");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    assert_eq!(service.messages(1).await[0]["to"], "new@example.org");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_person_is_told_nothing_more() {
    let service = Service::start().await;
    let (forgotten, other) = (person(), person());
    let old_contact = contact(forgotten, "mina@example.org");
    let booked = appointment(forgotten, "de");
    service.hear(&forgotten.to_string(), &old_contact).await;
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    service.messages(1).await;
    service.clock.advance(SignedDuration::from_secs(1));
    let erased = PersonErased { pseudonym: forgotten.to_string() };
    service.hear(&forgotten.to_string(), &erased).await;
    assert!(service.messages_now().await.is_empty());

    let later = appointment(forgotten, "de");
    service.hear(&later.booking_id, &confirmed(&later)).await;
    service.knows_contact(other, "other@example.org").await;
    let theirs = appointment(other, "de");
    service.hear(&theirs.booking_id, &confirmed(&theirs)).await;
    let messages = service.messages(1).await;
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["to"], "other@example.org");
    service.stop().await;
}

/// A contact without an address: the person wants no messages.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_cleared_the_address_gets_nothing_until_they_state_one_again() {
    let service = Service::start().await;
    let (person, other) = (person(), person());
    service.knows_contact(person, "mina@example.org").await;
    let booked = appointment(person, "de");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    service.messages(1).await;
    service.clock.advance(SignedDuration::from_secs(1));
    let changed = |email| ContactChanged {
        pseudonym: person.to_string(),
        sealed_contact: contact(person, email).sealed_contact,
        changed_at_ms: service.clock.now().as_millisecond(),
    };
    service.hear(&person.to_string(), &changed("")).await;
    let later = appointment(person, "de");
    service.hear(&later.booking_id, &confirmed(&later)).await;
    service.knows_contact(other, "other@example.org").await;
    let theirs = appointment(other, "de");
    service.hear(&theirs.booking_id, &confirmed(&theirs)).await;
    let sent = service.messages(2).await;
    let to: Vec<_> = sent.iter().map(|message| message["to"].as_str().unwrap()).collect();
    assert!(to.contains(&"other@example.org"), "{to:?}");
    assert_eq!(to.iter().filter(|to| **to == "mina@example.org").count(), 1, "{to:?}");
    // The appointments are still to come: the confirmation of the second one follows when there is an address
    // again, and the first one, since it may be another address.
    service.clock.advance(SignedDuration::from_secs(1));
    service.hear(&person.to_string(), &changed("mina@example.org")).await;
    assert_eq!(service.messages(4).await.len(), 4);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_comes_in_time_unless_the_booking_ended() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let mut kept = appointment(person, "en");
    kept.reminders_minutes_before = vec![7 * 1440, 1440];
    let mut given_up = kept.clone();
    given_up.booking_id = appointment(person, "en").booking_id;
    service.hear("kept", &confirmed(&kept)).await;
    service.hear("given up", &confirmed(&given_up)).await;
    service.messages(2).await;
    let cancelled = BookingCancelled {
        appointment: Some(given_up.clone()),
        cancelled_by: CancelledBy::Person.into(),
        ..BookingCancelled::default()
    };
    service.hear("given up", &cancelled).await;
    service.messages(3).await;

    service.clock.set("2027-01-05T10:31:00+01:00".parse().unwrap());
    let message = service.messages(4).await.remove(3);
    assert_eq!(
        message["subject"],
        "Reminder: your appointment on Tuesday, 12 January 2027 at 10:30"
    );
    assert_eq!(message["calendar"], serde_json::Value::Null);
    // The clock jumps over the second reminder into the night: it waits for the morning.
    service.clock.set("2027-01-11T23:00:00+01:00".parse().unwrap());
    // Confirmations go out at night too. Between the two the job looked for more that was due.
    for sent in [5, 6] {
        let booked = appointment(person, "de");
        service.hear(&booked.booking_id, &confirmed(&booked)).await;
        service.messages(sent).await;
    }
    assert_eq!(service.messages_now().await.len(), 6);
    service.clock.set("2027-01-12T08:00:00+01:00".parse().unwrap());
    assert_eq!(service.messages(7).await.len(), 7);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_delays_no_confirmation() {
    let service = Service::start().await;
    let person = person();
    let booked = appointment(person, "de");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    service.clock.set("2027-01-03T09:00:00+01:00".parse().unwrap());
    service.knows_contact(person, "mina@example.org").await;
    let other = appointment(person, "de");
    service.hear(&other.booking_id, &confirmed(&other)).await;
    assert_eq!(service.messages(2).await.len(), 2);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_tells_as_sqlite_does() {
    let Some(url) = postgres_url().await else { return };
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let bus = InProcessBus::new();
    let service = Service::start_with(settings(&url, mailbox()), bus.clone(), clock.clone()).await;
    // Two processes on one database: each message is sent by one of them.
    let second = Service::start_with(settings(&url, mailbox()), bus, clock).await;
    let people: Vec<_> = (0..20).map(|_| person()).collect();
    for person in &people {
        let mut booked = appointment(*person, "uk");
        booked.reminders_minutes_before = vec![1440];
        service.hear(&booked.booking_id, &confirmed(&booked)).await;
    }
    for person in &people {
        service.knows_contact(*person, "mina@example.org").await;
    }
    assert_eq!(service.messages(20).await.len(), 20);
    service.clock.set("2027-01-11T10:31:00+01:00".parse().unwrap());
    assert_eq!(service.messages(40).await.len(), 40);
    let erased = PersonErased { pseudonym: people[0].to_string() };
    service.hear(&erased.pseudonym, &erased).await;
    assert_eq!(service.messages_now().await.len(), 38);
    service.stop().await;
    second.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_with_an_impossible_field_lies_dead_and_holds_up_nobody() {
    let service = Service::start().await;
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let mut broken = appointment(person, "de");
    broken.ends_at_ms = broken.starts_at_ms;
    let event = service.hear(&broken.booking_id, &confirmed(&broken)).await;
    let fine = appointment(person, "de");
    service.hear(&fine.booking_id, &confirmed(&fine)).await;
    service.messages(1).await;
    let dead = service.bus.dead_letters("notification", 10).await.unwrap();
    assert_eq!((dead.len(), dead[0].event.id), (1, event.id));
    assert!(dead[0].reason.contains("ends_at_ms"), "{}", dead[0].reason);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_waiting_is_sent_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("n.sqlite").display());
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let person = person();
    let booked = appointment(person, "de");
    let before =
        Service::start_with(settings(&url, mailbox()), InProcessBus::new(), clock.clone()).await;
    before.hear(&booked.booking_id, &confirmed(&booked)).await;
    before.stop().await;

    let after = Service::start_with(settings(&url, mailbox()), InProcessBus::new(), clock).await;
    after.knows_contact(person, "mina@example.org").await;
    // A message claimed by a process that died stays claimed for a moment.
    let messages = testkit::eventually(SOON, async || {
        after.clock.advance(SignedDuration::from_mins(1));
        Some(after.messages_now().await).filter(|messages| !messages.is_empty())
    });
    assert_eq!(messages.await.len(), 1);
    after.stop().await;
}
