//! What the service says about its API.

use reference::breaking_changes;
use serde_json::Value;

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
    assert_eq!(office.read("/openapi.json").await.expect(200).body, slot::openapi_document());
    let page = office.read("/reference").await.expect(200);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'"));
    let text = page.body.as_str().unwrap().to_owned();
    assert!(text.contains("/v1/holds") && text.contains("slot-taken"));

    for code in ["slot-taken", "cooling-down"] {
        let page = office.read(&format!("/problems/{code}")).await.expect(200);
        assert!(page.body.as_str().unwrap().contains(code));
    }
    office.read("/problems/no-such").await.expect_problem(404, "not-found");
}

/// The examples in the document are requests that work, in the order in which they stand there.
#[tokio::test(flavor = "multi_thread")]
async fn the_examples_work() {
    let office = Office::embedded().await;
    let document = slot::openapi_document();
    let example = |path: &str| {
        let body = &document["paths"][path]["post"]["requestBody"];
        body["content"]["application/json"]["example"].clone()
    };
    let person = office.person();
    office.post("/v1/holds", &office.token(&person), example("/v1/holds")).await.expect(201);
    let agency = office.agency("entitlements:write");
    office.post("/v1/entitlements", &agency, example("/v1/entitlements")).await.expect(201);
    let many = example("/v1/entitlements/batch");
    office.post("/v1/entitlements/batch", &agency, many).await.expect(200);
}
