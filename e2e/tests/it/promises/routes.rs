//! Each route that programs can call is an operation of its service's OpenAPI document.

use serde_json::Value;

use super::sources;

/// How routes are declared, and which methods they have where it is not said there.
const DECLARED_BY: [(&str, Option<&str>); 5] = [
    ("resource(", None),
    ("resource_without_query(", None),
    ("open(", Some("GET")),
    ("act(", Some("POST")),
    ("by_form(", Some("POST")),
];
/// Below which addresses the services put their routes.
const SCOPES: [&str; 4] = ["", "/v1", "/v1/{authority}", "/fhir"];
/// What a person's browser goes through by itself during a log-in.
const PAGES_OF_A_LOG_IN: [&str; 5] =
    ["/", "/assets/{path:.*}", "/login", "/callback/{provider}", "/logged-out"];

#[test]
fn each_route_is_in_the_document_of_its_service() {
    for (service, fewest) in [("slot", 50), ("identity", 15), ("notification", 8)] {
        let document = sources::text(&format!("services/{service}/api/openapi.json"));
        let document: Value = serde_json::from_str(&document).unwrap();
        let texts = sources::texts(&format!("services/{service}/src/http"));
        let routes: Vec<_> = texts.iter().flat_map(|text| routes(text)).collect();
        assert!(routes.len() >= fewest, "{service}: only {} routes were found", routes.len());
        for (path, methods) in routes {
            if service == "identity" && PAGES_OF_A_LOG_IN.contains(&path) {
                continue;
            }
            let path = as_documented(path);
            for method in methods.split(", ").map(str::to_lowercase) {
                let is_there =
                    |scope: &&str| !document["paths"][format!("{scope}{path}")][&method].is_null();
                assert!(SCOPES.iter().any(is_there), "{service}: {method} {path}");
            }
        }
    }
}

/// An address as a document writes it: parts have a name and no pattern.
fn as_documented(path: &str) -> String {
    let named = |part: &str| match part.split_once('{') {
        Some((before, rest)) => {
            let name = rest.trim_end_matches('}').split(':').next().unwrap_or_default();
            format!("{before}{{{name}}}")
        }
        None => part.to_owned(),
    };
    path.split_inclusive('}').map(named).collect()
}

/// The addresses in a source, each with its methods.
fn routes(text: &str) -> Vec<(&str, &str)> {
    let declared = DECLARED_BY.iter().flat_map(|(word, methods)| {
        let is_call = |at: usize| text[..at].ends_with(|before: char| " (\n".contains(before));
        let calls = text.match_indices(word).filter(move |(at, _)| is_call(*at));
        calls.filter_map(|(at, word)| route(&text[at + word.len()..], *methods))
    });
    declared.collect()
}

/// `"/path", "GET, POST"`, as a call begins; `None` if it does not begin with a path.
fn route<'a>(call: &'a str, methods: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    let mut texts = call.split('"').step_by(2).zip(call.split('"').skip(1).step_by(2));
    let (before, path) = texts.next()?;
    if !before.trim().is_empty() || !path.starts_with('/') {
        return None;
    }
    let stated = texts.next().filter(|(between, _)| between.trim() == ",");
    methods.or(stated.map(|(_, methods)| methods)).map(|methods| (path, methods))
}

#[test]
fn a_route_is_read_however_it_is_broken_into_lines() {
    let text = "config.service(resource(\n    \"/a\",\n    \"GET, PUT\",\n))\n\
                .service(open(\"/b\").route(x)).service(act(\"/c\", web::post().to(c)))\n\
                request.resource(\"/d\", \"GET\")";
    assert_eq!(routes(text), [("/a", "GET, PUT"), ("/b", "GET"), ("/c", "POST")]);
}
