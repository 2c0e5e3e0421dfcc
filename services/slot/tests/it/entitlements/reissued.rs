//! What a repeat says of a reference that was re-issued or withdrawn since.

use reqwest::Method;
use serde_json::{Value, json};

use super::{change, claim, is_refused, post, posted, with};
use crate::office::{ApiResponse, Office};

async fn send(office: &Office, path: &str, key: &str, body: Value) -> ApiResponse {
    let agency = office.agency("entitlements:write");
    office.send(Method::POST, path, &agency, &[("Idempotency-Key", key)], Some(body)).await
}

/// One whose reference we make, which stands alone.
fn alone(office: &Office) -> Value {
    with(posted(office, ""), json!({ "reference": null, "names": null, "birthdate": null }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_of_posting_does_not_revive_a_reference_that_was_reissued() {
    for office in Office::each_database().await {
        let one = async || send(&office, "/v1/entitlements", "key-1", alone(&office)).await;
        let many = async || {
            let body = json!({ "entitlements": [alone(&office)] });
            send(&office, "/v1/entitlements/batch", "key-2", body).await
        };
        let leaked = one().await.expect(201).body;
        let of_batch = many().await.expect(200).body["entitlements"][0].clone();
        for posted in [&leaked, &of_batch] {
            change(&office, posted["id"].as_str().unwrap(), "reissue", json!({})).await.expect(200);
        }
        let again = one().await.expect(201).body;
        assert_eq!(again, json!({ "id": leaked["id"], "outcome": "reissued" }));
        let again = many().await.expect(200).body["entitlements"][0].clone();
        let told = json!({ "id": of_batch["id"], "created": false, "outcome": "reissued" });
        assert_eq!(again, told);
        for posted in [leaked, of_batch] {
            let reference = posted["reference"].as_str().unwrap();
            is_refused(claim(&office, &office.person(), reference).await);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agencys_own_former_reference_does_not_come_back_either() {
    for office in Office::each_database().await {
        let id = post(&office, posted(&office, "LEA-1")).await.expect(201).id();
        change(&office, &id, "reissue", json!({ "reference": "LEA-1-B" })).await.expect(200);
        let again = post(&office, posted(&office, "LEA-1")).await.expect(201);
        assert_eq!(again.body, json!({ "id": id, "outcome": "reissued" }));
        let longer = with(posted(&office, "LEA-1"), json!({ "uses": 9 }));
        assert_eq!(post(&office, longer).await.expect(201).body["outcome"], "reissued");
        is_refused(claim(&office, &office.person(), "LEA-1").await);
        // Neither for another person, nor by another agency, nor as a new reference.
        let for_another = with(posted(&office, "LEA-1"), json!({ "birthdate": "1990-05-18" }));
        post(&office, for_another).await.expect_problem(409, "entitlement-conflict");
        let other = office.other_agency("other-agency", "entitlements:write");
        let theirs = office.post("/v1/entitlements", &other, posted(&office, "LEA-1")).await;
        theirs.expect_problem(409, "entitlement-conflict");
        let back = change(&office, &id, "reissue", json!({ "reference": "LEA-1" })).await;
        back.expect_problem(409, "entitlement-conflict");
        // What counts is the later one, and it is untouched by all of that.
        let present = post(&office, posted(&office, "LEA-1-B")).await.expect(201);
        assert_eq!(present.body, json!({ "id": id, "outcome": "unchanged" }));
        claim(&office, &office.person(), "LEA-1-B").await.expect(204);
        change(&office, &id, "withdraw", json!({ "bookings": "keep" })).await.expect(200);
        let withdrawn = post(&office, posted(&office, "LEA-1")).await.expect(201);
        assert_eq!(withdrawn.body, json!({ "id": id, "outcome": "withdrawn" }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_of_a_reissue_hands_out_no_reference_that_is_worth_nothing() {
    for office in Office::each_database().await {
        let made = post(&office, alone(&office)).await.expect(201);
        let path = format!("/v1/entitlements/{}/reissue", made.id());
        let reissue = async |key: &str| send(&office, &path, key, json!({})).await;
        let first = reissue("key-1").await.expect(200).body;
        assert_eq!(reissue("key-1").await.expect(200).body, first);
        let second = reissue("key-2").await.expect(200).body;
        let over = reissue("key-1").await.expect_problem(409, "reissue-over");
        assert_eq!(
            (&over.body["current_status"], over.body.get("reference")),
            (&json!("reissued"), None)
        );
        assert_eq!(reissue("key-2").await.expect(200).body, second);
        let keep = json!({ "bookings": "keep" });
        change(&office, &made.id(), "withdraw", keep).await.expect(200);
        let over = reissue("key-2").await.expect_problem(409, "reissue-over");
        assert_eq!(over.body["current_status"], "withdrawn");
    }
}
