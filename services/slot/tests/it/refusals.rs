//! Bad input: each kind has a problem of its own, and nothing changes.

use auth::AccessClaims;
use jiff::ToSpan;
use reqwest::Method;
use serde_json::{Value, json};
use vocabulary::TrustLevel;

use crate::{office::Office, store};

/// Holds are refused for these reasons, in one office after the other, and nothing changes.
#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_cannot_be_is_refused_with_its_own_problem() {
    let office = Office::embedded().await;
    let person = office.person();
    let at = |time: &str| office.at(time).to_string();
    let wish = |start: String, services: Value| json!({ "location": "small", "start": start, "services": services });
    let with = |mut wish: Value, key: &str, value: Value| {
        wish[key] = value;
        wish
    };
    let passport = || json!(["passport"]);
    let ten = || wish(at("10:00"), passport());
    let in_two_months = office.clock.now() + (60 * 24).hours();
    let cases = [
        ("slot-off-grid", wish(at("10:03"), passport())),
        ("slot-not-offered", wish(at("10:05"), passport())),
        ("slot-not-offered", wish(at("16:00"), passport())),
        ("slot-not-offered", wish(at("15:50"), json!(["card"]))),
        ("slot-in-past", wish("2027-01-04T07:00:00Z".into(), passport())),
        ("outside-booking-window", wish(in_two_months.to_string(), passport())),
        (
            "closed",
            with(wish("2027-01-12T09:00:00Z".into(), passport()), "location", json!("weekdays")),
        ),
        ("wrong-duration", with(ten(), "end", json!(at("10:20")))),
        ("unknown-service", wish(at("10:00"), json!(["nonsense"]))),
        ("unknown-location", with(ten(), "location", json!("nowhere"))),
        ("services-not-combinable", wish(at("10:00"), json!(["passport", "plates"]))),
        ("services-not-combinable", wish(at("10:00"), json!([]))),
        ("services-not-combinable", wish(at("10:00"), json!(["passport", "passport"]))),
        ("too-many-people", with(ten(), "people", json!(3))),
        ("invalid-request", with(ten(), "people", json!(0))),
        ("too-short-notice", wish("2027-01-04T08:20:00Z".into(), passport())),
        ("entitlement-required", wish(at("10:00"), json!(["title"]))),
        ("booking-not-found", with(ten(), "replaces", json!("bkg_00000000000000000000000001"))),
    ];
    let before = store::counts(&office.database_url).await;
    for (code, wish) in cases {
        let answer = office.post("/v1/holds", &office.token(&person), wish.clone()).await;
        assert_eq!(answer.body["code"], code, "{wish}: {}", answer.body);
        assert_eq!(answer.body["type"], format!("/problems/{code}"));
        assert!((400..500).contains(&answer.status), "{}", answer.body);
    }
    assert_eq!(store::counts(&office.database_url).await, before);
    // Nothing is held either: the person may hold, and the seat is free.
    office.post("/v1/holds", &office.token(&person), ten()).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_is_not_sure_enough_is_told_which_level_it_needs() {
    let office = Office::embedded().await;
    let person = crate::office::Person { level: TrustLevel::Basic, ..office.person() };
    let answer = office.hold(&person, "title", "10:00").await;
    let answer = answer.expect_problem(403, "level-too-low");
    assert_eq!(answer.body["required_level"], "high");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_read_is_told_which_field() {
    let office = Office::embedded().await;
    let token = office.token(&office.person());
    let start = office.at("10:00");
    let cases = [
        (json!({}), "location"),
        (json!({ "location": "small", "start": "yesterday", "services": [] }), "start"),
        (json!({ "location": "small", "start": start, "services": "passport" }), "services"),
        (json!({ "location": "small", "start": start, "services": ["PASS"] }), "services[0]"),
        (json!({ "location": "small", "start": start, "services": [], "desk": 3 }), "desk"),
        (json!({ "location": 5, "start": start, "services": [] }), "location"),
        (json!([1, 2]), ""),
    ];
    for (body, field) in cases {
        let answer = office.post("/v1/holds", &token, body.clone()).await;
        let answer = answer.expect_problem(400, "invalid-request");
        let detail = answer.body["detail"].as_str().unwrap();
        assert!(detail.contains(field), "{body}: {detail}");
    }
    let large = json!({ "location": "small", "start": start, "services": ["x".repeat(40_000)] });
    let answer = office.post("/v1/holds", &token, large).await;
    answer.expect_problem(413, "payload-too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_and_methods_are_problems_too() {
    let office = Office::embedded().await;
    office.read("/v1/nothing").await.expect_problem(404, "not-found");
    office.read("/nothing").await.expect_problem(404, "not-found");
    let token = office.token(&office.person());
    let answer = office.send(Method::PUT, "/v1/holds", &token, &[], None).await;
    let answer = answer.expect_problem(405, "method-not-allowed");
    assert_eq!(answer.headers["allow"], "GET, POST");
    let answer = office.send(Method::GET, "/v1/bookings/5", &token, &[], None).await;
    answer.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_without_a_usable_key_or_token_is_refused_and_changes_nothing() {
    let office = Office::embedded().await;
    let person = office.person();
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let body = |hold_token: Value, language: &str| json!({ "hold_token": hold_token, "attendee": office.attendee(&person), "language": language });
    let good = hold.body["hold_token"].clone();
    let before = store::counts(&office.database_url).await;
    let long = "k".repeat(65);
    let cases: [(Option<&str>, Value, &str); 5] = [
        (None, body(good.clone(), "de"), "idempotency-key-missing"),
        (Some(""), body(good.clone(), "de"), "invalid-request"),
        (Some(&long), body(good.clone(), "de"), "invalid-request"),
        (Some("key"), body(json!("a.b.c"), "de"), "hold-invalid"),
        (Some("key"), body(good.clone(), "tlh"), "invalid-request"),
    ];
    for (key, body, code) in cases {
        let headers: Vec<_> = key.iter().map(|key| ("Idempotency-Key", *key)).collect();
        let token = office.token(&person);
        let answer = office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body)).await;
        assert_eq!(answer.body["code"], code, "{}", answer.body);
    }
    assert_eq!(store::counts(&office.database_url).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_for_this_is_refused() {
    let office = Office::embedded().await;
    let person = office.person();
    let wish =
        json!({ "location": "small", "start": office.at("10:00"), "services": ["passport"] });
    let hold = async |token: String| office.post("/v1/holds", &token, wish.clone()).await;
    let claims = || AccessClaims {
        acr: Some(person.level),
        ..office.access_claims(person.pseudonym.to_string())
    };
    hold(String::new()).await.expect_problem(401, "unauthenticated");
    hold("nonsense".into()).await.expect_problem(401, "invalid-token");
    let other = AccessClaims { aud: "urn:fairtermin:authority:other".into(), ..claims() };
    hold(office.sign(&other)).await.expect_problem(401, "wrong-audience");
    let old = AccessClaims { exp: office.clock.now().as_second() - 60, ..claims() };
    hold(office.sign(&old)).await.expect_problem(401, "invalid-token");
    let foreign = Office::embedded().await;
    let forged = foreign.sign(&claims());
    hold(forged).await.expect_problem(401, "invalid-token");
    let no_scope = AccessClaims { scope: String::new(), ..claims() };
    hold(office.sign(&no_scope)).await.expect_problem(403, "forbidden");
    hold(office.clerk(&["small"])).await.expect_problem(403, "forbidden");
    hold(office.agency("bookings")).await.expect_problem(403, "forbidden");
    hold(office.attendee(&person)).await.expect_problem(401, "invalid-token");
}
