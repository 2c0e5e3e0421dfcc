//! What HTTP expects of any address: HEAD, OPTIONS, 405, scripts of other pages, media types; and one
//! reading of times and numbers.

use reqwest::{
    Method,
    header::{HeaderMap, HeaderValue},
};
use serde_json::{Value, json};

use crate::office::{Office, operations::operations};

/// Status, headers and length of the body of what is answered to `method`.
async fn ask(
    office: &Office,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
) -> (u16, HeaderMap, usize) {
    let mut request = office.http.request(method, format!("{}{path}", office.base));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.bytes().await.unwrap().len())
}

fn text(value: Option<&HeaderValue>) -> &str {
    value.map_or("", |value| value.to_str().unwrap())
}

fn open_data(office: &Office) -> Vec<String> {
    let day = office.next_week();
    [
        "/.well-known/fairtermin",
        "/v1/authority",
        "/v1/services",
        "/v1/locations",
        "/v1/draws",
        "/v1/waiting-lists",
        "/v1/availability/earliest?service=passport",
        "/v1/statistics?from=2027-01-03&to=2027-01-03",
        "/fhir/metadata",
        "/fhir/Schedule",
        "/openapi.json",
        "/asyncapi.json",
        "/problems/slot-taken",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([format!("/v1/availability/slots?service=passport&date={day}")])
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn head_is_answered_wherever_get_is_with_the_length_and_without_the_body() {
    let office = Office::embedded().await;
    for path in open_data(&office).into_iter().chain(["/livez".to_owned(), "/readyz".to_owned()]) {
        let (status, got, length) = ask(&office, Method::GET, &path, &[]).await;
        let (same, headers, nothing) = ask(&office, Method::HEAD, &path, &[]).await;
        assert_eq!((same, nothing), (status, 0), "{path}");
        assert!(length > 0, "{path}");
        for name in ["content-type", "content-length", "etag", "cache-control"] {
            assert_eq!(headers.get(name), got.get(name), "{path}: {name}");
        }
    }
    let token = format!("Bearer {}", office.token(&office.person()));
    let (status, ..) =
        ask(&office, Method::HEAD, "/v1/bookings", &[("authorization", &token)]).await;
    assert_eq!(status, 200);
    assert_eq!(ask(&office, Method::HEAD, "/v1/bookings", &[]).await.0, 401);
    assert_eq!(ask(&office, Method::HEAD, "/v1/nothing", &[]).await.0, 404);
}

/// Each address of the document says which methods it has, and no other is known there.
#[tokio::test(flavor = "multi_thread")]
async fn options_and_405_name_the_methods_that_the_document_has() {
    let office = Office::embedded().await;
    let document = slot::openapi_document();
    for operation in operations() {
        let (status, headers, _) = ask(&office, Method::OPTIONS, &operation.path, &[]).await;
        assert_eq!(status, 204, "{}", operation.path);
        let allow: Vec<_> = text(headers.get("allow")).split(", ").collect();
        assert!(allow.contains(&operation.method.as_str()), "{}: {allow:?}", operation.path);
        assert!(allow.contains(&"OPTIONS"), "{}", operation.path);
        assert_eq!(allow.contains(&"HEAD"), allow.contains(&"GET"), "{}", operation.path);
        let (status, headers, _) = ask(&office, Method::PATCH, &operation.path, &[]).await;
        assert_eq!(status, 405, "{}", operation.path);
        assert_eq!(text(headers.get("allow")), allow.join(", "));
        let refusal = match operation.path.starts_with("/fhir") {
            true => "application/fhir+json",
            false => "application/problem+json",
        };
        assert_eq!(text(headers.get("content-type")), refusal, "{}", operation.path);
    }
    assert!(document["paths"].as_object().unwrap().len() > 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_of_other_pages_read_open_data_and_nothing_else() {
    let office = Office::embedded().await;
    let preflight = [
        ("origin", "https://page.example"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    for path in open_data(&office) {
        let (_, headers, _) = ask(&office, Method::GET, &path, &preflight[..1]).await;
        assert_eq!(text(headers.get("access-control-allow-origin")), "*", "{path}");
        let (status, headers, _) = ask(&office, Method::OPTIONS, &path, &preflight).await;
        assert_eq!(status, 204, "{path}");
        assert!(text(headers.get("access-control-allow-methods")).contains("GET"), "{path}");
        let names = text(headers.get("access-control-allow-headers")).to_lowercase();
        assert!(names.contains("if-none-match") && !names.contains("authorization"), "{names}");
        assert!(!headers.contains_key("access-control-allow-credentials"));
    }
    // A refusal can be read as well.
    let (status, headers, _) = ask(&office, Method::GET, "/v1/services?x=1", &[]).await;
    assert_eq!((status, text(headers.get("access-control-allow-origin"))), (400, "*"));
    for path in
        ["/v1/bookings", "/v1/holds", "/v1/desk/slots", "/v1/desk/calendar", "/fhir/Appointment"]
    {
        for (method, headers) in [(Method::GET, &preflight[..1]), (Method::OPTIONS, &preflight[..])]
        {
            let (_, headers, _) = ask(&office, method, path, headers).await;
            assert!(!headers.contains_key("access-control-allow-origin"), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_json_in_utf_8_or_refused_as_what_it_says_to_be() {
    let office = Office::embedded().await;
    let token = office.token(&office.person());
    let wish =
        json!({ "location": "small", "start": office.at("10:00"), "services": ["passport"] });
    let post = async |content_type: &str| {
        let request = office.http.post(format!("{}/v1/holds", office.base)).bearer_auth(&token);
        let request = request.header("content-type", content_type).body(wish.to_string());
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    for wrong in ["text/plain", "application/json; charset=iso-8859-1", "application/xml"] {
        let (status, problem) = post(wrong).await;
        assert_eq!((status, &problem["code"]), (415, &json!("unsupported-media-type")), "{wrong}");
        assert!(problem["detail"].as_str().unwrap().contains("application/json"), "{problem}");
    }
    assert_eq!(post("application/json; charset=UTF-8").await.0, 201);
    let silent = office.http.post(format!("{}/v1/holds", office.base)).bearer_auth(&token);
    let silent = silent.body(wish.to_string()).send().await.unwrap();
    assert_eq!(silent.status(), 415, "what says nothing is not guessed at");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_would_be_ignored_is_refused_before_anything_happens() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "passport", "10:00").await;
    let cancel = format!("/v1/bookings/{}/cancel", booking.id());
    let token = office.token(&person);
    let reason = json!({ "reason": "ill" });
    let refused = office.post(&cancel, &token, reason.clone()).await;
    assert_eq!(refused.expect_problem(400, "invalid-request").body["field"], "reason");
    office.post(&cancel, &token, json!({})).await.expect(200);
    // What is wrong with the request is said first.
    office.post(&cancel, &token, reason).await.expect_problem(400, "invalid-request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_is_an_instant_of_rfc_3339_and_a_whole_number_may_have_a_fraction_of_zeros() {
    let office = Office::embedded().await;
    let (token, day) = (office.token(&office.person()), office.next_week());
    let hold = async |start: String, people: &str| {
        let body = format!(
            "{{\"location\": \"small\", \"start\": \"{start}\", \"services\": [\"passport\"], \"people\": {people}}}"
        );
        let request = office.http.post(format!("{}/v1/holds", office.base)).bearer_auth(&token);
        let request = request.header("content-type", "application/json").body(body);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    for wrong in [
        format!("{day}T10:00:00+25:00"),
        format!("{day} 10:00:00+01:00"),
        format!("{day}T10:00:00+01:00[Europe/Berlin]"),
        format!("{}T100000+0100", day.strftime("%Y%m%d")),
    ] {
        let (status, problem) = hold(wrong.clone(), "1").await;
        assert_eq!((status, &problem["field"]), (400, &json!("start")), "{wrong}");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("offset like 2027-01-05T09:00:00+01:00"), "{detail}");
    }
    let (status, problem) = hold(format!("{day}T10:00:00+01:00"), "1.5").await;
    let detail = problem["detail"].as_str().unwrap();
    assert_eq!((status, detail), (400, "people: must be a whole number from 1 to 100"));
    assert_eq!(hold(format!("{day}T10:00:00+01:00"), "1.0").await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_reads_in_its_own_name_with_the_scope_for_it() {
    let office = Office::embedded().await;
    let read = async |token: String| {
        let path = "/v1/availability/earliest?service=passport";
        office.send(Method::GET, path, &token, &[], None).await
    };
    read(String::new()).await.expect(200);
    read(office.token(&office.person())).await.expect(200);
    read(office.agency("slots:read events:subscribe")).await.expect(200);
    let refused = read(office.agency("events:subscribe")).await.expect_problem(403, "forbidden");
    assert_eq!(refused.body["required_scope"], "slots:read");
}
