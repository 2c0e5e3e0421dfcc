//! An agency's program books for a person who allowed it.

use auth::{AccessClaims, ActingAgency, scope};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use vocabulary::TrustLevel;

use crate::{
    office::{ApiResponse, Office, Person, as_listed},
    store,
};

const AGENCY: &str = "lea-akte";

/// An exchanged token of the program for this person.
pub fn acting(office: &Office, person: &Person) -> String {
    let claims = office.access_claims(person.pseudonym.to_string());
    let client: ids::ClientId = AGENCY.parse().unwrap();
    let act = ActingAgency { client: client.clone(), name: "Ausländerakte".to_owned() };
    office.sign(&AccessClaims {
        acr: Some(person.level),
        client_id: client,
        scope: scope::BOOKINGS_WRITE_ON_BEHALF.to_owned(),
        act: Some(act),
        ..claims
    })
}

async fn hold(office: &Office, person: &Person, time: &str, replaces: Option<&str>) -> ApiResponse {
    let mut wish =
        json!({ "location": "small", "start": office.at(time), "services": ["passport"] });
    if let Some(replaces) = replaces {
        wish["replaces"] = replaces.into();
    }
    office.post("/v1/holds", &acting(office, person), wish).await
}

async fn confirm(
    office: &Office,
    person: &Person,
    hold: &ApiResponse,
    attendee: &Person,
) -> ApiResponse {
    let body = json!({
        "hold_token": hold.body["hold_token"], "attendee": office.attendee(attendee), "language": "de",
    });
    let headers = [("Idempotency-Key", "key")];
    let token = acting(office, person);
    office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body)).await
}

async fn book(office: &Office, person: &Person, time: &str) -> ApiResponse {
    let hold = hold(office, person, time, None).await.expect(201);
    confirm(office, person, &hold, person).await.expect(201)
}

