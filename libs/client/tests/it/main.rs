//! How answers and failures are read, against a server that we control.

mod authorities;

use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use client::{AccessToken, ClientError, HoldRequest, Http, SlotApi, Timeouts, Visit};

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
    let visit = Visit { services: vec!["1".parse().unwrap()], locations: vec![] };
    let date = jiff::civil::date(2027, 1, 4);
    let days = api(&base, Duration::from_secs(5)).days(&visit, date, date).await.unwrap();
    assert_eq!(days.days[0].free, 3);
}
