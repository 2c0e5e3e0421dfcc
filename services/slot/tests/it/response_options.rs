//! Compression and `Prefer`.

use flate2::read::GzDecoder;
use reqwest::Method;
use serde_json::json;
use std::io::Read as _;

use crate::office::{ApiResponse, Office, as_listed};

/// The answer as it came over the wire.
async fn raw(office: &Office, path: &str, accept: &str) -> (Option<String>, Vec<u8>, ApiResponse) {
    let mut request = office.http.get(format!("{}{path}", office.base));
    if !accept.is_empty() {
        request = request.header("Accept-Encoding", accept);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let encoding = headers.get("content-encoding").map(|it| it.to_str().unwrap().to_owned());
    let bytes = response.bytes().await.unwrap().to_vec();
    (encoding, bytes, ApiResponse { status, headers, body: json!(null) })
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

#[tokio::test(flavor = "multi_thread")]
async fn what_everybody_may_know_is_compressed_for_who_asks() {
    let office = Office::embedded().await;
    let slots = format!("/v1/availability/slots?service=passport&date={}", office.next_week());
    let statistics = "/v1/statistics?from=2026-12-20&to=2027-01-03";
    let (encoding, _, told) = raw(&office, "/v1/authority", "gzip").await;
    assert_eq!((told.status, encoding), (200, None), "shorter than the minimum");
    for path in [&slots, statistics] {
        let (encoding, plain, told) = raw(&office, path, "").await;
        assert_eq!((told.status, encoding), (200, None), "{path}");
        let vary = told.headers["vary"].to_str().unwrap();
        assert!(vary.contains("Accept-Encoding"), "{path}: {vary}");
        for accept in ["gzip", "br, gzip;q=0.9", "gzip, identity;q=0.5"] {
            let (encoding, small, packed) = raw(&office, path, accept).await;
            assert_eq!(encoding.as_deref(), Some("gzip"), "{path}: {accept}");
            assert!(small.len() * 2 < plain.len(), "{path}: {} of {}", small.len(), plain.len());
            assert_eq!(unpacked(&small), plain, "{path}");
            assert_eq!(packed.headers["etag"], told.headers["etag"], "weak, so the same");
        }
        for accept in ["br", "identity", "gzip;q=0", "identity;q=0, br"] {
            let (encoding, same, _) = raw(&office, path, accept).await;
            assert_eq!((encoding, &same), (None, &plain), "{path}: {accept}");
        }
        let etag = told.headers["etag"].to_str().unwrap();
        let known = [("If-None-Match", etag), ("Accept-Encoding", "gzip")];
        office.send(Method::GET, path, "", &known, None).await.expect(304);
    }
    let (encoding, bytes, _) = raw(&office, "/openapi.json", "gzip").await;
    assert_eq!(encoding.as_deref(), Some("gzip"));
    let document: serde_json::Value = serde_json::from_slice(&unpacked(&bytes)).unwrap();
    let mut expected = slot::openapi_document();
    expected["servers"] = document["servers"].clone();
    assert_eq!(document, expected);
}

/// What the document says of headers is so.
#[tokio::test(flavor = "multi_thread")]
async fn the_document_names_the_headers_that_answers_have() {
    let document = slot::openapi_document();
    let headers = |method: &str, path: &str, status: &str| {
        document["paths"][path][method]["responses"][status]["headers"].clone()
    };
    let office = Office::embedded().await;
    let told = office.read("/v1/authority").await.expect(200);
    assert!(told.headers["etag"].to_str().unwrap().starts_with("W/"));
    for status in ["200", "304"] {
        assert!(headers("get", "/v1/authority", status)["ETag"].is_object(), "{status}");
    }
    // Those without a tag promise none.
    assert!(!office.read("/v1/draws").await.expect(200).headers.contains_key("etag"));
    assert!(headers("get", "/v1/draws", "200")["ETag"].is_null());
    for status in ["201", "429"] {
        let described = headers("post", "/v1/holds", status);
        assert!(described["RateLimit"].is_object() && described["RateLimit-Policy"].is_object());
    }
    assert!(headers("get", "/v1/authority", "200")["RateLimit"].is_null());
    assert!(headers("post", "/v1/bookings", "201")["Location"].is_object());
}

/// The length of a compressed answer tells of what is in it (BREACH): tokens and what is about a
/// person come as they are.
#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_ever_compressed() {
    let office = Office::embedded().await;
    let packed = [("Accept-Encoding", "gzip")];
    for n in 0..12 {
        let person = office.person();
        let token = office.token(&person);
        let time = format!("{:02}:00", 8 + n % 8);
        let date = office.next_week();
        let wish =
            json!({ "location": "large", "start": office.at(&time), "services": ["passport"] });
        let hold =
            office.send(Method::POST, "/v1/holds", &token, &packed, Some(wish)).await.expect(201);
        assert!(!hold.headers.contains_key("content-encoding"));
        let body = json!({
            "hold_token": hold.body["hold_token"], "attendee": office.attendee(&person), "language": "de",
        });
        let headers = [packed[0], ("Idempotency-Key", hold.body["hold_id"].as_str().unwrap())];
        let made = office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body)).await;
        assert!(!made.expect(201).headers.contains_key("content-encoding"));
        let clerk = office.clerk(&["large"]);
        for (path, token) in [
            ("/v1/bookings".to_owned(), &token),
            ("/fhir/Appointment".to_owned(), &token),
            (format!("/v1/desk/bookings?location=large&date={date}"), &clerk),
            (format!("/v1/desk/calendar?location=large&date={date}"), &clerk),
        ] {
            let answer = office.send(Method::GET, &path, token, &packed, None).await.expect(200);
            assert!(!answer.headers.contains_key("content-encoding"), "{path}");
        }
    }
}

