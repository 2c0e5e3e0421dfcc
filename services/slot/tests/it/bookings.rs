//! Hold, confirm, move, cancel.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    office::{Office, as_listed},
    store,
};

pub fn instant(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

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
async fn a_person_has_one_hold_and_one_active_booking_in_a_group() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        office.hold(&person, "card", "11:00").await.expect_problem(409, "already-holding");
        office.confirm(&person, &hold, "key-1").await.expect(201);
        office.hold(&person, "card", "11:00").await.expect_problem(409, "already-booked");
        // Another group is another matter.
        office.hold(&person, "plates", "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_wish_again_is_the_same_hold_and_another_one_is_told_which_hold_is_in_the_way() {
    for office in Office::each().await {
        let person = office.person();
        let first = office.hold(&person, "passport", "10:00").await.expect(201);
        let again = office.hold(&person, "passport", "10:00").await.expect(201);
        assert_eq!(again.body["hold_id"], first.body["hold_id"]);
        let other = office.hold(&person, "passport", "11:00").await;
        let other = other.expect_problem(409, "already-holding");
        for fact in ["hold_id", "location", "start", "expires_at"] {
            assert_eq!(other.body[fact], first.body[fact], "{fact}");
        }
        let own = office.send(Method::GET, "/v1/holds", &office.token(&person), &[], None).await;
        let own = own.expect(200).body["holds"].clone();
        assert_eq!((own.as_array().unwrap().len(), &as_listed(&own[0])), (1, &again.body));
        let (token, long) = (office.token(&person), "k".repeat(65));
        let (headers, wish) = ([("Idempotency-Key", long.as_str())], json!({}));
        let answer = office.send(Method::POST, "/v1/holds", &token, &headers, Some(wish)).await;
        answer.expect_problem(400, "invalid-request");
        office.confirm(&person, &again, "key-3").await.expect(201);
        let own = office.send(Method::GET, "/v1/holds", &office.token(&person), &[], None).await;
        assert_eq!(own.expect(200).body["holds"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_can_be_extended_once() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let path = format!("/v1/holds/{}/extend", hold.body["hold_id"].as_str().unwrap());
        let extend = async |token: &str, hold_token: &Value| {
            office.post(&path, token, json!({ "hold_token": hold_token })).await
        };
        let thief = office.token(&office.person());
        let stolen = extend(&thief, &hold.body["hold_token"]).await;
        stolen.expect_problem(422, "hold-invalid");
        let token = office.token(&person);
        let longer = extend(&token, &hold.body["hold_token"]).await.expect(200);
        assert!(instant(&longer.body["expires_at"]) >= instant(&hold.body["expires_at"]));
        assert_eq!(
            (&hold.body["can_be_extended"], &longer.body["can_be_extended"]),
            (&json!(true), &json!(false))
        );
        let again = extend(&token, &longer.body["hold_token"]).await;
        again.expect_problem(409, "hold-extended-before");
        office.confirm(&person, &longer, "key-1").await.expect(201);
        let booked = extend(&token, &longer.body["hold_token"]).await;
        booked.expect_problem(410, "hold-expired");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_can_take_a_held_or_booked_seat() {
    for office in Office::each().await {
        let (person, other) = (office.person(), office.person());
        let hold = office.hold(&person, "card", "10:00").await.expect(201);
        for time in ["10:00", "10:10"] {
            office.hold(&other, "passport", time).await.expect_problem(409, "slot-taken");
        }
        office.confirm(&person, &hold, "key-1").await.expect(201);
        let third = office.person();
        office.hold(&third, "passport", "10:10").await.expect_problem(409, "slot-taken");
        office.hold(&third, "passport", "10:20").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_for_what_is_taken_waits_longer_each_time_whatever_the_start() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    office.book(&person, "card", "10:00").await;
    let ask = async |service: &str, time: &str| office.hold(&other, service, time).await;
    ask("passport", "10:00").await.expect_problem(409, "slot-taken");
    // Another service, another start: it is the same desk time.
    let again = ask("card", "10:00").await.expect_problem(429, "asked-too-soon");
    assert_eq!(again.headers["retry-after"], "1");
    office.clock.advance(SignedDuration::from_secs(1));
    ask("card", "10:00").await.expect_problem(409, "slot-taken");
    office.clock.advance(SignedDuration::from_secs(1));
    let again = ask("passport", "10:10").await.expect_problem(429, "asked-too-soon");
    assert_eq!(again.headers["retry-after"], "1");
    // Whatever is free is free at once.
    ask("passport", "10:20").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn rebooking_swaps_in_one_step_and_gives_the_old_seat_back() {
    for office in Office::each().await {
        let (person, other) = (office.person(), office.person());
        let old = office.book(&person, "passport", "10:00").await;
        let wish = json!({
            "location": "small", "start": office.at("12:00"), "services": ["passport"],
            "replaces": old.id(),
        });
        let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
        // Until the new one is won, the old one stays.
        office.hold(&other, "passport", "10:00").await.expect_problem(409, "slot-taken");
        let new = office.confirm(&person, &hold, "key-2").await.expect(201);
        assert_eq!(new.body["replaces"], old.body["id"]);
        assert_eq!(new.body["sequence"], 1);
        office.confirm(&person, &hold, "key-2").await.expect(200);

        office.pass(SignedDuration::from_secs(3)).await;
        office.hold_once_free("passport", "10:00").await;
        office.hold(&person, "card", "14:00").await.expect_problem(409, "already-booked");
        let statuses: Vec<_> =
            office.bookings_of(&person).await.iter().map(|b| b["status"].clone()).collect();
        assert_eq!(statuses, ["rebooked", "confirmed"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_of_somebody_else_or_of_another_group_cannot_be_replaced() {
    let office = Office::embedded().await;
    let (person, other) = (office.person(), office.person());
    let theirs = office.book(&other, "passport", "10:00").await;
    let wish = |service: &str, replaces: &str| {
        json!({
            "location": "small", "start": office.at("12:00"), "services": [service],
            "replaces": replaces,
        })
    };
    let token = office.token(&person);
    let answer = office.post("/v1/holds", &token, wish("passport", &theirs.id())).await;
    answer.expect_problem(404, "booking-not-found");
    let answer =
        office.post("/v1/holds", &office.token(&other), wish("plates", &theirs.id())).await;
    answer.expect_problem(422, "services-not-combinable");
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
async fn a_repeat_says_what_is_true_now_and_another_request_is_no_repeat() {
    for office in Office::each().await {
        let person = office.person();
        let hold = office.hold(&person, "passport", "10:00").await.expect(201);
        let booking = office.confirm(&person, &hold, "key-1").await.expect(201);
        office.confirm(&person, &hold, "key-1").await.expect(200);
        let path = format!("/v1/bookings/{}/cancel", booking.id());
        office.post(&path, &office.token(&person), json!({})).await.expect(200);
        let again = office.confirm(&person, &hold, "key-1").await.expect(200);
        assert_eq!((again.id(), &again.body["status"]), (booking.id(), &json!("cancelled")));
        let other = office.confirm(&person, &hold, "key-2").await;
        let other = other.expect_problem(409, "booking-not-active");
        assert_eq!(other.body["current_status"], "cancelled");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_can_be_repeated_with_its_key_and_with_no_other() {
    for office in Office::each().await {
        let person = office.person();
        let (first, token) =
            (office.book(&person, "passport", "10:00").await, office.token(&person));
        let cancel = async |id: &str, key: &str| {
            let path = format!("/v1/bookings/{id}/cancel");
            office.send(Method::POST, &path, &token, &[("Idempotency-Key", key)], None).await
        };
        let cancelled = cancel(&first.id(), "give-up").await.expect(200);
        assert_eq!(cancelled.body["status"], "cancelled");
        assert_eq!(cancel(&first.id(), "give-up").await.expect(200).body, cancelled.body);
        cancel(&first.id(), "other").await.expect_problem(409, "booking-not-active");
        // The key stands for this request alone: the next booking stays.
        let second = office.book(&person, "passport", "11:00").await;
        cancel(&second.id(), "give-up").await.expect_problem(422, "idempotency-mismatch");
        assert_eq!(office.bookings_of(&person).await[1]["status"], "confirmed");
        cancel(&second.id(), "give up").await.expect_problem(400, "invalid-request");
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
    let office = Office::embedded_with(&crate::office::CATALOGUE.replace(card, &strict)).await;
    let person = office.person();
    let hold = office.hold(&person, "card", "10:00").await.expect(201);
    let by_password =
        crate::office::Person { level: vocabulary::TrustLevel::Basic, ..person.clone() };
    office.confirm(&by_password, &hold, "key-1").await.expect_problem(403, "level-too-low");
    office.confirm(&person, &hold, "key-2").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_card_booked_a_password_neither_shows_nor_cancels_nor_moves() {
    let card = "name: {de: Personalausweis}";
    let strict = format!("{card}\n      rules: {{trustLevel: {{atLeast: high}}}}");
    let office = Office::embedded_with(&crate::office::CATALOGUE.replace(card, &strict)).await;
    let person = office.person();
    let by_password =
        crate::office::Person { level: vocabulary::TrustLevel::Basic, ..person.clone() };
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

#[tokio::test(flavor = "multi_thread")]
async fn availability_shows_a_hold_within_a_second() {
    for office in Office::each().await {
        let path = format!(
            "/v1/availability/slots?service=passport&location=small&date={}",
            office.next_week()
        );
        let starts = async || {
            let answer = office.read(&path).await.expect(200);
            let slots = answer.body["slots"].as_array().unwrap().clone();
            slots.iter().map(|slot| instant(&slot["start"])).collect::<Vec<_>>()
        };
        let ten = office.at("10:00");
        assert!(starts().await.contains(&ten));
        office.hold(&office.person(), "passport", "10:00").await.expect(201);
        testkit::eventually(Duration::from_secs(1), async || {
            (!starts().await.contains(&ten)).then_some(())
        })
        .await;
    }
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
