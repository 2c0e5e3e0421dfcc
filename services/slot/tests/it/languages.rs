//! In which language the office tells people.

use reqwest::Method;
use serde_json::{Value, json};

use crate::office::Office;

/// Vietnamese is known and not shipped, and this office does not list it.
#[tokio::test(flavor = "multi_thread")]
async fn messages_in_a_language_that_the_office_does_not_write_are_refused() {
    let office = Office::embedded().await;
    let person = office.person();
    let draw = ids::DrawId::from_bits(1);
    let stated = json!({
        "attendee": office.attendee(&person), "wishes": [{}], "language": "vi",
    });
    let with = |key: &str, value: Value| {
        let mut body = stated.clone();
        body[key] = value;
        body
    };
    let at_desk = with("location", json!("small"));
    let (citizen, clerk) = (office.token(&person), office.clerk(&["small"]));
    for (path, token, body, field) in [
        (format!("/v1/draws/{draw}/entries"), &citizen, stated.clone(), "language"),
        (
            "/v1/waiting-list/entries".to_owned(),
            &citizen,
            with("service", json!("passport")),
            "language",
        ),
        (
            format!("/v1/desk/draws/{draw}/entries"),
            &clerk,
            json!({ "request": at_desk }),
            "request.language",
        ),
        (
            "/v1/desk/waiting-list/entries".to_owned(),
            &clerk,
            json!({ "service": "passport", "request": at_desk }),
            "request.language",
        ),
        (
            "/v1/desk/bookings".to_owned(),
            &clerk,
            json!({ "hold_token": "a.b.c", "attendee": office.vouched(&person), "language": "vi" }),
            "language",
        ),
    ] {
        let headers = [("Idempotency-Key", "key")];
        let answer = office.send(Method::POST, &path, token, &headers, Some(body)).await;
        let body = answer.expect_problem(400, "invalid-request").body;
        assert_eq!(body["field"], field, "{path}: {body}");
        let told = body["detail"].as_str().unwrap();
        assert!(told.contains("must be one of `de`") && !told.contains("`vi`"), "{told}");
    }
}
