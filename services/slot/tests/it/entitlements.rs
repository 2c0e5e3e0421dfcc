//! Entitlements: posted by an agency, claimed by their person, used, extended, withdrawn, released and
//! re-issued.

mod dates;
mod life;
mod merged;
mod posting;
mod reissued;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::office::{ApiResponse, Office, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Somebody else who was born on the same day.
fn twin_of_chance(office: &Office) -> Person {
    Person { family_name: "Yılmaz".to_owned(), ..office.person() }
}

fn until(office: &Office, days: i32) -> Timestamp {
    office.clock.now() + DAY * days
}

fn name(given: &str, family: &str) -> Value {
    json!({ "given_name": given, "family_name": family })
}

/// What an agency posts for the person, with a reference of its own.
fn posted(office: &Office, reference: &str) -> Value {
    json!({
        "service": "title", "reference": reference, "birthdate": "1990-05-17",
        "names": [name("Zeynep", "Öztürk")], "valid_until": until(office, 90),
    })
}

fn with(mut body: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(body.as_object_mut().unwrap().remove(key)),
            value => body[key] = value.clone(),
        }
    }
    body
}

async fn post(office: &Office, body: Value) -> ApiResponse {
    office.post("/v1/entitlements", &office.agency("entitlements:write"), body).await
}

async fn change(office: &Office, id: &str, verb: &str, body: Value) -> ApiResponse {
    let agency = office.agency("entitlements:write");
    office.post(&format!("/v1/entitlements/{id}/{verb}"), &agency, body).await
}

async fn claim(office: &Office, person: &Person, reference: &str) -> ApiResponse {
    let body = json!({
        "service": "title", "reference": reference, "attendee": office.attendee(person),
    });
    office.post("/v1/entitlements/claim", &office.token(person), body).await
}

