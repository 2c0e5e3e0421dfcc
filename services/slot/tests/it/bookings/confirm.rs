//! A person confirms what they hold.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::instant;
use crate::{
    office::{CATALOGUE, Office, Person},
    store,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_holds_a_slot_and_confirms_it_and_sees_it() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        assert_eq!(instant(&hold.body["start"]), office.at("10:00"));
        assert_eq!(instant(&hold.body["end"]), office.at("10:10"));

        let booking = office.confirm(&person, &hold, "key-1").await.expect(201);
        assert_eq!(booking.body["status"], "confirmed");
        assert_eq!(booking.body["services"], json!(["passport"]));
        assert_eq!(booking.body["sequence"], 0);
        assert_eq!(office.bookings_of(&person).await, std::slice::from_ref(&booking.body));
        let path = format!("/v1/bookings/{}", booking.id());
        let read = office.send(Method::GET, &path, &office.token(&person), &[], None).await;
        let mut read = read.expect(200).body;
        let own = read.as_object_mut().unwrap();
        // Alone it says besides for whom it is and what happened to it.
        let person = json!({ "given_name": "Zeynep", "family_name": "Öztürk" });
        assert_eq!(own.remove("person"), Some(person));
        let history = own.remove("history").unwrap();
        assert_eq!((&history[0]["what"], &history[1]), (&json!("booked"), &Value::Null));
        assert_eq!(own.remove("giving_up"), Some(json!({})), "nothing is limited");
        assert_eq!(read, booking.body);
        let audited = store::audited(&office.database_url, &booking.id()).await;
        assert_eq!(audited, ["booking.confirmed"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_again_gives_the_same_answer_and_no_second_booking() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let first = office.confirm(&person, &hold, "key-1").await.expect(201);
        let same_key = office.confirm(&person, &hold, "key-1").await.expect(200);
        let other_key = office.confirm(&person, &hold, "key-2").await.expect(200);
        assert_eq!((&same_key.body, &other_key.body), (&first.body, &first.body));
        assert_eq!(office.bookings_of(&person).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_is_repeated_after_the_hold_expired_still_gets_its_answer() {
    let office = Office::embedded().await;
    let person = office.person();
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let first = office.confirm(&person, &hold, "key-1").await.expect(201);
    office.clock.advance(SignedDuration::from_mins(30));
    let again = office.confirm(&person, &hold, "key-1").await.expect(200);
    assert_eq!(again.body, first.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_with_another_request_is_refused() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        office.confirm(&person, &hold, "key-1").await.expect(201);
        let other = office.hold(&person, "plates", "11:00").await.expect(201);
        let mixed = office.confirm(&person, &other, "key-1").await;
        mixed.expect_problem(422, "idempotency-mismatch");
        assert_eq!(office.bookings_of(&person).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_at_the_confirm_is_free_to_try_another_slot() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        // Another person's booking is in the database, unknown to the holds.
        store::take_seat(&office.database_url, office.at("10:00"), office.at("10:10")).await;
        office.confirm(&person, &hold, "key-1").await.expect_problem(409, "slot-taken");
        office.hold(&person, "passport", "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_booked_after_its_time_though_the_hold_is_in_force() {
    let office = Office::embedded().await;
    let person = office.person();
    let until_shortly_before = office.at("09:55").duration_since(office.clock.now());
    let start = office.at("10:00");
    office.clock.advance(until_shortly_before);
    let wish = json!({ "location": "small", "start": start, "services": ["card"] });
    let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
    office.clock.advance(SignedDuration::from_secs(5 * 60 + 10));
    office.confirm(&person, &hold, "key-1").await.expect_problem(422, "slot-in-past");
    assert_eq!(office.bookings_of(&person).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_level_of_the_log_in_counts_at_the_confirm_as_at_the_hold() {
    let card = "name: {de: Personalausweis}";
    let strict = format!("{card}\n      rules: {{trustLevel: {{atLeast: high}}}}");
    let office = Office::embedded_with(&CATALOGUE.replace(card, &strict)).await;
    let person = office.person();
    let hold = office.hold(&person, "card", "10:00").await.expect(201);
    let by_password = Person { level: vocabulary::TrustLevel::Basic, ..person.clone() };
    office.confirm(&by_password, &hold, "key-1").await.expect_problem(403, "level-too-low");
    office.confirm(&person, &hold, "key-2").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_hold_token_cannot_be_confirmed() {
    let office = Office::embedded().await;
    let (person, thief) = (office.person(), office.person());
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    office.confirm(&thief, &hold, "key-1").await.expect_problem(422, "hold-invalid");
    let body = json!({
        "hold_token": hold.body["hold_token"], "attendee": office.attendee(&thief), "language": "de",
    });
    let headers = [("Idempotency-Key", "key-2")];
    let token = office.token(&person);
    let answer = office.send(Method::POST, "/v1/bookings", &token, &headers, Some(body)).await;
    answer.expect_problem(422, "attendee-invalid");
    assert_eq!(office.bookings_of(&person).await, Vec::<Value>::new());
}
