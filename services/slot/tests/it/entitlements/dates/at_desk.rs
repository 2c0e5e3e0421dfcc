//! Staff see which dates of their location are open, and take one back.

use auth::Role;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::{accept, at, catalogue, change, claim, filed, give, given, post, posted, with};
use crate::{
    office::{ApiResponse, Office, Person},
    store,
};

/// The large office, which has many desks, gives dates as well.
fn with_many_desks() -> String {
    let large = "services: {passport: {}, card: {}}";
    catalogue().replacen(large, "services: {passport: {}, card: {}, title: {}}", 1)
}

async fn list(office: &Office, token: &str, query: &str) -> ApiResponse {
    let path = format!("/v1/desk/assigned-dates?{query}");
    office.send(Method::GET, &path, token, &[], None).await
}

async fn open(office: &Office, token: &str) -> Vec<Value> {
    let answer = list(office, token, "location=small").await.expect(200);
    assert_eq!(answer.body.get("next"), None);
    answer.body["dates"].as_array().unwrap().clone()
}

async fn take_back(office: &Office, token: &str, date: &str, body: Value) -> ApiResponse {
    office.post(&format!("/v1/desk/assigned-dates/{date}/withdraw"), token, body).await
}

fn mistake() -> Value {
    json!({ "reason": { "code": "office-error" } })
}

