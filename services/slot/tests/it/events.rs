//! What leaves through the outbox.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use ambient::{SystemClock, SystemEntropy};
use ids::EventId;
use jiff::{SignedDuration, Timestamp};
use messaging::{Bus as _, Deliver, Delivery, Event, Queue, Verdict};
use proto::{
    booking::v1::{BookingCancelled, BookingConfirmed, BookingRebooked},
    person::v1::PersonMerged,
};
use reqwest::Method;
use serde_json::json;
use tokio::sync::mpsc;

use crate::{
    office::{ApiResponse, CATALOGUE, Office, Person},
    store,
};

/// Long enough for an event to be published and handled on a busy machine. A relay that nobody listened to tries
/// again after five seconds.
const SOON: Duration = Duration::from_secs(60);

/// Each event once. The bus brings one again that was not confirmed in time, as all are that came before anybody
/// listened.
struct Collect {
    events: mpsc::UnboundedSender<Event>,
    known: Mutex<BTreeSet<EventId>>,
}

#[async_trait::async_trait]
impl Deliver for Collect {
    async fn deliver(&self, delivery: &Delivery) -> Verdict {
        if self.known.lock().unwrap().insert(delivery.event.id) {
            self.events.send(delivery.event.clone()).unwrap();
        }
        Verdict::Done
    }
}

/// Receives what the office publishes.
pub fn listen(office: &Office) -> mpsc::UnboundedReceiver<Event> {
    let (events, receiver) = mpsc::unbounded_channel();
    let bus = office.bus.clone();
    let collect = Arc::new(Collect { events, known: Mutex::default() });
    tokio::spawn(async move { bus.consume(&Queue::notification(), collect).await });
    receiver
}