#[track_caller]
fn is_refused(answer: ApiResponse) {
    let refused = answer.expect_problem(404, "entitlement-not-found");
    // It is always the same, and says who helps.
    assert_eq!(refused.body["detail"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_with_entitlement_is_open_to_who_proves_one() {
    for office in Office::each().await {
        let person = office.person();
        let it = posted(&office, "LEA-2027/0815");
        let reader = office.agency("slots:read");
        let refused = office.post("/v1/entitlements", &reader, it.clone()).await;
        refused.expect_problem(403, "forbidden");
        let first = post(&office, it.clone()).await.expect(201);
        let again = post(&office, it).await.expect(201);
        assert_eq!(first.body["id"], again.body["id"]);
        assert_eq!(
            (&first.body["outcome"], &again.body["outcome"]),
            (&json!("new"), &json!("unchanged"))
        );

        office.hold(&person, "title", "10:00").await.expect_problem(403, "entitlement-required");
        is_refused(claim(&office, &person, "LEA-2027/0816").await);
        let younger = Person { birthdate: "1991-05-17".into(), ..office.person() };
        is_refused(claim(&office, &younger, "LEA-2027/0815").await);
        is_refused(claim(&office, &twin_of_chance(&office), "LEA-2027/0815").await);
        claim(&office, &person, "lea 2027 0815").await.expect(204);
        claim(&office, &person, "LEA-2027/0815").await.expect(204);
        // Once claimed it is no other person's, even of the same name and birthday.
        is_refused(claim(&office, &office.person(), "LEA-2027/0815").await);
        office.hold(&person, "title", "10:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sold_letter_is_worth_nothing_to_who_has_another_name_or_too_weak_a_proof() {
    for office in Office::each_database().await {
        post(&office, posted(&office, "LEA-1")).await.expect(201);
        for (given, family) in [
            ("Zeynep", "Yılmaz"),
            ("Ayşe", "Öztürk"),
            ("Öztürk", "Zeynep"),
            ("", "Öztürk"),
            ("Zeynep", "Ozturk"),
        ] {
            let buyer = Person {
                given_name: (!given.is_empty()).then(|| given.to_owned()),
                family_name: family.to_owned(),
                ..office.person()
            };
            is_refused(claim(&office, &buyer, "LEA-1").await);
        }
        // What a password account says is no proof where the service asks for one.
        let weak = Person { level: vocabulary::TrustLevel::Basic, ..office.person() };
        let refused = claim(&office, &weak, "LEA-1").await.expect_problem(403, "level-too-low");
        assert_eq!(refused.body["required_level"], "high");
        // Neither is a sure statement in the hands of who logged in less surely.
        let body = json!({
            "service": "title", "reference": "LEA-1", "attendee": office.attendee(&office.person()),
        });
        let refused =
            office.post("/v1/entitlements/claim", &office.token(&weak), body.clone()).await;
        refused.expect_problem(422, "attendee-invalid");
        let sure = Person { level: vocabulary::TrustLevel::High, ..weak.clone() };
        let body = with(body, json!({ "attendee": office.attendee(&sure) }));
        let refused = office.post("/v1/entitlements/claim", &office.token(&weak), body).await;
        refused.expect_problem(403, "level-too-low");
        let theirs = Person {
            given_name: Some("ZEYNEP AYŞE".to_owned()),
            family_name: "OEZTUERK".to_owned(),
            ..office.person()
        };
        claim(&office, &theirs, "LEA-1").await.expect(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partial_birth_date_is_read_in_the_persons_favour() {
    for office in Office::each_database().await {
        let cases = [
            ("1990", "1990-05-17", true),
            ("1990-05", "1990-05-17", true),
            ("1990-05-17", "1990", true),
            ("1990-05-17", "1990-05", true),
            ("1990", "1990", true),
            ("1990-05", "1990-06-17", false),
            ("1990-05-17", "1990-06", false),
            ("1991", "1990-05-17", false),
        ];
        for (number, (there, here, agree)) in cases.into_iter().enumerate() {
            let reference = format!("LEA-{number}");
            let it = with(posted(&office, &reference), json!({ "birthdate": there }));
            post(&office, it).await.expect(201);
            let person = Person { birthdate: here.to_owned(), ..office.person() };
            let answer = claim(&office, &person, &reference).await;
            assert_eq!(answer.status == 204, agree, "{there} {here}: {}", answer.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_references_can_be_tried_a_day_however_many_come_at_once() {
    for office in Office::each_database().await {
        let person = office.person();
        post(&office, posted(&office, "LEA-2027/0815")).await.expect(201);
        let reference = |number: u32| format!("LEA-2027/{number:04}");
        let references: Vec<_> = (1..=30).map(reference).collect();
        let guesses = references.iter().map(|reference| claim(&office, &person, reference));
        let guesses = futures_util::future::join_all(guesses).await;
        let statuses: Vec<_> = guesses.iter().map(|answer| answer.status).collect();
        let looked_at = statuses.iter().filter(|status| **status == 404).count();
        assert_eq!((looked_at, statuses.len()), (10, 30), "{statuses:?}");
        // Not even the right one, until the next day.
        let refused = claim(&office, &person, &reference(815)).await;
        let refused = refused.expect_problem(429, "rate-limited");
        let wait: i64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        // Others have tries of their own.
        is_refused(claim(&office, &office.person(), &reference(1)).await);
        let counted = async |name: &str| office.number(&format!("{name}_total")).await;
        assert_eq!(counted("entitlement_tries_exhausted").await, 1);
        assert_eq!(counted("entitlement_unknown_references").await, 11);
        is_refused(claim(&office, &twin_of_chance(&office), &reference(815)).await);
        assert_eq!(counted("entitlement_mismatches").await, 1);
        office.clock.advance(SignedDuration::from_secs(wait));
        claim(&office, &person, &reference(815)).await.expect(204);
        assert_eq!(counted("entitlement_claims").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_claim_a_random_reference_at_once_one_gets_it() {
    for office in Office::each().await {
        let it = with(
            posted(&office, ""),
            json!({ "reference": null, "names": null, "birthdate": null }),
        );
        let issued = post(&office, it).await.expect(201);
        let reference = issued.body["reference"].as_str().unwrap();
        let people: Vec<_> = (0..8).map(|_| twin_of_chance(&office)).collect();
        let claims = people.iter().map(|person| claim(&office, person, reference));
        let claims = futures_util::future::join_all(claims).await;
        let mut statuses: Vec<_> = claims.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409, 409, 409, 409, 409, 409, 409]);
    }
}
