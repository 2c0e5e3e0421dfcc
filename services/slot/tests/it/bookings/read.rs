//! A person reads their appointments, and no one else does.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use super::instant;
use crate::office::{CATALOGUE, Office, Person};

#[tokio::test(flavor = "multi_thread")]
async fn the_name_is_stored_encrypted_and_only_the_desk_reads_it() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "passport", "10:00").await;
    assert!(!booking.body.to_string().contains("Zeynep"));
    for file in ["slot.sqlite", "slot.sqlite-wal"] {
        let path = office.database_url.trim_start_matches("sqlite://");
        let path = path.replace("slot.sqlite?mode=rwc", file);
        let bytes = std::fs::read(path).unwrap_or_default();
        assert!(!bytes.windows(6).any(|window| window == b"Zeynep"), "{file}");
    }
    let code = booking.body["code"].as_str().unwrap();
    let path = format!("/v1/desk/bookings?code={}", code.to_lowercase().replace('-', ""));
    let found = office.send(Method::GET, &path, &office.clerk(&["small"]), &[], None).await;
    let found = &found.expect(200).body["bookings"][0];
    assert_eq!(found["attendee"]["given_name"], "Zeynep");
    assert_eq!(found["desk"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_and_their_seats_outlive_a_restart() {
    let mut office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let booking = office.book(&person, "passport", "10:00").await;
    office.restart().await;
    assert_eq!(office.bookings_of(&person).await, [booking.body]);
    office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
    office.hold(&person, "card", "12:00").await.expect_problem(409, "already-booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_card_booked_a_password_neither_shows_nor_cancels_nor_moves() {
    let card = "name: {de: Personalausweis}";
    let strict = format!("{card}\n      rules: {{trustLevel: {{atLeast: high}}}}");
    let office = Office::embedded_with(&CATALOGUE.replace(card, &strict)).await;
    let person = office.person();
    let by_password = Person { level: vocabulary::TrustLevel::Basic, ..person.clone() };
    let hold = office.hold(&person, "card", "10:00").await.expect(201);
    let booked = office.confirm(&person, &hold, "key-1").await.expect(201);
    let path = format!("/v1/bookings/{}", booked.body["id"].as_str().unwrap());
    let token = office.token(&by_password);
    office.send(Method::GET, &path, &token, &[], None).await.expect_problem(403, "level-too-low");
    let cancel = format!("{path}/cancel");
    office.post(&cancel, &token, json!({})).await.expect_problem(403, "level-too-low");
    let own = office.send(Method::GET, "/v1/bookings", &token, &[], None).await.expect(200);
    assert_eq!(own.body, json!({ "bookings": [], "all_from_level": "high" }));
    let move_it = json!({
        "location": "small", "start": office.at("10:30"), "services": ["passport"],
        "replaces": booked.body["id"],
    });
    let refused = office.post("/v1/holds", &token, move_it).await;
    assert!(refused.status >= 400, "{}", refused.body);
    let own = office
        .send(Method::GET, "/v1/bookings", &office.token(&person), &[], None)
        .await
        .expect(200);
    assert_eq!(own.body["bookings"][0]["status"], "confirmed");
    assert!(own.body.get("all_from_level").is_none());
    office.post(&cancel, &office.token(&person), json!({})).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_tells_its_person_what_happened_to_it() {
    for office in Office::each_database().await {
        let person = office.person();
        let token = office.token(&person);
        let booked = office.book(&person, "passport", "10:00").await;
        office.pass(SignedDuration::from_mins(1)).await;
        let later = json!({
            "location": "small", "start": office.at("11:00"), "services": ["passport"],
            "replaces": booked.id(),
        });
        let hold = office.post("/v1/holds", &token, later).await.expect(201);
        let moved = office.confirm(&person, &hold, "move").await.expect(201);
        office.pass(SignedDuration::from_mins(1)).await;
        let path = format!("/v1/bookings/{}/cancel", moved.id());
        office.post(&path, &token, json!({})).await.expect(200);
        for id in [booked.id(), moved.id()] {
            let path = format!("/v1/bookings/{id}");
            let read = office.send(Method::GET, &path, &token, &[], None).await.expect(200).body;
            let history = read["history"].as_array().unwrap();
            let what: Vec<_> =
                history.iter().map(|event| event["what"].as_str().unwrap()).collect();
            assert_eq!(what, ["booked", "moved", "cancelled"]);
            assert_eq!(instant(&history[1]["start"]), office.at("11:00"));
            assert!(instant(&history[0]["at"]) < instant(&history[2]["at"]));
            assert!(history[2]["by_office"].is_null());
        }
        // What the office cancels is said to be so.
        let booked = office.book(&person, "passport", "12:00").await;
        let path = format!("/v1/desk/bookings/{}/cancel", booked.id());
        office.post(&path, &office.clerk(&["small"]), json!({})).await.expect(200);
        let path = format!("/v1/bookings/{}", booked.id());
        let read = office.send(Method::GET, &path, &token, &[], None).await.expect(200).body;
        assert_eq!(read["history"][1]["by_office"], true);
    }
}