fn by_agency() -> Value {
    json!({ "kind": "agency", "client": AGENCY, "name": "Ausländerakte" })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_person_sees_who_booked_and_the_audit_log_names_both() {
    for office in Office::each().await {
        let person = office.person();
        let held = hold(&office, &person, "10:00", None).await.expect(201);
        let booking = confirm(&office, &person, &held, &person).await.expect(201);
        assert_eq!(booking.body["booked_by"], by_agency());
        assert_eq!(office.bookings_of(&person).await, std::slice::from_ref(&booking.body));
        let again = confirm(&office, &person, &held, &person).await.expect(200);
        assert_eq!(again.body, booking.body);

        // The program follows and cancels it, as the person could.
        let path = format!("/v1/bookings/{}", booking.id());
        let token = acting(&office, &person);
        let read = office.send(Method::GET, &path, &token, &[], None).await.expect(200);
        assert_eq!(as_listed(&read.body), booking.body);
        let list = office.send(Method::GET, "/v1/bookings", &token, &[], None).await.expect(200);
        assert_eq!(list.body["bookings"][0], booking.body);
        office.send(Method::POST, &format!("{path}/cancel"), &token, &[], None).await.expect(200);

        let both = format!("agency:{AGENCY} for citizen:{}", person.pseudonym);
        let url = &office.database_url;
        let hold_id = held.body["hold_id"].as_str().unwrap();
        let of_hold = store::audited_by(url, hold_id).await;
        assert_eq!(of_hold, [("hold.taken".to_owned(), both.clone())]);
        let mut of_booking = store::audited_by(url, &booking.id()).await;
        // The embedded office's clock stands still.
        of_booking.sort();
        let expected = ["booking.cancelled", "booking.confirmed"];
        assert_eq!(of_booking, expected.map(|action| (action.to_owned(), both.clone())));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_do_themselves_names_nobody_else() {
    let office = Office::embedded().await;
    let person = office.person();
    let held = office.hold(&person, "passport", "10:00").await.expect(201);
    let booking = office.confirm(&person, &held, "key").await.expect(201);
    assert!(booking.body.get("booked_by").is_none(), "{}", booking.body);
    let hold_id = held.body["hold_id"].as_str().unwrap();
    assert!(store::audited_by(&office.database_url, hold_id).await.is_empty());
    let by = store::audited_by(&office.database_url, &booking.id()).await;
    assert_eq!(by[0].1, format!("citizen:{}", person.pseudonym));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_human_has_one_booking_whoever_books() {
    for office in Office::each().await {
        let person = office.person();
        book(&office, &person, "10:00").await;
        office.hold(&person, "card", "12:00").await.expect_problem(409, "already-booked");
        hold(&office, &person, "12:00", None).await.expect_problem(409, "already-booked");
        let other = office.person();
        office.book(&other, "passport", "11:00").await;
        hold(&office, &other, "12:00", None).await.expect_problem(409, "already-booked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_acts_for_the_person_of_its_token_only() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let theirs = office.book(&other, "passport", "11:00").await.id();
    let token = acting(&office, &person);
    let path = format!("/v1/bookings/{theirs}");
    let read = office.send(Method::GET, &path, &token, &[], None).await;
    read.expect_problem(404, "booking-not-found");
    let cancel = office.send(Method::POST, &format!("{path}/cancel"), &token, &[], None).await;
    cancel.expect_problem(404, "booking-not-found");
    let swap = hold(&office, &person, "12:00", Some(&theirs)).await;
    swap.expect_problem(404, "booking-not-found");

    let held = hold(&office, &person, "10:00", None).await.expect(201);
    let named = confirm(&office, &person, &held, &other).await;
    named.expect_problem(422, "attendee-invalid");
    let taken = confirm(&office, &other, &held, &other).await;
    taken.expect_problem(422, "hold-invalid");
    // Nor is it staff, or an agency in its own name.
    let desk = office.send(Method::GET, "/v1/desk/bookings?code=K7QD3XHM", &token, &[], None).await;
    desk.expect_problem(403, "forbidden");
    let entitlements = json!({ "entitlements": [] });
    let posted = office.post("/v1/entitlements/batch", &token, entitlements).await;
    posted.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_are_those_for_the_person() {
    let office = Office::embedded().await;
    let weak = Person { level: TrustLevel::Basic, ..office.person() };
    let own = office.hold(&weak, "title", "10:00").await;
    let own = own.expect_problem(403, "level-too-low");
    let wish = json!({ "location": "small", "start": office.at("10:00"), "services": ["title"] });
    let refused = office.post("/v1/holds", &acting(&office, &weak), wish).await;
    assert_eq!((refused.status, &refused.body), (403, &own.body));

    let person = office.person();
    let booking = book(&office, &person, "10:00").await;
    office.clock.advance(SignedDuration::from_hours(7 * 24 + 1));
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    let late = office.send(Method::POST, &path, &acting(&office, &person), &[], None).await;
    late.expect_problem(409, "booking-started");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_moves_a_booking_has_booked_the_new_one() {
    for office in Office::each().await {
        let person = office.person();
        let first = office.book(&person, "passport", "10:00").await;
        let held = hold(&office, &person, "11:00", Some(&first.id())).await.expect(201);
        let moved = confirm(&office, &person, &held, &person).await.expect(201);
        assert_eq!(
            (&moved.body["booked_by"], &moved.body["replaces"]),
            (&by_agency(), &first.body["id"])
        );

        let wish = json!({
            "location": "small", "start": office.at("12:00"), "services": ["passport"],
            "replaces": moved.id(),
        });
        let held = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
        // The same key as the program's: keys are per caller.
        let back = office.confirm(&person, &held, "key").await.expect(201);
        assert!(back.body.get("booked_by").is_none(), "{}", back.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_cannot_be_written_down_is_given_back() {
    let office = Office::embedded().await;
    store::run(&office.database_url, "ALTER TABLE audit RENAME TO lost").await;
    let refused = hold(&office, &office.person(), "10:00", None).await;
    assert!(refused.status >= 500, "{}", refused.body);
    office.pass(SignedDuration::from_secs(60)).await;
    office.hold_once_free("passport", "10:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_hold_is_written_down_and_its_seat_returns() {
    for office in Office::each().await {
        let person = office.person();
        let held = hold(&office, &person, "10:00", None).await.expect(201);
        let id = held.body["hold_id"].as_str().unwrap();
        let proof = json!({ "hold_token": held.body["hold_token"] });
        let (path, token) = (format!("/v1/holds/{id}"), acting(&office, &person));
        office.send(Method::DELETE, &path, &token, &[], Some(proof)).await.expect(204);
        office.pass(SignedDuration::from_secs(60)).await;
        office.hold_once_free("passport", "10:00").await;
        let mut audited = store::audited(&office.database_url, id).await;
        audited.sort();
        assert_eq!(audited, ["hold.released", "hold.taken"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_claims_an_entitlement_for_the_person() {
    let office = Office::embedded().await;
    let person = office.person();
    let posted = json!({
        "service": "title", "reference": "LEA-1", "birthdate": person.birthdate,
        "names": [{ "given_name": person.given_name, "family_name": person.family_name }],
        "valid_until": "2027-12-31T23:59:59+01:00",
    });
    office.post("/v1/entitlements", &office.agency("entitlements:write"), posted).await.expect(201);
    let claim = json!({
        "service": "title", "reference": "LEA-1", "attendee": office.attendee(&person),
    });
    let token = acting(&office, &person);
    office.post("/v1/entitlements/claim", &token, claim).await.expect(204);
    office.hold(&person, "title", "10:00").await.expect(201);
    let by = store::audited_by(&office.database_url, &person.pseudonym.to_string()).await;
    let both = format!("agency:{AGENCY} for citizen:{}", person.pseudonym);
    assert_eq!(by, [("entitlement.claimed".to_owned(), both)]);
}
