//! What the service says about its API.

use reference::breaking_changes;
use serde_json::Value;

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
