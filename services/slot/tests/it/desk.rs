//! The front desk: check in, call, serve, miss; walk-ins; booking on behalf.

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    office::{ApiResponse, Office, Person},
    store,
};

pub async fn act(office: &Office, token: &str, booking: &str, verb: &str) -> ApiResponse {
    office.post(&format!("/v1/bookings/{booking}/{verb}"), token, json!({})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_runs_from_check_in_to_served_and_frees_the_person() {
    for office in Office::each_database().await {
        let person = office.person();
        let booking = office.book(&person, "passport", "10:00").await;
        let id = booking.id();
        // What is served or missed before its time would let a person stack seats.
        let early = office.clerk(&["small"]);
        let (day, start) = (office.next_week(), format!("{} 10:00", office.next_week()));
        let refused = act(&office, &early, &id, "check-in").await;
        let refused = refused.expect_problem(409, "not-today");
        let said = format!("The appointment is on {start}; this can be noted from {day} 00:00 on.");
        assert_eq!(refused.detail(), Some(said.as_str()));
        assert_eq!(refused.body["start"], booking.body["start"]);
        let refused = act(&office, &early, &id, "miss").await;
        let refused = refused.expect_problem(409, "booking-not-begun");
        assert!(refused.detail().unwrap().ends_with(&format!("from {start} on.")));
        office.come_to(&booking);
        let clerk = office.clerk(&["small"]);
        act(&office, &clerk, &id, "call").await.expect_problem(409, "booking-not-active");
        let path = ["check-in", "call", "park", "call", "requeue", "call", "serve"];
        for verb in path {
            act(&office, &clerk, &id, verb).await.expect(200);
        }
        let served = act(&office, &clerk, &id, "serve").await;
        let served = served.expect_problem(409, "booking-not-active");
        assert_eq!(served.body["current_status"], "served");
        let audited = store::audited(&office.database_url, &id).await;
        assert_eq!(audited.len(), 1 + path.len());
        // The matter is done: the person may book in the group again.
        office.hold(&person, "card", "12:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_who_call_at_the_same_moment_learn_of_each_other() {
    let office = Office::embedded().await;
    let booking = office.book(&office.person(), "passport", "10:00").await;
    office.come_to(&booking);
    let (booking, clerk) = (booking.id(), office.clerk(&["small"]));
    act(&office, &clerk, &booking, "check-in").await.expect(200);
    let calls = (0..8).map(|_| act(&office, &clerk, &booking, "call"));
    let answers = futures_util::future::join_all(calls).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_of_the_location_may_act() {
    let office = Office::embedded().await;
    let person = office.person();
    let id = office.book(&person, "passport", "10:00").await.id();
    act(&office, &office.token(&person), &id, "check-in").await.expect_problem(403, "forbidden");
    let elsewhere = office.clerk(&["large"]);
    act(&office, &elsewhere, &id, "check-in").await.expect_problem(404, "booking-not-found");
    let day = format!("/v1/desk/bookings?location=small&date={}", office.next_week());
    let list = async |token: &str| office.send(Method::GET, &day, token, &[], None).await;
    list(&elsewhere).await.expect_problem(403, "forbidden");
    let seen = list(&office.clerk(&["small"])).await.expect(200);
    assert_eq!(seen.body["bookings"][0]["id"], id);
}

/// With several bookings at the same time, and although those where a part ends are given up meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_parts_is_the_whole_day() {
    for office in Office::each().await {
        let clerk = office.clerk(&["large"]);
        let mut booked = Vec::new();
        for time in ["10:00", "11:00", "10:00", "12:00", "10:00"] {
            let wish =
                json!({"location": "large", "start": office.at(time), "services": ["passport"]});
            let person = office.person();
            let hold = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
            let key = hold.body["hold_id"].as_str().unwrap().to_owned();
            booked.push(office.confirm(&person, &hold, &key).await.expect(201).id());
        }
        let part = async |more: String| {
            let day = office.next_week();
            let path = format!("/v1/desk/bookings?location=large&date={day}{more}");
            office.send(Method::GET, &path, &clerk, &[], None).await
        };
        let ids = |answer: &ApiResponse| -> Vec<String> {
            let bookings = answer.body["bookings"].as_array().unwrap();
            bookings.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        let whole = part(String::new()).await.expect(200);
        assert_eq!(whole.body.get("next"), None);
        assert_eq!(ids(&whole).len(), booked.len());
        let mut seen = Vec::new();
        let mut more = "&limit=2".to_owned();
        loop {
            let answer = part(more).await.expect(200);
            seen.extend(ids(&answer));
            let Some(next) = answer.body["next"].as_str() else { break };
            // The booking that the place refers to goes away.
            let last = format!("/v1/desk/bookings/{}/cancel", seen.last().unwrap());
            office.post(&last, &clerk, json!({})).await.expect(200);
            more = format!("&limit=2&after={next}");
        }
        assert_eq!(seen, ids(&whole));
        for wrong in ["&limit=0", "&limit=501", "&after=2", "&after="] {
            part(wrong.to_owned()).await.expect_problem(400, "invalid-request");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_misses_an_appointment_waits_as_long_as_the_service_states() {
    let office = Office::embedded().await;
    let person = office.person();
    let missed = office.book(&person, "plates", "10:00").await;
    office.come_to(&missed);
    let (missed, clerk) = (missed.id(), office.clerk(&["small"]));
    act(&office, &clerk, &missed, "miss").await.expect(200);
    office.hold(&person, "plates", "12:00").await.expect_problem(409, "cooling-down");
    office.clock.advance(SignedDuration::from_hours(24 * 7 + 1));
    office.hold(&person, "plates", "12:00").await.expect(201);
}

/// Fault: who had been at the office could not book until a job had come to the old appointment.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_binds_its_person_for_twelve_hours_and_is_no_miss_after_that() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "plates", "10:00").await;
    office.come_to(&booking);
    let end: Timestamp = booking.body["end"].as_str().unwrap().parse().unwrap();
    let (hours, second) = (SignedDuration::from_hours(12), SignedDuration::from_secs(1));
    office.clock.advance(end.duration_since(office.clock.now()) + hours - second);
    office.hold(&person, "plates", "12:00").await.expect_problem(409, "already-booked");
    office.clock.advance(second);
    // Whom staff note as not having come waits for a week.
    office.hold(&person, "plates", "12:00").await.expect(201);
    let own = office.bookings_of(&person).await;
    assert_eq!((&own[0]["status"], &own[0]["unnoted"]), (&json!("missed"), &json!(true)));
    let path = format!("/v1/bookings/{}", booking.id());
    let read = office.send(Method::GET, &path, &office.token(&person), &[], None).await;
    let read = read.expect(200).body;
    assert_eq!((&read["unnoted"], &read["history"][1]["what"]), (&json!(true), &json!("closed")));
    // Fault: the desk read that the person had not come.
    assert_eq!(at_desk(&office, &booking).await["unnoted"], json!(true));
}

/// A booking as the desk finds it by its code.
pub async fn at_desk(office: &Office, booking: &ApiResponse) -> Value {
    let path = format!("/v1/desk/bookings?code={}", booking.body["code"].as_str().unwrap());
    let clerk = office.clerk(&["small"]);
    let found = office.send(Method::GET, &path, &clerk, &[], None).await.expect(200);
    found.body["bookings"][0].clone()
}

/// Fault: who was parked when the office closed was bound until a job had come to the appointment twice.
#[tokio::test(flavor = "multi_thread")]
async fn who_was_parked_is_bound_no_longer_than_all_others() {
    for office in Office::each_database().await {
        let person = office.person();
        let booking = office.book(&person, "plates", "10:00").await;
        office.come_to(&booking);
        let clerk = office.clerk(&["small"]);
        for verb in ["check-in", "call", "park"] {
            act(&office, &clerk, &booking.id(), verb).await.expect(200);
        }
        let end: Timestamp = booking.body["end"].as_str().unwrap().parse().unwrap();
        let bound = end.duration_since(office.clock.now()) + SignedDuration::from_hours(12);
        office.clock.advance(bound);
        office.hold(&person, "plates", "12:00").await.expect(201);
        let own = office.bookings_of(&person).await;
        assert_eq!((&own[0]["status"], &own[0]["unnoted"]), (&json!("missed"), &json!(true)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_note_as_missed_is_not_said_to_be_without_a_note() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "plates", "10:00").await;
    office.come_to(&booking);
    act(&office, &office.clerk(&["small"]), &booking.id(), "miss").await.expect(200);
    let path = format!("/v1/bookings/{}", booking.id());
    let read = office.send(Method::GET, &path, &office.token(&person), &[], None).await;
    let read = read.expect(200).body;
    assert_eq!((&read["unnoted"], &read["history"][1]["what"]), (&json!(null), &json!("missed")));
    let found = at_desk(&office, &booking).await;
    assert_eq!((&found["status"], &found["unnoted"]), (&json!("missed"), &json!(null)));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_late_is_queued_again_and_does_not_wait() {
    let office = Office::embedded().await;
    let person = office.person();
    let booking = office.book(&person, "plates", "10:00").await;
    office.come_to(&booking);
    let (id, clerk) = (booking.id(), office.clerk(&["small"]));
    for verb in ["miss", "requeue", "call", "serve"] {
        act(&office, &clerk, &id, verb).await.expect(200);
    }
    office.hold(&person, "plates", "12:00").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_another_appointment_by_now_cannot_be_queued_for_the_missed_one() {
    let office = Office::embedded().await;
    let person = office.person();
    let missed = office.book(&person, "passport", "10:00").await;
    office.come_to(&missed);
    let (missed, clerk) = (missed.id(), office.clerk(&["small"]));
    act(&office, &clerk, &missed, "miss").await.expect(200);
    office.book(&person, "passport", "12:00").await;
    act(&office, &clerk, &missed, "requeue").await.expect_problem(409, "already-booked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_cannot_cancel_what_has_begun_but_the_office_can() {
    let office = Office::embedded().await;
    let person = office.person();
    let id = office.book(&person, "passport", "10:00").await.id();
    let starts_in = office.at("10:00").duration_since(office.clock.now());
    office.clock.advance(starts_in);
    let path = format!("/v1/bookings/{id}/cancel");
    let answer = office.post(&path, &office.token(&person), json!({})).await;
    answer.expect_problem(409, "booking-started");
    // So nothing is said of what would follow.
    let path = format!("/v1/bookings/{id}");
    let read = office.send(Method::GET, &path, &office.token(&person), &[], None).await;
    assert_eq!(read.expect(200).body["giving_up"], json!(null));
    let path = format!("/v1/desk/bookings/{id}/cancel");
    office.post(&path, &office.clerk(&["small"]), json!({})).await.expect(200);
}

/// Fault: the desk cancelled what was over, and the person was told of it by nobody.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_cancels_what_is_over_and_the_desk_notes_how_it_went() {
    let office = Office::embedded().await;
    let id = office.book(&office.person(), "passport", "10:00").await.id();
    let over_in = office.at("12:00").duration_since(office.clock.now());
    office.clock.advance(over_in);
    let (path, clerk) = (format!("/v1/desk/bookings/{id}/cancel"), office.clerk(&["small"]));
    office.post(&path, &clerk, json!({})).await.expect_problem(409, "booking-started");
    act(&office, &clerk, &id, "miss").await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn walk_ins_get_numbers_in_order_each_once() {
    for office in Office::each().await {
        let clerk = office.clerk(&["small"]);
        let wish = json!({ "location": "small", "services": ["passport"] });
        let issue = (0..10).map(|_| office.post("/v1/desk/queue", &clerk, wish.clone()));
        let tickets = futures_util::future::join_all(issue).await;
        let mut numbers: Vec<_> = tickets
            .iter()
            .map(|ticket| ticket.clone().expect(201).body["number"].as_u64())
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=10).map(Some).collect::<Vec<_>>());

        // To call another one before it would be a jump.
        let first = tickets.iter().find(|ticket| ticket.body["number"] == 1).unwrap().id();
        let act = async |verb: &str| {
            let path = format!("/v1/desk/queue/{first}/{verb}");
            office.post(&path, &clerk, json!({})).await
        };
        act("serve").await.expect_problem(409, "ticket-not-active");
        for verb in ["call", "miss", "requeue", "call", "serve"] {
            act(verb).await.expect(200);
        }
        let queue = "/v1/desk/queue?location=small";
        let list = office.send(Method::GET, queue, &clerk, &[], None).await.expect(200);
        assert_eq!(list.body["tickets"].as_array().unwrap().len(), 10);
        let elsewhere = office.clerk(&["large"]);
        office
            .post("/v1/desk/queue", &elsewhere, wish.clone())
            .await
            .expect_problem(403, "forbidden");
    }
}

async fn book_at_desk(office: &Office, clerk: &str, person: &Person, time: &str) -> ApiResponse {
    let attendee = office.attendee(person);
    let wish = json!({
        "attendee": attendee, "location": "small", "start": office.at(time), "services": ["passport"],
    });
    let hold = office.post("/v1/desk/holds", clerk, wish).await;
    if hold.status != 201 {
        return hold;
    }
    let body = json!({
        "hold_token": hold.body["hold_token"], "attendee": attendee, "language": "de",
        "reason": { "code": "no-online-access" },
    });
    let headers = [("Idempotency-Key", hold.body["hold_id"].as_str().unwrap())];
    office.send(Method::POST, "/v1/desk/bookings", clerk, &headers, Some(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_book_for_a_person_without_online_id_and_nobody_gets_two() {
    for office in Office::each().await {
        let (clerk, person) = (office.clerk(&["small"]), office.person());
        let booking = book_at_desk(&office, &clerk, &person, "10:00").await.expect(201);
        // It is the same person when they log in later.
        let seen = &office.bookings_of(&person).await[0];
        assert_eq!(
            (&seen["id"], &seen["booked_by"]["kind"]),
            (&booking.body["id"], &"desk".into())
        );
        office.hold(&person, "card", "12:00").await.expect_problem(409, "already-booked");
        let second = book_at_desk(&office, &clerk, &person, "12:00").await;
        second.expect_problem(409, "already-booked");
        let elsewhere = office.clerk(&["large"]);
        let refused = book_at_desk(&office, &elsewhere, &office.person(), "12:00").await;
        refused.expect_problem(403, "forbidden");
    }
}
