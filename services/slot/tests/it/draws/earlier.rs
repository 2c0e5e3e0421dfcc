//! Draws among persons who have an appointment and want an earlier one.

use draw::check::Finding;
use proto::{
    booking::v1::BookingRebooked,
    draw::v1::{EntryNotDrawn, NotDrawnBecause},
};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{Death, Drawing, holds};
use crate::{
    events::{listen, merge, next},
    office::{ApiResponse, CATALOGUE, Office, Person},
    store,
};

/// After the week that is drawn, which begins on Monday 18 January.
const LATE: &str = "2027-01-27T10:00:00+01:00";

/// The office gives the dates of `title`, and draws earlier ones among those who have one.
fn catalogue() -> String {
    let title = "      name: {de: Aufenthaltstitel}\n";
    let assigned = "      allocation: assign\n      draw: {opensOn: monday, opensAt: \"08:00\", \
                    entrants: with-appointment}\n";
    CATALOGUE.replacen(title, &format!("{title}{assigned}"), 1)
}

async fn each() -> Vec<Drawing> {
    let offices = Office::standing_on_each(&catalogue()).await;
    offices.into_iter().map(|office| Drawing { office }).collect()
}

/// A person who has proven an application on file, without a date.
async fn applicant(office: &Office, reference: &str) -> (Person, String) {
    let person = office.person();
    let valid_until = office.clock.now() + jiff::SignedDuration::from_hours(24 * 90);
    let body = json!({
        "service": "title", "reference": reference, "birthdate": "1990-05-17",
        "names": [{ "given_name": "Zeynep", "family_name": "Öztürk" }], "valid_until": valid_until,
    });
    let agency = office.agency("entitlements:write");
    let id = office.post("/v1/entitlements", &agency, body).await.expect(201).id();
    let claim = json!({
        "service": "title", "reference": reference, "attendee": office.attendee(&person),
    });
    office.post("/v1/entitlements/claim", &office.token(&person), claim).await.expect(204);
    (person, id)
}

/// The same with an appointment at that time, which the office gave.
async fn appointed(office: &Office, reference: &str, start: &str) -> (Person, ApiResponse) {
    let (person, application) = applicant(office, reference).await;
    let booking = dated(office, &person, &application, start).await;
    (person, booking)
}

/// The appointment of an applicant at that time, which the office gave.
async fn dated(office: &Office, person: &Person, application: &str, start: &str) -> ApiResponse {
    let agency = office.agency("entitlements:write");
    let path = format!("/v1/entitlements/{application}/date");
    let wanted = json!({ "location": "small", "start": start });
    let date = office.post(&path, &agency, wanted).await.expect(201).id();
    let body = json!({ "attendee": office.attendee(person), "language": "en" });
    let path = format!("/v1/assigned-dates/{date}/accept");
    office.post(&path, &office.token(person), body).await.expect(201)
}

async fn cancel(office: &Office, person: &Person, booking: &ApiResponse) {
    let path = format!("/v1/bookings/{}/cancel", booking.id());
    office.post(&path, &office.token(person), json!({})).await.expect(200);
}

async fn active(office: &Office, person: &Person) -> Vec<Value> {
    let all = office.bookings_of(person).await;
    all.into_iter().filter(|booking| booking["status"] == "confirmed").collect()
}

