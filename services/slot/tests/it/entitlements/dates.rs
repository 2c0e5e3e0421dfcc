//! The office gives dates to applications on file; who proves one accepts or declines its date.

mod accepted_at_desk;
mod at_desk;
mod ending;
mod telling;

use std::time::Duration;

use auth::Role;
use jiff::SignedDuration;
use proto::waiting::v1::SlotOffered;
use reqwest::Method;
use serde_json::{Value, json};
use slot::CatalogueSettings;
use testkit::eventually;

use super::{change, claim, post, posted, with};
use crate::{
    events,
    office::{ApiResponse, CATALOGUE, Office, Person},
    store,
};

/// Long enough for a process to lead and to look on a busy machine.
const DEADLINE: Duration = Duration::from_secs(180);

/// `title` is given by the office.
fn catalogue() -> String {
    let title = "      name: {de: Aufenthaltstitel}\n";
    CATALOGUE.replacen(title, &format!("{title}      allocation: assign\n"), 1)
}

fn at(office: &Office, time: &str) -> Value {
    json!({ "location": "small", "start": office.at(time) })
}

async fn give(office: &Office, id: &str, time: &str) -> ApiResponse {
    change(office, id, "date", at(office, time)).await
}

/// The date that the application was given last, as its agency reads it.
async fn given(office: &Office, id: &str) -> ApiResponse {
    let (path, agency) =
        (format!("/v1/entitlements/{id}/date"), office.agency("entitlements:write"));
    office.send(Method::GET, &path, &agency, &[], None).await
}

async fn own(office: &Office, person: &Person) -> Vec<Value> {
    let path = "/v1/assigned-dates";
    let answer = office.send(Method::GET, path, &office.token(person), &[], None).await.expect(200);
    answer.body["dates"].as_array().unwrap().clone()
}

async fn accept(office: &Office, person: &Person, date: &str) -> ApiResponse {
    accept_in(office, person, date, "en").await
}

async fn accept_in(office: &Office, person: &Person, date: &str, language: &str) -> ApiResponse {
    let body = json!({ "attendee": office.attendee(person), "language": language });
    office.post(&format!("/v1/assigned-dates/{date}/accept"), &office.token(person), body).await
}

async fn decline(office: &Office, person: &Person, date: &str) -> ApiResponse {
    let path = format!("/v1/assigned-dates/{date}/decline");
    office.post(&path, &office.token(person), json!({})).await
}

