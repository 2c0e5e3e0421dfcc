//! A second request of the same person at a desk changes their place only if staff say so.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::Waiting;
use crate::office::{ApiResponse, Person};

impl Waiting {
    /// A clerk sends these wishes of a person, with these headers.
    async fn wish_at_desk(
        &self,
        clerk: &str,
        person: &Person,
        wishes: Value,
        headers: &[(&str, &str)],
    ) -> ApiResponse {
        let request = json!({
            "attendee": self.office.vouched(person), "location": "tiny", "wishes": wishes,
            "language": "tr", "reason": { "code": "no-online-access" },
        });
        let body = json!({ "phone": "030 9010", "service": "permit", "request": request });
        let path = "/v1/desk/waiting-list/entries";
        self.office.send(Method::POST, path, clerk, headers, Some(body)).await
    }

    /// The same, unless the person waits already.
    async fn wish_newly_at_desk(
        &self,
        clerk: &str,
        person: &Person,
        wishes: Value,
        key: &str,
    ) -> ApiResponse {
        let headers = [("Idempotency-Key", key), ("If-None-Match", "*")];
        self.wish_at_desk(clerk, person, wishes, &headers).await
    }
}

/// Fault: a second request of the same person changed the place, and nobody was asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_desk_changes_a_place_of_before_only_if_staff_say_so() {
    for waiting in Waiting::each().await {
        let (clerk, person) = (waiting.office.clerk(&["tiny"]), waiting.office.person());
        let (any, late) = (json!([{}]), json!([{ "after": "08:10" }]));
        waiting.wish_newly_at_desk(&clerk, &person, any.clone(), "one").await.expect(201);
        let own = waiting.own(&person).await;
        let refused = waiting.wish_newly_at_desk(&clerk, &person, late.clone(), "two").await;
        refused.expect_problem(412, "waiting-before");
        assert_eq!(waiting.own(&person).await, own);
        // What is sent twice is no second request.
        waiting.wish_newly_at_desk(&clerk, &person, any, "three").await.expect(200);

        // The refusal used no key up: whoever was told sends the same again, and means it.
        let key = [("Idempotency-Key", "two")];
        waiting.wish_at_desk(&clerk, &person, late, &key).await.expect(201);
        assert_ne!(waiting.own(&person).await["wishes"], own["wishes"]);
    }
}

/// Fault: two desks that put a person in line at once both saw no place, and the slower one changed the other's.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_desks_that_put_a_person_in_line_at_once_one_is_told_of_the_other() {
    for waiting in Waiting::each().await {
        let office = &waiting.office;
        // Fewer people than one number may stand for.
        for _ in 0..3 {
            let (one, two) = (office.clerk(&["tiny"]), office.clerk(&["tiny"]));
            let person = office.person();
            let wishes = [(&one, json!([{}])), (&two, json!([{ "after": "08:10" }]))];
            let both = wishes
                .map(|(clerk, wishes)| waiting.wish_newly_at_desk(clerk, &person, wishes, "key"));
            let both = join_all(both).await;
            let mut statuses: Vec<_> = both.iter().map(|answer| answer.status).collect();
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 412], "{both:?}");
        }
    }
}
