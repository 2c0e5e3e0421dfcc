//! What becomes of an entitlement: used, withdrawn, released, re-issued.

use auth::Role;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::{change, claim, is_refused, post, posted, with};
use crate::{
    office::{ApiResponse, Office, Person},
    store,
};

async fn act(office: &Office, booking: &ApiResponse, verb: &str) {
    let path = format!("/v1/bookings/{}/{verb}", booking.id());
    office.post(&path, &office.clerk(&["small"]), json!({})).await.expect(200);
}

pub async fn serve(office: &Office, booking: &ApiResponse) {
    office.come_to(booking);
    for verb in ["check-in", "call", "serve"] {
        act(office, booking, verb).await;
    }
}

async fn miss(office: &Office, booking: &ApiResponse) {
    office.come_to(booking);
    act(office, booking, "miss").await;
}

/// Somebody who has claimed an entitlement, and its id.
async fn entitled(office: &Office, reference: &str, changes: Value) -> (Person, String) {
    let person = office.person();
    let it = post(office, with(posted(office, reference), changes)).await.expect(201);
    claim(office, &person, reference).await.expect(204);
    (person, it.id())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entitlement_serves_once_and_for_more_if_the_agency_says_so() {
    for office in Office::each_database().await {
        let (person, _) = entitled(&office, "LEA-1", json!({})).await;
        let first = office.book(&person, "title", "10:00").await;
        serve(&office, &first).await;
        office.hold(&person, "title", "11:00").await.expect_problem(403, "entitlement-required");
        // The letter does not bring a second appointment.
        claim(&office, &person, "LEA-1").await.expect(204);
        office.hold(&person, "title", "11:00").await.expect_problem(403, "entitlement-required");
        let more = post(&office, with(posted(&office, "LEA-1"), json!({ "uses": 2 }))).await;
        assert_eq!(more.expect(201).body["outcome"], "extended");
        let second = office.book(&person, "title", "11:00").await;
        serve(&office, &second).await;
        office.hold(&person, "title", "12:00").await.expect_problem(403, "entitlement-required");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_appointment_gives_its_use_back_and_a_missed_one_the_first_time() {
    for office in Office::each_database().await {
        let (person, _) = entitled(&office, "LEA-1", json!({})).await;
        for time in ["10:00", "11:00"] {
            let booking = office.book(&person, "title", time).await;
            let path = format!("/v1/bookings/{}/cancel", booking.id());
            office.post(&path, &office.token(&person), json!({})).await.expect(200);
        }
        let missed = office.book(&person, "title", "12:00").await;
        miss(&office, &missed).await;
        let missed = office.book(&person, "title", "13:00").await;
        miss(&office, &missed).await;
        office.hold(&person, "title", "14:00").await.expect_problem(403, "entitlement-required");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_takes_the_use_along() {
    for office in Office::each_database().await {
        let (person, _) = entitled(&office, "LEA-1", json!({})).await;
        let mut booking = office.book(&person, "title", "10:00").await;
        for time in ["11:00", "12:00"] {
            let wish = json!({
                "location": "small", "start": office.at(time), "services": ["title"],
                "replaces": booking.id(),
            });
            let held = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
            booking = office.confirm(&person, &held, time).await.expect(201);
        }
        serve(&office, &booking).await;
        office.hold(&person, "title", "13:00").await.expect_problem(403, "entitlement-required");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_entitlement_is_worth_nothing_and_the_agency_says_what_becomes_of_appointments()
{
    for office in Office::each().await {
        let (kept, keep) = entitled(&office, "LEA-1", json!({})).await;
        let (lost, cancel) = entitled(&office, "LEA-2", json!({})).await;
        let (waiting, held) = entitled(&office, "LEA-3", json!({})).await;
        office.book(&kept, "title", "10:00").await;
        office.book(&lost, "title", "11:00").await;
        let hold = office.hold(&waiting, "title", "12:00").await.expect(201);

        let none = change(&office, &keep, "withdraw", json!({})).await;
        assert_eq!(none.expect_problem(400, "invalid-request").body["field"], "bookings");
        let other = office.other_agency("other-agency", "entitlements:write");
        let path = format!("/v1/entitlements/{keep}/withdraw");
        is_refused(office.post(&path, &other, json!({ "bookings": "keep" })).await);

        let answer = change(&office, &keep, "withdraw", json!({ "bookings": "keep" })).await;
        let answer = answer.expect(200);
        assert_eq!((&answer.body["cancelled"], &answer.body["kept"]), (&json!(0), &json!(1)));
        assert_eq!(office.bookings_of(&kept).await[0]["status"], "confirmed");

        let reason =
            json!({ "bookings": "cancel", "reason": { "de": "Der Antrag ist entschieden." } });
        for cancelled in [1, 0] {
            let answer = change(&office, &cancel, "withdraw", reason.clone()).await.expect(200);
            assert_eq!(answer.body["cancelled"], cancelled);
        }
        assert_eq!(office.bookings_of(&lost).await[0]["status"], "cancelled");
        office.hold(&lost, "title", "13:00").await.expect_problem(403, "entitlement-required");
        is_refused(claim(&office, &lost, "LEA-2").await);
        let again = post(&office, posted(&office, "LEA-2")).await.expect(201);
        assert_eq!(again.body["outcome"], "withdrawn");
        is_refused(claim(&office, &lost, "LEA-2").await);
        let mut audited = store::audited(&office.database_url, &cancel).await;
        audited.sort();
        assert_eq!(audited, ["entitlement.posted", "entitlement.withdrawn"]);

        // Who holds a seat at that moment does not get it.
        change(&office, &held, "withdraw", json!({ "bookings": "keep" })).await.expect(200);
        let refused = office.confirm(&waiting, &hold, "key").await;
        refused.expect_problem(403, "entitlement-required");
    }
}

/// Fault: who lost an appointment with their application read that they had cancelled it themselves.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_agency_cancels_with_an_application_is_said_to_be_cancelled_by_the_office() {
    for office in Office::each_database().await {
        let (person, id) = entitled(&office, "LEA-1", json!({})).await;
        let booking = office.book(&person, "title", "10:00").await;
        change(&office, &id, "withdraw", json!({ "bookings": "cancel" })).await.expect(200);
        let path = format!("/v1/bookings/{}", booking.id());
        let read = office.send(Method::GET, &path, &office.token(&person), &[], None).await;
        let history = read.expect(200).body["history"].clone();
        assert_eq!(history[1]["what"], "cancelled");
        assert_eq!(history[1]["by_office"], true);
    }
}

/// Fault: an agency cancelled what was over, and its person was told so.
#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_cancels_no_appointment_that_is_over() {
    for office in Office::each_database().await {
        let (person, id) = entitled(&office, "LEA-1", json!({})).await;
        let booking = office.book(&person, "title", "10:00").await;
        office.come_to(&booking);
        office.clock.advance(SignedDuration::from_hours(1));
        let answer = change(&office, &id, "withdraw", json!({ "bookings": "cancel" })).await;
        let answer = answer.expect(200).body;
        assert_eq!((&answer["cancelled"], &answer["kept"]), (&json!(0), &json!(0)));
        assert_eq!(office.bookings_of(&person).await[0]["status"], "confirmed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_released_entitlement_can_be_claimed_again_by_its_person() {
    for office in Office::each().await {
        let (before, id) = entitled(&office, "LEA-1", json!({})).await;
        let now = office.person();
        is_refused(claim(&office, &now, "LEA-1").await);
        let released = change(&office, &id, "release", json!({})).await.expect(200);
        assert_eq!(released.body["released"], true);
        let released = change(&office, &id, "release", json!({})).await.expect(200);
        assert_eq!(released.body["released"], false);
        office.hold(&before, "title", "10:00").await.expect_problem(403, "entitlement-required");
        is_refused(claim(&office, &super::twin_of_chance(&office), "LEA-1").await);
        claim(&office, &now, "LEA-1").await.expect(204);
        office.hold(&now, "title", "10:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_releases_by_the_letter_with_a_reason_and_a_clerk_does_not() {
    let office = Office::embedded().await;
    let (_, id) = entitled(&office, "LEA-1", json!({})).await;
    let release = async |token: String, reference: &str| {
        let body = json!({
            "service": "title", "reference": reference, "location": "small",
            "reason": "Neue Anmeldung, Ausweis gesehen.",
        });
        office.post("/v1/desk/entitlements/release", &token, body).await
    };
    release(office.clerk(&["small"]), "LEA-1").await.expect_problem(403, "forbidden");
    let elsewhere = office.staff(Role::Supervisor, &["large"]);
    release(elsewhere, "LEA-1").await.expect_problem(403, "forbidden");
    is_refused(release(office.staff(Role::Supervisor, &["small"]), "LEA-2").await);
    let answer = release(office.staff(Role::Supervisor, &["small"]), "lea 1").await.expect(200);
    assert_eq!(answer.body["released"], true);
    let by = store::audited_by(&office.database_url, &id).await;
    let released = by.iter().find(|(action, _)| action == "entitlement.released").unwrap();
    assert!(released.1.starts_with("staff:"), "{by:?}");
    claim(&office, &office.person(), "LEA-1").await.expect(204);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_stays_with_the_appointment_when_the_entitlement_is_released() {
    for office in Office::each_database().await {
        let (before, id) = entitled(&office, "LEA-1", json!({})).await;
        let booking = office.book(&before, "title", "10:00").await;
        change(&office, &id, "release", json!({})).await.expect(200);
        let now = office.person();
        claim(&office, &now, "LEA-1").await.expect(204);
        office.hold(&now, "title", "11:00").await.expect_problem(403, "entitlement-required");
        let path = format!("/v1/bookings/{}/cancel", booking.id());
        office.post(&path, &office.token(&before), json!({})).await.expect(200);
        office.hold(&now, "title", "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reissued_entitlement_has_another_reference_and_is_nobodys() {
    for office in Office::each_database().await {
        let (thief, id) = entitled(&office, "LEA-1", json!({})).await;
        let reissue = async |body: Value| change(&office, &id, "reissue", body).await;
        let answer = reissue(json!({ "reference": "LEA-1-B" })).await.expect(200);
        assert_eq!(answer.body.get("reference"), None);
        office.hold(&thief, "title", "10:00").await.expect_problem(403, "entitlement-required");
        is_refused(claim(&office, &thief, "LEA-1").await);
        is_refused(claim(&office, &super::twin_of_chance(&office), "LEA-1-B").await);
        claim(&office, &office.person(), "LEA-1-B").await.expect(204);

        // It brings back what was withdrawn, with a reference of ours.
        change(&office, &id, "withdraw", json!({ "bookings": "keep" })).await.expect(200);
        let answer = reissue(json!({})).await.expect(200);
        let reference = answer.body["reference"].as_str().unwrap();
        claim(&office, &office.person(), reference).await.expect(204);

        post(&office, posted(&office, "LEA-2")).await.expect(201);
        let taken = reissue(json!({ "reference": "LEA-2" })).await;
        taken.expect_problem(409, "entitlement-conflict");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_with_its_key_reissues_nothing_and_tells_the_same_reference() {
    for office in Office::each_database().await {
        let (person, id) = entitled(&office, "LEA-1", json!({})).await;
        let agency = office.agency("entitlements:write");
        let reissue = async |key: &str, body: Value| {
            let path = format!("/v1/entitlements/{id}/reissue");
            let headers = [("Idempotency-Key", key)];
            office.send(Method::POST, &path, &agency, &headers, Some(body)).await
        };
        let first = reissue("key-1", json!({})).await.expect(200);
        let reference = first.body["reference"].as_str().unwrap();
        claim(&office, &person, reference).await.expect(204);
        assert_eq!(reissue("key-1", json!({})).await.expect(200).body, first.body);
        // It is theirs still.
        office.hold(&person, "title", "10:00").await.expect(201);
        let other = reissue("key-1", json!({ "reference": "LEA-1-B" })).await;
        other.expect_problem(422, "idempotency-mismatch");
        let next = reissue("key-2", json!({})).await.expect(200);
        assert_ne!(next.body["reference"], first.body["reference"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reissued_reference_that_stands_alone_cannot_be_guessed() {
    let office = Office::embedded().await;
    let alone = json!({ "reference": null, "names": null, "birthdate": null });
    let it = post(&office, with(posted(&office, ""), alone)).await.expect(201);
    let refused = change(&office, &it.id(), "reissue", json!({ "reference": "LEA-7" })).await;
    let refused = refused.expect_problem(400, "invalid-request");
    assert_eq!(refused.body["field"], "reference");
    let unknown = format!("ent_{:026}", 7);
    is_refused(change(&office, &unknown, "reissue", json!({})).await);
}
