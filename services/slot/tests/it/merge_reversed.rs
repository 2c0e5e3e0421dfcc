//! A merge of persons that was wrong is undone: each has again what was theirs.

use std::time::Duration;

use ambient::{SystemClock, SystemEntropy};
use draw::check::{Finding, entrant};
use jiff::SignedDuration;
use messaging::Event;
use proto::person::v1::MergeReversed;
use serde_json::{Value, json};

use crate::{
    draws::Drawing,
    events::{hear, merge, merged},
    office::{Office, Person},
    store,
};

/// Long enough for an event to be handled on a busy machine.
const SOON: Duration = Duration::from_secs(60);

/// The event, with this proof.
fn reversed(office: &Office, kept: &Person, restored: &Person, proof: &str) -> Event {
    let message = MergeReversed {
        kept: kept.pseudonym.to_string(),
        restored: restored.pseudonym.to_string(),
        proof: proof.to_owned(),
    };
    Event::new(&office.authority, kept.pseudonym, &message, &SystemClock, &SystemEntropy)
}

/// Identity says that two persons are two humans after all; returns once that is handled.
pub async fn reverse(office: &Office, kept: &Person, restored: &Person) {
    let proof = office.merge_reversal(kept, restored);
    hear(office, reversed(office, kept, restored, &proof)).await;
}

