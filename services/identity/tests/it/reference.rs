//! What the service says about its API, and the methods of its addresses.

use reference::breaking_changes;
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

use crate::world::World;

/// The document as it was reviewed.
const REVIEWED: &str = include_str!("../../api/openapi.json");
/// The document of the last release: programs that were written against it go on working.
const RELEASED: &str = include_str!("../../api/openapi.released.json");

#[test]
fn the_document_is_as_it_was_reviewed() {
    let reviewed: Value = serde_json::from_str(REVIEWED).unwrap();
    let present = identity::openapi_document();
    assert!(reviewed == present, "run `make openapi` and look at the difference");
}

#[test]
fn nothing_in_version_1_breaks_who_uses_it() {
    let released: Value = serde_json::from_str(RELEASED).unwrap();
    let found = breaking_changes(&released, &identity::openapi_document());
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_operation_says_what_it_is_for_and_every_schema_that_is_named_is_there() {
    let document = identity::openapi_document();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for part in ["operationId", "summary", "tags", "x-problems", "security"] {
                assert!(!operation[part].is_null(), "{method} {path} has no {part}");
            }
        }
    }
    let text = document.to_string();
    let names = text.split("\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let missing: Vec<_> = names.filter(|name| document.pointer(name).is_none()).collect();
    assert!(text.contains("\"#/components/schemas/Case\"") && missing.is_empty(), "{missing:?}");
}

async fn ask(world: &World, method: Method, path: &str) -> Response {
    let request = Client::new().request(method, format!("{}{path}", world.issuer));
    request.header("origin", "https://page.example").send().await.unwrap()
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
}

#[actix_web::test]
async fn the_documents_their_page_and_a_page_per_problem_are_served() {
    let world = World::start().await;
    let document: Value = ask(&world, Method::GET, "/openapi.json").await.json().await.unwrap();
    assert_eq!(document["servers"], json!([{ "url": world.issuer }]));
    assert_eq!(document["paths"], identity::openapi_document()["paths"]);
    let events: Value = ask(&world, Method::GET, "/asyncapi.json").await.json().await.unwrap();
    assert_eq!(events["asyncapi"], "3.0.0");
    let page = ask(&world, Method::GET, "/reference").await.text().await.unwrap();
    assert!(page.contains("/desk/persons") && page.contains("/token"));
    for code in ["person-unclear", "case-state", "unsupported-media-type", "rate-limited"] {
        let page = ask(&world, Method::GET, &format!("/problems/{code}")).await;
        assert_eq!(page.status(), 200, "{code}");
    }
}

/// Addresses that everybody may read, and whether a script of another page may.
const READABLE: [(&str, bool); 6] = [
    ("/.well-known/openid-configuration", true),
    ("/.well-known/oauth-authorization-server", true),
    ("/.well-known/fairtermin-authorities", true),
    ("/jwks", true),
    ("/openapi.json", true),
    ("/userinfo", false),
];

#[actix_web::test]
async fn head_options_and_scripts_of_other_pages_get_what_belongs_to_them() {
    let world = World::start().await;
    for (path, is_open) in READABLE {
        let got = ask(&world, Method::GET, path).await;
        let head = ask(&world, Method::HEAD, path).await;
        assert_eq!(head.status(), got.status(), "{path}");
        assert_eq!(header(&head, "content-length"), header(&got, "content-length"), "{path}");
        assert_eq!(header(&got, "access-control-allow-origin") == "*", is_open, "{path}");
        assert!(head.bytes().await.unwrap().is_empty(), "{path}");
        let options = ask(&world, Method::OPTIONS, path).await;
        assert_eq!(options.status(), 204, "{path}");
        assert!(header(&options, "allow").contains("GET"), "{path}");
    }
    for path in ["/token", "/par", "/revoke", "/desk/persons", "/contact/proof"] {
        let refused = ask(&world, Method::GET, path).await;
        assert_eq!(
            (refused.status().as_u16(), header(&refused, "allow")),
            (405, "POST, OPTIONS".to_owned()),
            "{path}"
        );
        assert_eq!(header(&refused, "content-type"), "application/problem+json", "{path}");
    }
}

#[actix_web::test]
async fn the_metadata_lists_every_scope() {
    let world = World::start().await;
    let path = "/.well-known/openid-configuration";
    let metadata: Value = ask(&world, Method::GET, path).await.json().await.unwrap();
    let listed = metadata["scopes_supported"].as_array().unwrap();
    for scope in
        auth::scope::FOR_AGENCIES.iter().chain(&["openid", "offline_access", "bookings", "desk"])
    {
        assert!(listed.contains(&json!(scope)), "{scope}: {listed:?}");
    }
}

#[actix_web::test]
async fn a_body_at_the_desk_is_json_once_it_is_known_who_asks() {
    let world = World::start().await;
    let token = world.refresh(&world.staff_tokens("lea-clerk").await, "lea").await.unwrap();
    let post = |token: Option<&str>| {
        let request = Client::new().post(format!("{}/desk/persons", world.issuer));
        let request = request.header("content-type", "text/plain").body("{}");
        token.map_or(request.try_clone().unwrap(), |token| request.bearer_auth(token))
    };
    assert_eq!(post(None).send().await.unwrap().status(), 401);
    let refused = post(Some(&token)).send().await.unwrap();
    assert_eq!(refused.status(), 415);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "unsupported-media-type");
}
