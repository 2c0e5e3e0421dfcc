//! Who may join, once, and where in line they are.

use aws_lc_rs::hmac;
use serde_json::{Value, json};
use vocabulary::TrustLevel;

use super::Waiting;
use crate::{office::Person, store};

/// Seats of days that cannot be booked while a test runs.
fn never_free() -> Value {
    json!([{ "after": "08:20", "from": "2027-03-01" }])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_one_can_be_changed_left_and_repeated() {
    for waiting in Waiting::each().await {
        let person = waiting.office.person();
        let never = json!([
            { "before": "08:20", "from": "2027-03-01" },
            { "locations": ["tiny"], "weekdays": [1], "from": "2027-03-01" },
        ]);
        let first = waiting.join(&person, never.clone(), "one").await.expect(201);
        assert_eq!(first.body["wishes"][0]["before"], "08:20");
        assert_eq!(first.body["status"], "waiting");
        assert_eq!(first.body["declines_left"], 2);
        assert_eq!(first.body["place"]["ahead_at_most"], 0);
        for key in ["one", "two"] {
            let again = waiting.join(&person, never.clone(), key).await.expect(200);
            assert_eq!(again.body, first.body);
        }
        let mismatch = waiting.join(&person, json!([{ "before": "08:00" }]), "one").await;
        mismatch.expect_problem(422, "idempotency-mismatch");
        let other = never_free();
        let changed = waiting.join(&person, other, "three").await.expect(201);
        assert_eq!(changed.body["id"], first.body["id"]);
        assert_eq!(changed.body["place"], first.body["place"]);
        assert_eq!(waiting.own(&person).await, changed.body);
        let lists = waiting.office.read("/v1/waiting-lists").await.expect(200).body;
        assert_eq!(lists["waiting_lists"][0]["service"], "permit");
        assert_eq!(lists["waiting_lists"][0]["people"], 1);

        let id = first.id();
        let stranger = waiting.office.person();
        waiting.leave(&stranger, &id).await.expect_problem(404, "not-waiting");
        waiting.leave(&person, &id).await.expect(204);
        waiting.leave(&person, &id).await.expect_problem(404, "not-waiting");
        assert_eq!(store::count_of(&waiting.office.database_url, "waiting_entries").await, 0);
        // Nobody draws a second place on the same day.
        let again = waiting.join(&person, never, "four").await.expect(201);
        assert_eq!(again.body["place"], first.body["place"]);
        // Written at one instant, by a clock that stands.
        let mut actions = store::audited(&waiting.office.database_url, &id).await;
        actions.sort();
        assert_eq!(actions, ["waiting.changed", "waiting.joined"]);
        // The place is gone: that they left it is known of the person.
        let person = person.pseudonym.to_string();
        let left = store::audited(&waiting.office.database_url, &person).await;
        assert_eq!(left, ["waiting.left"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_book_may_not_wait() {
    for waiting in Waiting::each().await {
        let weak = Person { level: TrustLevel::Substantial, ..waiting.office.person() };
        let refused = waiting.join(&weak, json!([{}]), "key").await;
        refused.expect_problem(403, "level-too-low");
        let person = waiting.office.person();
        for wishes in [
            json!([]),
            json!([{ "locations": ["small"] }]),
            json!([{ "weekdays": [8] }]),
            json!([{ "from": "2027-01-12", "until": "2027-01-11" }]),
            json!([{ "after": "09:00", "before": "08:00" }]),
            json!([{ "colour": "red" }]),
            json!(vec![json!({}); 21]),
        ] {
            let refused = waiting.join(&person, wishes, "key").await;
            refused.expect_problem(400, "invalid-request");
        }
        for (service, status, code) in
            [("passport", 409, "no-waiting-list"), ("no-such", 422, "unknown-service")]
        {
            let body = json!({ "service": service, "wishes": [{}] });
            waiting.join_with(&person, body, "key").await.expect_problem(status, code);
        }
        assert_eq!(store::count_of(&waiting.office.database_url, "waiting_entries").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_seat_can_ever_fit_is_refused_from_who_joins_and_from_who_changes() {
    // The office opens on Mondays from 08:00 to 08:30; it is Monday, 4 January, 09:00.
    for waiting in Waiting::each().await {
        let person = waiting.office.person();
        let refuse = async |key: &str| {
            for (at, wish) in [
                json!({ "after": "20:00" }),
                json!({ "before": "08:05" }),
                json!({ "after": "08:15", "before": "08:25" }),
                json!({ "weekdays": [7] }),
                json!({ "until": "2027-01-10" }),
                json!({ "from": "2027-01-12", "until": "2027-01-17" }),
                json!({ "until": "2027-01-11", "except": ["2027-01-11"] }),
                json!({ "until": "2026-12-31" }),
            ]
            .into_iter()
            .enumerate()
            {
                // Behind one that fits, too.
                let wishes = json!([{}, wish]);
                let refused = waiting.join(&person, wishes, &format!("{key}{at}")).await;
                refused.expect_problem(400, "invalid-request");
            }
        };
        refuse("join").await;
        assert_eq!(store::count_of(&waiting.office.database_url, "waiting_entries").await, 0);
        let fits = json!([{ "until": "2027-01-11", "after": "08:20" }, { "from": "2028-05-01" }]);
        let first = waiting.join(&person, fits, "fits").await.expect(201);
        refuse("change").await;
        assert_eq!(waiting.own(&person).await["wishes"], first.body["wishes"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_is_by_day_and_within_a_day_by_chance_that_everybody_can_recompute() {
    for waiting in Waiting::each().await {
        let never = never_free();
        let mut first_day = Vec::new();
        for _ in 0..4 {
            let person = waiting.office.person();
            waiting.join(&person, never.clone(), "key").await.expect(201);
            first_day.push(person);
        }
        // As long as others can join, the place is between two numbers.
        let open = waiting.own(&first_day[0]).await["place"].clone();
        assert_eq!((&open["ahead_at_least"], &open["ahead_at_most"]), (&json!(0), &json!(3)));
        assert!(open["key"].is_null() && open["drawn"].is_null());
        waiting.pass(24);
        let late = waiting.office.person();
        waiting.join(&late, never.clone(), "key").await.expect(201);
        let behind = waiting.own(&late).await["place"].clone();
        assert_eq!((&behind["ahead_at_least"], &behind["ahead_at_most"]), (&json!(4), &json!(4)));

        let mut drawn = Vec::new();
        for person in &first_day {
            let place = waiting.own(person).await["place"].clone();
            assert_eq!(place["ahead_at_least"], place["ahead_at_most"]);
            assert_eq!(place["commitment"], open["commitment"]);
            let bytes = |text: &str| -> Vec<u8> {
                let pairs = (0..text.len()).step_by(2);
                pairs.map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
            };
            let key = bytes(place["key"].as_str().unwrap());
            let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &key);
            assert_eq!(hash.as_ref(), bytes(place["commitment"].as_str().unwrap()));
            let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
            let tag = hmac::sign(&key, format!("2027-01-04\n{}", person.pseudonym).as_bytes());
            assert_eq!(tag.as_ref(), bytes(place["drawn"].as_str().unwrap()));
            let ahead = place["ahead_at_most"].as_u64().unwrap();
            drawn.push((place["drawn"].as_str().unwrap().to_owned(), ahead));
        }
        drawn.sort();
        let places: Vec<_> = drawn.iter().map(|(_, ahead)| *ahead).collect();
        assert_eq!(places, [0, 1, 2, 3]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_person_has_the_earlier_place() {
    for waiting in Waiting::each().await {
        let never = never_free();
        let (kept, dissolved) = (waiting.office.person(), waiting.office.person());
        let early = waiting.join(&dissolved, never.clone(), "key").await.expect(201);
        waiting.pass(24);
        waiting.join(&kept, never, "key").await.expect(201);
        crate::events::merge(&waiting.office, &kept, &dissolved).await;
        testkit::eventually(super::DEADLINE, async || {
            (waiting.own(&kept).await["id"] == early.body["id"]).then_some(())
        })
        .await;
        assert!(waiting.own(&dissolved).await.is_null());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_a_merge_ended_is_where_it_stood_once_the_merge_is_undone() {
    for waiting in Waiting::each().await {
        let (kept, restored) = (waiting.office.person(), waiting.office.person());
        let first = waiting.join(&kept, never_free(), "key").await.expect(201);
        waiting.pass(24);
        let second = waiting.join(&restored, never_free(), "key").await.expect(201);
        crate::events::merge(&waiting.office, &kept, &restored).await;
        testkit::eventually(super::DEADLINE, async || {
            waiting.own(&restored).await.is_null().then_some(())
        })
        .await;
        crate::merge_reversed::reverse(&waiting.office, &kept, &restored).await;
        let own = testkit::eventually(super::DEADLINE, async || {
            let own = waiting.own(&restored).await;
            (own["id"] == second.body["id"]).then_some(own)
        })
        .await;
        assert_eq!(
            (&own["place"], &own["wishes"]),
            (&second.body["place"], &second.body["wishes"])
        );
        assert_eq!(waiting.own(&kept).await["id"], first.body["id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_be_a_known_person_leaves_the_place_to_them() {
    for waiting in Waiting::each().await {
        let never = never_free();
        let unclear = waiting.office.person_in(ids::DoubtId::from_bits(7));
        waiting.join(&waiting.office.person(), never.clone(), "known").await.expect(201);
        let refused = waiting.join(&unclear, never.clone(), "key").await;
        refused.expect_problem(409, "waiting-in-doubt");
        let certain = Person { doubt: None, ..unclear };
        waiting.join(&certain, never, "later").await.expect(201);
    }
}
