//! A second entry of the same person at a desk replaces the first one only if staff say so.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::Drawing;
use crate::office::ApiResponse;

impl Drawing {
    /// A clerk enters a person, unless they have an entry.
    async fn enter_newly_at_desk(
        &self,
        id: &str,
        clerk: &str,
        (attendee, wishes): (&str, Value),
        key: &str,
    ) -> ApiResponse {
        let request = json!({
            "attendee": attendee, "location": "weekdays", "wishes": wishes, "language": "de",
            "reason": { "code": "no-online-access" },
        });
        let path = format!("/v1/desk/draws/{id}/entries");
        let headers = [("Idempotency-Key", key), ("If-None-Match", "*")];
        let body = Some(json!({ "request": request }));
        self.office.send(Method::POST, &path, clerk, &headers, body).await
    }
}

/// Fault: a second entry of the same person replaced the first one, and nobody was asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_entry_at_a_desk_replaces_the_first_one_only_if_staff_say_so() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let attendee = office.vouched(&person);
        let (any, late) = (json!([{}]), json!([{ "after": "09:00" }]));
        let first = drawing.enter_newly_at_desk(&id, &clerk, (&attendee, any.clone()), "one").await;
        first.expect(201);
        let refused =
            drawing.enter_newly_at_desk(&id, &clerk, (&attendee, late.clone()), "two").await;
        refused.expect_problem(412, "entered-before");
        assert_eq!(drawing.own(&id, &person).await.body["revision"], 0, "it stays as it was");
        // What is sent twice is no second entry.
        drawing.enter_newly_at_desk(&id, &clerk, (&attendee, any), "three").await.expect(200);

        // The refusal used no key up: whoever was told sends the same again, and means it.
        let replaced = drawing.enter_at_desk(&id, &clerk, (&attendee, late), "two").await;
        assert_eq!(replaced.expect(201).body["revision"], 1);
    }
}

/// Fault: two desks that entered a person at once both saw no entry, and the slower one replaced the other's.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_desks_that_enter_a_person_at_once_one_is_told_of_the_other() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        for _ in 0..5 {
            let clerks = [office.clerk(&["weekdays"]), office.clerk(&["weekdays"])];
            let person = office.person();
            let attendee = office.vouched(&person);
            let wishes = [json!([{}]), json!([{ "after": "09:00" }])];
            let both = clerks.iter().zip(wishes).map(|(clerk, wishes)| {
                drawing.enter_newly_at_desk(&id, clerk, (&attendee, wishes), "key")
            });
            let both = join_all(both).await;
            let mut statuses: Vec<_> = both.iter().map(|answer| answer.status).collect();
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 412], "{both:?}");
            assert_eq!(drawing.own(&id, &person).await.body["revision"], 0);
        }
    }
}
