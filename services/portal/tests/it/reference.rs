//! What the portal says about itself to programs.

use reference::breaking_changes;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::world::World;

/// The document as it was reviewed.
const REVIEWED: &str = include_str!("../../api/openapi.json");
/// The document of the last release.
const RELEASED: &str = include_str!("../../api/openapi.released.json");

#[test]
fn the_document_is_as_it_was_reviewed() {
    let reviewed: Value = serde_json::from_str(REVIEWED).unwrap();
    let present = portal::openapi_document();
    assert!(reviewed == present, "run `make openapi` and look at the difference");
    let released: Value = serde_json::from_str(RELEASED).unwrap();
    assert_eq!(breaking_changes(&released, &present), Vec::<String>::new());
}

#[actix_web::test]
async fn the_document_its_page_and_a_page_per_problem_are_served() {
    let world = World::start().await;
    let ask = async |method: Method, path: &str| {
        let request = Client::new().request(method, format!("{}{path}", world.base));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.text().await.unwrap()
    };
    let document: Value = serde_json::from_str(&ask(Method::GET, "/openapi.json").await).unwrap();
    assert_eq!(document["servers"], json!([{ "url": world.base }]));
    assert_eq!(document["paths"], portal::openapi_document()["paths"]);
    let page = ask(Method::GET, "/reference").await;
    assert!(page.contains("Web pages for people") && page.contains("/problems/{code}"), "{page}");
    assert!(ask(Method::GET, "/problems/unavailable").await.contains("unavailable"));
    // A page is answered to HEAD too, without its body.
    assert_eq!(ask(Method::HEAD, "/en").await, "");
}