fn ids(answer: &ApiResponse) -> Vec<String> {
    let dates = answer.body["dates"].as_array().unwrap();
    dates.iter().map(|date| date["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_the_open_dates_of_their_location_by_start_and_nobodys_name() {
    for office in Office::each_database_with(&catalogue()).await {
        let clerk = office.clerk(&["small"]);
        assert_eq!(open(&office, &clerk).await, Vec::<Value>::new());
        let (late, early) = (filed(&office, "LEA-1").await, filed(&office, "LEA-2").await);
        let second = give(&office, &late, "11:00").await.expect(201);
        let first = give(&office, &early, "10:00").await.expect(201);
        // Of another human: their appointment ends no date of the two.
        let third = with(posted(&office, "LEA-3"), json!({ "birthdate": "1991-05-17" }));
        let third = post(&office, third).await.expect(201).id();
        let gone = give(&office, &third, "12:00").await.expect(201).id();
        let person = Person { birthdate: "1991-05-17".to_owned(), ..office.person() };
        claim(&office, &person, "LEA-3").await.expect(204);
        accept(&office, &person, &gone).await.expect(201);

        let seen = open(&office, &clerk).await;
        let expected = json!({
            "id": first.body["id"], "entitlement": early, "service": "title", "location": "small",
            "start": first.body["start"], "end": first.body["end"], "people": 1,
            "answer_by": first.body["answer_by"],
        });
        assert_eq!(seen[0], expected);
        assert_eq!((seen.len(), &seen[1]["id"]), (2, &second.body["id"]));

        let elsewhere = office.clerk(&["large"]);
        list(&office, &elsewhere, "location=small").await.expect_problem(403, "forbidden");
        let citizen = office.token(&person);
        list(&office, &citizen, "location=small").await.expect_problem(403, "forbidden");
        let protector = office.staff(Role::DataProtection, &["small"]);
        list(&office, &protector, "location=small").await.expect_problem(403, "forbidden");
        // What lapsed is not open, though no job has ended it yet.
        office.clock.advance(SignedDuration::from_hours(24 * 7 + 8));
        let supervisor = office.staff(Role::Supervisor, &["small"]);
        assert_eq!(open(&office, &supervisor).await, Vec::<Value>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_open_dates_is_noted_once_for_each_reader_where_the_person_can_see_it() {
    let office = Office::embedded_with(&catalogue()).await;
    let id = filed(&office, "LEA-1").await;
    give(&office, &id, "10:00").await.expect(201);
    let readings = async || {
        let audited = store::audited_by(&office.database_url, &id).await;
        let read = audited.into_iter().filter(|(action, _)| action == "entitlement.date_read");
        read.map(|(_, actor)| actor).collect::<Vec<_>>()
    };
    let clerk = office.clerk(&["small"]);
    open(&office, &clerk).await;
    open(&office, &clerk).await;
    let read = readings().await;
    assert!(read.len() == 1 && read[0].starts_with("staff:"), "{read:?}");
    let colleague = office.clerk(&["small"]);
    open(&office, &colleague).await;
    let read = readings().await;
    assert!(read.len() == 2 && read[0] != read[1], "{read:?}");

    // Its person reads that the office did it, and not who.
    let person = office.person();
    claim(&office, &person, "LEA-1").await.expect(204);
    let token = office.token(&person);
    let data = office.send(Method::GET, "/v1/me/data", &token, &[], None).await.expect(200);
    let text = data.body.to_string();
    assert!(text.contains("entitlement.date_read") && !text.contains("staff:"), "{text}");
}

/// With several dates at the same time, and although those where a part ends are taken back meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn the_open_dates_in_parts_are_all_of_them() {
    for office in Office::each_database_with(&with_many_desks()).await {
        let clerk = office.clerk(&["large"]);
        for (number, time) in ["10:00", "11:00", "10:00", "12:00", "10:00"].iter().enumerate() {
            let id = filed(&office, &format!("LEA-{number}")).await;
            let date = json!({ "location": "large", "start": office.at(time) });
            change(&office, &id, "date", date).await.expect(201);
        }
        let whole = list(&office, &clerk, "location=large").await.expect(200);
        assert_eq!((ids(&whole).len(), whole.body.get("next")), (5, None));
        let (mut seen, mut more) = (Vec::new(), "&limit=2".to_owned());
        loop {
            let part = list(&office, &clerk, &format!("location=large{more}")).await.expect(200);
            seen.extend(ids(&part));
            let Some(next) = part.body["next"].as_str() else { break };
            take_back(&office, &clerk, seen.last().unwrap(), mistake()).await.expect(204);
            more = format!("&limit=2&after={next}");
        }
        assert_eq!(seen, ids(&whole));
        for wrong in ["&limit=0", "&limit=101", "&after=2", "&after="] {
            let refused = list(&office, &clerk, &format!("location=large{wrong}")).await;
            refused.expect_problem(400, "invalid-request");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_take_a_date_back_for_a_reason_and_another_one_can_be_given() {
    for office in Office::each_with(&catalogue()).await {
        let id = filed(&office, "LEA-1").await;
        let date = give(&office, &id, "10:00").await.expect(201).id();
        let clerk = office.clerk(&["small"]);
        let refused = take_back(&office, &clerk, &date, json!({})).await;
        refused.expect_problem(422, "reason-needed");
        let elsewhere = office.clerk(&["large"]);
        let refused = take_back(&office, &elsewhere, &date, mistake()).await;
        refused.expect_problem(404, "date-not-found");
        let protector = office.staff(Role::DataProtection, &["small"]);
        let refused = take_back(&office, &protector, &date, mistake()).await;
        refused.expect_problem(403, "forbidden");
        assert_eq!(given(&office, &id).await.expect(200).body["status"], "open");

        take_back(&office, &clerk, &date, mistake()).await.expect(204);
        take_back(&office, &clerk, &date, mistake()).await.expect(204);
        assert_eq!(given(&office, &id).await.expect(200).body["status"], "withdrawn");
        let audited = store::audited_by(&office.database_url, &id).await;
        let what = "entitlement.date_withdrawn";
        let by: Vec<_> = audited.iter().filter(|(action, _)| action == what).collect();
        assert!(by.len() == 1 && by[0].1.starts_with("staff:"), "once, however often: {by:?}");
        let details = store::audit_details(&office.database_url, &id, what).await;
        assert_eq!(details, json!({ "date": date, "reason": { "code": "office-error" } }));

        give(&office, &id, "11:00").await.expect(201);
        assert_eq!(open(&office, &clerk).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_of_another_application_and_one_that_was_answered_stay() {
    for office in Office::each_database_with(&catalogue()).await {
        let (id, person) = (filed(&office, "LEA-1").await, office.person());
        filed(&office, "LEA-2").await;
        let date = give(&office, &id, "10:00").await.expect(201).id();
        let clerk = office.clerk(&["small"]);
        let of = |reference: &str| with(mistake(), json!({ "reference": reference }));
        for reference in ["LEA-2", "LEA-3"] {
            let refused = take_back(&office, &clerk, &date, of(reference)).await;
            refused.expect_problem(404, "entitlement-not-found");
        }
        assert_eq!(given(&office, &id).await.expect(200).body["status"], "open");

        claim(&office, &person, "LEA-1").await.expect(204);
        accept(&office, &person, &date).await.expect(201);
        let refused = take_back(&office, &clerk, &date, of("lea 1")).await;
        let refused = refused.expect_problem(409, "date-over");
        assert_eq!(refused.body["current_status"], "accepted");
        assert_eq!(office.bookings_of(&person).await.len(), 1);

        let silent = filed(&office, "LEA-4").await;
        let date = change(&office, &silent, "date", at(&office, "14:00")).await.expect(201).id();
        office.clock.advance(SignedDuration::from_hours(24 * 7 + 8));
        let supervisor = office.staff(Role::Supervisor, &["small"]);
        let refused = take_back(&office, &supervisor, &date, mistake()).await;
        refused.expect_problem(409, "date-over");
    }
}
