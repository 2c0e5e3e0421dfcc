//! The office closes a day or cancels one appointment, and says why.

use auth::Role;
use futures_util::{StreamExt as _, stream};
use proto::booking::v1::{BookingCancelled, CancelledBy};
use serde_json::{Value, json};
use slot::CatalogueSettings;

use crate::{
    events::{listen, next},
    office::{ApiResponse, CATALOGUE, Office},
};

fn closing(office: &Office) -> Value {
    let reason = json!({ "de": "Wasserschaden im Haus.", "en": "Water damage in the building." });
    json!({ "location": "small", "date": office.next_week(), "reason": reason })
}

async fn close(office: &Office, token: &str) -> ApiResponse {
    office.post("/v1/desk/closings", token, closing(office)).await
}

/// The same catalogue, with next week's day closed at the small office.
fn closed_catalogue(office: &Office) -> CatalogueSettings {
    let day = office.next_week();
    let closed = format!("closures: {{flood: {{date: {day}, keepsBookings: true}}}}");
    let small = "name: {de: Kleines Amt}";
    assert!(CATALOGUE.contains(small));
    let text = CATALOGUE.replace(small, &format!("{small}\n      {closed}"));
    CatalogueSettings::Text(text.replace("AUTHORITY", office.authority.as_str()))
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_a_closed_day_is_told_once_with_the_reason() {
    for mut office in Office::each().await {
        let people: Vec<_> = (0..5).map(|_| office.person()).collect();
        for (person, time) in people.iter().zip(["10:00", "10:10", "10:20", "10:30", "10:40"]) {
            office.book(person, "passport", time).await;
        }
        let supervisor = office.staff(Role::Supervisor, &["small"]);
        let refused = close(&office, &supervisor).await.expect_problem(400, "invalid-request");
        assert_eq!(refused.body["field"], "date", "the day is open");
        office.settings.catalogue = closed_catalogue(&office);
        office.restart().await;

        let mut events = listen(&office);
        let done = close(&office, &supervisor).await.expect(200);
        assert_eq!(done.body["cancelled"], 5);
        let mut told = Vec::new();
        while told.len() < 5 {
            // The bookings' own events may still be on their way.
            let Ok(event) = next(&mut events).await.message::<BookingCancelled>() else { continue };
            assert_eq!(event.cancelled_by(), CancelledBy::Office);
            assert_eq!(event.reason["en"], "Water damage in the building.");
            told.push(event.appointment.unwrap().pseudonym);
        }
        told.sort();
        told.dedup();
        assert_eq!(told.len(), 5, "each of them");
        for person in &people {
            assert_eq!(office.bookings_of(person).await[0]["status"], "cancelled");
        }
        // Cancelled seats cannot be booked, and nothing is left to cancel.
        office.hold(&office.person(), "passport", "10:00").await.expect_problem(422, "closed");
        assert_eq!(close(&office, &supervisor).await.expect(200).body["cancelled"], 0);
        office.stop().await;
    }
}

/// The large office has so many desks.
const DESKS: usize = 50;

/// A new person books a passport at the large office.
async fn book_at_large(office: &Office, time: &str) {
    let person = office.person();
    let wish = json!({ "location": "large", "start": office.at(time), "services": ["passport"] });
    let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
    let key = hold.body["hold_id"].as_str().unwrap().to_owned();
    office.confirm(&person, &hold, &key).await.expect(201);
}

/// Fault: where more appointments were over than are read at once, the rest of the day was not called off.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_keeps_nobody_of_a_closed_day_from_being_told() {
    let mut office = Office::embedded().await;
    let morning =
        ["08:00", "08:10", "08:20", "08:30", "08:40", "08:50", "09:00", "09:10", "09:20", "09:30"];
    let times = morning.iter().flat_map(|time| std::iter::repeat_n(*time, DESKS));
    let bookings = stream::iter(times).map(|time| book_at_large(&office, time));
    bookings.buffer_unordered(8).collect::<Vec<()>>().await;
    book_at_large(&office, "15:00").await;

    let (day, noon) = (office.next_week(), office.at("12:00"));
    let large = "name: {de: Großes Amt}";
    let closed = format!("closures: {{flood: {{date: {day}, keepsBookings: true}}}}");
    assert!(CATALOGUE.contains(large));
    let text = CATALOGUE.replace(large, &format!("{large}\n      {closed}"));
    let text = text.replace("AUTHORITY", office.authority.as_str());
    office.settings.catalogue = CatalogueSettings::Text(text);
    office.clock.advance(noon.duration_since(office.clock.now()));
    office.restart().await;
    let supervisor = office.staff(Role::Supervisor, &["large"]);
    let body = json!({ "location": "large", "date": day, "reason": { "de": "Wasserschaden." } });
    let done = office.post("/v1/desk/closings", &supervisor, body).await.expect(200);
    assert_eq!(done.body["cancelled"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_supervisor_of_the_location_closes_a_day() {
    let office = Office::embedded().await;
    let forbidden = [
        office.clerk(&["small"]),
        office.staff(Role::Supervisor, &["large"]),
        office.staff(Role::Auditor, &["small"]),
    ];
    for token in forbidden {
        close(&office, &token).await.expect_problem(403, "forbidden");
    }
    office.post("/v1/desk/closings", "", closing(&office)).await.expect(401);
    let supervisor = office.staff(Role::Supervisor, &["nowhere"]);
    let body =
        json!({ "location": "nowhere", "date": office.next_week(), "reason": { "de": "x" } });
    let answer = office.post("/v1/desk/closings", &supervisor, body).await;
    answer.expect_problem(422, "unknown-location");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_by_the_office_says_why_if_the_desk_does() {
    let office = Office::embedded().await;
    let mut events = listen(&office);
    let clerk = office.clerk(&["small"]);
    let ill = json!({ "reason": { "de": "Krankheit." } });
    for (time, body, reason) in [("10:00", json!({}), None), ("11:00", ill, Some("Krankheit."))] {
        let id = office.book(&office.person(), "passport", time).await.id();
        let path = format!("/v1/desk/bookings/{id}/cancel");
        let wrong = office.post(&path, &clerk, json!({ "because": "x" })).await;
        wrong.expect_problem(400, "invalid-request");
        office.post(&path, &clerk, body).await.expect(200);
        let event = loop {
            if let Ok(event) = next(&mut events).await.message::<BookingCancelled>() {
                break event;
            }
        };
        assert_eq!(event.cancelled_by(), CancelledBy::Office);
        assert_eq!(event.reason.get("de").map(String::as_str), reason);
    }
}
