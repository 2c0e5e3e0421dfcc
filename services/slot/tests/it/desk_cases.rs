//! A colleague agrees to what was proposed, and to nothing else.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    honest_desk::{Wanted, approve, case, with},
    office::{Office, Person},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_was_approved_for_one_reason_is_not_done_for_another() {
    for office in Office::each_with(&with("vouched: 0")).await {
        let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
        let wanted = Wanted::new(&office, &clerk, office.vouched(&office.person()), "10:00").await;
        let (urgent, hardship) = (json!({ "code": "urgent" }), json!({ "code": "hardship" }));
        let confirm =
            async |reason: &Value| wanted.confirm_with(&office, &clerk, reason.clone()).await;
        let first = confirm(&urgent).await.expect_problem(403, "second-person-needed");
        let first = &first.body["case"];
        approve(&office, &colleague, first).await.expect(200);
        let second = confirm(&hardship).await.expect_problem(403, "second-person-needed");
        let second = &second.body["case"];
        assert_ne!(first, second);
        let read = case(&office, &colleague, second).await.expect(200);
        assert_eq!(read.body["reason"]["code"], "hardship");
        // The former proposal is void.
        case(&office, &colleague, first).await.expect_problem(404, "not-found");
        approve(&office, &colleague, second).await.expect(200);
        confirm(&hardship).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_was_approved_in_one_name_is_not_done_in_another() {
    let office = Office::embedded_with(&with("vouched: 0")).await;
    let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
    let person = office.person();
    let wanted = Wanted::new(&office, &clerk, office.vouched(&person), "10:00").await;
    let reason = || json!({ "code": "urgent" });
    let refused = wanted.confirm_with(&office, &clerk, reason()).await;
    let refused = refused.expect_problem(403, "second-person-needed");
    approve(&office, &colleague, &refused.body["case"]).await.expect(200);
    let other = Person { family_name: "Yılmaz".to_owned(), ..person };
    let other = Wanted { hold: wanted.hold.clone(), attendee: office.vouched(&other) };
    let again = other.confirm_with(&office, &clerk, reason()).await;
    let again = again.expect_problem(403, "second-person-needed");
    assert_ne!(again.body["case"], refused.body["case"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_that_was_approved_for_one_reason_is_not_done_for_another() {
    for office in Office::each_with(&with("queueJumps: 0")).await {
        let (clerk, colleague) = (office.clerk(&["small"]), office.clerk(&["small"]));
        let mut last = String::new();
        for _ in 0..2 {
            let wish = json!({ "location": "small", "services": ["passport"] });
            last = office.post("/v1/desk/queue", &clerk, wish).await.expect(201).id();
        }
        let call = async |code: &str| {
            let body = json!({ "reason": { "code": code } });
            office.post(&format!("/v1/desk/queue/{last}/call"), &clerk, body).await
        };
        let urgent = call("urgent").await.expect_problem(403, "second-person-needed");
        approve(&office, &colleague, &urgent.body["case"]).await.expect(200);
        let hardship = call("hardship").await.expect_problem(403, "second-person-needed");
        assert_ne!(urgent.body["case"], hardship.body["case"]);
        // The same proposal again is the same case.
        let again = call("hardship").await.expect_problem(403, "second-person-needed");
        assert_eq!(again.body["case"], hardship.body["case"]);
        approve(&office, &colleague, &hardship.body["case"]).await.expect(200);
        call("hardship").await.expect(200);
    }
}

/// Fault: a colleague read name and wish of a person, and the person read that nobody had looked.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_reads_that_a_colleague_read_the_case_about_them_and_agreed() {
    for office in Office::each_with(&with("vouched: 0")).await {
        let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
        let person = office.person();
        let wanted = Wanted::new(&office, &clerk, office.vouched(&person), "10:00").await;
        let refused = wanted.confirm_with(&office, &clerk, json!({ "code": "urgent" })).await;
        let code = refused.expect_problem(403, "second-person-needed").body["case"].clone();
        for _ in 0..2 {
            case(&office, &colleague, &code).await.expect(200);
        }
        let looked = async |action: &str| {
            let token = office.token(&person);
            let data = office.send(Method::GET, "/v1/me/data", &token, &[], None).await.expect(200);
            let sections = data.body["sections"].as_array().unwrap().clone();
            let audit = sections.iter().find(|section| section["kind"] == "audit").unwrap();
            let audit: &Vec<Value> = audit["entries"].as_array().unwrap();
            let found = audit.iter().filter(|it| it["action"] == action && it["actor"] == "office");
            found.count()
        };
        // Nothing was booked, so nothing else leads to the person.
        assert_eq!((looked("desk-case.read").await, looked("desk-case.agreed").await), (1, 0));
        approve(&office, &colleague, &code).await.expect(200);
        assert_eq!(looked("desk-case.agreed").await, 1);
        // Nor twice, once the hold is a booking that leads there as well.
        wanted.confirm_with(&office, &clerk, json!({ "code": "urgent" })).await.expect(201);
        assert_eq!((looked("desk-case.read").await, looked("desk-case.agreed").await), (1, 1));
    }
}
