//! What a person did before limits what they may do, for a while, and staff can lift it.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::office::{CATALOGUE, Office, Person};

/// The office with limits for passports.
fn with(rules: &str) -> String {
    let known = "rules: {leadTime: {minutes: 30}, partySize: {max: 2}}";
    assert!(CATALOGUE.contains(known));
    CATALOGUE.replace(known, &format!("rules: {{{rules}}}"))
}

async fn abandon(office: &Office, person: &Person, time: &str) {
    let hold = office.hold(person, "passport", time).await.expect(201);
    office.release(person, &hold).await.expect(204);
}

const HOLDS: &str = "abandonedHolds: {max: 1, hours: 24}";

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_holds_up_waits_and_reads_until_when_and_others_do_not() {
    for office in Office::each_with(&with(HOLDS)).await {
        let person = office.person();
        abandon(&office, &person, "10:00").await;
        // Once is free.
        abandon(&office, &person, "11:00").await;
        let refused = office.hold(&person, "passport", "12:00").await;
        let refused = refused.expect_problem(409, "too-many-abandoned-holds");
        assert_eq!(refused.body["decided_by"], "authority");
        assert!(refused.body["until"].is_string(), "{}", refused.body);
        office.hold(&office.person(), "passport", "12:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_expired_counts_as_one_that_was_given_up_and_the_wait_ends() {
    let office = Office::embedded_with(&with(HOLDS)).await;
    let person = office.person();
    for time in ["10:00", "11:00"] {
        office.hold(&person, "passport", time).await.expect(201);
        office.clock.advance(SignedDuration::from_mins(11));
        // The job ends it within some seconds of its own.
        office.hold_once_free("passport", time).await;
    }
    let refused = office.hold(&person, "passport", "12:00").await;
    refused.expect_problem(409, "too-many-abandoned-holds");
    office.clock.advance(SignedDuration::from_hours(25));
    office.hold(&person, "passport", "12:00").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limits_are_known_again_after_the_holds_were_lost() {
    let mut office = Office::embedded_with(&with(HOLDS)).await;
    let person = office.person();
    for time in ["10:00", "11:00"] {
        abandon(&office, &person, time).await;
    }
    office.restart().await;
    let refused = office.hold(&person, "passport", "12:00").await;
    refused.expect_problem(409, "too-many-abandoned-holds");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_lift_a_limit_with_a_reason_and_never_meet_it() {
    let office = Office::embedded_with(&with(HOLDS)).await;
    let person = office.person();
    for time in ["10:00", "11:00"] {
        abandon(&office, &person, time).await;
    }
    let refused = office.hold(&person, "passport", "12:00").await;
    refused.expect_problem(409, "too-many-abandoned-holds");
    let clerk = office.clerk(&["small"]);
    let lift = async |note: &str| {
        let reason = json!({ "code": "technical-failure", "note": note });
        let body =
            json!({ "attendee": office.attendee(&person), "location": "small", "reason": reason });
        office.post("/v1/desk/limits/lift", &clerk, body).await
    };
    lift(" ").await.expect_problem(400, "invalid-request");
    assert_eq!(lift("Der Computer der Person war defekt.").await.expect(200).body["lifted"], 2);
    office.hold(&person, "passport", "12:00").await.expect(201);
    let subject = person.pseudonym.to_string();
    let audited = crate::store::audited(&office.database_url, &subject).await;
    assert_eq!(audited, ["limits.lifted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_cancels_counts_against_nobody_and_what_a_person_cancels_does() {
    let rules = "cancellations: {max: 1, days: 30}";
    let office = Office::embedded_with(&with(rules)).await;
    let person = office.person();
    let clerk = office.clerk(&["small"]);
    for (time, by_desk) in [("10:00", true), ("10:10", true), ("10:20", false), ("10:30", false)] {
        let id = office.book(&person, "passport", time).await.id();
        let (path, token) = if by_desk {
            (format!("/v1/desk/bookings/{id}/cancel"), clerk.clone())
        } else {
            (format!("/v1/bookings/{id}/cancel"), office.token(&person))
        };
        office.post(&path, &token, json!({})).await.expect(200);
    }
    let refused = office.hold(&person, "passport", "12:00").await;
    refused.expect_problem(409, "too-many-cancellations");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_says_what_follows_if_it_is_given_up_as_the_rule_then_does() {
    let office = Office::embedded_with(&with("cancellations: {max: 1, days: 30}")).await;
    let person = office.person();
    let token = office.token(&person);
    let read = async |id: &str| {
        let path = format!("/v1/bookings/{id}");
        office.send(Method::GET, &path, &token, &[], None).await.expect(200).body
    };
    let cancel = async |id: &str| {
        let path = format!("/v1/bookings/{id}/cancel");
        office.post(&path, &token, json!({})).await.expect(200)
    };
    let first = office.book(&person, "passport", "10:00").await.id();
    let said = read(&first).await["giving_up"].clone();
    assert_eq!(said, json!({ "free_left": 1 }), "it is free, and one may book at once");
    cancel(&first).await;
    assert_eq!(read(&first).await["giving_up"], json!(null), "it is given up already");

    let second = office.book(&person, "passport", "10:30").await.id();
    let said = read(&second).await["giving_up"].clone();
    assert_eq!(said["free_left"], 0);
    let from = said["rebook_from"].as_str().unwrap().to_owned();
    assert_eq!(said["move_again_from"], json!(from));
    cancel(&second).await;
    let refused = office.hold(&person, "passport", "12:00").await;
    let refused = refused.expect_problem(409, "too-many-cancellations");
    let day = |time: &str| time.split('T').next().unwrap().to_owned();
    assert_eq!(day(refused.body["until"].as_str().unwrap()), day(&from));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listed_hold_says_what_follows_if_it_is_given_up_as_the_rule_then_does() {
    let office = Office::embedded_with(&with(HOLDS)).await;
    let person = office.person();
    let token = office.token(&person);
    let listed = async || {
        let list = office.send(Method::GET, "/v1/holds", &token, &[], None).await.expect(200);
        list.body["holds"][0]["giving_up"].clone()
    };
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    assert_eq!(listed().await, json!({ "free_left": 1 }), "once is free");
    office.release(&person, &hold).await.expect(204);
    let hold = office.hold(&person, "passport", "11:00").await.expect(201);
    let said = listed().await;
    assert_eq!(said["free_left"], 0);
    assert!(said["hold_again_from"].is_string(), "{said}");
    office.release(&person, &hold).await.expect(204);
    let refused = office.hold(&person, "passport", "12:00").await;
    let refused = refused.expect_problem(409, "too-many-abandoned-holds");
    let moment = |value: &serde_json::Value| {
        value.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok()).unwrap()
    };
    assert_eq!(moment(&refused.body["until"]), moment(&said["hold_again_from"]));
}
