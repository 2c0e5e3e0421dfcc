//! Who has proven an application is told that its date ended without their answer; others are not.

use auth::Role;
use jiff::SignedDuration;
use proto::waiting::v1::{AssignedDateEnded, AssignedDateEndedBecause, SlotOffered};
use reqwest::Method;
use serde_json::json;
use slot::CatalogueSettings;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{accept, catalogue, decline, filed, give};
use crate::{
    entitlements::{change, claim},
    events::{listen, next},
    office::{Office, Person},
};

/// An application that this person has proven, with a date; both by their ids.
async fn dated(office: &Office, person: &Person, reference: &str, time: &str) -> (String, String) {
    let id = filed(office, reference).await;
    claim(office, person, reference).await.expect(204);
    let date = give(office, &id, time).await.expect(201).id();
    (id, date)
}

async fn told(events: &mut UnboundedReceiver<messaging::Event>) -> AssignedDateEnded {
    loop {
        // The job that ends dates looks every few seconds.
        let event = tokio::time::timeout(super::DEADLINE, events.recv()).await;
        if let Ok(told) = event.expect("an event").unwrap().message::<AssignedDateEnded>() {
            return told;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_the_office_takes_back_is_told_and_whether_another_follows() {
    for office in Office::each_database_with(&catalogue()).await {
        let mut events = listen(&office);
        let person = office.person();
        // Nobody has proven this one: its end is told to nobody.
        let unknown = filed(&office, "LEA-0").await;
        give(&office, &unknown, "09:00").await.expect(201);
        change(&office, &unknown, "date/withdraw", json!({})).await.expect(204);
        // This one its person declined: they know.
        let (_, declined) = dated(&office, &person, "LEA-1", "10:00").await;
        decline(&office, &person, &declined).await.expect(204);

        let (id, date) = dated(&office, &person, "LEA-2", "11:00").await;
        change(&office, &id, "date/withdraw", json!({})).await.expect(204);
        let ended = told(&mut events).await;
        assert_eq!((ended.date_id.as_str(), ended.entitlement_id.as_str()), (&*date, &*id));
        assert_eq!(ended.pseudonym, person.pseudonym.to_string());
        assert_eq!(ended.because(), AssignedDateEndedBecause::Withdrawn);
        assert_eq!(ended.starts_at_ms, office.at("11:00").as_millisecond());
        assert!(!ended.application_ended);

        let (id, date) = dated(&office, &person, "LEA-3", "12:00").await;
        change(&office, &id, "withdraw", json!({ "bookings": "keep" })).await.expect(200);
        let ended = told(&mut events).await;
        assert_eq!((ended.date_id, ended.application_ended), (date, true));
    }
}

/// Fault: whoever had used everything in another language was written to in German.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_told_in_the_language_of_the_appointment_that_they_booked_last() {
    for office in Office::each_database_with(&catalogue()).await {
        let mut events = listen(&office);
        let (known, unknown) = (office.person(), office.person());
        let hold = office.hold(&known, "plates", "13:00").await.expect(201);
        let confirmation = json!({
            "hold_token": hold.body["hold_token"], "attendee": office.attendee(&known),
            "language": "en",
        });
        let (token, key) = (office.token(&known), [("Idempotency-Key", "in-English")]);
        let booked = office.send(Method::POST, "/v1/bookings", &token, &key, Some(confirmation));
        booked.await.expect(201);
        for (person, reference, time, language) in
            [(&known, "LEA-1", "10:00", "en"), (&unknown, "LEA-2", "11:00", "de")]
        {
            let (id, date) = dated(&office, person, reference, time).await;
            let offered = loop {
                if let Ok(offered) = next(&mut events).await.message::<SlotOffered>() {
                    break offered;
                }
            };
            assert_eq!((offered.offer_id.as_str(), offered.language.as_str()), (&*date, language));
            change(&office, &id, "date/withdraw", json!({})).await.expect(204);
            assert_eq!(told(&mut events).await.language, language);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_lapsed_is_told_and_one_that_another_appointment_made_needless() {
    for office in Office::standing_on_each(&catalogue()).await {
        let mut events = listen(&office);
        let person = office.person();
        let (_, accepted) = dated(&office, &person, "LEA-1", "10:00").await;
        let (_, needless) = dated(&office, &person, "LEA-2", "11:00").await;
        accept(&office, &person, &accepted).await.expect(201);
        let ended = told(&mut events).await;
        assert_eq!(ended.because(), AssignedDateEndedBecause::BookedOtherwise);
        assert_eq!((ended.date_id, ended.application_ended), (needless, false));
        testkit::eventually(super::DEADLINE, async || {
            super::own(&office, &person).await.is_empty().then_some(())
        })
        .await;

        let other = office.person();
        let (_, silent) = dated(&office, &other, "LEA-3", "14:00").await;
        office.clock.advance(SignedDuration::from_hours(24 * 7 + 8));
        let ended = told(&mut events).await;
        assert_eq!(
            (ended.date_id.as_str(), ended.pseudonym.as_str()),
            (&*silent, &*other.pseudonym.to_string())
        );
        assert_eq!(ended.because(), AssignedDateEndedBecause::Lapsed);
        assert!(!ended.application_ended);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_is_told_as_the_reason() {
    let mut office = Office::embedded_with(&catalogue()).await;
    let person = office.person();
    dated(&office, &person, "LEA-1", "10:00").await;
    let small = "name: {de: Kleines Amt}";
    let flood =
        format!("closures: {{flood: {{date: {}, keepsBookings: true}}}}", office.next_week());
    let closed = catalogue().replace(small, &format!("{small}\n      {flood}"));
    let closed = closed.replace("AUTHORITY", office.authority.as_str());
    office.settings.catalogue = CatalogueSettings::Text(closed);
    office.restart().await;
    let mut events = listen(&office);
    let supervisor = office.staff(Role::Supervisor, &["small"]);
    let closing = json!({
        "location": "small", "date": office.next_week(), "reason": { "de": "Wasserschaden im Haus." },
    });
    office.post("/v1/desk/closings", &supervisor, closing).await.expect(200);
    let ended = told(&mut events).await;
    assert_eq!(ended.because(), AssignedDateEndedBecause::DayClosed);
    assert_eq!(ended.pseudonym, person.pseudonym.to_string());
}
