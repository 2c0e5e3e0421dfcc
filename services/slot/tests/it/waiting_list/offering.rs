//! Seats that become free, in whatever way, go to the first in line whom they suit.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::eventually;

use super::{DEADLINE, SLOTS, Waiting, catalogue, on_monday};
use crate::{office::Office, store, values::put_values};

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_seat_is_kept_for_the_first_in_line_and_nobody_else_gets_it() {
    for mut waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let (one, other) = (waiting.waiter().await, waiting.waiter().await);
        waiting.cancel(&booked[0]).await;
        // From the moment of the cancellation on.
        let stranger = waiting.office.person();
        waiting.hold(&stranger, "08:00").await.expect_problem(409, "slot-taken");
        let (first, own) = waiting.offered(&[&one, &other]).await;
        assert_eq!(own["offer"]["start"], on_monday("08:00"));
        // A quarter of the time that is left is more than a day.
        assert_eq!(own["offer"]["valid_until"], "2027-01-05T09:00:00+01:00");
        let told = waiting.told_of_offer().await;
        assert_eq!(told.pseudonym, first.pseudonym.to_string());
        assert_eq!((told.language.as_str(), told.declines_left), ("en", 2));
        let second = if first.pseudonym == one.pseudonym { &other } else { &one };
        assert_eq!(waiting.own(second).await["status"], "waiting");
        let stranger = waiting.office.person();
        waiting.hold(&stranger, "08:00").await.expect_problem(409, "slot-taken");
        waiting.accept(second, &own["offer"]).await.expect_problem(404, "offer-not-found");
        assert_eq!(store::kinds(&waiting.office.database_url).await["offer"], 1);

        // It was the one whom chance put first.
        waiting.pass(24);
        let drawn =
            async |person| waiting.own(person).await["place"]["drawn"].as_str().unwrap().to_owned();
        assert!(drawn(first).await < drawn(second).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_seats_at_once_are_given_by_the_line_and_not_by_the_seat() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let mut people = Vec::new();
        for _ in 0..3 {
            let person = waiting.office.person();
            let late_is_best = json!([{ "after": "08:20" }, {}]);
            waiting.join(&person, late_is_best, "key").await.expect(201);
            people.push(person);
        }
        // At night they are collected.
        waiting.pass(12);
        for one in &booked {
            waiting.cancel(one).await;
        }
        waiting.pass(12);
        let mut line = Vec::new();
        for person in &people {
            let own = waiting.until(person, "offered").await;
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            line.push((text(&own["place"]["drawn"]), text(&own["offer"]["start"])));
        }
        line.sort();
        // The first in line has the best of all that were freed, although it was freed last.
        let starts: Vec<_> = line.into_iter().map(|(_, start)| start).collect();
        assert_eq!(starts, ["08:20", "08:00", "08:10"].map(on_monday));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_written_to_at_night_and_nobody_gets_the_seat_meanwhile() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        // 21 o'clock.
        waiting.pass(12);
        waiting.cancel(&booked[1]).await;
        let url = &waiting.office.database_url;
        let offers = waiting.office.number("waiting_list_offers_total").await;
        for _ in 0..3 {
            let stranger = waiting.office.person();
            waiting.hold(&stranger, "08:10").await.expect_problem(409, "slot-taken");
            waiting.pass(3);
            assert_eq!(waiting.own(&person).await["status"], "waiting");
        }
        // 6 o'clock.
        assert_eq!(store::kinds(url).await["returning"], 1);
        assert_eq!(waiting.office.number("waiting_list_offers_total").await, offers);
        waiting.pass(2);
        let own = waiting.until(&person, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:10"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_hold_reaches_the_list_first() {
    for waiting in Waiting::each().await {
        for time in &SLOTS[..2] {
            waiting.book(&waiting.office.person(), time).await;
        }
        waiting.hold(&waiting.office.person(), SLOTS[2]).await.expect(201);
        // As soon as this process knows what is held.
        free_of(&waiting, 0).await;
        let person = waiting.waiter().await;
        waiting.office.clock.advance(SignedDuration::from_mins(11));
        let own = waiting.until(&person, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday(SLOTS[2]));
        waiting.accept(&person, &own["offer"]).await.expect(201);
    }
}

/// Waits until so many slots of the tiny office look free.
async fn free_of(waiting: &Waiting, many: usize) {
    eventually(DEADLINE, async || {
        let path = "/v1/availability/slots?service=permit&date=2027-01-11";
        let free = waiting.office.read(path).await.expect(200).body;
        (free["slots"].as_array().unwrap().len() == many).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_gives_back_by_moving_reaches_the_list_first() {
    for waiting in Waiting::each().await {
        let mover = waiting.office.person();
        let old = waiting.book(&mover, "08:00").await;
        let person = waiting.office.person();
        // They do not want the seat that is free.
        let early = json!([{ "before": "08:10" }]);
        waiting.join(&person, early, "key").await.expect(201);
        let wish = json!({
            "location": "tiny", "start": on_monday("08:20"), "services": ["permit"], "replaces": old.id(),
        });
        let token = waiting.office.token(&mover);
        let hold = waiting.office.post("/v1/holds", &token, wish).await.expect(201);
        waiting.office.confirm(&mover, &hold, "move").await.expect(201);
        let own = waiting.until(&person, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:00"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_opens_reaches_the_list_before_everybody() {
    for waiting in Waiting::each().await {
        let person = waiting.office.person();
        let next = json!([{ "from": "2027-01-18" }]);
        waiting.join(&person, next, "key").await.expect(201);
        // 18 January can be booked from the 8th on.
        waiting.pass(4 * 24);
        let own = waiting.until(&person, "offered").await;
        assert_eq!(own["offer"]["start"], "2027-01-18T08:00:00+01:00");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_desks_reach_the_list_first() {
    for mut office in Office::each_database_with(&catalogue()).await {
        let text = catalogue().replace("AUTHORITY", office.authority.as_str());
        let file = tempfile::NamedTempFile::new().unwrap();
        put_values(&file, &text);
        office.settings.catalogue = slot::CatalogueSettings::File(file.path().to_owned());
        let waiting = Waiting::of(office).await;
        waiting.full().await;
        free_of(&waiting, 0).await;
        let person = waiting.waiter().await;
        let (from, to) = ("desks: 1\n      services: {permit", "desks: 2\n      services: {permit");
        let more = text.replacen(from, to, 1);
        assert_ne!(more, text);
        put_values(&file, &more);
        waiting.until(&person, "offered").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_wants_becomes_free_as_any_other_seat() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let person = waiting.office.person();
        let wish = json!([{ "after": "08:20" }]);
        waiting.join(&person, wish, "key").await.expect(201);
        waiting.cancel(&booked[0]).await;
        waiting.returned().await;
        eventually(DEADLINE, async || {
            let answer = waiting.hold(&waiting.office.person(), "08:00").await;
            (answer.status == 201).then_some(())
        })
        .await;
        assert_eq!(waiting.own(&person).await["status"], "waiting");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_make_one_offer() {
    for waiting in Waiting::each().await {
        let _second = waiting.office.beside().await;
        let booked = waiting.full().await;
        let people = [waiting.waiter().await, waiting.waiter().await];
        waiting.cancel(&booked[0]).await;
        waiting.offered(&[&people[0], &people[1]]).await;
        let statuses: Vec<Value> =
            [waiting.own(&people[0]).await, waiting.own(&people[1]).await].into();
        let offered = statuses.iter().filter(|own| own["status"] == "offered").count();
        assert_eq!(offered, 1);
        assert_eq!(store::count_of(&waiting.office.database_url, "waiting_offers").await, 1);
    }
}
