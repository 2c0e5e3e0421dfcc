//! Booking rules that decide at the confirm, because something is known or has changed since the
//! hold.

use jiff::SignedDuration;
use serde_json::json;
use vocabulary::TrustLevel;

use crate::office::{CATALOGUE, Office, Person};

/// The office with more rules for passports.
fn with(rules: &str) -> String {
    let known = "rules: {leadTime: {minutes: 30}, partySize: {max: 2}}";
    assert!(CATALOGUE.contains(known));
    CATALOGUE.replace(known, &format!("rules: {{{rules}}}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_too_young_may_hold_and_not_confirm_unless_at_the_desk() {
    let office = Office::embedded_with(&with("minimumAge: {years: 16}")).await;
    // The visit is on 11 January 2027.
    let young = Person { birthdate: "2012-05-17".into(), ..office.person() };
    let hold = office.hold(&young, "passport", "10:00").await.expect(201);
    let refused = office.confirm(&young, &hold, "key").await.expect_problem(403, "too-young");
    assert_eq!(refused.body["years"], 16);
    assert!(!refused.body.to_string().contains("2012"), "{}", refused.body);
    assert!(office.bookings_of(&young).await.is_empty());

    // A year alone is read in the person's favour.
    for (birthdate, time) in [("2011-01-11", "11:00"), ("2011-01", "11:10"), ("2011", "11:20")] {
        let person = Person { birthdate: birthdate.into(), ..office.person() };
        office.book(&person, "passport", time).await;
    }

    let clerk = office.clerk(&["small"]);
    let child = Person { birthdate: "2012-05-17".into(), ..office.person() };
    let wish = json!({
        "attendee": office.attendee(&child), "location": "small", "start": office.at("12:00"),
        "services": ["passport"],
    });
    let hold = office.post("/v1/desk/holds", &clerk, wish).await.expect(201);
    let body = json!({
        "hold_token": hold.body["hold_token"], "attendee": office.attendee(&child), "language": "de",
        "reason": { "code": "no-online-access" },
    });
    let key = [("Idempotency-Key", "desk")];
    let path = "/v1/desk/bookings";
    office.send(reqwest::Method::POST, path, &clerk, &key, Some(body)).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_held_in_time_has_the_whole_hold_to_confirm() {
    let office = Office::embedded_with(&with("leadTime: {minutes: 30}")).await;
    let person = office.person();
    let start = office.at("10:00");
    let wait = start.duration_since(office.clock.now()) - SignedDuration::from_mins(31);
    office.clock.advance(wait);
    let wish = json!({ "location": "small", "start": start, "services": ["passport"] });
    let hold = office.post("/v1/holds", &office.token(&person), wish.clone()).await.expect(201);
    office.clock.advance(SignedDuration::from_mins(5));
    office.confirm(&person, &hold, "key").await.expect(201);

    let other = office.person();
    let late = office.post("/v1/holds", &office.token(&other), wish).await;
    late.expect_problem(422, "too-short-notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_proven_at_a_lower_level_does_not_confirm_what_was_held_at_a_higher_one() {
    let office = Office::embedded_with(&with("trustLevel: {atLeast: high}")).await;
    let person = office.person();
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let weak = Person { level: TrustLevel::Basic, ..person.clone() };
    let refused = office.confirm(&weak, &hold, "key").await;
    refused.expect_problem(403, "level-too-low");
    office.confirm(&person, &hold, "key").await.expect(201);
}