fn applied(answer: &ApiResponse) -> Option<&str> {
    answer.headers.get("preference-applied").map(|value| value.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_prefers_less_gets_less_and_the_same_happens() {
    let office = Office::embedded().await;
    let person = office.person();
    let token = office.token(&person);
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let body = json!({
        "hold_token": hold.body["hold_token"], "attendee": office.attendee(&person), "language": "de",
    });
    let confirm = async |prefer: &str| {
        let headers = [("Idempotency-Key", "once"), ("Prefer", prefer)];
        office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body.clone())).await
    };
    let made = confirm("return=minimal").await.expect(204);
    assert_eq!((made.body.as_str(), applied(&made)), (Some(""), Some("return=minimal")));
    let place = made.headers["location"].to_str().unwrap();
    let booking = office.send(Method::GET, place, &token, &[], None).await.expect(200);
    assert_eq!(booking.body["status"], "confirmed");
    assert_eq!(applied(&confirm("return=minimal").await.expect(204)), Some("return=minimal"));
    let again = confirm("return=representation").await.expect(200);
    assert_eq!(again.body, as_listed(&booking.body));
    assert_eq!(applied(&again), Some("return=representation"));
    assert_eq!(applied(&confirm("respond-async").await.expect(200)), None);

    let clerk = office.clerk(&["small"]);
    let minimal = [("Prefer", "return=minimal")];
    let quietly = async |path: String, token: &str| {
        let answer = office.send(Method::POST, &path, token, &minimal, Some(json!({}))).await;
        assert_eq!(applied(&answer.clone().expect(204)), Some("return=minimal"));
    };
    let (second, third) = (office.person(), office.person());
    let one = office.book(&second, "passport", "11:00").await.id();
    quietly(format!("/v1/bookings/{one}/cancel"), &office.token(&second)).await;
    assert_eq!(office.bookings_of(&second).await[0]["status"], "cancelled");
    let other = office.book(&third, "passport", "12:00").await.id();
    quietly(format!("/v1/desk/bookings/{other}/cancel"), &clerk).await;
    assert_eq!(office.bookings_of(&third).await[0]["status"], "cancelled");
    office.come_to(&booking);
    quietly(format!("{place}/check-in"), &office.clerk(&["small"])).await;
    assert_eq!(office.bookings_of(&person).await[0]["status"], "checked_in");
}
