//! Each problem of the table is answered by some service, which explains it on a page.

use std::collections::BTreeMap;

use problem::types;

use super::sources::{self, Source, Token, crates};

/// The files of the table's own library that refuse requests, for every service alike.
const REFUSING: [&str; 3] =
    ["problem/src/methods.rs", "problem/src/body.rs", "problem/src/body/media_type.rs"];

/// Problems that nothing answers until an issue builds it: name and issue.
const UNBUILT: &[(&str, &str)] = &[];

#[test]
fn each_problem_is_answered_somewhere() {
    let everything: Vec<_> =
        crates("services", &[]).into_iter().chain(crates("libs", &[])).collect();
    let everything: Vec<_> = everything.iter().map(String::as_str).collect();
    let mut sources = sources::read(&everything);
    let is_refusing = |file: &str| REFUSING.iter().any(|own| file.ends_with(own));
    sources.retain(|source| !source.file.contains("libs/problem/") || is_refusing(&source.file));
    let named = named(&sources);
    let names = types::ALL.iter().map(|kind| kind.code.replace('-', "_").to_uppercase());
    let never: Vec<_> = names.filter(|name| !named.contains_key(name)).collect();
    let unbuilt: Vec<_> = UNBUILT.iter().map(|(name, _)| *name).collect();
    assert_eq!(never, unbuilt, "answer it, delete it, or name its issue in UNBUILT");
}

/// A service that answers with a problem leads to `/problems/{code}` at its own address.
#[test]
fn each_service_that_answers_problems_serves_their_pages() {
    for folder in crates("services", &["fairtermin"]) {
        let sources = sources::read(&[&folder]);
        let answers = !named(&sources).is_empty();
        let serves = sources.iter().any(|source| uses_routes_of_reference(&source.tokens));
        assert!(!answers || serves, "{folder} answers problems and serves no pages about them");
    }
}

/// `types::NAME` of the table, with the files that name it.
fn named(sources: &[Source]) -> BTreeMap<String, Vec<&str>> {
    let mut named: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for window in source.tokens.windows(4) {
            let [types, Token::Mark(':'), Token::Mark(':'), Token::Word(name)] = window else {
                continue;
            };
            if types.is("types") {
                named.entry(name.clone()).or_default().push(&source.file);
            }
        }
    }
    named
}

/// `reference::routes`.
fn uses_routes_of_reference(tokens: &[Token]) -> bool {
    tokens.windows(4).any(|window| window[0].is("reference") && window[3].is("routes"))
}
