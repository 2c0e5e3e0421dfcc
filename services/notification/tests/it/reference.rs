//! What the service says about its API.

use messaging::Event;
use proto::booking::v1::{
    Attendance, BookingAttended, BookingCancelled, BookingChanged, BookingRebooked, CancelledBy,
};
use reference::{breaking_changes, undocumented};
use reqwest::Method;
use serde_json::{Value, json};
use vocabulary::EventKind;

use crate::{
    agency::Receiver,
    support::{appointment, person},
    webhooks::World,
};

/// The document as it was reviewed.
const REVIEWED: &str = include_str!("../../api/openapi.json");
/// The document of the last release: programs that were written against it go on working.
const RELEASED: &str = include_str!("../../api/openapi.released.json");

#[test]
fn the_document_is_as_it_was_reviewed() {
    let reviewed: Value = serde_json::from_str(REVIEWED).unwrap();
    let present = notification::openapi_document();
    assert!(reviewed == present, "run `make openapi` and look at the difference");
}

#[test]
fn nothing_in_version_1_breaks_who_uses_it() {
    let released: Value = serde_json::from_str(RELEASED).unwrap();
    let found = breaking_changes(&released, &notification::openapi_document());
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_schema_that_is_named_is_there() {
    let document = notification::openapi_document();
    let text = document.to_string();
    let names = text.split("\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let missing: Vec<_> = names.filter(|name| document.pointer(name).is_none()).collect();
    assert!(text.contains("\"#/components/schemas/Webhook\"") && missing.is_empty(), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_and_its_pages_are_served_and_name_the_host() {
    let world = World::start().await;
    let base = &world.service.base;
    let read = async |path: &str| {
        let response = reqwest::get(format!("{base}{path}")).await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.text().await.unwrap()
    };
    let document: Value = serde_json::from_str(&read("/openapi.json").await).unwrap();
    assert_eq!(document["servers"], json!([{ "url": base }]));
    assert_eq!(document["webhooks"], notification::openapi_document()["webhooks"]);
    assert!(read("/reference").await.contains("/v1/{authority}/undelivered"));
    assert!(read("/problems/rate-limited").await.contains("rate-limited"));
}

const ONE: &str = "application/cloudevents+json";

/// What is wrong with `event` as the body of a request to a webhook, by the document.
fn as_told(document: &Value, name: &str, media_type: &str, event: &Value) -> Option<String> {
    let body = &document["webhooks"][name]["post"]["requestBody"]["content"];
    let content = json!({ "application/json": body[media_type] });
    let answer = json!({ "operationId": name, "responses": { "200": { "content": content } } });
    let mut asked = document.clone();
    asked["paths"] = json!({ "/event": { "get": answer } });
    undocumented(&asked, "GET", "/event", 200, event)
}

/// Each kind of event is sent as the section `webhooks` of the document has it, and so are its examples.
#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_what_the_document_says_of_its_webhook() {
    let world = World::start().await;
    let booked = appointment(person(), "de");
    let subject = booked.booking_id.clone();
    world.book().await;
    let place = || Some(booked.clone());
    let rebooked = BookingRebooked {
        appointment: place(),
        replaced_booking_id: "bkg_01jgv5mfa3s8d2h6k9p4r7t1wx".to_owned(),
        ..BookingRebooked::default()
    };
    let cancelled = BookingCancelled {
        appointment: place(),
        cancelled_by: CancelledBy::Person.into(),
        ..BookingCancelled::default()
    };
    let attended = BookingAttended {
        booking_id: subject.clone(),
        attendance: Attendance::Served.into(),
        happened_at_ms: booked.starts_at_ms,
        ..BookingAttended::default()
    };
    let sent: [Event; 4] = [
        world.service.hear(&subject, &rebooked).await,
        world.service.hear(&subject, &cancelled).await,
        world.service.hear(&subject, &attended).await,
        world.service.hear(&subject, &BookingChanged { appointment: place() }).await,
    ];
    let document = notification::openapi_document();
    let events = testkit::eventually(crate::support::SOON, async || {
        let events = world.feed("").await.1["events"].as_array().unwrap().clone();
        (events.len() > sent.len()).then_some(events)
    })
    .await;
    for kind in EventKind::ALL {
        let name = format!("fairtermin.{}.v1", kind.as_str());
        let event = events.iter().find(|event| event["type"] == name.as_str()).unwrap();
        assert_eq!(as_told(&document, kind.as_str(), ONE, event), None);
        let body = &document["webhooks"][kind.as_str()]["post"]["requestBody"]["content"];
        let example = &body["application/cloudevents+json"]["example"];
        assert_eq!(as_told(&document, kind.as_str(), ONE, example), None);
        let fields =
            |event: &Value| event["data"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(fields(example), fields(event), "{name}");
        assert!(as_told(&document, kind.as_str(), ONE, &json!({ "type": name })).is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ping_and_a_batch_are_what_the_document_says() {
    let world = World::start().await;
    let document = notification::openapi_document();
    for (batch, media_type) in
        [(Value::Null, ONE), (json!({ "max_events": 5 }), "application/cloudevents-batch+json")]
    {
        let (receiver, url) = Receiver::start(&[]);
        let (id, _) = world.subscribe(json!({ "url": url, "batch": batch })).await;
        assert_eq!(world.call(Method::POST, &format!("/{id}/ping"), Value::Null).await.0, 202);
        let sent = receiver.wait_for(1).await.remove(0);
        assert!(sent.content_type.starts_with(media_type), "{sent:?}");
        assert_eq!(as_told(&document, "ping", media_type, &sent.event()), None);
        assert!(as_told(&document, "ping", media_type, &json!({ "type": "else" })).is_some());
    }
    world.service.stop().await;
}
