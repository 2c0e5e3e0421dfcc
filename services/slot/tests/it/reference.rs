//! What the service says about its API.

use reference::breaking_changes;
use serde_json::{Value, json};

use crate::office::Office;

/// The document as it was reviewed.
const REVIEWED: &str = include_str!("../../api/openapi.json");
/// The document of the last release: programs that were written against it go on working.
const RELEASED: &str = include_str!("../../api/openapi.released.json");

#[test]
fn the_document_is_as_it_was_reviewed() {
    let reviewed: Value = serde_json::from_str(REVIEWED).unwrap();
    assert!(reviewed == slot::openapi_document(), "run `make openapi` and look at the difference");
}

#[test]
fn nothing_in_version_1_breaks_who_uses_it() {
    let released: Value = serde_json::from_str(RELEASED).unwrap();
    assert_eq!(breaking_changes(&released, &slot::openapi_document()), Vec::<String>::new());
}

#[test]
fn every_operation_says_what_it_is_for() {
    let document = slot::openapi_document();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for part in ["operationId", "summary", "tags", "x-problems"] {
                assert!(!operation[part].is_null(), "{method} {path} has no {part}");
            }
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            for parameter in parameters {
                let description = parameter["description"].as_str().unwrap_or_default();
                assert!(!description.is_empty(), "{method} {path}: {}", parameter["name"]);
            }
        }
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let document = slot::openapi_document();
    let text = document.to_string();
    let names = text.split("\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let missing: Vec<_> = names.filter(|name| document.pointer(name).is_none()).collect();
    assert!(text.contains("\"#/components/schemas/Hold\"") && missing.is_empty(), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_its_page_and_a_page_per_problem_are_served() {
    let office = Office::embedded().await;
    let mut served = office.read("/openapi.json").await.expect(200).body;
    // A generated client needs a host: the address under which the service is reached.
    assert_eq!(served["servers"], json!([{ "url": office.base }]));
    served["servers"] = slot::openapi_document()["servers"].clone();
    assert_eq!(served, slot::openapi_document());
    let events = office.read("/asyncapi.json").await.expect(200).body;
    assert_eq!(events["asyncapi"], "3.0.0");
    assert_eq!(events, serde_json::from_str::<Value>(proto::ASYNCAPI).unwrap());
    let page = office.read("/reference").await.expect(200);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'"));
    let text = page.body.as_str().unwrap().to_owned();
    assert!(text.contains("/v1/holds") && text.contains("slot-taken"));

    for code in ["slot-taken", "cooling-down", "unsupported-media-type"] {
        let page = office.read(&format!("/problems/{code}")).await.expect(200);
        assert!(page.body.as_str().unwrap().contains(code));
    }
    office.read("/problems/no-such").await.expect_problem(404, "not-found");
}

/// The values of the demo's authority, under the name that the test gives it.
fn preset(values: &str, authority: &str) -> String {
    let id = format!("    id: {authority}\n");
    assert!(values.contains(&id));
    values.replace(&id, "    id: AUTHORITY\n")
}

/// The examples in the document are requests that work where the demo has them.
#[tokio::test(flavor = "multi_thread")]
async fn the_examples_work_at_the_authorities_of_the_demo() {
    let document = slot::openapi_document();
    let example = |path: &str| {
        let body = &document["paths"][path]["post"]["requestBody"];
        body["content"]["application/json"]["example"].clone()
    };
    let citizens = include_str!("../../../../charts/fairtermin/values-buergeramt.yaml");
    let office = Office::embedded_with(&preset(citizens, "buergeramt")).await;
    let hold = example("/v1/holds");
    let held = office.post("/v1/holds", &office.token(&office.person()), hold.clone()).await;
    let held = held.expect(201).body;
    let schema = &document["components"]["schemas"]["HoldRequest"]["properties"];
    assert_eq!((&held["start"], &held["end"]), (&hold["start"], &schema["end"]["example"]));
    let (service, location) = (&hold["services"][0], &hold["location"]);
    for id in ["ServiceId", "LocationId"] {
        let known = &document["components"]["schemas"][id]["examples"][0];
        assert!([service, location].contains(&known), "{id}: {known}");
    }

    let permits = include_str!("../../../../charts/fairtermin/values-lea.yaml");
    let office = Office::embedded_with(&preset(permits, "lea")).await;
    let agency = office.agency("entitlements:write");
    office.post("/v1/entitlements", &agency, example("/v1/entitlements")).await.expect(201);
    let many = example("/v1/entitlements/batch");
    office.post("/v1/entitlements/batch", &agency, many).await.expect(200);
    let place = example("/v1/entitlements/{id}/date")["location"].clone();
    let places = office.read("/v1/locations").await.expect(200).body;
    assert!(places["locations"].as_array().unwrap().iter().any(|it| it["id"] == place), "{place}");
}

/// Who reads an example pastes it, on whatever day.
#[tokio::test(flavor = "multi_thread")]
async fn the_examples_that_are_served_are_of_the_coming_week() {
    let citizens = include_str!("../../../../charts/fairtermin/values-buergeramt.yaml");
    let office = Office::embedded_with(&preset(citizens, "buergeramt")).await;
    // What was rendered before is not told for ever.
    office.read("/openapi.json").await.expect(200);
    office.clock.advance(jiff::SignedDuration::from_hours(9 * 24));
    let document = office.read("/openapi.json").await.expect(200).body;
    let hold = &document["paths"]["/v1/holds"]["post"]["requestBody"];
    let hold = &hold["content"]["application/json"]["example"];
    assert_eq!(hold["start"], "2027-01-19T09:00:00+01:00");
    office.post("/v1/holds", &office.token(&office.person()), hold.clone()).await.expect(201);
    let page = office.read("/reference").await.expect(200).body;
    assert!(page.as_str().unwrap().contains("2027-01-19T09:00:00+01:00"));

    for (path, query) in [
        ("/v1/statistics", "from=2026-12-21&to=2027-01-01"),
        ("/v1/statistics/months", "from=2026-01&to=2026-11"),
    ] {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        let stated =
            |it: &Value| Some(format!("{}={}", it["name"].as_str()?, it["example"].as_str()?));
        let stated: Vec<_> = parameters.iter().filter_map(stated).collect();
        assert_eq!(stated.join("&"), query);
        office.read(&format!("{path}?{query}")).await.expect(200);
    }
}
