//! Hold, confirm, move, cancel.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{office::Office, store};

fn instant(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_holds_a_slot_and_confirms_it_and_sees_it() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        assert_eq!(instant(&hold.body["start"]), office.at("10:00"));
        assert_eq!(instant(&hold.body["end"]), office.at("10:10"));

        let booking = office.confirm(&person, &hold, "key-1").await.expect(201);
        assert_eq!(booking.body["status"], "confirmed");
        assert_eq!(booking.body["services"], json!(["passport"]));
        assert_eq!(booking.body["sequence"], 0);
        assert_eq!(office.bookings_of(&person).await, std::slice::from_ref(&booking.body));
        let path = format!("/v1/bookings/{}", booking.id());
        let read = office.send(Method::GET, &path, &office.token(&person), &[], None).await;
        assert_eq!(read.expect(200).body, booking.body);
        let audited = store::audited(&office.database_url, &booking.id()).await;
        assert_eq!(audited, ["booking.confirmed"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_is_stored_encrypted_and_only_the_desk_reads_it() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "passport", "10:00").await;
    assert!(!booking.body.to_string().contains("Zeynep"));
    for file in ["slot.sqlite", "slot.sqlite-wal"] {
        let path = office.database_url.trim_start_matches("sqlite://");
        let path = path.replace("slot.sqlite?mode=rwc", file);
        let bytes = std::fs::read(path).unwrap_or_default();
        assert!(!bytes.windows(6).any(|window| window == b"Zeynep"), "{file}");
    }
    let code = booking.body["code"].as_str().unwrap();
    let path = format!("/v1/desk/bookings?code={}", code.to_lowercase().replace('-', ""));
    let found = office.send(Method::GET, &path, &office.clerk(&["small"]), &[], None).await;
    let found = &found.expect(200).body["bookings"][0];
    assert_eq!(found["attendee"]["given_name"], "Zeynep");
    assert_eq!(found["desk"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_again_gives_the_same_answer_and_no_second_booking() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let first = office.confirm(&person, &hold, "key-1").await.expect(201);
        let same_key = office.confirm(&person, &hold, "key-1").await.expect(200);
        let other_key = office.confirm(&person, &hold, "key-2").await.expect(200);
        assert_eq!((&same_key.body, &other_key.body), (&first.body, &first.body));
        assert_eq!(office.bookings_of(&person).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_is_repeated_after_the_hold_expired_still_gets_its_answer() {
    let office = Office::embedded().await;
    let person = office.person();
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let first = office.confirm(&person, &hold, "key-1").await.expect(201);
    office.clock.advance(SignedDuration::from_mins(30));
    let again = office.confirm(&person, &hold, "key-1").await.expect(200);
    assert_eq!(again.body, first.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_with_another_request_is_refused() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        office.confirm(&person, &hold, "key-1").await.expect(201);
        let other = office.hold(&person, "plates", "11:00").await.expect(201);
        let before = store::counts(&office.database_url).await;
        let mixed = office.confirm(&person, &other, "key-1").await;
        mixed.expect_problem(422, "idempotency-mismatch");
        assert_eq!(store::counts(&office.database_url).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_one_hold_and_one_active_booking_in_a_group() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        office.hold(&person, "card", "11:00").await.expect_problem(409, "already-holding");
        office.confirm(&person, &hold, "key-1").await.expect(201);
        office.hold(&person, "card", "11:00").await.expect_problem(409, "already-booked");
        // Another group is another matter.
        office.hold(&person, "plates", "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_repeated_with_its_key_is_the_same_hold() {
    for office in Office::each().await {
        let person = office.person();
        let wish =
            json!({ "location": "small", "start": office.at("10:00"), "services": ["passport"] });
        let hold = async |key: &str| {
            let (token, headers) = (office.token(&person), [("Idempotency-Key", key)]);
            office.send(Method::POST, "/v1/holds", &token, &headers, Some(wish.clone())).await
        };
        let first = hold("key-1").await.expect(201);
        let again = hold("key-1").await.expect(201);
        assert_eq!(again.body["hold_id"], first.body["hold_id"]);
        hold("key-2").await.expect_problem(409, "already-holding");
        hold(&"k".repeat(65)).await.expect_problem(400, "invalid-request");
        office.confirm(&person, &again, "key-3").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_take_a_held_or_booked_seat() {
    for office in Office::each().await {
        let (person, other) = (office.person(), office.person());
        let hold = office.hold(&person, "card", "10:00").await.expect(201);
        for time in ["10:00", "10:10"] {
            office.hold(&other, "passport", time).await.expect_problem(409, "slot-taken");
        }
        office.confirm(&person, &hold, "key-1").await.expect(201);
        office.hold(&other, "passport", "10:10").await.expect_problem(409, "slot-taken");
        office.hold(&other, "passport", "10:20").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_hold_is_free_at_once_and_its_token_is_worth_nothing_to_others() {
    for office in Office::each().await {
        let (person, other) = (office.person(), office.person());
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let path = format!("/v1/holds/{}", hold.body["hold_id"].as_str().unwrap());
        let proof = json!({ "hold_token": hold.body["hold_token"] });
        let release = async |token: String| {
            office.send(Method::DELETE, &path, &token, &[], Some(proof.clone())).await
        };
        release(office.token(&other)).await.expect_problem(422, "hold-invalid");
        office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
        release(office.token(&person)).await.expect(204);
        release(office.token(&person)).await.expect(204);
        office.hold(&other, "passport", "10:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rebooking_swaps_in_one_step_and_gives_the_old_seat_back() {
    for office in Office::each().await {
        let (person, other) = (office.person(), office.person());
        let old = office.book(&person, "passport", "10:00").await;
        let wish = json!({
            "location": "small", "start": office.at("12:00"), "services": ["passport"],
            "replaces": old.id(),
        });
        let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
        // Until the new one is won, the old one stays.
        office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
        let new = office.confirm(&person, &hold, "key-2").await.expect(201);
        assert_eq!(new.body["replaces"], old.body["id"]);
        assert_eq!(new.body["sequence"], 1);
        office.confirm(&person, &hold, "key-2").await.expect(200);

        office.hold(&other, "passport", "10:00").await.expect(201);
        office.hold(&person, "card", "14:00").await.expect_problem(409, "already-booked");
        let statuses: Vec<_> =
            office.bookings_of(&person).await.iter().map(|b| b["status"].clone()).collect();
        assert_eq!(statuses, ["rebooked", "confirmed"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_of_somebody_else_or_of_another_group_cannot_be_replaced() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let theirs = office.book(&other, "passport", "10:00").await;
    let wish = |service: &str, replaces: &str| {
        json!({
            "location": "small", "start": office.at("12:00"), "services": [service],
            "replaces": replaces,
        })
    };
    let token = office.token(&person);
    let answer = office.post("/v1/holds", &token, wish("passport", &theirs.id())).await;
    answer.expect_problem(404, "booking-not-found");
    let answer =
        office.post("/v1/holds", &office.token(&other), wish("plates", &theirs.id())).await;
    answer.expect_problem(422, "services-not-combinable");
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_frees_the_person_at_once_and_the_seat_at_a_random_moment() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let booking = office.book(&person, "card", "10:00").await;
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    office
        .post(&path, &office.token(&other), json!({}))
        .await
        .expect_problem(404, "booking-not-found");
    let cancelled = office.post(&path, &office.token(&person), json!({})).await.expect(200);
    assert_eq!(cancelled.body["status"], "cancelled");
    assert_eq!(cancelled.body["sequence"], 1);
    let again = office.post(&path, &office.token(&person), json!({})).await;
    let again = again.expect_problem(409, "booking-not-active");
    assert_eq!(again.body["current_status"], "cancelled");

    // Within 10 to 60 minutes, as the service states; the person is free to book elsewhere.
    office.hold(&person, "card", "12:00").await.expect(201);
    office.hold(&other, "card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_secs(599));
    office.hold(&other, "card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_secs(3002));
    office.hold(&other, "card", "10:00").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_waits_for_its_moment_even_if_the_service_is_restarted() {
    let mut office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let booking = office.book(&person, "card", "10:00").await;
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    office.post(&path, &office.token(&person), json!({})).await.expect(200);
    office.restart().await;
    office.hold(&other, "card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_mins(61));
    office.hold(&other, "card", "10:00").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_and_their_seats_outlive_a_restart() {
    let mut office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let booking = office.book(&person, "passport", "10:00").await;
    office.restart().await;
    assert_eq!(office.bookings_of(&person).await, [booking.body]);
    office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
    office.hold(&person, "card", "12:00").await.expect_problem(409, "already-booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_is_free_again_and_cannot_be_confirmed() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    office.clock.advance(SignedDuration::from_mins(11));
    let before = store::counts(&office.database_url).await;
    office.confirm(&person, &hold, "key-1").await.expect_problem(410, "hold-expired");
    assert_eq!(store::counts(&office.database_url).await, before);
    office.hold(&other, "passport", "10:00").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_hold_token_cannot_be_confirmed() {
    let office = Office::embedded().await;
    let (person, thief) = (office.person(), office.person());
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let before = store::counts(&office.database_url).await;
    office.confirm(&thief, &hold, "key-1").await.expect_problem(422, "hold-invalid");
    let body = json!({
        "hold_token": hold.body["hold_token"], "attendee": office.attendee(&thief), "language": "de",
    });
    let headers = [("Idempotency-Key", "key-2")];
    let token = office.token(&person);
    let answer = office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body)).await;
    answer.expect_problem(422, "attendee-invalid");
    assert_eq!(store::counts(&office.database_url).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn availability_shows_a_hold_within_a_second() {
    for office in Office::each().await {
        let path = format!(
            "/v1/availability/slots?service=passport&location=small&date={}",
            office.next_week()
        );
        let starts = async || {
            let answer = office.read(&path).await.expect(200);
            let slots = answer.body["slots"].as_array().unwrap().clone();
            slots.iter().map(|slot| instant(&slot["start"])).collect::<Vec<_>>()
        };
        let ten = office.at("10:00");
        assert!(starts().await.contains(&ten));
        office.hold(&office.person(), "passport", "10:00").await.expect(201);
        testkit::eventually(Duration::from_secs(1), async || {
            (!starts().await.contains(&ten)).then_some(())
        })
        .await;
    }
}
