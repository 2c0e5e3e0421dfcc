//! A hold of the desk is confirmed at the desk, and what the person took online is theirs.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    fhir::resources,
    fhir_operations::{operate, parameters, patient, reference},
    honest_desk::{Wanted, approve, with},
    office::{ApiResponse, Office, Person},
    on_behalf::acting,
};

fn reason() -> Value {
    json!({ "code": "no-online-access" })
}

async fn own_holds(office: &Office, token: &str) -> Vec<Value> {
    let answer = office.send(Method::GET, "/v1/holds", token, &[], None).await.expect(200);
    answer.body["holds"].as_array().unwrap().clone()
}

/// The person's own request to hold a time.
async fn wish(office: &Office, token: &str, time: &str) -> ApiResponse {
    let wish = json!({ "location": "large", "start": office.at(time), "services": ["passport"] });
    office.post("/v1/holds", token, wish).await
}

/// A hold of a clerk for this person that waits for a colleague, and the case.
async fn waiting(office: &Office, clerk: &str, person: &Person) -> (Wanted, Value) {
    let wanted = Wanted::new(office, clerk, office.vouched(person), "10:00").await;
    let refused = wanted.confirm_with(office, clerk, reason()).await;
    let refused = refused.expect_problem(403, "second-person-needed");
    (wanted, refused.body["case"].clone())
}

/// Fault: the person confirmed online what a clerk could not book without a colleague.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_colleague_is_confirmed_by_the_desk_alone() {
    for office in Office::each_with(&with("vouched: 0")).await {
        let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
        let person = office.person();
        let token = office.token(&person);
        let (wanted, case) = waiting(&office, &clerk, &person).await;

        let confirmed = office.confirm(&person, &wanted.hold, "key").await;
        let path = format!("/v1/holds/{}/extend", wanted.hold.body["hold_id"].as_str().unwrap());
        let proof = json!({ "hold_token": wanted.hold.body["hold_token"] });
        let extended = office.post(&path, &token, proof).await;
        let (same, other) =
            (wish(&office, &token, "10:00").await, wish(&office, &token, "11:00").await);
        for refused in [confirmed, extended, same, other] {
            let refused = refused.expect_problem(409, "held-by-staff");
            assert_eq!(refused.body["expires_at"], wanted.hold.body["expires_at"]);
            assert!(refused.body["hold_token"].is_null(), "{}", refused.body);
        }
        let seen = own_holds(&office, &token).await.remove(0);
        assert_eq!((&seen["by_staff"], &seen["can_be_extended"]), (&json!(true), &json!(false)));
        assert!(office.bookings_of(&person).await.is_empty());

        approve(&office, &colleague, &case).await.expect(200);
        let booking = wanted.confirm_with(&office, &clerk, reason()).await.expect(201);
        // Who asks once more online finds what the desk has booked.
        let late = office.confirm(&person, &wanted.hold, "key").await.expect(200);
        assert_eq!(late.body["id"], booking.body["id"]);
        assert_eq!(late.body["booked_by"]["kind"], "desk");
        wanted.confirm_with(&office, &clerk, reason()).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_fhir_nobody_books_what_staff_keep_either() {
    for office in Office::each_database_with(&with("vouched: 0")).await {
        let (clerk, person) = (office.clerk(&["large"]), office.person());
        let token = office.token(&person);
        waiting(&office, &clerk, &person).await;
        let listed = office.send(Method::GET, "/fhir/Appointment", &token, &[], None).await;
        let mut held = resources(&listed.expect(200)).remove(0);
        let id = held["id"].as_str().unwrap().to_owned();
        let asked = [("appointment-reference", reference(&id)), patient(&office, &person)];
        let booked = operate(&office, &token, "book", parameters(&asked)).await;
        let booked = booked.expect_outcome(409, "held-by-staff");
        assert!(booked.detail().unwrap().starts_with("Staff keep the appointment at large"));
        let by_program = acting(&office, &person);
        let booked = operate(&office, &by_program, "book", parameters(&asked)).await;
        booked.expect_outcome(422, "hold-invalid");
        assert!(office.bookings_of(&person).await.is_empty());
        // The person gives it up.
        held["status"] = json!("cancelled");
        let asked = parameters(&[("appointment-resource", json!({ "resource": held }))]);
        operate(&office, &token, "book", asked).await.expect(200);
        assert!(own_holds(&office, &token).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_program_of_an_agency_sees_confirms_or_gives_up_what_staff_keep() {
    for office in Office::each_database_with(&with("vouched: 0")).await {
        let (clerk, person) = (office.clerk(&["large"]), office.person());
        let (wanted, _) = waiting(&office, &clerk, &person).await;
        let program = acting(&office, &person);
        assert!(own_holds(&office, &program).await.is_empty());
        wish(&office, &program, "11:00").await.expect_problem(409, "held-by-staff");
        let path = format!("/v1/holds/{}", wanted.hold.body["hold_id"].as_str().unwrap());
        let proof = json!({ "hold_token": wanted.hold.body["hold_token"] });
        let end = async |token: &str| {
            office.send(Method::DELETE, &path, token, &[], Some(proof.clone())).await
        };
        end(&program).await.expect_problem(409, "held-by-staff");
        let body = json!({
            "hold_token": wanted.hold.body["hold_token"], "attendee": office.attendee(&person),
            "language": "de",
        });
        let key = [("Idempotency-Key", "key")];
        let confirmed = office.send(Method::POST, "/v1/bookings", &program, &key, Some(body)).await;
        confirmed.expect_problem(409, "held-by-staff");
        // The person may have another appointment than the one that staff keep.
        end(&office.token(&person)).await.expect(204);
        wish(&office, &office.token(&person), "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_person_holds_or_has_booked_online_is_no_booking_of_the_desk() {
    for office in Office::each_database().await {
        let (clerk, person) = (office.clerk(&["large"]), office.person());
        let hold = wish(&office, &office.token(&person), "10:00").await.expect(201);
        // With their own log-in at the desk, too.
        for attendee in [office.attendee(&person), office.vouched(&person)] {
            let theirs = Wanted { hold: hold.clone(), attendee };
            let refused = theirs.confirm_with(&office, &clerk, reason()).await;
            refused.expect_problem(409, "made-online");
        }
        let booking = office.confirm(&person, &hold, "key").await.expect(201);
        assert!(booking.body["booked_by"].is_null(), "{}", booking.body);
        let again = Wanted { hold, attendee: office.vouched(&person) };
        let refused = again.confirm_with(&office, &clerk, reason()).await;
        refused.expect_problem(409, "made-online");
    }
}
