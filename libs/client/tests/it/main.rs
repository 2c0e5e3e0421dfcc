//! How answers and failures are read, against a server that we control.

mod authorities;
mod desk;

use std::time::Duration;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use client::{AccessToken, ClientError, HoldRequest, Http, SlotApi, Timeouts, Visit};

const BOOKING: &str = r#"{"id":"bkg_01jdc6nvt8e0pb9s3k1zqk6yzNUMBER","code":"K7QD-3XHM","status":"confirmed",
    "location":"121885","start":"2027-01-04T08:00:00Z","end":"2027-01-04T08:20:00Z","services":["121864"],
    "created_at":"2027-01-01T08:00:00Z"}"#;

fn api(base: &str, total: Duration) -> SlotApi {
    let http = Http::new(Timeouts { total, ..Timeouts::default() }).unwrap();
    SlotApi::new(http, base.parse().unwrap())
}

/// Serves every address with what `answer` makes; returns the base address.
fn serve(answer: fn() -> HttpResponse) -> String {
    let server = HttpServer::new(move || {
        App::new().default_service(web::to(move || async move { answer() }))
    })
    .workers(1)
    .bind("127.0.0.1:0")
    .unwrap();
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    format!("http://{address}/")
}

fn wanted() -> HoldRequest {
    HoldRequest {
        location: "121885".parse().unwrap(),
        start: "2027-01-04T08:00:00Z".parse().unwrap(),
        services: vec!["121864".parse().unwrap()],
        people: None,
        replaces: None,
    }
}

#[actix_web::test]
async fn a_refusal_carries_code_extensions_and_retry_after() {
    let base = serve(|| {
        HttpResponse::ServiceUnavailable()
            .insert_header(("retry-after", "2"))
            .content_type("application/problem+json")
            .body(r#"{"type":"/problems/holds-unavailable","title":"t","status":503,"code":"holds-unavailable","epoch":3}"#)
    });
    let api = api(&base, Duration::from_secs(5));
    let error = api.hold(&AccessToken::new("x"), &wanted()).await.unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!((refusal.code.as_str(), refusal.status), ("holds-unavailable", 503));
    assert_eq!(refusal.retry_after, Some(2));
    assert_eq!(refusal.extensions["epoch"], 3);
}

#[actix_web::test]
async fn an_outage_is_not_a_refusal() {
    let nobody = api("http://127.0.0.1:1/", Duration::from_secs(5));
    let error = nobody.services().await.unwrap_err();
    assert!(matches!(error, ClientError::Unreachable(_)), "{error:?}");

    let html = serve(|| HttpResponse::BadGateway().body("<h1>proxy</h1>"));
    let error = api(&html, Duration::from_secs(5)).services().await.unwrap_err();
    assert!(matches!(error, ClientError::Unreadable { status: 502, .. }), "{error:?}");
    assert_eq!(error.code(), None);
}

#[actix_web::test]
async fn a_server_that_never_answers_does_not_keep_us() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let api =
        api(&format!("http://{}/", listener.local_addr().unwrap()), Duration::from_millis(50));
    let error = api.services().await.unwrap_err();
    assert!(matches!(error, ClientError::TimedOut), "{error:?}");
}

#[actix_web::test]
async fn a_redirect_is_not_followed() {
    let base =
        serve(|| HttpResponse::Found().insert_header(("location", "http://127.0.0.1:1/")).finish());
    let error = api(&base, Duration::from_secs(5)).services().await.unwrap_err();
    assert!(matches!(error, ClientError::Unreadable { status: 302, .. }), "{error:?}");
}

#[actix_web::test]
async fn unknown_fields_are_ignored() {
    let base = serve(|| {
        HttpResponse::Ok().json(serde_json::json!({
            "days": [{"date": "2027-01-04", "free": 3, "locations": [], "new": true}], "more": 1
        }))
    });
    let visit = Visit { services: vec!["1".parse().unwrap()], ..Visit::default() };
    let date = jiff::civil::date(2027, 1, 4);
    let days = api(&base, Duration::from_secs(5)).days(&visit, date, date).await.unwrap();
    assert_eq!(days.days[0].free, 3);
}

#[actix_web::test]
async fn a_long_day_is_read_to_its_end() {
    let server = HttpServer::new(move || {
        App::new().default_service(web::to(|request: HttpRequest| async move {
            let query = request.query_string();
            assert!(query.starts_with("location=121885&date=2027-01-04"), "{query}");
            let (id, next) = match query.split_once("&after=").map(|(_, after)| after) {
                None => ("1", r#","next":"x.1""#),
                Some("x.1") => ("2", r#","next":"x.2""#),
                Some("x.2") => ("3", ""),
                Some(other) => panic!("{other}"),
            };
            let booking = BOOKING.replace("NUMBER", id);
            HttpResponse::Ok().body(format!(r#"{{"bookings":[{booking}]{next}}}"#))
        }))
    });
    let server = server.workers(1).bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/", server.addrs()[0]);
    tokio::spawn(server.run());
    assert_eq!(day(&base).await, ["1", "2", "3"]);
}

#[actix_web::test]
async fn a_day_without_end_does_not_keep_us() {
    let base = serve(|| HttpResponse::Ok().body(r#"{"bookings":[],"next":"again"}"#));
    assert!(day(&base).await.is_empty());
}

/// The last characters of the ids of the bookings of a day.
async fn day(base: &str) -> Vec<String> {
    let api = api(base, Duration::from_secs(5));
    let location = "121885".parse().unwrap();
    let date = "2027-01-04".parse().unwrap();
    let found = api.desk_day(&AccessToken::new("x"), &location, date).await.unwrap();
    found.iter().map(|one| one.booking.id.to_string().split_off(29)).collect()
}
