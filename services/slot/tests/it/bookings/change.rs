//! A person moves or cancels an appointment.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::office::Office;

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

        office.pass(SignedDuration::from_secs(3)).await;
        office.hold_once_free("passport", "10:00").await;
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
async fn a_repeat_says_what_is_true_now_and_another_request_is_no_repeat() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let booking = office.confirm(&person, &hold, "key-1").await.expect(201);
        office.confirm(&person, &hold, "key-1").await.expect(200);
        let path = format!("/v1/bookings/{}/cancel", booking.id());
        office.post(&path, &office.token(&person), json!({})).await.expect(200);
        let again = office.confirm(&person, &hold, "key-1").await.expect(200);
        assert_eq!((again.id(), &again.body["status"]), (booking.id(), &json!("cancelled")));
        let other = office.confirm(&person, &hold, "key-2").await;
        let other = other.expect_problem(409, "booking-not-active");
        assert_eq!(other.body["current_status"], "cancelled");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_can_be_repeated_with_its_key_and_with_no_other() {
    for office in Office::each().await {
        let person = office.person();
        let (first, token) =
            (office.book(&person, "passport", "10:00").await, office.token(&person));
        let cancel = async |id: &str, key: &str| {
            let path = format!("/v1/bookings/{id}/cancel");
            office.send(Method::POST, &path, &token, &[("Idempotency-Key", key)], None).await
        };
        let cancelled = cancel(&first.id(), "give-up").await.expect(200);
        assert_eq!(cancelled.body["status"], "cancelled");
        assert_eq!(cancel(&first.id(), "give-up").await.expect(200).body, cancelled.body);
        cancel(&first.id(), "other").await.expect_problem(409, "booking-not-active");
        // The key stands for this request alone: the next booking stays.
        let second = office.book(&person, "passport", "11:00").await;
        cancel(&second.id(), "give-up").await.expect_problem(422, "idempotency-mismatch");
        assert_eq!(office.bookings_of(&person).await[1]["status"], "confirmed");
        cancel(&second.id(), "give up").await.expect_problem(400, "invalid-request");
    }
}
