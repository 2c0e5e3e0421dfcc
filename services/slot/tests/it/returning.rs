//! What is given up becomes free again: later, at a moment that cannot be predicted.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{bookings::instant, office::Office};

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_was_given_up_is_worth_nothing_and_its_seat_returns_later() {
    for office in Office::each().await {
        let (person, other) = (office.person(), office.person());
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        office.release(&other, &hold).await.expect_problem(422, "hold-invalid");
        office.release(&person, &hold).await.expect(204);
        office.release(&person, &hold).await.expect(204);
        // The buyer who knows the second gets nothing.
        office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
        // And the token that is still good by its signature makes no booking.
        // Fault: who gave it up in another window read that the time to book was over.
        office.confirm(&person, &hold, "key-1").await.expect_problem(410, "hold-given-up");
        // The person is free to hold something else at once.
        office.hold(&person, "passport", "11:00").await.expect(201);
        office.pass(SignedDuration::from_secs(3)).await;
        let (winner, won) = office.hold_once_free("passport", "10:00").await;
        office.confirm(&person, &hold, "key-2").await.expect_problem(410, "hold-given-up");
        office.confirm(&winner, &won, "key-3").await.expect(201);
    }
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
    office.hold(&office.person(), "card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_secs(3002));
    office.hold_once_free("card", "10:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_in_which_the_job_did_not_decide_counts_once_it_does() {
    let office = Office::embedded().await;
    // Until a seat has returned, the job may not have begun.
    let person = office.person();
    let hold = office.hold(&person, "passport", "15:50").await.expect(201);
    office.release(&person, &hold).await.expect(204);
    office.pass(SignedDuration::from_secs(3)).await;
    office.hold_once_free("passport", "15:50").await;
    let times = ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"];
    for time in times {
        let person = office.person();
        let booking = office.book(&person, "card", time).await;
        let path = format!("/v1/bookings/{}/cancel", booking.id());
        office.post(&path, &office.token(&person), json!({})).await.expect(200);
    }
    // Four minutes before the latest moment, in one step: the process does not lead until it renews its lease. Of
    // one seat in sixteen the coin has not fallen yet by then; of all eight, never.
    office.clock.advance(SignedDuration::from_mins(56));
    testkit::eventually(Duration::from_secs(180), async || {
        for time in times {
            if office.hold(&office.person(), "card", time).await.status == 201 {
                return Some(());
            }
        }
        None
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_still_returning_after_a_restart_and_returns_by_its_latest_moment() {
    let mut office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let booking = office.book(&person, "card", "10:00").await;
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    office.post(&path, &office.token(&person), json!({})).await.expect(200);
    office.restart().await;
    office.hold(&other, "card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_mins(61));
    office.hold_once_free("card", "10:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_is_given_up_too_late_is_for_the_desk_and_never_for_the_public() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "card", "10:00").await;
    // Half an hour and a bit before it begins.
    let start = office.at("10:00");
    office.clock.advance(start.duration_since(office.clock.now()) - SignedDuration::from_mins(25));
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    office.post(&path, &office.token(&person), json!({})).await.expect(200);
    office.clock.advance(SignedDuration::from_mins(20));
    let wish = json!({ "location": "small", "start": start, "services": ["card"] });
    let answer = office.post("/v1/holds", &office.token(&office.person()), wish.clone()).await;
    answer.expect_problem(409, "slot-taken");
    let clerk = office.clerk(&["small"]);
    let day = office
        .send(
            Method::GET,
            &format!(
                "/v1/desk/slots?service=card&location=small&date={}",
                ambient::berlin().to_datetime(start).date()
            ),
            &clerk,
            &[],
            None,
        )
        .await
        .expect(200);
    let offered = day.body["slots"].as_array().unwrap();
    assert!(offered.iter().any(|slot| instant(&slot["start"]) == start), "{}", day.body);
    let visitor = office.person();
    let body = json!({ "attendee": office.attendee(&visitor), "location": "small", "start": start, "services": ["card"] });
    office.post("/v1/desk/holds", &clerk, body).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_cannot_be_confirmed_and_its_seat_returns() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    office.clock.advance(SignedDuration::from_mins(10));
    office.confirm(&person, &hold, "key-1").await.expect_problem(410, "hold-expired");
    assert_eq!(office.bookings_of(&person).await, Vec::<Value>::new());
    office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
    office.pass(SignedDuration::from_secs(30)).await;
    office.hold_once_free("passport", "10:00").await;
    // Who lost the hold holds again.
    office.hold(&person, "passport", "12:00").await.expect(201);
}
