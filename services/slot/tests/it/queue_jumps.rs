//! Who is passed over in the waiting room, by whatever order of calls.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    office::{ApiResponse, Office},
    store,
};

/// Numbers of one service, in their order.
async fn numbers(office: &Office, many: usize) -> Vec<String> {
    let (clerk, mut numbers) = (office.clerk(&["small"]), Vec::new());
    for _ in 0..many {
        let wish = json!({ "location": "small", "services": ["passport"] });
        numbers.push(office.post("/v1/desk/queue", &clerk, wish).await.expect(201).id());
    }
    numbers
}

async fn act(office: &Office, clerk: &str, number: &str, verb: &str, body: Value) -> ApiResponse {
    office.post(&format!("/v1/desk/queue/{number}/{verb}"), clerk, body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_are_called_away_at_once_still_come_first() {
    for office in Office::each_database().await {
        let (clerk, numbers) = (office.clerk(&["small"]), numbers(&office, 3).await);
        let [first, second, friend] = [0, 1, 2].map(|place| numbers[place].as_str());
        let act =
            async |number: &str, verb: &str| act(&office, &clerk, number, verb, json!({})).await;
        act(first, "call").await.expect(200);
        act(first, "miss").await.expect(200);
        for later in [second, friend] {
            act(later, "call").await.expect_problem(422, "reason-needed");
        }
        // A person who does not come within two minutes is absent.
        office.clock.advance(SignedDuration::from_secs(119));
        act(second, "call").await.expect_problem(422, "reason-needed");
        office.clock.advance(SignedDuration::from_secs(1));
        act(second, "call").await.expect(200);
        act(second, "serve").await.expect(200);
        // A number that is queued again keeps its place, however long ago it was called.
        act(first, "requeue").await.expect(200);
        office.clock.advance(SignedDuration::from_mins(30));
        act(friend, "call").await.expect_problem(422, "reason-needed");
        act(first, "call").await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_called_and_left_standing_still_comes_first() {
    for office in Office::each_database().await {
        let (clerk, colleague) = (office.clerk(&["small"]), office.clerk(&["small"]));
        let numbers = numbers(&office, 3).await;
        act(&office, &clerk, &numbers[0], "call", json!({})).await.expect(200);
        office.clock.advance(SignedDuration::from_mins(30));
        let refused = act(&office, &clerk, &numbers[1], "call", json!({})).await;
        refused.expect_problem(422, "reason-needed");
        // The desk beside goes on meanwhile.
        act(&office, &colleague, &numbers[1], "call", json!({})).await.expect(200);
        act(&office, &clerk, &numbers[0], "serve", json!({})).await.expect(200);
        act(&office, &clerk, &numbers[2], "call", json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_way_to_jump_is_in_the_audit_log() {
    for office in Office::each_database().await {
        let (clerk, numbers) = (office.clerk(&["small"]), numbers(&office, 2).await);
        for verb in ["call", "miss"] {
            act(&office, &clerk, &numbers[0], verb, json!({})).await.expect(200);
        }
        let why = json!({ "reason": { "code": "urgent" } });
        act(&office, &clerk, &numbers[1], "call", why).await.expect(200);
        let url = &office.database_url;
        let details = store::audit_details(url, &numbers[1], "ticket.moved").await;
        assert_eq!(details["jumped"]["reason"]["code"], "urgent");
    }
}