/// An application on file, by its id.
async fn filed(office: &Office, reference: &str) -> String {
    post(office, posted(office, reference)).await.expect(201).id()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_proves_the_application_accepts_the_date_that_the_office_gave() {
    for office in Office::each_with(&catalogue()).await {
        let id = filed(&office, "LEA-1").await;
        given(&office, &id).await.expect_problem(404, "date-not-found");
        let date = give(&office, &id, "10:00").await.expect(201);
        assert_eq!(date.body["status"], "open");
        let again = give(&office, &id, "10:00").await.expect(200);
        assert_eq!(again.body, date.body);
        give(&office, &id, "11:00").await.expect_problem(409, "date-already-assigned");

        let (person, stranger) = (office.person(), office.person());
        // Nobody knows yet whose it is, and nobody else gets the seat.
        assert_eq!(own(&office, &person).await, Vec::<Value>::new());
        accept(&office, &person, &date.id()).await.expect_problem(404, "date-not-found");
        office.hold(&stranger, "passport", "10:00").await.expect_problem(409, "slot-taken");

        claim(&office, &person, "LEA-1").await.expect(204);
        let seen = own(&office, &person).await;
        assert_eq!(seen, std::slice::from_ref(&date.body));
        accept(&office, &stranger, &date.id()).await.expect_problem(404, "date-not-found");
        let booking = accept(&office, &person, &date.id()).await.expect(201);
        assert_eq!(booking.body["start"], date.body["start"]);
        let again = accept(&office, &person, &date.id()).await.expect(200);
        assert_eq!(again.id(), booking.id());
        assert_eq!(office.bookings_of(&person).await.len(), 1);
        assert_eq!(own(&office, &person).await, Vec::<Value>::new());

        let read = given(&office, &id).await.expect(200);
        assert_eq!(
            (&read.body["status"], &read.body["booking"]),
            (&json!("accepted"), &booking.body["id"])
        );
        give(&office, &id, "12:00").await.expect_problem(409, "already-booked");
        decline(&office, &person, &date.id()).await.expect_problem(409, "date-over");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_accepted_in_a_language_in_which_the_office_tells_people() {
    let name = "    name: {de: Testamt, en: Test Office}\n";
    let with_polish = format!("{name}    languages: [de, en, pl]\n");
    let office = Office::embedded_with(&catalogue().replacen(name, &with_polish, 1)).await;
    let person = office.person();
    let id = filed(&office, "LEA-1").await;
    claim(&office, &person, "LEA-1").await.expect(204);
    let date = give(&office, &id, "10:00").await.expect(201).id();
    for language in ["vi", "tlh"] {
        let refused = accept_in(&office, &person, &date, language).await;
        let body = refused.expect_problem(400, "invalid-request").body;
        assert_eq!(body["field"], "language");
        let told = body["detail"].as_str().unwrap();
        assert!(told.contains("must be one of") && told.contains("`pl`"), "{told}");
    }
    assert_eq!(own(&office, &person).await.len(), 1, "the date is still open");
    accept_in(&office, &person, &date, "pl").await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_chooses_no_time_of_what_the_office_gives() {
    for office in Office::each_with(&catalogue()).await {
        let (person, day) = (office.person(), office.next_week());
        filed(&office, "LEA-1").await;
        claim(&office, &person, "LEA-1").await.expect(204);
        office.hold(&person, "title", "10:00").await.expect_problem(409, "assigned-by-office");
        let slots = format!("/v1/availability/slots?service=title&date={day}");
        assert_eq!(office.read(&slots).await.expect(200).body["slots"], json!([]));
        let services = office.read("/v1/services").await.expect(200).body;
        let services = services["services"].as_array().unwrap();
        let title = services.iter().find(|service| service["id"] == "title").unwrap();
        assert_eq!(title["allocation"], "assign");
    }
    let immediate = Office::embedded().await;
    let id = filed(&immediate, "LEA-1").await;
    give(&immediate, &id, "10:00").await.expect_problem(409, "not-assigned");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_declines_a_date_gets_another_one() {
    for office in Office::each_database_with(&catalogue()).await {
        let person = office.person();
        let id = filed(&office, "LEA-1").await;
        claim(&office, &person, "LEA-1").await.expect(204);
        let date = give(&office, &id, "10:00").await.expect(201).id();
        decline(&office, &office.person(), &date).await.expect_problem(404, "date-not-found");
        let weak = Person { level: vocabulary::TrustLevel::Basic, ..person.clone() };
        decline(&office, &weak, &date).await.expect_problem(403, "level-too-low");
        assert_eq!(own(&office, &weak).await, Vec::<Value>::new());
        decline(&office, &person, &date).await.expect(204);
        decline(&office, &person, &date).await.expect_problem(409, "date-over");
        accept(&office, &person, &date).await.expect_problem(409, "date-over");
        assert_eq!(given(&office, &id).await.expect(200).body["status"], "declined");

        let next = give(&office, &id, "11:00").await.expect(201).id();
        accept(&office, &person, &next).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_given_once_however_many_dates_are_given_at_once() {
    for office in Office::each_with(&catalogue()).await {
        let mut applications = Vec::new();
        for number in 0..6 {
            applications.push(filed(&office, &format!("LEA-{number}")).await);
        }
        let all = applications.iter().map(|id| give(&office, id, "10:00"));
        let all = futures_util::future::join_all(all).await;
        let mut statuses: Vec<_> = all.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);

        // And an application has one date.
        let id = filed(&office, "LEA-twice").await;
        let two = [give(&office, &id, "13:00"), give(&office, &id, "14:00")];
        let two = futures_util::future::join_all(two).await;
        let given = two.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(given, 1, "{:?}", two.iter().map(|it| &it.body).collect::<Vec<_>>());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_give_a_date_by_the_reference_and_say_why() {
    for office in Office::each_database_with(&catalogue()).await {
        filed(&office, "LEA-1").await;
        let wanted = |reference: &str, reason: Value| {
            let mut body = at(&office, "10:00");
            body["service"] = json!("title");
            body["reference"] = json!(reference);
            with(body, json!({ "reason": reason }))
        };
        let (path, urgent) = ("/v1/desk/assigned-dates", json!({ "code": "urgent" }));
        let clerk = office.clerk(&["small"]);
        let elsewhere = office.clerk(&["large"]);
        let refused = office.post(path, &elsewhere, wanted("LEA-1", urgent.clone())).await;
        refused.expect_problem(403, "forbidden");
        let refused = office.post(path, &clerk, wanted("LEA-1", Value::Null)).await;
        refused.expect_problem(422, "reason-needed");
        let refused = office.post(path, &clerk, wanted("LEA-2", urgent.clone())).await;
        refused.expect_problem(404, "entitlement-not-found");
        let date = office.post(path, &clerk, wanted("LEA-1", urgent.clone())).await.expect(201);
        let again = office.post(path, &clerk, wanted("lea 1", urgent)).await.expect(200);
        assert_eq!(again.id(), date.id());

        let person = office.person();
        claim(&office, &person, "LEA-1").await.expect(204);
        accept(&office, &person, &date.id()).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_nobody_answers_lapses_and_one_of_a_withdrawn_application_ends() {
    for office in Office::standing_on_each(&catalogue()).await {
        let withdrawn = filed(&office, "LEA-1").await;
        give(&office, &withdrawn, "10:00").await.expect(201);
        let date = format!("{withdrawn}/date/withdraw");
        let agency = office.agency("entitlements:write");
        office.post(&format!("/v1/entitlements/{date}"), &agency, json!({})).await.expect(204);
        assert_eq!(given(&office, &withdrawn).await.body["status"], "withdrawn");
        give(&office, &withdrawn, "11:00").await.expect(201);
        change(&office, &withdrawn, "withdraw", json!({ "bookings": "keep" })).await.expect(200);
        assert_eq!(given(&office, &withdrawn).await.body["status"], "withdrawn");
        give(&office, &withdrawn, "12:00").await.expect_problem(404, "entitlement-not-found");

        let silent = filed(&office, "LEA-2").await;
        give(&office, &silent, "14:00").await.expect(201);
        office.clock.advance(SignedDuration::from_hours(24 * 7 + 8));
        eventually(DEADLINE, async || {
            let audited = store::audited(&office.database_url, &silent).await;
            audited.iter().any(|action| action == "entitlement.date_lapsed").then_some(())
        })
        .await;
        assert_eq!(given(&office, &silent).await.body["status"], "lapsed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_closed_takes_its_open_dates_back() {
    let mut office = Office::embedded_with(&catalogue()).await;
    let id = filed(&office, "LEA-1").await;
    give(&office, &id, "10:00").await.expect(201);
    let small = "name: {de: Kleines Amt}";
    let flood =
        format!("closures: {{flood: {{date: {}, keepsBookings: true}}}}", office.next_week());
    let closed = catalogue().replace(small, &format!("{small}\n      {flood}"));
    let closed = closed.replace("AUTHORITY", office.authority.as_str());
    office.settings.catalogue = CatalogueSettings::Text(closed);
    office.restart().await;
    let supervisor = office.staff(Role::Supervisor, &["small"]);
    let closing = json!({
        "location": "small", "date": office.next_week(), "reason": { "de": "Wasserschaden im Haus." },
    });
    office.post("/v1/desk/closings", &supervisor, closing).await.expect(200);
    assert_eq!(given(&office, &id).await.expect(200).body["status"], "withdrawn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_has_proven_the_application_is_told_of_its_date() {
    let office = Office::embedded_with(&catalogue()).await;
    let mut told = events::listen(&office);
    let person = office.person();
    let id = filed(&office, "LEA-1").await;
    claim(&office, &person, "LEA-1").await.expect(204);
    let date = give(&office, &id, "10:00").await.expect(201);
    let event = loop {
        let event = events::next(&mut told).await;
        if let Ok(offered) = event.message::<SlotOffered>() {
            break offered;
        }
    };
    assert!(event.assigned);
    assert_eq!((event.offer_id, event.pseudonym), (date.id(), person.pseudonym.to_string()));
    assert_eq!(event.starts_at_ms, office.at("10:00").as_millisecond());
}