/// The ids of the person's bookings that are still to come.
async fn active(office: &Office, person: &Person) -> Vec<String> {
    let confirmed = |booking: &Value| booking["status"] == "confirmed";
    let bookings = office.bookings_of(person).await.into_iter().filter(confirmed);
    let mut ids: Vec<_> = bookings.map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn the_restored_person_books_again_and_has_back_what_the_other_one_moved() {
    for office in Office::each_database().await {
        let (trader, victim) = (office.person(), office.person());
        let booked = office.book(&victim, "passport", "10:00").await;
        let proof = office.merge(&trader, &victim);
        hear(&office, merged(&office, &trader, &victim, &proof)).await;
        office.hold(&victim, "plates", "12:00").await.expect_problem(409, "person-merged");
        let wish = json!({
            "location": "small", "start": office.at("11:00"), "services": ["passport"],
            "replaces": booked.id(),
        });
        let hold = office.post("/v1/holds", &office.token(&trader), wish).await.expect(201);
        let moved = office.confirm(&trader, &hold, "move").await.expect(201);
        let own = office.book(&trader, "plates", "13:00").await;

        office.pass(SignedDuration::from_secs(2)).await;
        for forged in [String::new(), office.token(&trader), office.merge(&trader, &victim)] {
            hear(&office, reversed(&office, &trader, &victim, &forged)).await;
            assert!(active(&office, &victim).await.is_empty());
        }
        reverse(&office, &trader, &victim).await;
        assert_eq!(active(&office, &victim).await, [moved.id()]);
        assert_eq!(active(&office, &trader).await, [own.id()]);
        // Each books as if nothing had been.
        let plates = office.book(&victim, "plates", "15:00").await;
        let passport = office.book(&trader, "passport", "14:00").await;
        // What was signed before and comes again, or late, changes nothing.
        hear(&office, merged(&office, &trader, &victim, &proof)).await;
        let mut theirs = vec![moved.id(), plates.id()];
        theirs.sort();
        assert_eq!(active(&office, &victim).await, theirs);
        let path = format!("/v1/bookings/{}/cancel", moved.id());
        office.post(&path, &office.token(&trader), json!({})).await.expect(404);
        office.post(&path, &office.token(&victim), json!({})).await.expect(200);
        assert!(active(&office, &trader).await.contains(&passport.id()));
        // It was the reversal that was wrong.
        office.pass(SignedDuration::from_secs(2)).await;
        merge(&office, &trader, &victim).await;
        office.hold(&victim, "plates", "15:30").await.expect_problem(409, "person-merged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reversal_that_is_heard_of_before_its_merge_holds_against_it() {
    for office in Office::each_database().await {
        let (kept, restored) = (office.person(), office.person());
        let booked = office.book(&restored, "passport", "10:00").await;
        let late = office.merge(&kept, &restored);
        office.pass(SignedDuration::from_secs(2)).await;
        reverse(&office, &kept, &restored).await;
        hear(&office, merged(&office, &kept, &restored, &late)).await;
        assert_eq!(active(&office, &restored).await, [booked.id()]);
        office.book(&restored, "plates", "12:00").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entitlement_is_its_persons_again() {
    for office in Office::each_database().await {
        let (buyer, seller) = (office.person(), office.person());
        let until = office.clock.now() + SignedDuration::from_hours(24 * 90);
        let letter = json!({
            "service": "title", "reference": "LEA-1", "birthdate": "1990-05-17",
            "names": [{ "given_name": "Zeynep", "family_name": "Öztürk" }], "valid_until": until,
        });
        let agency = office.agency("entitlements:write");
        office.post("/v1/entitlements", &agency, letter).await.expect(201);
        let claim = json!({
            "service": "title", "reference": "LEA-1", "attendee": office.attendee(&seller),
        });
        let claimed = office.post("/v1/entitlements/claim", &office.token(&seller), claim).await;
        claimed.expect(204);
        merge(&office, &buyer, &seller).await;
        office.pass(SignedDuration::from_secs(2)).await;
        reverse(&office, &buyer, &seller).await;
        let refused = office.hold(&buyer, "title", "10:00").await;
        refused.expect_problem(403, "entitlement-required");
        office.book(&seller, "title", "10:00").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_in_a_draw_is_its_persons_again() {
    for drawing in Drawing::each().await {
        let (office, id): (&Office, _) = (&drawing.office, drawing.announced("visa").await);
        let entered = drawing.enter_many(&id, 1).await;
        let (kept, restored) = (office.person(), &entered[0].0);
        merge(office, &kept, restored).await;
        let has = async |person: &Person, status: u16| {
            testkit::eventually(SOON, async || {
                (drawing.own(&id, person).await.status == status).then_some(())
            })
            .await;
        };
        has(&kept, 200).await;
        has(restored, 404).await;
        reverse(office, &kept, restored).await;
        has(restored, 200).await;
        has(&kept, 404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_the_merge_ended_is_in_the_list_again() {
    for drawing in Drawing::each().await {
        let (office, id): (&Office, _) = (&drawing.office, drawing.announced("visa").await);
        let entered = drawing.enter_many(&id, 2).await;
        let [(kept, first), (restored, second)] = entered.as_slice() else { panic!("two enter") };
        let receipt = second.body["receipt"].as_str().unwrap();
        merge(office, kept, restored).await;
        testkit::eventually(SOON, async || {
            (drawing.end(&id, receipt).await.status == 200).then_some(())
        })
        .await;
        reverse(office, kept, restored).await;
        let own = testkit::eventually(SOON, async || {
            let own = drawing.own(&id, restored).await;
            (own.status == 200).then_some(own)
        })
        .await;
        assert_eq!(own.body["wishes"], second.body["wishes"]);
        drawing.end(&id, receipt).await.expect_problem(404, "entry-not-found");
        let other = drawing.own(&id, kept).await.expect(200).body;
        assert_eq!(other["receipt"], first.body["receipt"]);
        drawing.close();
        drawing.until(&id, "settled").await;
        let proof = drawing.proof(&id).await;
        assert_eq!(proof.entries.len(), 2);
        // The receipt of before the merge is an older one, and accuses nobody.
        for receipt in [receipt, own.body["receipt"].as_str().unwrap()] {
            let findings = entrant(&proof, receipt);
            assert!(!findings.iter().any(Finding::is_wrong), "{findings:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_whose_list_is_closed_stays_ended_and_its_persons_data_say_so() {
    for drawing in Drawing::each().await {
        let (office, id): (&Office, _) = (&drawing.office, drawing.announced("visa").await);
        let entered = drawing.enter_many(&id, 2).await;
        let [(kept, _), (restored, second)] = entered.as_slice() else { panic!("two enter") };
        let receipt = second.body["receipt"].as_str().unwrap();
        merge(office, kept, restored).await;
        testkit::eventually(SOON, async || {
            (drawing.end(&id, receipt).await.status == 200).then_some(())
        })
        .await;
        drawing.close();
        drawing.until(&id, "settled").await;
        reverse(office, kept, restored).await;
        let person = restored.pseudonym.to_string();
        testkit::eventually(SOON, async || {
            let said = store::audited(&office.database_url, &person).await;
            said.contains(&"draw.entry_stays_ended".to_owned()).then_some(())
        })
        .await;
        drawing.own(&id, restored).await.expect_problem(404, "entry-not-found");
        assert_eq!(drawing.end(&id, receipt).await.status, 200);
        assert_eq!(store::count_of(&office.database_url, "merge_ended").await, 0);
    }
}
