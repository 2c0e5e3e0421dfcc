//! Waiting lists when the values change, and when persons are merged and split again.

use jiff::SignedDuration;
use proto::waiting::v1::{PlaceLost, PlaceLostBecause};
use serde_json::json;
use tempfile::NamedTempFile;
use testkit::eventually;

use super::{DEADLINE, Waiting, catalogue, token_of};
use crate::{
    draws::Death,
    events::{merge, next},
    merge_reversed::reverse,
    office::Office,
    store,
    values::put_values,
};

/// An office whose values can be changed while it runs.
async fn changeable(mut office: Office) -> (Waiting, String, NamedTempFile) {
    let text = catalogue().replace("AUTHORITY", office.authority.as_str());
    let file = NamedTempFile::new().unwrap();
    put_values(&file, &text);
    office.settings.catalogue = slot::CatalogueSettings::File(file.path().to_owned());
    (Waiting::of(office).await, text, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_a_list_that_is_taken_away_is_told() {
    for office in Office::each_database_with(&catalogue()).await {
        let (mut waiting, text, file) = changeable(office).await;
        let booked = waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        waiting.cancel(&booked[0]).await;
        let (offered, own) = waiting.offered(&[&people[0], &people[1]]).await;
        let without = text.replacen("      waitingList: {answerHours: 24}\n", "", 1);
        assert_ne!(without, text);
        put_values(&file, &without);
        for person in &people {
            let ended = waiting.until(person, "ended").await;
            assert_eq!((&ended["reason"], &ended["wishes"]), (&json!("list-ended"), &json!([])));
        }
        waiting.accept(offered, &own["offer"]).await.expect_problem(409, "offer-over");
        let mut told = Vec::new();
        while told.len() < people.len() {
            let event = next(&mut waiting.events).await;
            if let Ok(lost) = event.message::<PlaceLost>() {
                assert_eq!(lost.because(), PlaceLostBecause::ListEnded);
                assert!(lost.manage_url.ends_with("/services/permit"), "{}", lost.manage_url);
                told.push(lost.pseudonym);
            }
        }
        told.sort();
        let mut all = people.each_ref().map(|person| person.pseudonym.to_string());
        all.sort();
        assert_eq!(told, all);
        // The seat that was offered is for everybody again, and nobody can join.
        waiting.returned().await;
        eventually(DEADLINE, async || {
            let answer = waiting.hold(&waiting.office.person(), "08:00").await;
            (answer.status == 201).then_some(())
        })
        .await;
        let person = waiting.office.person();
        waiting.join(&person, json!([{}]), "key").await.expect_problem(409, "no-waiting-list");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_with_another_name_keeps_its_line() {
    for office in Office::each_database_with(&catalogue()).await {
        let (waiting, text, file) = changeable(office).await;
        waiting.full().await;
        let person = waiting.waiter().await;
        let renamed = text
            .replacen("    permit:\n", "    licence:\n      formerly: [permit]\n", 1)
            .replacen("services: {permit: {}}", "services: {licence: {}}", 1);
        put_values(&file, &renamed);
        let own = eventually(DEADLINE, async || {
            let own = waiting.own(&person).await;
            (own["service"] == "licence").then_some(own)
        })
        .await;
        assert_eq!(own["status"], "waiting");
    }
}

/// Fault: once the service had another name, a lost place said that its person can join again, which is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_place_says_from_when_on_to_join_again_under_another_name_too() {
    for office in Office::each_database_with(&catalogue()).await {
        let (mut waiting, text, file) = changeable(office).await;
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        for given_up in booked.iter().take(2) {
            waiting.cancel(given_up).await;
            waiting.until(&person, "offered").await;
            let told = waiting.told_of_offer().await;
            waiting.answer(token_of(&told.answer_url), "decline").await.expect(200);
        }
        let before = waiting.own(&person).await;
        assert!(before["again_at"].is_string(), "{before}");
        let other = waiting.waiter().await;
        let renamed = text
            .replacen("    permit:\n", "    licence:\n      formerly: [permit]\n", 1)
            .replacen("services: {permit: {}}", "services: {licence: {}}", 1);
        put_values(&file, &renamed);
        eventually(DEADLINE, async || {
            (waiting.own(&other).await["service"] == "licence").then_some(())
        })
        .await;
        assert_eq!(waiting.own(&person).await["again_at"], before["again_at"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_does_not_follow_keeps_no_other_from_following() {
    for office in Office::each_database_with(&catalogue()).await {
        let (waiting, text, file) = changeable(office).await;
        let url = &waiting.office.database_url;
        waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        // Once the day of joining is over, each sees what chance made of it.
        waiting.pass(24);
        let mut line = Vec::new();
        for person in &people {
            let own = waiting.own(person).await;
            let said = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            line.push((said(&own["place"]["drawn"]), said(&own["id"])));
        }
        line.sort();
        let rows = format!("NEW.service = 'licence' AND NEW.id = '{}'", line[0].1);
        let death = Death::of("waiting_entries", "UPDATE", rows.leak());
        death.set_up(url).await;
        let renamed = text
            .replacen("    permit:\n", "    licence:\n      formerly: [permit]\n", 1)
            .replacen("services: {permit: {}}", "services: {licence: {}}", 1);
        put_values(&file, &renamed);
        let follow = async |many: i64| {
            let there = "waiting_entries WHERE service = 'licence'";
            eventually(DEADLINE, async || {
                (store::count_of(url, there).await == many).then_some(())
            })
            .await;
        };
        follow(1).await;
        eventually(DEADLINE, async || {
            (waiting.office.number("waiting_list_stuck").await == 1).then_some(())
        })
        .await;
        death.take_away(url).await;
        follow(2).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn places_and_what_comes_of_them_count_in_the_group_that_the_service_is_of_by_then() {
    for office in Office::each_database_with(&catalogue()).await {
        let (waiting, text, file) = changeable(office).await;
        let booked = waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        waiting.cancel(&booked[0]).await;
        let (offered, own) = waiting.offered(&[&people[0], &people[1]]).await;
        let group = "    permits: {name: {de: Erlaubnisse}}";
        let renamed = "    licences: {name: {de: Erlaubnisse}, formerly: [permits]}";
        let regrouped = text.replacen(group, renamed, 1);
        let regrouped = regrouped.replacen("group: permits", "group: licences", 1);
        assert!(regrouped.contains(renamed) && regrouped.contains("group: licences"));
        put_values(&file, &regrouped);
        let url = &waiting.office.database_url;
        let in_line = "waiting_entries WHERE service_group = 'licences' \
                       AND status IN ('waiting', 'offered')";
        eventually(DEADLINE, async || (store::count_of(url, in_line).await == 2).then_some(()))
            .await;
        let booking = waiting.accept(offered, &own["offer"]).await.expect(201);
        let counts =
            format!("bookings WHERE id = '{}' AND service_group = 'licences'", booking.id());
        assert_eq!(store::count_of(url, &counts).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_in_line_is_its_persons_again_after_a_merge_that_was_wrong() {
    for waiting in Waiting::each().await {
        waiting.full().await;
        let (kept, restored) = (waiting.office.person(), waiting.waiter().await);
        let before = waiting.own(&restored).await;
        merge(&waiting.office, &kept, &restored).await;
        waiting.until(&kept, "waiting").await;
        assert!(waiting.own(&restored).await.is_null());
        waiting.office.pass(SignedDuration::from_secs(2)).await;
        reverse(&waiting.office, &kept, &restored).await;
        let after = waiting.until(&restored, "waiting").await;
        assert_eq!((&after["id"], &after["place"]), (&before["id"], &before["place"]));
        assert!(waiting.own(&kept).await.is_null());
    }
}
