//! The view by the names of HL7 FHIR. That FHIR libraries read it and a validator finds nothing shows
//! `e2e/fhir`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    office::{ApiResponse, Office, Person},
    on_behalf::acting,
};

fn resources(answer: &ApiResponse) -> Vec<Value> {
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
    let slots = testkit::eventually(std::time::Duration::from_secs(5), async || {
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
        ("schedule=small&service-type=card&_format=xml", 406, "not-acceptable"),
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
    testkit::eventually(std::time::Duration::from_secs(5), async || {
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

fn parameters(list: &[(&str, Value)]) -> Value {
    let parameter = |(name, value): &(&str, Value)| {
        let mut parameter = value.clone();
        parameter["name"] = json!(name);
        parameter
    };
    json!({ "resourceType": "Parameters", "parameter": list.iter().map(parameter).collect::<Vec<_>>() })
}

fn reference(id: &str) -> Value {
    json!({ "valueReference": { "reference": format!("Appointment/{id}") } })
}

/// The person as a client knows them, with identity's statement about them.
fn patient(office: &Office, person: &Person) -> (&'static str, Value) {
    let system = format!("{}:attendee", vocabulary::urn_of(&office.authority));
    let patient = json!({
        "resourceType": "Patient",
        "identifier": [{ "system": system, "value": office.attendee(person) }],
        "communication": [{ "language": { "coding": [{ "code": "tr" }] }, "preferred": true }],
    });
    ("patient-resource", json!({ "resource": patient }))
}

async fn operate(office: &Office, token: &str, name: &str, body: Value) -> ApiResponse {
    let kind = [("Content-Type", "application/fhir+json")];
    let path = format!("/fhir/Appointment/${name}");
    office.send(Method::POST, &path, token, &kind, Some(body)).await
}

async fn find(office: &Office, count: u32) -> ApiResponse {
    let day = office.next_week();
    let wanted = parameters(&[
        ("start", json!({ "valueDateTime": day.to_string() })),
        ("end", json!({ "valueDateTime": day.to_string() })),
        ("visit-type", json!({ "valueString": "passport" })),
        ("location-reference", json!({ "valueReference": { "reference": "Location/small" } })),
    ]);
    operate(office, "", &format!("find?_count={count}"), wanted).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_finds_holds_and_books_for_a_person_as_ihe_says() {
    for office in Office::each_database().await {
        let person = office.person();
        let token = acting(&office, &person);
        let found = find(&office, 2).await.body;
        assert_eq!((&found["total"], found["entry"].as_array().unwrap().len()), (&json!(48), 2));
        let proposed = found["entry"][0]["resource"].clone();
        assert_eq!(
            (&proposed["status"], &proposed["resourceType"]),
            (&json!("proposed"), &json!("Appointment"))
        );
        let next = found["link"][1]["url"].as_str().unwrap().replace(&office.base, "");
        let more = office.read(&next).await.expect(200).body;
        assert_ne!(more["entry"][0]["resource"]["id"], proposed["id"]);
        assert_eq!(more["total"], 48);

        let id = proposed["id"].as_str().unwrap();
        let asked = parameters(&[("appointment-reference", reference(id))]);
        let held = operate(&office, &token, "hold", asked.clone()).await.expect(200);
        let held = resources(&held).remove(0);
        assert_eq!((&held["status"], &held["start"]), (&json!("pending"), &proposed["start"]));
        let other = office.person();
        let gone = operate(&office, &office.token(&other), "hold", asked).await;
        let gone = gone.expect_outcome(409, "slot-taken");
        assert_eq!(gone.body["resourceType"], "Bundle");
        assert_eq!(
            (&gone.outcome()["severity"], &gone.outcome()["code"]),
            (&json!("fatal"), &json!("not-found"))
        );

        let hold = held["id"].as_str().unwrap();
        let read =
            office.send(Method::GET, &format!("/fhir/Appointment/{hold}"), &token, &[], None).await;
        assert_eq!(read.expect(200).body["status"], "pending");
        let asked = [
            ("appointment-reference", reference(hold)),
            patient(&office, &person),
            ("comment", json!({ "valueString": "Mit Rollstuhl" })),
        ];
        let booked = operate(&office, &token, "book", parameters(&asked)).await.expect(200).body;
        let appointment = &booked["entry"][0]["resource"];
        assert_eq!(
            (&appointment["status"], &appointment["start"]),
            (&json!("booked"), &proposed["start"])
        );
        let note = &booked["entry"][1];
        assert_eq!(
            (&note["search"]["mode"], &note["resource"]["resourceType"]),
            (&json!("outcome"), &json!("OperationOutcome"))
        );
        // Repeated, it is the same booking.
        let again =
            operate(&office, &token, "book", parameters(&asked[..2])).await.expect(200).body;
        assert_eq!(again["entry"][0]["resource"]["id"], appointment["id"]);
        let bookings = office.bookings_of(&person).await;
        assert_eq!(bookings.len(), 1);
        assert_eq!(bookings[0]["booked_by"]["kind"], "agency");
        // The day is free again for somebody else only elsewhere.
        let path = format!("/fhir/Appointment?status=booked&date={}", office.next_week());
        let listed = office.send(Method::GET, &path, &token, &[], None).await.expect(200);
        assert_eq!(resources(&listed)[0]["id"], appointment["id"]);
        let later = format!("/fhir/Appointment?date=gt{}", office.next_week());
        let listed = office.send(Method::GET, &later, &token, &[], None).await.expect(200);
        assert!(resources(&listed).is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_moved_and_cancelled_by_its_resource() {
    let office = Office::embedded().await;
    let person = office.person();
    let token = office.token(&person);
    let found = find(&office, 20).await.body;
    let proposed = |n: usize| found["entry"][n]["resource"]["id"].as_str().unwrap().to_owned();
    let asked = [("appointment-reference", reference(&proposed(0))), patient(&office, &person)];
    let booked = operate(&office, &token, "book", parameters(&asked)).await.expect(200);
    let booked = resources(&booked).remove(0);
    assert_eq!(booked["status"], "booked", "without a hold before");

    let mut changed = booked.clone();
    changed["slot"] = json!([{ "reference": format!("Slot/{}", proposed(12)) }]);
    let asked =
        [("appointment-resource", json!({ "resource": changed })), patient(&office, &person)];
    let moved = operate(&office, &token, "book", parameters(&asked)).await.expect(200);
    let moved = resources(&moved).remove(0);
    assert_eq!(moved["start"], found["entry"][12]["resource"]["start"]);
    assert_ne!(moved["start"], booked["start"]);

    let mut given_up = moved.clone();
    given_up["status"] = json!("cancelled");
    let asked = parameters(&[("appointment-resource", json!({ "resource": given_up }))]);
    let cancelled = operate(&office, &token, "book", asked.clone()).await.expect(200);
    assert_eq!(resources(&cancelled)[0]["status"], "cancelled");
    operate(&office, &office.token(&office.person()), "book", asked)
        .await
        .expect_outcome(404, "booking-not-found");

    // A hold is given up likewise.
    let asked = parameters(&[("appointment-reference", reference(&proposed(15)))]);
    let held = operate(&office, &token, "hold", asked).await.expect(200);
    let mut held = resources(&held).remove(0);
    held["status"] = json!("cancelled");
    let asked = parameters(&[("appointment-resource", json!({ "resource": held }))]);
    let released = operate(&office, &token, "book", asked).await.expect(200);
    assert_eq!(resources(&released)[0]["status"], "cancelled");
    let holds = office.send(Method::GET, "/v1/holds", &token, &[], None).await.expect(200);
    assert_eq!(holds.body["holds"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_refuses_what_it_cannot_mean() {
    let office = Office::embedded().await;
    let person = office.person();
    let token = office.token(&person);
    let text = |value: &str| json!({ "valueString": value });
    let time = |value: &str| json!({ "valueDateTime": value });
    let day = office.next_week().to_string();
    for list in [
        vec![("end", time(&day)), ("visit-type", text("passport"))],
        vec![("start", time(&day)), ("end", time(&day))],
        vec![("start", time(&day)), ("end", time("2027-01-01")), ("visit-type", text("passport"))],
        vec![("start", time("soon")), ("end", time(&day)), ("visit-type", text("passport"))],
        vec![("start", time(&day)), ("end", time(&day)), ("visit-type", time(&day))],
        vec![
            ("start", time(&day)),
            ("end", time(&day)),
            ("visit-type", text("passport")),
            ("specialty", text("x")),
        ],
        vec![
            ("start", time(&day)),
            ("end", time(&day)),
            ("visit-type", text("passport")),
            ("location-string", text("Atlantis")),
        ],
    ] {
        let refused = operate(&office, "", "find", parameters(&list)).await;
        refused.expect_outcome(400, "invalid-request");
    }
    let bundle = json!({ "resourceType": "Bundle" });
    operate(&office, "", "find", bundle).await.expect_outcome(400, "invalid-request");
    let id = find(&office, 1).await.body["entry"][0]["resource"]["id"].as_str().unwrap().to_owned();
    for list in [
        vec![("appointment-reference", reference("nothing")), patient(&office, &person)],
        vec![("appointment-reference", reference(&id))],
        vec![
            ("appointment-reference", reference(&id)),
            ("patient-resource", json!({ "resource": { "resourceType": "Patient" } })),
        ],
        vec![patient(&office, &person)],
        vec![(
            "appointment-resource",
            json!({ "resource": { "resourceType": "Appointment", "id": id, "status": "fulfilled" } }),
        )],
    ] {
        let refused = operate(&office, &token, "book", parameters(&list)).await;
        refused.expect_outcome(400, "invalid-request");
    }
    // Another person's statement.
    let asked = [("appointment-reference", reference(&id)), patient(&office, &office.person())];
    let refused = operate(&office, &token, "book", parameters(&asked)).await;
    let refused = refused.expect_outcome(422, "attendee-invalid");
    assert_eq!(refused.body["resourceType"], "Bundle");
    let asked = parameters(&[("appointment-reference", reference(&id))]);
    operate(&office, "", "hold", asked.clone()).await.expect_outcome(401, "unauthenticated");
    operate(&office, &office.clerk(&["small"]), "hold", asked)
        .await
        .expect_outcome(403, "forbidden");
    assert!(office.bookings_of(&person).await.is_empty());
}
