//! IHE's `$find`, `$hold` and `$book` (ITI Scheduling).

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    fhir::resources,
    office::{ApiResponse, Office, Person},
    on_behalf::acting,
};

pub fn parameters(list: &[(&str, Value)]) -> Value {
    let parameter = |(name, value): &(&str, Value)| {
        let mut parameter = value.clone();
        parameter["name"] = json!(name);
        parameter
    };
    json!({ "resourceType": "Parameters", "parameter": list.iter().map(parameter).collect::<Vec<_>>() })
}

pub fn reference(id: &str) -> Value {
    json!({ "valueReference": { "reference": format!("Appointment/{id}") } })
}

/// The person as a client knows them, with identity's statement about them.
pub fn patient(office: &Office, person: &Person) -> (&'static str, Value) {
    let system = format!("{}:attendee", vocabulary::urn_of(&office.authority));
    let patient = json!({
        "resourceType": "Patient",
        "identifier": [{ "system": system, "value": office.attendee(person) }],
        "communication": [{ "language": { "coding": [{ "code": "tr" }] }, "preferred": true }],
    });
    ("patient-resource", json!({ "resource": patient }))
}

/// The same with another language for messages.
fn speaking((name, mut patient): (&'static str, Value), code: &str) -> (&'static str, Value) {
    patient["resource"]["communication"][0]["language"]["coding"][0]["code"] = json!(code);
    (name, patient)
}

pub async fn operate(office: &Office, token: &str, name: &str, body: Value) -> ApiResponse {
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
        // Says nothing about a visit, and no link has it.
        ("patient-reference", json!({ "valueReference": { "reference": "Patient/p" } })),
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
        // It is listed, and in the way of another one: the answer says which it is, and until when.
        let all = office.send(Method::GET, "/fhir/Appointment", &token, &[], None).await;
        assert_eq!(resources(&all.expect(200)), std::slice::from_ref(&held));
        let booked = "/fhir/Appointment?status=booked";
        let booked = office.send(Method::GET, booked, &token, &[], None).await.expect(200);
        assert!(resources(&booked).is_empty());
        let second = more["entry"][0]["resource"]["id"].as_str().unwrap();
        let second = parameters(&[("appointment-reference", reference(second))]);
        let refused = operate(&office, &token, "hold", second).await;
        let refused = refused.expect_outcome(409, "already-holding");
        let holds = office.send(Method::GET, "/v1/holds", &token, &[], None).await.expect(200);
        let until = holds.body["holds"][0]["expires_at"].as_str().unwrap();
        let said = refused.detail().unwrap();
        assert!(said.contains(hold) && said.contains(until), "{said}");
        let read =
            office.send(Method::GET, &format!("/fhir/Appointment/{hold}"), &token, &[], None).await;
        assert_eq!(read.expect(200).body["status"], "pending");
        // To somebody else it is what a hold of another person is everywhere.
        let theirs = [("appointment-reference", reference(hold)), patient(&office, &other)];
        let stolen = operate(&office, &office.token(&other), "book", parameters(&theirs)).await;
        stolen.expect_outcome(422, "hold-invalid");
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
    assert_eq!(moved["slot"][0]["reference"], format!("Slot/{}", proposed(12)));
    // A time that is neither the old one nor the slot's cannot be meant.
    let mut elsewhere = moved.clone();
    elsewhere["slot"] = json!([{ "reference": format!("Slot/{}", proposed(14)) }]);
    for (field, time) in [("start", "2027-12-24T08:00:00+01:00"), ("end", "soon")] {
        let mut stated = elsewhere.clone();
        stated[field] = json!(time);
        let asked =
            [("appointment-resource", json!({ "resource": stated })), patient(&office, &person)];
        let refused = operate(&office, &token, "book", parameters(&asked)).await;
        let refused = refused.expect_outcome(400, "invalid-request");
        assert!(refused.detail().unwrap().contains("`start`") || field == "end");
    }
    // Repeated as it is, it says what is true.
    let again = operate(&office, &token, "book", parameters(&asked)).await.expect(200);
    assert_eq!(resources(&again)[0]["id"], moved["id"]);
    let bookings = office.bookings_of(&person).await;
    assert_eq!(bookings.iter().filter(|it| it["status"] == "confirmed").count(), 1);

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
        vec![
            (
                "appointment-reference",
                json!({ "valueReference": {
                    "reference": format!("https://other.example/fhir/Appointment/{id}"),
                } }),
            ),
            patient(&office, &person),
        ],
        vec![("appointment-reference", reference(&id))],
        vec![
            ("appointment-reference", reference(&id)),
            ("patient-resource", json!({ "resource": { "resourceType": "Patient" } })),
        ],
        vec![patient(&office, &person)],
        // A language that we do not ship and the office does not list.
        vec![("appointment-reference", reference(&id)), speaking(patient(&office, &person), "vi")],
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
