//! A person holds a slot.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::instant;
use crate::office::{Office, as_listed};

/// Long enough for anything to be shown on a busy machine.
const SOON: Duration = Duration::from_secs(60);

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
async fn the_same_wish_again_is_the_same_hold_and_another_one_is_told_which_hold_is_in_the_way() {
    for office in Office::each().await {
        let person = office.person();
        let first = office.hold(&person, "passport", "10:00").await.expect(201);
        let again = office.hold(&person, "passport", "10:00").await.expect(201);
        assert_eq!(again.body["hold_id"], first.body["hold_id"]);
        let other = office.hold(&person, "passport", "11:00").await;
        let other = other.expect_problem(409, "already-holding");
        for fact in ["hold_id", "location", "start", "expires_at"] {
            assert_eq!(other.body[fact], first.body[fact], "{fact}");
        }
        let own = office.send(Method::GET, "/v1/holds", &office.token(&person), &[], None).await;
        let own = own.expect(200).body["holds"].clone();
        assert_eq!((own.as_array().unwrap().len(), &as_listed(&own[0])), (1, &again.body));
        let (token, long) = (office.token(&person), "k".repeat(65));
        let (headers, wish) = ([("Idempotency-Key", long.as_str())], json!({}));
        let answer = office.send(Method::POST, "/v1/holds", &token, &headers, Some(wish)).await;
        answer.expect_problem(400, "invalid-request");
        office.confirm(&person, &again, "key-3").await.expect(201);
        let own = office.send(Method::GET, "/v1/holds", &office.token(&person), &[], None).await;
        assert_eq!(own.expect(200).body["holds"], json!([]));
    }
}

/// Holding asks no database, so it keeps no keys; and the document says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_does_not_change_what_a_request_for_a_hold_means() {
    let document = slot::openapi_document();
    let parameters = &document["paths"]["/v1/holds"]["post"]["parameters"];
    assert_eq!(parameters[0]["name"], "Idempotency-Key");
    let said = parameters[0]["description"].as_str().unwrap();
    assert!(said.starts_with("Without effect here"), "{said}");

    let office = Office::embedded().await;
    let person = office.person();
    let token = office.token(&person);
    let wish = async |time: &str| {
        let body =
            json!({ "location": "small", "start": office.at(time), "services": ["passport"] });
        let headers = [("Idempotency-Key", "key-1")];
        office.send(Method::POST, "/v1/holds", &token, &headers, Some(body)).await
    };
    let first = wish("10:00").await.expect(201);
    assert_eq!(wish("10:00").await.expect(201).body["hold_id"], first.body["hold_id"]);
    wish("11:00").await.expect_problem(409, "already-holding");
    let path = format!("/v1/holds/{}", first.body["hold_id"].as_str().unwrap());
    let body = json!({ "hold_token": first.body["hold_token"] });
    office.send(Method::DELETE, &path, &token, &[], Some(body)).await.expect(204);
    let next = wish("11:00").await.expect(201);
    assert_ne!(next.body["hold_id"], first.body["hold_id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_can_be_extended_once() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let path = format!("/v1/holds/{}/extend", hold.body["hold_id"].as_str().unwrap());
        let extend = async |token: &str, hold_token: &Value| {
            office.post(&path, token, json!({ "hold_token": hold_token })).await
        };
        let thief = office.token(&office.person());
        let stolen = extend(&thief, &hold.body["hold_token"]).await;
        stolen.expect_problem(422, "hold-invalid");
        let token = office.token(&person);
        let longer = extend(&token, &hold.body["hold_token"]).await.expect(200);
        assert!(instant(&longer.body["expires_at"]) >= instant(&hold.body["expires_at"]));
        assert_eq!(
            (&hold.body["can_be_extended"], &longer.body["can_be_extended"]),
            (&json!(true), &json!(false))
        );
        let again = extend(&token, &longer.body["hold_token"]).await;
        again.expect_problem(409, "hold-extended-before");
        office.confirm(&person, &longer, "key-1").await.expect(201);
        let booked = extend(&token, &longer.body["hold_token"]).await;
        booked.expect_problem(410, "hold-expired");
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
        let third = office.person();
        office.hold(&third, "passport", "10:10").await.expect_problem(409, "slot-taken");
        office.hold(&third, "passport", "10:20").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_for_what_is_taken_waits_longer_each_time_whatever_the_start() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    office.book(&person, "card", "10:00").await;
    let ask = async |service: &str, time: &str| office.hold(&other, service, time).await;
    ask("passport", "10:00").await.expect_problem(409, "slot-taken");
    // Another service, another start: it is the same desk time.
    let again = ask("card", "10:00").await.expect_problem(429, "asked-too-soon");
    assert_eq!(again.headers["retry-after"], "1");
    office.clock.advance(SignedDuration::from_secs(1));
    ask("card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_secs(1));
    let again = ask("passport", "10:10").await.expect_problem(429, "asked-too-soon");
    assert_eq!(again.headers["retry-after"], "1");
    // Whatever is free is free at once.
    ask("passport", "10:20").await.expect(201);
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
        // Of some holds, since the machine may be busy now and then.
        let mut quickest = Duration::MAX;
        for time in ["10:00", "10:10", "10:20", "10:30", "10:40", "10:50"] {
            let held = office.at(time);
            office.hold(&office.person(), "passport", time).await.expect(201);
            let began = Instant::now();
            testkit::eventually(SOON, async || (!starts().await.contains(&held)).then_some(()))
                .await;
            quickest = quickest.min(began.elapsed());
        }
        assert!(quickest < Duration::from_secs(1), "{quickest:?}");
    }
}
