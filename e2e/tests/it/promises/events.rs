//! Each event of `proto/` is published by its service and taken by somebody.

use vocabulary::EventKind;

use super::sources::{self, Source, Token, crates};

/// Events that lack one side until an issue builds it.
const UNBUILT: &[(&str, Lacks, &str)] = &[("PersonErased", Lacks::Producer, "erasure")];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lacks {
    Producer,
    Consumer,
}

/// The service that publishes the events of a package, as its contract says.
const PUBLISHERS: &[(&str, &str)] = &[
    ("fairtermin.booking.v1", "services/slot/src"),
    ("fairtermin.draw.v1", "services/slot/src"),
    ("fairtermin.person.v1", "services/identity/src"),
    ("fairtermin.session.v1", "services/identity/src"),
    ("fairtermin.waiting.v1", "services/slot/src"),
];

#[test]
fn each_event_has_a_producer_and_a_consumer() {
    let everything: Vec<_> =
        crates("services", &[]).into_iter().chain(crates("libs", &[])).collect();
    let everything: Vec<_> = everything.iter().map(String::as_str).collect();
    let everything = sources::read(&everything);
    let mut lacking = Vec::new();
    for event in proto::EVENTS {
        let (package, name) = event.rsplit_once('.').expect("a message in a package");
        let publisher = PUBLISHERS.iter().find(|(of, _)| *of == package);
        let (_, publisher) = publisher.unwrap_or_else(|| panic!("PUBLISHERS lacks {package}"));
        let mut of_publisher = everything.iter().filter(|it| it.file.starts_with(publisher));
        if !of_publisher.any(|source| makes(source, name)) {
            lacking.push((name, Lacks::Producer));
        }
        let agencies_follow = EventKind::of_message(event).is_some();
        if !agencies_follow && !everything.iter().any(|source| takes(source, name)) {
            lacking.push((name, Lacks::Consumer));
        }
    }
    let unbuilt: Vec<_> = UNBUILT.iter().map(|(name, lacks, _)| (*name, *lacks)).collect();
    assert_eq!(lacking, unbuilt, "build what is missing, delete it, or name its issue in UNBUILT");
}

/// Whether the source makes such a message: `Name { .. }` as an expression.
fn makes(source: &Source, name: &str) -> bool {
    let is_type = |before: Option<&Token>| {
        before.is_some_and(|token| ["struct", "impl", "for"].iter().any(|word| token.is(word)))
    };
    let tokens = &source.tokens;
    (0..tokens.len()).any(|place| {
        tokens[place].is(name)
            && tokens.get(place + 1) == Some(&Token::Open('{'))
            && !is_type(place.checked_sub(1).map(|before| &tokens[before]))
    })
}

/// Whether the source handles such events or asks for them by pattern: `Handler<Name>`,
/// `pattern::<Name>`.
fn takes(source: &Source, name: &str) -> bool {
    source.tokens.windows(5).any(|window| {
        let handler = window[0].is("Handler")
            && window[1] == Token::Mark('<')
            && window[2].is(name)
            && window[3] == Token::Mark('>')
            && window[4].is("for");
        let pattern =
            window[0].is("pattern") && window[3] == Token::Mark('<') && window[4].is(name);
        handler || pattern
    })
}
