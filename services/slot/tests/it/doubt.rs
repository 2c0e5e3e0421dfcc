//! A case stops no one: a person whose identity is in doubt has one booking.

use ambient::{SystemClock, SystemEntropy};
use ids::DoubtId;
use messaging::Event;
use proto::person::v1::PersonResolved;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    events::{hear, merged},
    office::{ApiResponse, Office, Person},
};

const DOUBT: DoubtId = DoubtId::from_bits(7);

async fn at_desk(office: &Office, booking: &ApiResponse) -> Value {
    let code = booking.body["code"].as_str().unwrap();
    let path = format!("/v1/desk/bookings?code={code}");
    let found = office.send(Method::GET, &path, &office.clerk(&["small"]), &[], None).await;
    found.expect(200).body["bookings"][0].clone()
}

fn resolved(office: &Office, person: &Person, proof: &str) -> Event {
    let pseudonym = person.pseudonym.to_string();
    let message = PersonResolved { pseudonym: pseudonym.clone(), proof: proof.to_owned() };
    Event::new(&office.authority, pseudonym, &message, &SystemClock, &SystemEntropy)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_in_doubt_has_one_booking_in_all_and_the_desk_sees_why() {
    for office in Office::each().await {
        let (person, other) = (office.person_in(DOUBT), office.person());
        let booking = office.book(&person, "passport", "10:00").await;
        assert_eq!(booking.body["identity_check"], true);
        let refused = office.hold(&person, "plates", "11:00").await;
        refused.expect_problem(409, "identity-in-doubt");
        let seen = at_desk(&office, &booking).await;
        assert_eq!(seen["identity_check"], true);
        assert_eq!(seen["pseudonym"], person.pseudonym.to_string());
        // Nothing of the kind is said of anybody else, who books as ever.
        let certain = office.book(&other, "passport", "12:00").await;
        assert!(certain.body.get("identity_check").is_none());
        assert!(at_desk(&office, &certain).await.get("pseudonym").is_none());
        office.book(&other, "plates", "13:00").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_moved_and_given_up_for_another_one() {
    for office in Office::each().await {
        let person = office.person_in(DOUBT);
        let booking = office.book(&person, "passport", "10:00").await;
        let wish = json!({
            "location": "small", "start": office.at("11:00"), "services": ["passport"],
            "replaces": booking.id(),
        });
        let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
        let moved = office.confirm(&person, &hold, "move").await.expect(201);
        assert_eq!(moved.body["identity_check"], true);
        let again = office.confirm(&person, &hold, "move").await.expect(200);
        assert_eq!(again.id(), moved.id());
        let path = format!("/v1/bookings/{}/cancel", moved.id());
        office.post(&path, &office.token(&person), json!({})).await.expect(200);
        office.book(&person, "plates", "12:00").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_are_in_one_doubt_they_have_one_booking_together() {
    for office in Office::each().await {
        let (first, second) = (office.person_in(DOUBT), office.person_in(DOUBT));
        // Both hold before either confirms: the database decides.
        let early = office.hold(&first, "passport", "10:00").await.expect(201);
        let late = office.hold(&second, "plates", "11:00").await.expect(201);
        let booking = office.confirm(&first, &early, "first").await.expect(201);
        let refused = office.confirm(&second, &late, "second").await;
        let refused = refused.expect_problem(409, "identity-in-doubt");
        assert!(!refused.body.to_string().contains(&booking.id()), "it is not their booking");
        let third = office.person_in(DOUBT);
        office.hold(&third, "plates", "12:00").await.expect_problem(409, "identity-in-doubt");
        assert!(office.bookings_of(&second).await.is_empty());
        let elsewhere = office.person_in(DoubtId::from_bits(8));
        office.book(&elsewhere, "plates", "12:00").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_once_from_many_log_ins_it_is_still_one() {
    for office in Office::each().await {
        let people: Vec<_> = (0..6).map(|_| office.person_in(DOUBT)).collect();
        let mut holds = Vec::new();
        for (number, person) in people.iter().enumerate() {
            let start = format!("{}:{}0", 10 + number / 6, number % 6);
            holds.push(office.hold(person, "passport", &start).await.expect(201));
        }
        let confirms = people.iter().zip(&holds).map(|(person, hold)| {
            let office = &office;
            async move { office.confirm(person, hold, &person.pseudonym.to_string()).await.status }
        });
        let statuses = futures_util::future::join_all(confirms).await;
        let booked = statuses.iter().filter(|status| **status == 201).count();
        assert_eq!(booked, 1, "{statuses:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_turns_out_to_be_nobody_else_is_like_everybody() {
    let office = Office::embedded().await;
    let person = office.person_in(DOUBT);
    let booking = office.book(&person, "passport", "10:00").await;
    for forged in [String::new(), office.token(&person), office.resolution(&office.person())] {
        hear(&office, resolved(&office, &person, &forged)).await;
        assert_eq!(at_desk(&office, &booking).await["identity_check"], true);
    }
    hear(&office, resolved(&office, &person, &office.resolution(&person))).await;
    assert!(at_desk(&office, &booking).await.get("identity_check").is_none());
    let certain = Person { doubt: None, ..person };
    office.book(&certain, "plates", "11:00").await;
    // Others in that doubt may book now.
    office.book(&office.person_in(DOUBT), "passport", "12:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_turns_out_to_be_somebody_known_keeps_one_booking_in_a_group() {
    let office = Office::embedded().await;
    let (known, person) = (office.person(), office.person_in(DOUBT));
    let first = office.book(&known, "passport", "10:00").await;
    let second = office.book(&person, "passport", "11:00").await;
    let proof = office.merge(&known, &person);
    hear(&office, merged(&office, &known, &person, &proof)).await;
    let bookings = office.bookings_of(&known).await;
    let state = |id: &str| {
        bookings.iter().find(|it| it["id"] == id).map(|it| it["status"].clone()).unwrap()
    };
    assert_eq!(state(&first.id()), "confirmed");
    assert_eq!(state(&second.id()), "cancelled");
    assert!(bookings.iter().all(|booking| booking.get("identity_check").is_none()));
}
