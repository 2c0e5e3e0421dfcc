//! Bad input: each kind has a problem of its own, and nothing changes.

use auth::AccessClaims;
use jiff::ToSpan;
use reqwest::Method;
use serde_json::{Value, json};
use vocabulary::TrustLevel;

use crate::{
    office::{
        ApiResponse, Office,
        operations::{only, operations},
    },
    store,
};

/// Holds are refused for these reasons, in one office after the other, and nothing changes.
#[tokio::test(flavor = "multi_thread")]
async fn a_slot_that_cannot_be_is_refused_with_its_own_problem() {
    let office = Office::embedded().await;
    let person = office.person();
    let at = |time: &str| office.at(time).to_string();
    let wish = |start: String, services: Value| json!({ "location": "small", "start": start, "services": services });
    let with = |mut wish: Value, key: &str, value: Value| {
        wish[key] = value;
        wish
    };
    let passport = || json!(["passport"]);
    let ten = || wish(at("10:00"), passport());
    let in_two_months = office.clock.now() + (60 * 24).hours();
    let cases = [
        ("slot-off-grid", wish(at("10:03"), passport())),
        ("slot-not-offered", wish(at("10:05"), passport())),
        ("slot-not-offered", wish(at("16:00"), passport())),
        ("slot-not-offered", wish(at("15:50"), json!(["card"]))),
        ("slot-in-past", wish("2027-01-04T07:00:00Z".into(), passport())),
        ("outside-booking-window", wish(in_two_months.to_string(), passport())),
        (
            "closed",
            with(wish("2027-01-12T09:00:00Z".into(), passport()), "location", json!("weekdays")),
        ),
        ("wrong-duration", with(ten(), "end", json!(at("10:20")))),
        ("unknown-service", wish(at("10:00"), json!(["nonsense"]))),
        ("unknown-location", with(ten(), "location", json!("nowhere"))),
        ("services-not-combinable", wish(at("10:00"), json!(["passport", "plates"]))),
        ("services-not-combinable", wish(at("10:00"), json!([]))),
        ("services-not-combinable", wish(at("10:00"), json!(["passport", "passport"]))),
        ("too-many-people", with(ten(), "people", json!(3))),
        ("invalid-request", with(ten(), "people", json!(0))),
        ("too-short-notice", wish("2027-01-04T08:20:00Z".into(), passport())),
        ("entitlement-required", wish(at("10:00"), json!(["title"]))),
        ("booking-not-found", with(ten(), "replaces", json!("bkg_00000000000000000000000001"))),
    ];
    let before = store::counts(&office.database_url).await;
    for (code, wish) in cases {
        let answer = office.post("/v1/holds", &office.token(&person), wish.clone()).await;
        assert_eq!(answer.body["code"], code, "{wish}: {}", answer.body);
        assert_eq!(answer.body["type"], format!("/problems/{code}"));
        assert!((400..500).contains(&answer.status), "{}", answer.body);
        if code == "outside-booking-window" {
            // When the office opens, as many days before as the location says.
            assert_eq!(answer.body["from"], "2027-02-03T08:00:00+01:00");
        }
    }
    assert_eq!(store::counts(&office.database_url).await, before);
    // Nothing is held either: the person may hold, and the seat is free.
    office.post("/v1/holds", &office.token(&person), ten()).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_is_not_sure_enough_is_told_which_level_it_needs() {
    let office = Office::embedded().await;
    let person = crate::office::Person { level: TrustLevel::Basic, ..office.person() };
    let answer = office.hold(&person, "title", "10:00").await;
    let answer = answer.expect_problem(403, "level-too-low");
    assert_eq!(answer.body["required_level"], "high");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_read_is_told_which_field() {
    let office = Office::embedded().await;
    let token = office.token(&office.person());
    let start = office.at("10:00");
    let cases = [
        (json!({}), "location"),
        (json!({ "location": "small", "start": "yesterday", "services": [] }), "start"),
        (json!({ "location": "small", "start": start, "services": "passport" }), "services"),
        (json!({ "location": "small", "start": start, "services": ["PASS"] }), "services[0]"),
        (json!({ "location": "small", "start": start, "services": [], "desk": 3 }), "desk"),
        (json!({ "location": 5, "start": start, "services": [] }), "location"),
        (json!([1, 2]), ""),
    ];
    for (body, field) in cases {
        let answer = office.post("/v1/holds", &token, body.clone()).await;
        let answer = answer.expect_problem(400, "invalid-request");
        let detail = answer.body["detail"].as_str().unwrap();
        assert!(detail.contains(field), "{body}: {detail}");
    }
    let large = json!({ "location": "small", "start": start, "services": ["x".repeat(40_000)] });
    let answer = office.post("/v1/holds", &token, large).await;
    answer.expect_problem(413, "payload-too-large");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_and_methods_are_problems_too() {
    let office = Office::embedded().await;
    office.read("/v1/nothing").await.expect_problem(404, "not-found");
    office.read("/nothing").await.expect_problem(404, "not-found");
    let token = office.token(&office.person());
    let answer = office.send(Method::PUT, "/v1/holds", &token, &[], None).await;
    let answer = answer.expect_problem(405, "method-not-allowed");
    assert_eq!(answer.headers["allow"], "GET, POST, HEAD, OPTIONS");
    let answer = office.send(Method::GET, "/v1/bookings/5", &token, &[], None).await;
    answer.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_without_a_usable_key_or_token_is_refused_and_changes_nothing() {
    let office = Office::embedded().await;
    let person = office.person();
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let body = |hold_token: Value, language: &str| json!({ "hold_token": hold_token, "attendee": office.attendee(&person), "language": language });
    let good = hold.body["hold_token"].clone();
    let before = store::counts(&office.database_url).await;
    let long = "k".repeat(65);
    let cases: [(Option<&str>, Value, &str); 6] = [
        (None, body(good.clone(), "de"), "idempotency-key-missing"),
        (Some(""), body(good.clone(), "de"), "invalid-request"),
        (Some(&long), body(good.clone(), "de"), "invalid-request"),
        (Some("key"), body(json!("a.b.c"), "de"), "hold-invalid"),
        (Some("key"), body(good.clone(), "tlh"), "invalid-request"),
        (Some("key"), body(good.clone(), "vi"), "invalid-request"),
    ];
    for (key, body, code) in cases {
        let headers: Vec<_> = key.iter().map(|key| ("Idempotency-Key", *key)).collect();
        let token = office.token(&person);
        let answer = office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body)).await;
        assert_eq!(answer.body["code"], code, "{}", answer.body);
    }
    assert_eq!(store::counts(&office.database_url).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_for_this_is_refused() {
    let office = Office::embedded().await;
    let person = office.person();
    let wish =
        json!({ "location": "small", "start": office.at("10:00"), "services": ["passport"] });
    let hold = async |token: String| office.post("/v1/holds", &token, wish.clone()).await;
    let claims = || AccessClaims {
        acr: Some(person.level),
        ..office.access_claims(person.pseudonym.to_string())
    };
    hold(String::new()).await.expect_problem(401, "unauthenticated");
    hold("nonsense".into()).await.expect_problem(401, "invalid-token");
    let other = AccessClaims { aud: "urn:fairtermin:authority:other".into(), ..claims() };
    hold(office.sign(&other)).await.expect_problem(401, "wrong-audience");
    let old = AccessClaims { exp: office.clock.now().as_second() - 60, ..claims() };
    hold(office.sign(&old)).await.expect_problem(401, "invalid-token");
    let foreign = Office::embedded().await;
    let forged = foreign.sign(&claims());
    hold(forged).await.expect_problem(401, "invalid-token");
    let no_scope = AccessClaims { scope: String::new(), ..claims() };
    hold(office.sign(&no_scope)).await.expect_problem(403, "forbidden");
    hold(office.clerk(&["small"])).await.expect_problem(403, "forbidden");
    hold(office.agency("bookings")).await.expect_problem(403, "forbidden");
    hold(office.attendee(&person)).await.expect_problem(401, "invalid-token");
}

/// Words of Rust and of libraries, which mean nothing to a caller.
const NOT_OURS: [&str; 24] = [
    "struct",
    "tuple",
    "enum",
    "variant",
    "visitor",
    "serde",
    "sequence",
    "expected",
    "invalid type",
    "invalid value",
    "invalid digit",
    "integer",
    "i64",
    "u64",
    "u16",
    "u8",
    "Unix",
    "civil",
    "failed to",
    "parameter 'U",
    "end of input",
    "EOF",
    "trailing",
    "Wanted",
];

/// The detail, if reading the request ended there; in words that a caller knows.
#[track_caller]
fn refused_in_our_words(answer: &ApiResponse, what: &str) -> Option<String> {
    if answer.code() != Some("invalid-request") {
        return None;
    }
    let detail = answer.detail().unwrap();
    let theirs = NOT_OURS.iter().find(|word| detail.contains(**word));
    assert_eq!(theirs, None, "{what}: {detail}");
    Some(detail.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_every_body_is_refused_in_words_that_a_caller_knows() {
    let office = Office::embedded().await;
    let of_a_wrong_kind = [json!(-5), json!(1e300), json!(true), json!([5]), json!({ "x": {} })];
    let no_text_of_ours = ["", "x", "1990", "2027-02-30", "2027-01-05T09:00:00", "\u{0}"];
    let no_instant = "9999-12-31T23:59:59-02:00";
    let values = no_text_of_ours.iter().chain([&no_instant]).map(|text| json!(text));
    let values: Vec<_> = of_a_wrong_kind.iter().cloned().chain(values).collect();
    let mut refused = 0;
    for operation in operations() {
        for field in operation.fields() {
            for value in &values {
                let what = format!("{}: {} = {value}", operation.name(), field.name);
                let body = only(&field.name, value.clone());
                let answer = operation.send(&office, "", Some(body)).await;
                let Some(detail) = refused_in_our_words(&answer, &what) else { continue };
                refused += 1;
                let format = field.schema["format"].as_str().unwrap_or_default();
                if format.starts_with("date") {
                    let example = detail.contains("like 2027-01-05");
                    assert!(example && answer.body["field"] == *field.name, "{what}: {detail}");
                    assert_eq!(
                        detail.contains("offset"),
                        format == "date-time",
                        "{what}: {detail}"
                    );
                }
            }
        }
        if operation.fields().is_empty() {
            continue;
        }
        let many = json!(["small", "2027-01-05T09:00:00Z", null, ["passport"], 1, null]);
        for body in [json!([]), many, json!("x"), json!(5), json!({ "no-such": 1 })] {
            let what = format!("{}: {body}", operation.name());
            let answer = operation.send(&office, "", Some(body)).await;
            let detail = refused_in_our_words(&answer, &what).expect(&what);
            assert!(
                detail.contains("object") || detail.contains("there are: `"),
                "{what}: {detail}"
            );
            refused += 1;
        }
    }
    assert!(refused > 300, "only {refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_parameter_of_every_query_is_refused_in_words_that_a_caller_knows() {
    let office = Office::embedded().await;
    let mut refused = 0;
    let asked = operations().filter(|it| it.method == Method::GET && !it.is_of_every_service());
    for operation in asked {
        let known = operation.query();
        for name in &known {
            for value in ["", "x%00", "-1", "2027-02-30", "99999999999999999999"] {
                let answer = operation.send(&office, &format!("?{name}={value}"), None).await;
                let what = format!("{}: {name}={value}", operation.name());
                refused += usize::from(refused_in_our_words(&answer, &what).is_some());
            }
        }
        let answer = operation.send(&office, "?no-such=1", None).await;
        let detail = refused_in_our_words(&answer, operation.name())
            .unwrap_or_else(|| panic!("{} ignores what it does not know", operation.name()));
        match detail.strip_prefix("the query knows only: ") {
            Some(told) => assert_eq!(told, known.join(", "), "{}", operation.name()),
            None => assert!(known.is_empty() && detail.contains("takes no parameters"), "{detail}"),
        }
    }
    assert!(refused > 50, "only {refused}");
}

/// What is said of no place, by whichever operation, is that there is no such place.
#[tokio::test(flavor = "multi_thread")]
async fn every_operation_at_a_place_that_nobody_knows_says_so() {
    let office = Office::embedded().await;
    let mut asked = Vec::new();
    for operation in operations() {
        let query = operation.query();
        let place = ["location", "schedule"].into_iter().find(|name| query.contains(name));
        let answer = if let Some(place) = place {
            // Days that statistics know, and the others too.
            let others = query.iter().filter_map(|name| match *name {
                "service" | "service-type" => Some(format!("&{name}=passport")),
                "date" | "from" | "to" => Some(format!("&{name}=2027-01-03")),
                "month" => Some("&month=2027-01".to_owned()),
                "start" => Some(format!("&{name}=ge2027-01-05")),
                _ => None,
            });
            let others: String = others.collect();
            operation.send(&office, &format!("?{place}=nowhere{others}"), None).await
        } else if operation.fields().iter().any(|field| field.name == "location") {
            let mut body = operation.sample(&office).unwrap();
            body["location"] = json!("nowhere");
            operation.send(&office, "", Some(body)).await
        } else {
            continue;
        };
        let told = (answer.status, answer.code());
        assert_eq!(told, (422, Some("unknown-location")), "{}: {}", operation.name(), answer.body);
        asked.push(operation.name());
    }
    assert!(asked.len() >= 12, "{asked:?}");
}

/// Fields whose text is signed: nobody reads it.
const SIGNED: [&str; 3] = ["attendee", "hold_token", "ticket"];

#[tokio::test(flavor = "multi_thread")]
async fn every_free_text_is_a_line_without_what_cannot_be_seen() {
    let office = Office::embedded().await;
    let hidden =
        ["\u{0}", "\r", "\n", "\u{1b}", "\u{7f}", "\u{85}", "\u{2028}", "\u{2066}", "\u{2069}"];
    let turning = ('\u{202a}'..='\u{202e}').map(String::from);
    let hidden: Vec<_> = hidden.into_iter().map(str::to_owned).chain(turning).collect();
    let mut lines = Vec::new();
    for operation in operations() {
        for field in operation.fields() {
            let says = |key: &str| !field.schema[key].is_null();
            let is_free =
                ["enum", "format", "examples", "example"].into_iter().all(|key| !says(key));
            let is_line = says("pattern") && says("maxLength");
            if !field.is_text() || SIGNED.contains(&&*field.name) {
                continue;
            }
            assert!(is_line || !is_free, "{}: {} has no bounds", operation.name(), field.name);
            if !is_line {
                continue;
            }
            lines.push(field.name.clone());
            let longest = usize::try_from(field.schema["maxLength"].as_u64().unwrap()).unwrap();
            let hidden = hidden.iter().map(|hidden| format!("Antrag {hidden} 4711"));
            for text in hidden.chain(["   ".to_owned(), "x".repeat(longest + 1)]) {
                let body = only(&field.name, json!(text));
                let answer = operation.send(&office, "", Some(body)).await;
                let told = answer.expect_problem(400, "invalid-request");
                assert_eq!(told.body["field"], *field.name, "{text:?}");
                let detail = told.body["detail"].as_str().unwrap();
                assert!(
                    detail.contains(&format!("one line of 1 to {longest} characters")),
                    "{detail}"
                );
            }
        }
    }
    lines.sort();
    let known = [
        "entitlements[0].names[0].family_name",
        "entitlements[0].names[0].given_name",
        "entitlements[0].reference",
        "names[0].family_name",
        "names[0].given_name",
        "reason",
        "reason.de",
        "reason.de",
        "reason.de",
        "reason.note",
        "reason.note",
        "reason.note",
        "reason.note",
        "reason.note",
        "reason.note",
        "reason.note",
        "reason.note",
        "reason.note",
        "reference",
        "reference",
        "reference",
        "reference",
        "reference",
        "reference",
        "reference",
        "request.reason.note",
        "request.reason.note",
    ];
    assert_eq!(lines, known);
}
