//! What was declined counts, whichever way a person leaves the line and comes back.

use serde_json::{Value, json};

use super::{Waiting, catalogue};
use crate::office::{ApiResponse, Office, Person};

/// A second list of the same group.
fn two_lists() -> String {
    let extension = "    extension:
      name: {de: Verlängerung}
      group: permits
      slots: 1
      rules: {trustLevel: {atLeast: high}}
      waitingList: {}
    card:
";
    let text = catalogue().replacen("    card:\n", extension, 1);
    text.replacen("services: {permit: {}}", "services: {permit: {}, extension: {}}", 1)
}

async fn decline(waiting: &Waiting, person: &Person, own: &Value) -> ApiResponse {
    let path = format!("/v1/waiting-list/offers/{}/decline", own["offer"]["id"].as_str().unwrap());
    waiting.office.post(&path, &waiting.office.token(person), json!({})).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_and_joins_again_has_no_more_offers_to_decline_than_before() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        let answered = decline(&waiting, &person, &own).await;
        assert_eq!(answered.body, json!({ "status": "waiting", "declines_left": 1 }));
        waiting.leave(&person, own["id"].as_str().unwrap()).await.expect(204);
        waiting.office.restart().await;
        let again = waiting.join(&person, json!([{}]), "again").await.expect(201);
        assert_eq!(again.body["declines_left"], 1);
        waiting.cancel(&booked[1]).await;
        let own = waiting.until(&person, "offered").await;
        let answered = decline(&waiting, &person, &own).await;
        assert_eq!(answered.body, json!({ "status": "ended", "declines_left": 0 }));
        let refused = waiting.join(&person, json!([{}]), "third").await;
        refused.expect_problem(409, "rejoin-too-soon");
        // Somebody else begins with two. They join last: two who join on one day are in line by chance.
        let other = waiting.office.person();
        let other = waiting.join(&other, json!([{}]), "other").await.expect(201);
        assert_eq!(other.body["declines_left"], 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_was_cancelled_does_not_undo_what_was_declined() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        decline(&waiting, &person, &own).await;
        waiting.cancel(&booked[1]).await;
        let own = waiting.until(&person, "offered").await;
        let accepted = waiting.accept(&person, &own["offer"]).await.expect(201);
        waiting.cancel(&(person.clone(), accepted)).await;
        let again = waiting.join(&person, json!([{}]), "again").await.expect(201);
        assert_eq!(again.body["declines_left"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_place_keeps_its_person_out_of_every_list_of_the_group() {
    for office in Office::each_database_with(&two_lists()).await {
        let waiting = Waiting::of(office).await;
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        for given_up in booked.iter().take(2) {
            waiting.cancel(given_up).await;
            let own = waiting.until(&person, "offered").await;
            decline(&waiting, &person, &own).await;
        }
        for service in ["permit", "extension"] {
            let body = json!({ "service": service, "wishes": [{}] });
            let refused = waiting.join_with(&person, body, service).await;
            let refused = refused.expect_problem(409, "rejoin-too-soon");
            assert!(refused.body["again_at"].is_string(), "{}", refused.body);
        }
        let body = json!({ "service": "extension", "wishes": [{}] });
        let other = waiting.office.person();
        waiting.join_with(&other, body, "other").await.expect(201);
    }
}
