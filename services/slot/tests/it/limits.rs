//! Only the caller that floods is refused.

use std::num::{NonZeroU32, NonZeroUsize};

use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::{
    office::{ApiResponse, Office},
    on_behalf::acting,
};

async fn office() -> Office {
    let mut office = Office::embedded().await;
    office.settings.limits.agency_per_minute = NonZeroU32::new(30);
    office.settings.limits.person_per_minute = NonZeroU32::new(3);
    office.restart().await;
    office
}

fn header<'a>(answer: &'a ApiResponse, name: &str) -> &'a str {
    answer.headers[name].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_has_a_quota_of_their_own_and_is_told_what_is_left() {
    let office = office().await;
    let (flooding, calm) = (office.token(&office.person()), office.token(&office.person()));
    let list = async |token: &str| office.send(Method::GET, "/v1/bookings", token, &[], None).await;
    for left in [2, 1, 0] {
        let answer = list(&flooding).await.expect(200);
        assert_eq!(header(&answer, "ratelimit-policy"), "\"caller\";q=3;w=60");
        let refilled = 20 * (3 - left);
        assert_eq!(header(&answer, "ratelimit"), format!("\"caller\";r={left};t={refilled}"));
    }
    let refused = list(&flooding).await.expect_problem(429, "rate-limited");
    assert_eq!(header(&refused, "retry-after"), "20");
    assert_eq!(header(&refused, "ratelimit"), "\"caller\";r=0;t=20");
    list(&calm).await.expect(200);

    office.clock.advance(SignedDuration::from_secs(19));
    list(&flooding).await.expect(429);
    office.clock.advance(SignedDuration::from_secs(1));
    list(&flooding).await.expect(200);
    list(&flooding).await.expect(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_has_more_and_what_is_public_is_not_counted() {
    let office = office().await;
    let agency = office.agency("entitlements:write");
    let nothing = json!({ "entitlements": [] });
    for _ in 0..30 {
        office.post("/v1/entitlements/batch", &agency, nothing.clone()).await.expect(400);
    }
    let refused = office.post("/v1/entitlements/batch", &agency, nothing).await;
    refused.expect_problem(429, "rate-limited");
    for _ in 0..40 {
        let answer = office.read("/v1/services").await.expect(200);
        assert!(!answer.headers.contains_key("ratelimit"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_acts_for_people_uses_up_its_own_quota_and_not_theirs() {
    let office = office().await;
    let persons: Vec<_> = (0..10).map(|_| office.person()).collect();
    let list = async |token: &str| office.send(Method::GET, "/v1/bookings", token, &[], None).await;
    // Three each would be all that a person may.
    for person in &persons {
        for _ in 0..3 {
            list(&acting(&office, person)).await.expect(200);
        }
    }
    let refused = list(&acting(&office, &office.person())).await;
    refused.expect_problem(429, "rate-limited");
    let own = list(&office.token(&persons[0])).await.expect(200);
    assert_eq!(header(&own, "ratelimit"), "\"caller\";r=2;t=20");
}

/// Each request gives its turn back, whatever came of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_asks_much_at_once_waits_for_itself_and_gets_all_answers() {
    let mut office = Office::embedded().await;
    office.settings.limits.at_once = NonZeroUsize::new(1);
    office.restart().await;
    let token = office.token(&office.person());
    let (list, hold) = (
        async || office.send(Method::GET, "/v1/bookings", &token, &[], None).await.status,
        async || office.post("/v1/holds", &token, json!({ "services": [] })).await.status,
    );
    let lists = join_all((0..20).map(|_| list()));
    let holds = join_all((0..20).map(|_| hold()));
    let (lists, holds) = tokio::join!(lists, holds);
    assert_eq!((lists, holds), (vec![200; 20], vec![400; 20]));
}