pub async fn next(events: &mut mpsc::UnboundedReceiver<Event>) -> Event {
    tokio::time::timeout(SOON, events.recv()).await.expect("an event").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn confirm_rebook_and_cancel_are_told_in_order_and_without_names() {
    let numbered =
        CATALOGUE.replacen("    passport:\n", "    passport:\n      number: \"120703\"\n", 1);
    let office = Office::embedded_with(&numbered).await;
    let mut events = listen(&office);
    let person = office.person();
    let old = office.book(&person, "passport", "10:00").await;
    let wish = json!({
        "location": "small", "start": office.at("12:00"), "services": ["passport"],
        "replaces": old.id(),
    });
    let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
    let new = office.confirm(&person, &hold, "key-2").await.expect(201);
    let path = format!("/v1/bookings/{}/cancel", new.id());
    office.post(&path, &office.token(&person), json!({})).await.expect(200);

    let (first, second, third) =
        (next(&mut events).await, next(&mut events).await, next(&mut events).await);
    for event in [&first, &second, &third] {
        assert_eq!(event.subject, old.id());
        assert!(!String::from_utf8_lossy(&event.data).contains("Zeynep"));
    }
    let confirmed = first.message::<BookingConfirmed>().unwrap().appointment.unwrap();
    assert_eq!(confirmed.code, old.body["code"]);
    assert_eq!(confirmed.pseudonym, person.pseudonym.to_string());
    assert_eq!(confirmed.place.unwrap().street, "Gasse 1");
    assert_eq!(confirmed.services[0].name["en"], "Passport");
    let service = &confirmed.services[0];
    assert_eq!((service.service_id.as_str(), service.id.as_str()), ("passport", "120703"));
    let rebooked = second.message::<BookingRebooked>().unwrap();
    assert_eq!(rebooked.replaced_booking_id, old.id());
    let appointment = rebooked.appointment.unwrap();
    assert_eq!((appointment.series_id, appointment.sequence), (old.id(), 1));
    let cancelled = third.message::<BookingCancelled>().unwrap().appointment.unwrap();
    assert_eq!((cancelled.booking_id, cancelled.sequence), (new.id(), 2));
}

/// The service hears of an event; returns once it has handled it or given it up.
///
/// What the bus confirms does not say so: it waits for the notification service too, which is not there, and no longer
/// than a second.
pub async fn hear(office: &Office, event: Event) {
    let queue = format!("slot.{}", office.authority);
    let handled = format!("inbox WHERE event_id = '{}'", event.id);
    testkit::eventually(SOON, async || {
        // Again is harmless, and needed if the service did not listen yet.
        let _ = office.bus.publish(std::slice::from_ref(&event)).await;
        let dead = office.bus.dead_letters(&queue, usize::MAX).await.unwrap();
        let is_dead = dead.iter().any(|letter| letter.event.id == event.id);
        let is_over = is_dead || store::count_of(&office.database_url, &handled).await > 0;
        is_over.then_some(())
    })
    .await;
}

/// The event, with this proof.
pub fn merged(office: &Office, kept: &Person, dissolved: &Person, proof: &str) -> Event {
    let message = PersonMerged {
        kept: kept.pseudonym.to_string(),
        dissolved: dissolved.pseudonym.to_string(),
        proof: proof.to_owned(),
    };
    Event::new(&office.authority, kept.pseudonym, &message, &SystemClock, &SystemEntropy)
}

/// Identity says that two persons are one human; returns once that is handled.
pub async fn merge(office: &Office, kept: &Person, dissolved: &Person) {
    let proof = office.merge(kept, dissolved);
    hear(office, merged(office, kept, dissolved, &proof)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_that_identity_did_not_sign_moves_nothing() {
    let office = Office::embedded().await;
    let (buyer, seller) = (office.person(), office.person());
    let booked = office.book(&seller, "passport", "10:00").await;
    let (friend, stranger) = (office.person(), office.person());
    // None, nonsense, a token of another kind, and a proof about other people: that one is carried out for
    // them, whatever the event around it says.
    let proofs = [
        String::new(),
        "a.b.c".to_owned(),
        office.token(&buyer),
        office.attendee(&buyer),
        office.merge(&friend, &stranger),
    ];
    for proof in &proofs {
        hear(&office, merged(&office, &buyer, &seller, proof)).await;
    }
    assert_eq!(office.bookings_of(&seller).await[0]["id"], booked.body["id"]);
    assert!(office.bookings_of(&buyer).await.is_empty());
    let proof = office.merge(&buyer, &seller);
    hear(&office, merged(&office, &buyer, &seller, &proof)).await;
    assert_eq!(office.bookings_of(&buyer).await[0]["id"], booked.body["id"], "the real one does");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_two_persons_are_one_human_they_keep_one_booking() {
    let office = Office::embedded().await;
    let (kept, dissolved) = (office.person(), office.person());
    let first = office.book(&kept, "passport", "10:00").await;
    let second = office.book(&dissolved, "passport", "11:00").await;
    let plates = office.book(&dissolved, "plates", "12:00").await;
    let mut events = listen(&office);
    merge(&office, &kept, &dissolved).await;

    let bookings = testkit::eventually(SOON, async || {
        let bookings = office.bookings_of(&kept).await;
        (bookings.len() == 3).then_some(bookings)
    })
    .await;
    let seen: Vec<_> =
        bookings.iter().map(|booking| (booking["id"].clone(), booking["status"].clone())).collect();
    let status = |booking: &ApiResponse, status: &str| (booking.body["id"].clone(), json!(status));
    let expected =
        [status(&first, "confirmed"), status(&second, "cancelled"), status(&plates, "confirmed")];
    assert_eq!(seen, expected);
    assert!(office.bookings_of(&dissolved).await.is_empty());
    let told = async {
        loop {
            let event = next(&mut events).await;
            if let Ok(cancelled) = event.message::<BookingCancelled>() {
                let kept = Timestamp::from_millisecond(cancelled.kept_starts_at_ms).unwrap();
                return (cancelled.appointment.unwrap().booking_id, kept);
            }
        }
    };
    let (given_up, kept) = told.await;
    assert_eq!(given_up, second.id());
    assert_eq!(kept, first.body["start"].as_str().unwrap().parse().unwrap());
    // The seat that was given up is free again once the holds have learned of it.
    office.pass(SignedDuration::from_secs(60)).await;
    office.hold_once_free("passport", "11:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_undoes_no_appointment_that_was_missed() {
    // Whichever of the two logs in from now on.
    for old_is_kept in [true, false] {
        let office = Office::embedded().await;
        let (old, new) = (office.person(), office.person());
        let missed = office.book(&old, "card", "10:00").await;
        office.come_to(&missed);
        office.clock.advance(SignedDuration::from_mins(30));
        let ahead = office.book(&new, "card", "11:00").await;
        let mut events = listen(&office);
        let (kept, dissolved) = if old_is_kept { (&old, &new) } else { (&new, &old) };
        merge(&office, kept, dissolved).await;

        let token = office.token(kept);
        for (booking, status) in [(&missed, "missed"), (&ahead, "confirmed")] {
            let path = format!("/v1/bookings/{}", booking.id());
            let own = office.send(Method::GET, &path, &token, &[], None).await.expect(200);
            assert_eq!(own.body["status"], status, "{old_is_kept}");
        }
        // Nothing was cancelled: the next event is about what comes next.
        let cancelled = format!("/v1/bookings/{}/cancel", ahead.id());
        office.post(&cancelled, &token, json!({})).await.expect(200);
        let told = async {
            loop {
                let event = next(&mut events).await;
                if let Ok(cancelled) = event.message::<BookingCancelled>() {
                    return cancelled.appointment.unwrap().booking_id;
                }
            }
        };
        assert_eq!(told.await, ahead.id());
    }
}

/// Issue 3, show 4: the service dies between the commit and the publication.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_was_committed_but_not_published_arrives_once_after_a_restart() {
    let mut office = Office::embedded().await;
    office.settings.bus.relay = false;
    office.restart().await;
    let mut events = listen(&office);
    let booking = office.book(&office.person(), "passport", "10:00").await;
    office.stop().await;
    assert!(events.try_recv().is_err());

    office.settings.bus.relay = true;
    office.restart().await;
    let event = next(&mut events).await;
    assert_eq!(event.subject, booking.id());
    // Nobody can publish again what has left the outbox.
    testkit::eventually(SOON, async || {
        (store::count_of(&office.database_url, "outbox").await == 0).then_some(())
    })
    .await;
    office.restart().await;
    let later = office.book(&office.person(), "passport", "11:00").await;
    assert_eq!(next(&mut events).await.subject, later.id());
}
