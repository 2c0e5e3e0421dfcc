//! The view by the names of HL7 FHIR. That a FHIR library reads it shows `e2e/agency`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::office::{ApiResponse, Office};

fn resources(answer: &ApiResponse) -> Vec<Value> {
    assert_eq!(answer.headers["content-type"], "application/fhir+json");
    assert_eq!(answer.body["resourceType"], "Bundle");
    assert_eq!(answer.body["type"], "searchset");
    let entries = answer.body["entry"].as_array().cloned().unwrap_or_default();
    assert_eq!(answer.body["total"], entries.len());
    entries.into_iter().map(|mut entry| entry["resource"].take()).collect()
}

fn search(office: &Office) -> String {
    let (from, end) = (office.next_week(), office.next_week().tomorrow().unwrap());
    format!("/fhir/Slot?schedule=Schedule/small&service-type=card&start=ge{from}&start=lt{end}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_free_slots_are_those_of_the_availability() {
    let office = Office::embedded().await;
    office.book(&office.person(), "passport", "10:00").await;
    let day = office.next_week();
    let slots = testkit::eventually(std::time::Duration::from_secs(5), async || {
        let path = format!("/v1/availability/slots?service=card&location=small&date={day}");
        let slots = office.read(&path).await.expect(200).body["slots"].as_array().unwrap().clone();
        // 47 starts of two slots each, less the two that would overlap the booking.
        (slots.len() == 45).then_some(slots)
    })
    .await;
    let found = resources(&office.read(&search(&office)).await.expect(200));
    let times = |list: &[Value]| -> Vec<_> {
        list.iter().map(|it| (it["start"].clone(), it["end"].clone())).collect()
    };
    assert_eq!(times(&found), times(&slots));
    assert_eq!(found[0]["resourceType"], "Slot");
    assert_eq!(found[0]["status"], "free");
    assert_eq!(found[0]["schedule"]["reference"], "Schedule/small");
    assert_eq!(found[0]["serviceType"][0]["coding"][0]["code"], "card");
    assert_eq!(found, resources(&office.read(&search(&office)).await), "the same ids each time");
    let places = resources(&office.read("/fhir/Schedule").await.expect(200));
    let ids: Vec<_> = places.iter().map(|place| place["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["annex", "large", "small", "weekdays"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sees_their_own_appointments_and_no_others() {
    for office in Office::each_database().await {
        let (person, other) = (office.person(), office.person());
        let booking = office.book(&person, "passport", "10:00").await;
        office.book(&other, "passport", "11:00").await;
        let read = async |token: &str| {
            office.send(Method::GET, "/fhir/Appointment", token, &[], None).await
        };
        let own = async || resources(&read(&office.token(&person)).await.expect(200));
        let found = own().await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["resourceType"], "Appointment");
        assert_eq!(found[0]["identifier"][0]["value"], booking.body["code"]);
        assert_eq!(found[0]["start"], booking.body["start"]);
        assert_eq!(found[0]["participant"][0]["actor"]["display"], "Kleines Amt");
        assert!(!found[0].to_string().contains("ztürk"));
        office.come_to(&booking);
        let clerk = office.clerk(&["small"]);
        let mut seen = vec![found[0]["status"].clone()];
        for verb in ["check-in", "call", "serve"] {
            let path = format!("/v1/bookings/{}/{verb}", booking.id());
            office.post(&path, &clerk, json!({})).await.expect(200);
            seen.push(own().await[0]["status"].take());
        }
        assert_eq!(seen, ["booked", "arrived", "checked-in", "fulfilled"]);
        assert!(resources(&read(&office.token(&office.person())).await.expect(200)).is_empty());
        read("").await.expect_problem(401, "unauthenticated");
        read(&clerk).await.expect_problem(403, "forbidden");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_it_knows_and_refuses_what_it_does_not() {
    let office = Office::embedded().await;
    let statement = office.read("/fhir/metadata").await.expect(200).body;
    assert_eq!(statement["resourceType"], "CapabilityStatement");
    let rest = statement["rest"][0]["resource"].as_array().unwrap();
    for resource in rest {
        assert_eq!(resource["interaction"], json!([{ "code": "search-type" }]));
    }
    for (query, status, code) in [
        ("service-type=card&start=ge2027-01-05", 400, "invalid-request"),
        ("schedule=small&start=ge2027-01-05", 400, "invalid-request"),
        ("schedule=small&service-type=card", 400, "invalid-request"),
        ("schedule=small&service-type=card&start=eq2027-01-05", 400, "invalid-request"),
        ("schedule=small&service-type=card&start=ge2027-01-05&_count=3", 400, "invalid-request"),
        ("schedule=nowhere&service-type=card&start=ge2027-01-05", 422, "unknown-location"),
        ("schedule=small&service-type=no-such&start=ge2027-01-05", 422, "unknown-service"),
    ] {
        office.read(&format!("/fhir/Slot?{query}")).await.expect_problem(status, code);
    }
    let xml = [("Accept", "application/fhir+xml")];
    let answer = office.send(Method::GET, &search(&office), "", &xml, None).await;
    answer.expect_problem(406, "not-acceptable");
    let json = [("Accept", "application/json")];
    let answer = office.send(Method::GET, &search(&office), "", &json, None).await.expect(200);
    assert_eq!(answer.headers["content-type"], "application/json");
    office.send(Method::POST, "/fhir/Slot", "", &[], None).await.expect(405);
}
