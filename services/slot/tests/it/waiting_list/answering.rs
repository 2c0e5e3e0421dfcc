//! Accepting, declining and silence.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use testkit::eventually;

use super::{DEADLINE, Waiting, on_monday, token_of};
use crate::store;

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_offer_is_one_appointment_however_often_it_is_accepted() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        let offer = &own["offer"];
        let (one, two) =
            tokio::join!(waiting.accept(&person, offer), waiting.accept(&person, offer));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 201]);
        assert_eq!(one.body["id"], two.body["id"]);
        let again = waiting.accept(&person, offer).await.expect(200);
        assert_eq!(again.body["id"], one.body["id"]);
        let bookings = waiting.office.bookings_of(&person).await;
        assert_eq!(bookings.len(), 1);
        assert_eq!(bookings[0]["start"], on_monday("08:00"));
        let own = waiting.own(&person).await;
        assert_eq!((&own["status"], &own["wishes"]), (&json!("booked"), &json!([])));
        let kinds = store::kinds(&waiting.office.database_url).await;
        assert_eq!(kinds, [("booking".to_owned(), 3)].into());
        // The desk reads the name that was sealed when the person joined.
        let clerk = waiting.office.clerk(&["tiny"]);
        let path = "/v1/desk/bookings?location=tiny&date=2027-01-11";
        let listed = waiting.office.send(reqwest::Method::GET, path, &clerk, &[], None).await;
        assert!(listed.body.to_string().contains("Zeynep"), "{:?}", listed.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_declines_the_next_in_line_gets_it_and_two_declines_cost_the_place() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        waiting.cancel(&booked[0]).await;
        let (first, own) = waiting.offered(&[&people[0], &people[1]]).await;
        let second = if first.pseudonym == people[0].pseudonym { &people[1] } else { &people[0] };
        let told = waiting.told_of_offer().await;
        let token = token_of(&told.answer_url).to_owned();
        waiting.answer(&"0".repeat(32), "decline").await.expect_problem(404, "offer-not-found");
        waiting.answer("nonsense", "decline").await.expect_problem(400, "invalid-request");
        for _ in 0..2 {
            // A mail program may send it twice.
            let answered = waiting.answer(&token, "decline").await.expect(200).body;
            assert_eq!(answered, json!({ "status": "waiting", "declines_left": 1 }));
        }
        waiting.accept(first, &own["offer"]).await.expect_problem(409, "offer-over");
        let next = waiting.until(second, "offered").await;
        assert_eq!(next["offer"]["start"], own["offer"]["start"]);
        // Nobody is offered twice what they declined; another seat they are.
        waiting.accept(second, &next["offer"]).await.expect(201);
        waiting.cancel(&booked[1]).await;
        let own = waiting.until(first, "offered").await;
        let path =
            format!("/v1/waiting-list/offers/{}/decline", own["offer"]["id"].as_str().unwrap());
        let token = waiting.office.token(first);
        let answered = waiting.office.post(&path, &token, json!({})).await.expect(200).body;
        assert_eq!(answered, json!({ "status": "ended", "declines_left": 0 }));
        assert_eq!(waiting.own(first).await["reason"], "declines");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_was_lost_by_declines_is_not_taken_again_online_at_once() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        for (count, given_up) in booked.iter().take(2).enumerate() {
            waiting.cancel(given_up).await;
            waiting.until(&person, "offered").await;
            let told = waiting.told_of_offer().await;
            let answered = waiting.answer(token_of(&told.answer_url), "decline").await.expect(200);
            assert_eq!(answered.body["declines_left"], 1 - count);
        }
        let lost_at = waiting.office.clock.now();
        let refused = waiting.join(&person, json!([{}]), "again").await;
        let refused = refused.expect_problem(409, "rejoin-too-soon");
        let again: Timestamp = refused.body["again_at"].as_str().unwrap().parse().unwrap();
        let own = waiting.own(&person).await;
        let shown: Timestamp = own["again_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(shown, again, "the place says the same");
        let told = waiting.told_of_loss().await;
        let told_from = Timestamp::from_millisecond(told.again_at_ms).unwrap();
        assert!(told_from.duration_since(again).abs() < SignedDuration::from_mins(1), "{told:?}");
        assert!(told.manage_url.ends_with("/services/permit"), "{}", told.manage_url);
        let waits = again.duration_since(lost_at);
        assert!(waits > SignedDuration::from_hours(24 * 29), "{waits}");
        assert!(waits <= SignedDuration::from_hours(24 * 30), "{waits}");
        for said in ["30 days", "office decides"] {
            assert!(refused.detail().unwrap().contains(said), "{}", refused.body);
        }
        // Another person joins, and the desk puts in line whom it wants to.
        waiting.waiter().await;
        let clerk = waiting.office.clerk(&["tiny"]);
        waiting.join_at_desk(&clerk, &person, "+49 30 9010").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_counts_as_a_decline_and_asks_whether_somebody_still_waits() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        waiting.cancel(&booked[0]).await;
        let (first, _) = waiting.offered(&[&people[0], &people[1]]).await;
        let second = if first.pseudonym == people[0].pseudonym { &people[1] } else { &people[0] };
        let old = token_of(&waiting.told_of_offer().await.answer_url).to_owned();
        // The offer ends at 9 o'clock of the next morning.
        waiting.pass(26);
        let own = waiting.until(first, "asked").await;
        assert_eq!((&own["declines_left"], own["offer"].is_null()), (&json!(1), true));
        waiting.until(second, "offered").await;
        let told = waiting.told_of_lapse().await;
        assert_eq!(told.pseudonym, first.pseudonym.to_string());
        waiting.answer(&old, "still-waiting").await.expect_problem(404, "offer-not-found");
        // Who does not answer gets no offer; who does is in line again.
        let token = token_of(&told.answer_url).to_owned();
        let answered = waiting.answer(&token, "still-waiting").await.expect(200).body;
        assert_eq!(answered, json!({ "status": "waiting", "declines_left": 1 }));
        waiting.cancel(&booked[1]).await;
        let own = waiting.until(first, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:10"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_never_says_that_they_still_wait_loses_the_place() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        waiting.until(&person, "offered").await;
        waiting.pass(26);
        waiting.until(&person, "asked").await;
        waiting.returned().await;
        waiting.pass(25);
        assert_eq!(waiting.until(&person, "ended").await["reason"], "silence");
        // The seat is for everybody again.
        eventually(DEADLINE, async || {
            let answer = waiting.hold(&waiting.office.person(), "08:00").await;
            (answer.status == 201).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_appointment_waits_for_an_earlier_one_and_gives_theirs_to_the_next() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let (holder, old) = &booked[2];
        let joined = waiting.join(holder, json!([{}]), "key").await.expect(201);
        assert_eq!(joined.body["replaces"], old.body["id"]);
        waiting.pass(24);
        let behind = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(holder, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:00"));
        assert!(waiting.told_of_offer().await.replaces_starts_at_ms > 0);
        let moved = waiting.accept(holder, &own["offer"]).await.expect(201);
        assert_eq!(moved.body["replaces"], old.body["id"]);
        assert_eq!(moved.body["series_id"], old.body["series_id"]);
        let active = waiting.office.bookings_of(holder).await;
        let active: Vec<_> = active.iter().filter(|one| one["status"] == "confirmed").collect();
        assert_eq!(active.len(), 1);
        // What they gave back is offered to the next.
        let own = waiting.until(&behind, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:20"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_in_the_group_ends_offer_and_place() {
    for waiting in Waiting::each().await {
        let early = waiting.office.person();
        let booked = (early.clone(), waiting.book(&early, "08:00").await);
        // Neither of them wants the seats that are free.
        let (person, next) = (waiting.office.person(), waiting.office.person());
        waiting.join(&person, json!([{ "before": "08:10" }]), "key").await.expect(201);
        waiting.pass(24);
        waiting.join(&next, json!([{ "before": "08:10" }]), "key").await.expect(201);
        waiting.cancel(&booked).await;
        waiting.until(&person, "offered").await;
        waiting.book(&person, "08:20").await;
        waiting.until(&person, "booked").await;
        let own = waiting.until(&next, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:00"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_gives_the_offer_to_the_next() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        waiting.cancel(&booked[0]).await;
        let (first, own) = waiting.offered(&[&people[0], &people[1]]).await;
        let second = if first.pseudonym == people[0].pseudonym { &people[1] } else { &people[0] };
        waiting.leave(first, own["id"].as_str().unwrap()).await.expect(204);
        waiting.until(second, "offered").await;
        waiting.accept(first, &own["offer"]).await.expect_problem(404, "offer-not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_can_be_read_by_its_link_and_reading_changes_nothing() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        let told = waiting.told_of_offer().await;
        let link = format!("/en/{}/waiting-list/answer?token=", waiting.office.authority);
        assert!(told.answer_url.contains(&link), "{}", told.answer_url);
        let token = token_of(&told.answer_url).to_owned();
        for _ in 0..3 {
            let message = waiting.message(&token).await.expect(200).body;
            assert_eq!(
                (&message["service"], &message["status"]),
                (&json!("permit"), &json!("offered"))
            );
            assert_eq!(message["offer"]["status"], "open");
            for part in ["id", "location", "start", "end", "valid_until"] {
                assert_eq!(message["offer"][part], own["offer"][part], "{part}");
            }
            assert_eq!(message["offer"]["is_move"], false);
        }
        assert_eq!(waiting.own(&person).await["status"], "offered");
        waiting.message(&"0".repeat(32)).await.expect_problem(404, "offer-not-found");
        waiting.answer(&token, "decline").await.expect(200);
        let message = waiting.message(&token).await.expect(200).body;
        assert_eq!(
            (&message["offer"]["status"], &message["declines_left"]),
            (&json!("declined"), &json!(1))
        );
        // Who leaves is unknown from then on.
        waiting.leave(&person, own["id"].as_str().unwrap()).await.expect(204);
        waiting.message(&token).await.expect_problem(404, "offer-not-found");
    }
}
