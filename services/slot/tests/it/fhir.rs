//! The view by the names of HL7 FHIR. That FHIR libraries read it and a validator finds nothing shows
//! `e2e/fhir`.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::office::{ApiResponse, Office, Person};

/// Until availability shows what was booked, on a busy machine.
const SOON: Duration = Duration::from_secs(60);

pub fn resources(answer: &ApiResponse) -> Vec<Value> {
    assert_eq!(answer.headers["content-type"], "application/fhir+json");
    assert_eq!(answer.body["resourceType"], "Bundle");
    assert_eq!(answer.body["type"], "searchset");
    let entries = answer.body["entry"].as_array().cloned().unwrap_or_default();
    assert_eq!(answer.body["link"][0]["relation"], "self");
    assert!(entries.iter().all(|entry| entry["search"]["mode"] == "match"), "{}", answer.body);
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
    let slots = testkit::eventually(SOON, async || {
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
        let nobody = read("").await.expect_outcome(401, "unauthenticated");
        assert!(nobody.headers.contains_key("www-authenticate"));
        assert_eq!(nobody.outcome()["code"], "login");
        read(&clerk).await.expect_outcome(403, "forbidden");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_it_knows_and_refuses_what_it_does_not() {
    let office = Office::embedded().await;
    let statement = office.read("/fhir/metadata").await.expect(200).body;
    assert_eq!(statement["resourceType"], "CapabilityStatement");
    for (query, status, code) in [
        ("service-type=card&start=ge2027-01-05", 400, "invalid-request"),
        ("schedule=small&start=ge2027-01-05", 400, "invalid-request"),
        ("schedule=small&service-type=card&start=ne2027-01-05", 400, "invalid-request"),
        ("schedule=small&service-type=card&start=2027-01-05T09:00:00", 400, "invalid-request"),
        (
            "schedule=small&service-type=card&start=ge2027-01-05&start=lt2027-03-05",
            400,
            "invalid-request",
        ),
        ("schedule=small&service-type=card&status=open", 400, "invalid-request"),
        ("schedule=small&service-type=card&_count=1001", 400, "invalid-request"),
        ("schedule=small&service-type=card,passport", 400, "invalid-request"),
        ("schedule=small&service-type=card&colour=red", 400, "invalid-request"),
        ("schedule=nowhere&service-type=card&start=ge2027-01-05", 422, "unknown-location"),
        ("schedule=small&service-type=no-such&start=ge2027-01-05", 422, "unknown-service"),
        (
            "schedule=https://other.example/fhir/Schedule/small&service-type=card",
            400,
            "invalid-request",
        ),
        ("schedule=small&service-type=card&_format=xml", 406, "not-acceptable"),
        (
            "schedule=small&service-type=card&_format=application/fhir%2Bjson;fhirVersion=5.0",
            406,
            "not-acceptable",
        ),
    ] {
        office.read(&format!("/fhir/Slot?{query}")).await.expect_outcome(status, code);
    }
    let lenient = [("Prefer", "handling=lenient")];
    let query = format!("{}&colour=red", search(&office));
    let answer = office.send(Method::GET, &query, "", &lenient, None).await.expect(200);
    assert!(!answer.body["link"][0]["url"].as_str().unwrap().contains("colour"));
    let xml = [("Accept", "application/fhir+xml")];
    let answer = office.send(Method::GET, &search(&office), "", &xml, None).await;
    answer.expect_outcome(406, "not-acceptable");
    let later = [("Accept", "application/fhir+json; fhirVersion=5.0")];
    let answer = office.send(Method::GET, &search(&office), "", &later, None).await;
    answer.expect_outcome(406, "not-acceptable");
    let ours = [("Accept", "application/fhir+json; fhirVersion=4.0")];
    office.send(Method::GET, &search(&office), "", &ours, None).await.expect(200);
    let json = [("Accept", "application/json")];
    let answer = office.send(Method::GET, &search(&office), "", &json, None).await.expect(200);
    assert_eq!(answer.headers["content-type"], "application/json");
    for path in ["/fhir/Slot", "/fhir/Appointment/$hold"] {
        let other = office.send(Method::PUT, path, "", &[], None).await;
        let other = other.expect_outcome(405, "method-not-allowed");
        assert!(other.headers.contains_key("allow"));
    }
    office.read("/fhir/Patient").await.expect_outcome(404, "not-found");
    office.read("/fhir/Schedule/nowhere").await.expect_outcome(404, "not-found");
    office.read("/fhir/Slot/nowhere").await.expect_outcome(404, "not-found");
    let plain = [("Content-Type", "text/plain")];
    let path = "/fhir/Appointment/$find";
    office
        .send(Method::POST, path, "", &plain, None)
        .await
        .expect_outcome(415, "unsupported-media-type");
}

/// What the statement says can be asked is what the API's document says, and no more.
#[tokio::test(flavor = "multi_thread")]
async fn the_capability_statement_is_true() {
    let office = Office::embedded().await;
    let statement = office.read("/fhir/metadata").await.expect(200).body;
    let document = slot::openapi_document();
    let resources = statement["rest"][0]["resource"].as_array().unwrap();
    assert_eq!(resources.len(), 3);
    for resource in resources {
        let kind = resource["type"].as_str().unwrap();
        assert_eq!(resource["interaction"], json!([{ "code": "read" }, { "code": "search-type" }]));
        assert!(!document["paths"][format!("/fhir/{kind}/{{id}}")]["get"].is_null());
        let documented = document["paths"][format!("/fhir/{kind}")]["get"]["parameters"].as_array();
        let documented = documented.unwrap().iter().filter(|it| it["in"] == "query");
        let documented: Vec<_> = documented.map(|it| it["name"].as_str().unwrap()).collect();
        let stated = resource["searchParam"].as_array().unwrap().iter();
        let stated = stated.map(|it| it["name"].as_str().unwrap());
        let stated: Vec<_> = stated.chain(["_count", "_format", "_page"]).collect();
        assert_eq!(stated, documented, "{kind}");
        for operation in resource["operation"].as_array().into_iter().flatten() {
            let name = operation["name"].as_str().unwrap();
            assert!(
                !document["paths"][format!("/fhir/{kind}/${name}")]["post"].is_null(),
                "{name}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_means_all_of_its_time_and_an_instant_is_never_cut() {
    let office = Office::embedded().await;
    let day = office.next_week();
    let starts = async |start: &str| {
        let path = format!("/fhir/Slot?schedule=small&service-type=passport{start}");
        let found = resources(&office.read(&path).await.expect(200));
        let start = |it: &Value| it["start"].as_str().unwrap().to_owned();
        (found.len(), found.first().map(start), found.last().map(start))
    };
    let at = |time: &str| Some(format!("{day}T{time}:00+01:00"));
    assert_eq!(starts(&format!("&start={day}")).await, (48, at("08:00"), at("15:50")));
    let afternoon = format!("&start=ge{day}T15:00%2B01:00&start=le{day}");
    assert_eq!(starts(&afternoon).await, (6, at("15:00"), at("15:50")));
    let morning = format!("&start=ge{day}&start=lt{day}T07:30:00Z");
    assert_eq!(starts(&morning).await, (3, at("08:00"), at("08:20")));
    assert_eq!(starts(&format!("&start={day}T08:10:00%2B01:00")).await.0, 1);
    let (month, _, last) = starts("&start=2027-01").await;
    assert!(month > 100 && last.unwrap().starts_with("2027-01-"), "{month}");
    assert_eq!(starts(&format!("&start={day}&status=busy")).await.0, 0);
    assert_eq!(starts(&format!("&start={day}&status=free,busy")).await.0, 48);
    assert_eq!(starts("&start=lt2026-01-01").await.0, 0, "the past is over");
    assert_eq!(starts("&start=9999-12-31").await.0, 0, "nor is anything offered at the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_without_an_end_says_where_it_ends() {
    let office = Office::embedded().await;
    let day = office.next_week();
    let path = format!("/fhir/Slot?schedule=small&service-type=passport&start=ge{day}");
    let found = office.read(&path).await.expect(200).body;
    let last = found["entry"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["search"]["mode"], "outcome");
    assert_eq!(last["resource"]["issue"][0]["severity"], "warning");
    let here = found["link"][0]["url"].as_str().unwrap().replace(&office.base, "");
    assert!(here.contains("start=lt20"), "{here}");
    // What the link says is what was found, without the warning.
    let again = office.read(&here).await.expect(200);
    assert_eq!(resources(&again).len(), 48 * 7);
    assert_eq!(again.body["total"], found["total"]);
    let other = office.read(&path).await.expect(200).body;
    let other = other["entry"].as_array().unwrap().last().unwrap();
    assert_ne!(other["fullUrl"], last["fullUrl"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_linked_and_each_slot_is_on_one_of_them() {
    let office = Office::embedded().await;
    let mut next = Some(format!("{}&_count=20&_format=json", search(&office)));
    let (mut found, mut pages) = (Vec::new(), 0);
    while let Some(path) = next {
        let page = office.read(&path).await.expect(200).body;
        assert_eq!(page["total"], 47);
        let entries = page["entry"].as_array().unwrap().iter();
        found.extend(entries.map(|it| it["fullUrl"].as_str().unwrap().to_owned()));
        let links = page["link"].as_array().unwrap();
        let link = links.iter().find(|link| link["relation"] == "next");
        next = link.map(|link| link["url"].as_str().unwrap().replace(&office.base, ""));
        pages += 1;
    }
    assert_eq!((pages, found.len()), (3, 47));
    found.dedup();
    assert_eq!(found.len(), 47);
    // Each of them can be read by its address, and says whether it is still free.
    let path = found[0].replace(&office.base, "");
    let slot = office.read(&path).await.expect(200).body;
    assert_eq!((&slot["resourceType"], &slot["status"]), (&json!("Slot"), &json!("free")));
    let ids: Vec<_> = found[..2].iter().map(|url| url.rsplit('/').next().unwrap()).collect();
    let by_id = resources(&office.read(&format!("/fhir/Slot?_id={}", ids.join(","))).await);
    assert_eq!(by_id.len(), 2);
    office.book(&office.person(), "passport", "08:00").await;
    testkit::eventually(SOON, async || {
        (office.read(&path).await.expect(200).body["status"] == "busy").then_some(())
    })
    .await;
    let none = office.read(&format!("{}&_count=0", search(&office))).await.expect(200).body;
    assert_eq!((&none["total"], &none["entry"]), (&json!(46), &Value::Null));
    let schedules = office.read("/fhir/Schedule?_count=1&service-type=card").await.expect(200).body;
    assert_eq!(schedules["link"][1]["relation"], "next");
    let small = office.read("/fhir/Schedule/small").await.expect(200).body;
    assert_eq!((&small["resourceType"], &small["id"]), (&json!("Schedule"), &json!("small")));
}

/// They are told by start, in whatever order their ids are asked for.
#[tokio::test(flavor = "multi_thread")]
async fn pages_of_named_slots_leave_none_out() {
    let office = Office::embedded().await;
    let found = office.read(&format!("{}&_count=2", search(&office))).await.expect(200);
    let [first, second]: [Value; 2] = resources(&found).try_into().unwrap();
    let ids = format!("{},{}", second["id"].as_str().unwrap(), first["id"].as_str().unwrap());
    let page = office.read(&format!("/fhir/Slot?_id={ids}&_count=1")).await.expect(200);
    assert_eq!(resources(&page)[0]["id"], first["id"]);
    let next = page.body["link"][1]["url"].as_str().unwrap().replace(&office.base, "");
    let page = office.read(&next).await.expect(200);
    assert_eq!(resources(&page)[0]["id"], second["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn named_slots_are_told_once_and_only_if_all_else_holds_of_them() {
    let office = Office::embedded().await;
    let found = office.read(&format!("{}&_count=2", search(&office))).await.expect(200);
    let [first, second]: [Value; 2] = resources(&found).try_into().unwrap();
    let (one, other) = (first["id"].as_str().unwrap(), second["id"].as_str().unwrap());
    let named =
        async |rest: &str| office.read(&format!("/fhir/Slot?_id={one},{one},{other}{rest}")).await;
    let twice = named("&_count=2").await.expect(200);
    assert_eq!((&twice.body["total"], resources(&twice).len()), (&json!(2), 2));
    assert_eq!(twice.body["link"].as_array().unwrap().len(), 1, "no further page: {}", twice.body);
    for (rest, count) in [
        ("&schedule=small&service-type=card", 2),
        ("&schedule=Schedule/large", 0),
        ("&schedule=large,small", 2),
        ("&service-type=passport", 0),
        ("&service-type=card&service-type=passport", 0),
    ] {
        assert_eq!(named(rest).await.expect(200).body["total"], count, "{rest}");
    }
    named("&schedule=nowhere").await.expect_outcome(422, "unknown-location");
    named("&service-type=no-such").await.expect_outcome(422, "unknown-service");
    named("&service-type=other%7Ccard").await.expect_outcome(400, "invalid-request");
}

/// A page of another search would skip what it does not know.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_search_is_refused() {
    let office = Office::embedded().await;
    let page_of = |answer: &ApiResponse| {
        let next = answer.body["link"][1]["url"].as_str().unwrap().to_owned();
        next.split_once("_page=").unwrap().1.split('&').next().unwrap().to_owned()
    };
    let slots = search(&office);
    let first = office.read(&format!("{slots}&_count=5")).await.expect(200);
    let page = page_of(&first);
    office.read(&format!("{slots}&_count=7&_page={page}")).await.expect(200);
    // The last start of the page, some minutes later or earlier on the same day.
    let mut later: Vec<_> = page.chars().collect();
    later[15] = if later[15] == 'A' { 'B' } else { 'A' };
    let later: String = later.into_iter().collect();
    let other_place = slots.replace("small", "large");
    let other_service = slots.replace("card", "passport");
    assert!(other_place != slots && other_service != slots, "{slots}");
    for (search, page) in [
        (&other_place, page.as_str()),
        (&other_service, page.as_str()),
        (&slots, &page[1..]),
        (&slots, later.as_str()),
        (&slots, "nothing"),
        (&"/fhir/Schedule?_count=1".to_owned(), "nothing"),
    ] {
        let refused = office.read(&format!("{search}&_page={page}")).await;
        let refused = refused.expect_outcome(400, "invalid-request");
        assert_eq!(refused.outcome()["location"][0], "http._page");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_own_appointments_go_on_where_a_hold_was_and_are_one_persons() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "passport", "10:00").await;
    let hold = office.hold(&person, "plates", "09:00").await.expect(201);
    let read = async |person: &Person, path: &str| {
        office.send(Method::GET, path, &office.token(person), &[], None).await
    };
    let first = read(&person, "/fhir/Appointment?_count=1").await.expect(200);
    assert_eq!(resources(&first)[0]["status"], "pending");
    let next = first.body["link"][1]["url"].as_str().unwrap().replace(&office.base, "");
    office.release(&person, &hold).await.expect(204);
    let second = resources(&read(&person, &next).await.expect(200));
    assert_eq!(second.len(), 1);
    assert_eq!(second[0]["start"], booking.body["start"]);
    let refused = read(&office.person(), &next).await.expect_outcome(400, "invalid-request");
    assert_eq!(refused.outcome()["location"][0], "http._page");
}

/// The parameters of an address, sent as a form.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_by_form_finds_what_the_address_does() {
    let office = Office::embedded().await;
    let address = format!("{}&_count=20", search(&office));
    let (path, query) = address.split_once('?').unwrap();
    let by_form = async |path: &str, kind: &str, form: &str, token: &str| {
        let request = office.http.post(format!("{}{path}/_search", office.base));
        let request = request.header("content-type", kind).body(form.to_owned());
        let answer = request.bearer_auth(token).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let form = "application/x-www-form-urlencoded";
    let token = office.token(&office.person());
    let got = office.read(&address).await.expect(200).body;
    let (status, posted) = by_form(path, form, query, &token).await;
    assert_eq!((status, &posted), (200, &got), "with links that are followed by GET");
    assert_eq!(posted["link"][1]["relation"], "next");
    // Some in the address, some in the form.
    let (one, others) = query.split_once('&').unwrap();
    let split = format!("/_search?{one}");
    let request = office.http.post(format!("{}{path}{split}", office.base));
    let request = request.header("content-type", form).body(others.to_owned());
    let both: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(both["entry"], got["entry"]);

    office.book(&office.person(), "passport", "10:00").await;
    let (status, own) = by_form("/fhir/Appointment", form, "status=booked", &token).await;
    assert_eq!((status, &own["total"]), (200, &json!(0)), "{own}");
    let schedules = by_form("/fhir/Schedule", form, "_id=small", &token).await.1;
    assert_eq!(schedules["entry"][0]["resource"]["id"], "small");

    let (status, refused) = by_form(path, "application/json", "{}", &token).await;
    assert_eq!((status, &refused["resourceType"]), (415, &json!("OperationOutcome")));
    let (status, refused) = by_form(path, form, "no-such=1", &token).await;
    assert_eq!(status, 400, "{refused}");
}