async fn not_drawn(events: &mut UnboundedReceiver<messaging::Event>) -> EntryNotDrawn {
    loop {
        if let Ok(told) = next(events).await.message::<EntryNotDrawn>() {
            return told;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_date_wins_an_earlier_one_and_gives_theirs_back_in_the_same_step() {
    for drawing in each().await {
        let office = &drawing.office;
        let id = drawing.announced("title").await;
        assert_eq!(drawing.draw(&id).await["draw"]["needs_appointment"], true);
        let (person, old) = appointed(office, "LEA-1", LATE).await;
        let entry = drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
        // No wish reaches the day of the appointment.
        assert_eq!(entry.body["wishes"][0]["until"], "2027-01-26");
        let mut events = listen(office);
        drawing.close();
        drawing.until(&id, "settled").await;

        let own = drawing.own(&id, &person).await.expect(200).body;
        assert_eq!(own["status"], "booked", "{own}");
        let now = active(office, &person).await;
        assert_eq!(now.len(), 1);
        assert_eq!(now[0]["id"], own["booking"]);
        assert_eq!(now[0]["start"], "2027-01-18T08:00:00+01:00");
        assert_eq!(now[0]["replaces"], old.body["id"]);
        assert_eq!(now[0]["series_id"], old.body["series_id"]);
        let moved = loop {
            if let Ok(moved) = next(&mut events).await.message::<BookingRebooked>() {
                break moved;
            }
        };
        assert_eq!(moved.replaced_booking_id, old.id());
        assert!(moved.drawn, "a mail says that it was won");
        holds(&drawing.proof(&id).await, &[(person, entry)]);
        // The old seat and what was left over go the one way; nobody else has them meanwhile.
        let kinds = store::kinds(&office.database_url).await;
        assert_eq!(kinds.get("booking"), Some(&1), "{kinds:?}");
        assert!(!kinds.contains_key("draw_pool") && !kinds.contains_key("closed"), "{kinds:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_has_a_later_appointment_can_enter() {
    for drawing in each().await {
        let office = &drawing.office;
        let id = drawing.announced("title").await;
        let (without, _) = applicant(office, "LEA-1").await;
        let (early, _) = appointed(office, "LEA-2", "2027-01-13T10:00:00+01:00").await;
        for person in [&without, &early] {
            let refused = drawing.enter(&id, person, json!([{}]), "key").await;
            refused.expect_problem(409, "later-appointment-needed");
        }
        let (late, _) = appointed(office, "LEA-3", LATE).await;
        let weak = Person { level: vocabulary::TrustLevel::Basic, ..late.clone() };
        let refused = drawing.enter(&id, &weak, json!([{}]), "weak").await;
        refused.expect_problem(403, "level-too-low");
        // A wish for a time after the appointment alone can never be fulfilled.
        let after = json!([{ "from": "2027-01-28" }]);
        drawing.enter(&id, &late, after, "after").await.expect_problem(400, "invalid-request");
        drawing.enter(&id, &late, json!([{ "until": "2027-01-19" }]), "key").await.expect(201);
        let own = drawing.own(&id, &late).await.expect(200).body;
        assert_eq!(own["wishes"][0]["until"], "2027-01-19");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gave_the_appointment_up_is_not_in_the_list_and_gets_a_signed_end() {
    // Holds in Redis follow Redis' clock, which no test moves.
    let drawing = each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("title").await;
    let (gone, old) = appointed(office, "LEA-1", LATE).await;
    let (stays, _) = appointed(office, "LEA-2", "2027-01-27T11:00:00+01:00").await;
    let receipt = drawing.enter(&id, &gone, json!([{}]), "key").await.expect(201);
    let entry = drawing.enter(&id, &stays, json!([{}]), "key").await.expect(201);
    cancel(office, &gone, &old).await;
    let mut events = listen(office);
    drawing.close();
    drawing.until(&id, "settled").await;

    let own = drawing.own(&id, &gone).await.expect(200).body;
    assert_eq!(own["status"], "not_booked");
    assert_eq!(own["reason"], "later-appointment-needed");
    assert_eq!(active(office, &gone).await.len(), 0);
    let told = not_drawn(&mut events).await;
    assert_eq!(told.because(), NotDrawnBecause::AppointmentEnded);
    assert!(told.for_earlier);
    let proof = drawing.proof(&id).await;
    assert_eq!(proof.entries.len(), 1);
    let (receipt, ended) =
        (receipt.body["receipt"].as_str().unwrap(), own["ended"].as_str().unwrap());
    let findings = draw::check::ended(&proof, receipt, ended);
    assert!(!findings.iter().any(Finding::is_wrong), "{findings:?}");
    assert_eq!(drawing.own(&id, &stays).await.expect(200).body["status"], "booked");
    holds(&proof, &[(stays, entry)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_that_are_not_before_the_appointment_any_more_win_nothing() {
    let drawing = each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("title").await;
    let (stale, _) = appointed(office, "LEA-1", LATE).await;
    let (fresh, _) = appointed(office, "LEA-2", "2027-01-27T11:00:00+01:00").await;
    for person in [&stale, &fresh] {
        drawing.enter(&id, person, json!([{}]), "key").await.expect(201);
    }
    // Both appointments are a week earlier by now: on Wednesday 20 January.
    let moved = "UPDATE bookings SET starts_at = starts_at - 604800000, \
                 ends_at = ends_at - 604800000";
    store::run(&office.database_url, moved).await;
    let again = drawing.enter(&id, &fresh, json!([{}]), "again").await.expect(201);
    assert_eq!(again.body["wishes"][0]["until"], "2027-01-19");
    drawing.close();
    drawing.until(&id, "settled").await;

    let own = drawing.own(&id, &stale).await.expect(200).body;
    assert_eq!((&own["status"], &own["reason"]), (&json!("not_booked"), &json!("already-booked")));
    assert_eq!(active(office, &stale).await.len(), 1);
    assert_eq!(drawing.own(&id, &fresh).await.expect(200).body["status"], "booked");
    let proof = drawing.proof(&id).await;
    assert_eq!(proof.entries.len(), 1);
    holds(&proof, &[(fresh, again)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_ends_after_the_list_was_closed_is_not_replaced() {
    let drawing = each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("title").await;
    let (person, old) = appointed(office, "LEA-1", LATE).await;
    let entry = drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
    let mut events = listen(office);
    let stuck = Death::of("draw_documents", "INSERT", "NEW.kind = 'reveal'");
    stuck.set_up(&office.database_url).await;
    drawing.close();
    drawing.until(&id, "frozen").await;
    cancel(office, &person, &old).await;
    stuck.take_away(&office.database_url).await;
    drawing.until(&id, "settled").await;

    let own = drawing.own(&id, &person).await.expect(200).body;
    assert_eq!(own["status"], "not_booked");
    assert_eq!(own["reason"], "later-appointment-needed");
    assert_eq!(active(office, &person).await.len(), 0);
    assert_eq!(not_drawn(&mut events).await.because(), NotDrawnBecause::AppointmentEnded);
    holds(&drawing.proof(&id).await, &[(person, entry)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_the_appointment_up_between_closing_and_freeze_stands_in_the_list_as_promised() {
    let drawing = each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("title").await;
    let (person, old) = appointed(office, "LEA-1", LATE).await;
    let entry = drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
    let stuck = Death::of("draw_documents", "INSERT", "NEW.kind = 'freeze'");
    stuck.set_up(&office.database_url).await;
    drawing.close();
    cancel(office, &person, &old).await;
    stuck.take_away(&office.database_url).await;
    drawing.until(&id, "settled").await;
    let own = drawing.own(&id, &person).await.expect(200).body;
    assert_eq!(
        (&own["status"], &own["reason"]),
        (&json!("not_booked"), &json!("later-appointment-needed"))
    );
    assert_eq!(active(office, &person).await.len(), 0);
    holds(&drawing.proof(&id).await, &[(person, entry)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_appointment_is_replaced_than_the_one_that_the_entry_names() {
    let drawing = each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("title").await;
    // Both appointments are cancelled after the entry, and the office gives others, which are as late.
    let times = [
        (LATE, "2027-01-28T10:00:00+01:00"),
        ("2027-01-27T11:00:00+01:00", "2027-01-28T11:00:00+01:00"),
    ];
    let mut people = Vec::new();
    for (reference, (first, second)) in ["LEA-1", "LEA-2"].into_iter().zip(times) {
        let (person, application) = applicant(office, reference).await;
        let old = dated(office, &person, &application, first).await;
        let own = drawing.enter(&id, &person, json!([{}]), "key").await.expect(201).body;
        assert_eq!(own["replaces"], json!(old.id()));
        cancel(office, &person, &old).await;
        dated(office, &person, &application, second).await;
        people.push(person);
    }
    let [stale, fresh] = &people[..] else { panic!("two") };
    // One of them says so.
    drawing.enter(&id, fresh, json!([{}]), "again").await.expect(201);
    let mut events = listen(office);
    drawing.close();
    drawing.until(&id, "settled").await;

    let own = drawing.own(&id, stale).await.expect(200).body;
    assert_eq!(
        (&own["status"], &own["reason"]),
        (&json!("not_booked"), &json!("later-appointment-needed"))
    );
    assert_eq!(not_drawn(&mut events).await.because(), NotDrawnBecause::AppointmentEnded);
    assert_eq!(active(office, stale).await.len(), 1, "it stays");
    assert_eq!(drawing.own(&id, fresh).await.expect(200).body["status"], "booked");
    assert_eq!(drawing.proof(&id).await.entries.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_began_after_the_list_was_closed_is_not_replaced() {
    let drawing = each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("title").await;
    let (person, _) = appointed(office, "LEA-1", LATE).await;
    drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
    let mut events = listen(office);
    let stuck = Death::of("draw_documents", "INSERT", "NEW.kind = 'reveal'");
    stuck.set_up(&office.database_url).await;
    drawing.close();
    drawing.until(&id, "frozen").await;
    let begun = office.clock.now().as_millisecond() - 60_000;
    let moved = format!("UPDATE bookings SET starts_at = {begun}, ends_at = {begun} + 600000");
    store::run(&office.database_url, &moved).await;
    stuck.take_away(&office.database_url).await;
    drawing.until(&id, "settled").await;

    let own = drawing.own(&id, &person).await.expect(200).body;
    assert_eq!(own["status"], "not_booked");
    assert_eq!(own["reason"], "later-appointment-needed");
    let stays = "bookings WHERE status = 'confirmed'";
    assert_eq!(store::count_of(&office.database_url, stays).await, 1);
    assert_eq!(not_drawn(&mut events).await.because(), NotDrawnBecause::AppointmentEnded);
}

/// Fault: the merge cancelled the appointment that the entry named, and the entry won nothing.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_two_appointments_by_a_merge_wins_an_earlier_one_in_place_of_the_one_that_stays() {
    for drawing in each().await {
        let office = &drawing.office;
        let id = drawing.announced("title").await;
        let (other, stays) = appointed(office, "LEA-1", LATE).await;
        office.clock.advance(jiff::SignedDuration::from_secs(1));
        let (person, _) = appointed(office, "LEA-2", "2027-01-27T11:00:00+01:00").await;
        drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
        merge(office, &person, &other).await;
        let now = active(office, &person).await;
        assert_eq!((now.len(), &now[0]["id"]), (1, &stays.body["id"]));
        let own = drawing.own(&id, &person).await.expect(200).body;
        assert_eq!(own["replaces"], stays.body["id"]);
        drawing.close();
        drawing.until(&id, "settled").await;
        // The application must be proven again after a merge, so the win itself may be refused; not for the
        // appointment.
        let own = drawing.own(&id, &person).await.expect(200).body;
        assert_ne!(own["reason"], "later-appointment-needed", "{own}");
    }
}
