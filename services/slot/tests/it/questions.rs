//! A question is what it names: neither order nor repetition makes another one, or spoils its answer.

use proptest::{
    collection::vec,
    sample::select,
    strategy::{Strategy as _, ValueTree as _},
    test_runner::TestRunner,
};

use crate::office::{ApiResponse, Office};

const PLACES: [&str; 4] = ["annex", "large", "small", "weekdays"];
/// How many lists of locations are tried.
const CASES: usize = 40;

/// What is asked about, without locations.
fn questions(office: &Office) -> [String; 3] {
    let day = office.next_week();
    [
        format!("/v1/availability/slots?service=passport&date={day}"),
        format!("/v1/availability/days?service=passport&from={day}&to={day}"),
        "/v1/availability/earliest?service=passport".to_owned(),
    ]
}

async fn ask(office: &Office, question: &str, locations: &[&str]) -> ApiResponse {
    let named: String = locations.iter().map(|place| format!("&location={place}")).collect();
    office.read(&format!("{question}{named}")).await
}

fn is_the_same(one: &ApiResponse, other: &ApiResponse, asked: &str) {
    assert_eq!(one.body, other.body, "{asked}");
    assert_eq!(one.headers["etag"], other.headers["etag"], "{asked}");
}

/// The clock stands, so that whatever the one office answered first it would answer again.
#[tokio::test(flavor = "multi_thread")]
async fn any_list_of_locations_is_answered_as_the_set_that_it_names() {
    let (office, undisturbed) = (Office::embedded().await, Office::embedded().await);
    let mut runner = TestRunner::deterministic();
    let lists = vec(select(PLACES.to_vec()), 1..12);
    for _ in 0..CASES {
        let list = lists.new_tree(&mut runner).unwrap().current();
        let mut set = list.clone();
        set.sort_unstable();
        set.dedup();
        for question in questions(&office) {
            let asked = format!("{question} {list:?}");
            let odd = ask(&office, &question, &list).await.expect(200);
            let plain = ask(&office, &question, &set).await.expect(200);
            let right = ask(&undisturbed, &question, &set).await.expect(200);
            is_the_same(&odd, &right, &asked);
            is_the_same(&plain, &right, &asked);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_without_a_service_lacks_a_parameter() {
    let office = Office::embedded().await;
    for question in questions(&office) {
        let without = question.replace("service=passport", "people=1");
        let refused = office.read(&without).await.expect(400);
        assert_eq!(refused.body["code"], "invalid-request", "{without}");
        assert_eq!(refused.body["field"], "service", "{without}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_named_twice_is_refused_whoever_asked_before() {
    let office = Office::embedded().await;
    for question in questions(&office) {
        let twice = format!("{question}&service=passport");
        let people = format!("{question}&people=1&people=1");
        office.read(&twice).await.expect_problem(422, "services-not-combinable");
        office.read(&question).await.expect(200);
        office.read(&format!("{question}&people=1")).await.expect(200);
        office.read(&twice).await.expect_problem(422, "services-not-combinable");
        office.read(&people).await.expect_problem(400, "invalid-request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_names_more_than_there_can_be_is_told() {
    let office = Office::embedded().await;
    let many = "&location=small".repeat(201);
    let statistics = "/v1/statistics?from=2027-01-03&to=2027-01-03".to_owned();
    for question in questions(&office).into_iter().chain([statistics]) {
        let refused = office.read(&format!("{question}{many}")).await;
        let refused = refused.expect_problem(400, "invalid-request");
        assert_eq!(refused.body["field"], "location");
        assert!(refused.body["detail"].as_str().unwrap().contains("at most 200"));
    }
    let day = office.next_week();
    let types = "&service-type=passport".repeat(201);
    let slots = format!("/fhir/Slot?schedule=small&start=ge{day}{types}");
    office.read(&slots).await.expect_outcome(400, "invalid-request");
}
