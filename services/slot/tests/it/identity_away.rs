//! The identity service is away when this one starts.

use std::{net::TcpListener, time::Duration};

use crate::office::Office;

/// More than the longest pause between two tries to fetch the keys.
const PATIENT: Duration = Duration::from_secs(120);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_public_is_answered_and_log_ins_count_once_identity_is_there() {
    let mut office = Office::embedded().await;
    // Where nothing else of this machine takes ports: it is free again when identity comes up.
    let address = TcpListener::bind("127.0.0.2:0").unwrap().local_addr().unwrap();
    office.settings.identity.jwks_url = format!("http://{address}/jwks").parse().unwrap();
    // Returns once the service is ready.
    office.restart().await;

    let without = "without identity: its keys were never fetched";
    testkit::eventually(PATIENT, async || {
        let ready = office.read("/readyz").await.expect(200);
        ready.body.as_str().is_some_and(|text| text.contains(without)).then_some(())
    })
    .await;
    assert_eq!(office.number(r#"part_ready{part="identity"}"#).await, 0);
    let day = office.next_week();
    let slots = format!("/v1/availability/slots?service=passport&location=small&date={day}");
    let free = office.read(&slots).await.expect(200);
    assert!(!free.body["slots"].as_array().unwrap().is_empty(), "{}", free.body);

    let person = office.person();
    let refused = office.hold(&person, "passport", "10:00").await;
    let refused = refused.expect_problem(503, "unavailable");
    assert_eq!(refused.headers["retry-after"], "2");

    office.identity_comes_up(TcpListener::bind(address).unwrap());
    let held = testkit::eventually(PATIENT, async || {
        let answer = office.hold(&person, "passport", "10:00").await;
        (answer.status == 201).then_some(answer)
    });
    office.confirm(&person, &held.await, "identity-is-there").await.expect(201);
    testkit::eventually(PATIENT, async || {
        let ready = office.read("/readyz").await.expect(200);
        (ready.body == "ok\n").then_some(())
    })
    .await;
}
