//! How a date ends, and what its person and its agency are told of that.

use jiff::{SignedDuration, Timestamp};
use proto::waiting::v1::{AssignedDateEnded, AssignedDateEndedBecause};
use serde_json::{Value, json};
use testkit::eventually;

use super::{DEADLINE, accept, at, catalogue, decline, filed, give, given, own};
use crate::{
    draws::Death,
    entitlements::{change, claim, post, posted, until, with},
    events::listen,
    office::Office,
    store,
};

/// Dates must be answered within a day.
fn answered_soon() -> String {
    let allocation = "allocation: assign\n";
    catalogue().replacen(allocation, &format!("{allocation}      assign: {{answerDays: 1}}\n"), 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_can_be_answered_no_longer_than_its_application_is_valid() {
    for office in Office::each_database_with(&answered_soon()).await {
        let ends = office.clock.now() + SignedDuration::from_hours(12);
        let short = with(posted(&office, "LEA-1"), json!({ "valid_until": ends }));
        let short = post(&office, short).await.expect(201).id();
        let date = give(&office, &short, "10:00").await.expect(201);
        let answer_by: Timestamp = date.body["answer_by"].as_str().unwrap().parse().unwrap();
        assert_eq!(answer_by, ends);

        // The date is in seven days, and must be answered within one.
        let cases = [("LEA-2", 8, "give a date after"), ("LEA-3", 3, "once `valid_from` has come")];
        for (reference, days, advice) in cases {
            let later =
                with(posted(&office, reference), json!({ "valid_from": until(&office, days) }));
            let later = post(&office, later).await.expect(201).id();
            let refused = give(&office, &later, "11:00").await;
            let refused = refused.expect_problem(404, "entitlement-not-found");
            assert!(refused.detail().unwrap().contains(advice), "{}", refused.body);
        }
        // Nobody else lost the seat to what was refused.
        let valid = filed(&office, "LEA-4").await;
        give(&office, &valid, "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_lapsed_makes_room_though_no_job_has_ended_it_yet() {
    for office in Office::each_database_with(&answered_soon()).await {
        let id = filed(&office, "LEA-1").await;
        let first = at(&office, "10:00");
        let dead = change(&office, &id, "date", first.clone()).await.expect(201).id();
        office.clock.advance(SignedDuration::from_hours(25));
        assert_eq!(given(&office, &id).await.expect(200).body["status"], "lapsed");
        let over = change(&office, &id, "date/withdraw", json!({})).await;
        over.expect_problem(404, "date-not-found");
        // Its seat comes back in the one way, and the dead date is never given out as a living one.
        let again = change(&office, &id, "date", first).await;
        if again.status == 409 {
            again.expect_problem(409, "slot-taken");
        } else {
            assert_ne!(again.expect(201).id(), dead);
            change(&office, &id, "date/withdraw", json!({})).await.expect(204);
        }
        let next = give(&office, &id, "11:00").await.expect(201);
        assert_eq!(next.body["status"], "open");
        assert_ne!(next.id(), dead);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_does_not_end_keeps_no_other_from_ending() {
    for office in Office::each_database_with(&answered_soon()).await {
        let url = &office.database_url;
        let mut dates = Vec::new();
        for (reference, time) in [("LEA-1", "10:00"), ("LEA-2", "11:00")] {
            let id = filed(&office, reference).await;
            dates.push(give(&office, &id, time).await.expect(201).id());
        }
        let rows = format!("NEW.status = 'lapsed' AND NEW.id = '{}'", dates[0]);
        let death = Death::of("assigned_dates", "UPDATE", rows.leak());
        death.set_up(url).await;
        office.clock.advance(SignedDuration::from_hours(25));
        let lapsed = |id: &str| format!("assigned_dates WHERE status = 'lapsed' AND id = '{id}'");
        eventually(DEADLINE, async || {
            (store::count_of(url, &lapsed(&dates[1])).await == 1).then_some(())
        })
        .await;
        eventually(DEADLINE, async || {
            (office.number("waiting_list_stuck").await == 1).then_some(())
        })
        .await;
        assert_eq!(store::count_of(url, &lapsed(&dates[0])).await, 0);
        death.take_away(url).await;
        eventually(DEADLINE, async || {
            (store::count_of(url, &lapsed(&dates[0])).await == 1).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_in_the_group_ends_the_other_dates_of_its_person() {
    for office in Office::standing_on_each(&catalogue()).await {
        let person = office.person();
        let mut dates = Vec::new();
        for (reference, time) in [("LEA-1", "10:00"), ("LEA-2", "11:00"), ("LEA-3", "12:00")] {
            let id = filed(&office, reference).await;
            claim(&office, &person, reference).await.expect(204);
            let date = give(&office, &id, time).await.expect(201).id();
            dates.push((id, date));
        }
        // Somebody else's stays.
        let others = with(posted(&office, "LEA-4"), json!({ "birthdate": "1990-05-18" }));
        let others = post(&office, others).await.expect(201).id();
        give(&office, &others, "13:00").await.expect(201);
        accept(&office, &person, &dates[1].1).await.expect(201);
        for (id, date) in [&dates[0], &dates[2]] {
            eventually(DEADLINE, async || {
                let read = given(&office, id).await.expect(200);
                (read.body["status"] == "withdrawn").then_some(())
            })
            .await;
            let refused = accept(&office, &person, date).await.expect_problem(409, "date-over");
            assert_eq!(refused.body["current_status"], "withdrawn");
        }
        assert_eq!(own(&office, &person).await, Vec::<Value>::new());
        assert_eq!(given(&office, &dates[1].0).await.body["status"], "accepted");
        assert_eq!(given(&office, &others).await.body["status"], "open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_ends_the_date_of_an_application_that_its_person_has_not_proven() {
    for office in Office::each_database_with(&catalogue()).await {
        let mut events = listen(&office);
        let person = office.person();
        let first = filed(&office, "LEA-1").await;
        claim(&office, &person, "LEA-1").await.expect(204);
        let accepted = give(&office, &first, "10:00").await.expect(201).id();
        let second = filed(&office, "LEA-2").await;
        let needless = give(&office, &second, "11:00").await.expect(201).id();
        // One of another human, by the date of birth.
        let other = with(posted(&office, "LEA-3"), json!({ "birthdate": "1990-05-18" }));
        let other = post(&office, other).await.expect(201).id();
        give(&office, &other, "12:00").await.expect(201);
        accept(&office, &person, &accepted).await.expect(201);

        assert_eq!(given(&office, &second).await.expect(200).body["status"], "withdrawn");
        assert_eq!(given(&office, &other).await.expect(200).body["status"], "open");
        let ended = loop {
            let event = tokio::time::timeout(DEADLINE, events.recv()).await;
            let event = event.expect("an event").unwrap();
            if let Ok(ended) = event.message::<AssignedDateEnded>() {
                break ended;
            }
        };
        assert_eq!(ended.because(), AssignedDateEndedBecause::BookedOtherwise);
        assert_eq!((ended.date_id, ended.pseudonym), (needless, person.pseudonym.to_string()));
        // The application stays on file.
        claim(&office, &person, "LEA-2").await.expect(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_ends_with_the_validity_of_its_application() {
    for office in Office::standing_on_each(&catalogue()).await {
        let (id, valid) = (filed(&office, "LEA-1").await, filed(&office, "LEA-2").await);
        give(&office, &id, "10:00").await.expect(201);
        give(&office, &valid, "11:00").await.expect(201);
        // As if it was withdrawn while the date was being given.
        let now = office.clock.now().as_millisecond();
        let sql = format!("UPDATE entitlements SET withdrawn_at = {now} WHERE id = '{id}'");
        store::run(&office.database_url, &sql).await;
        eventually(DEADLINE, async || {
            let read = given(&office, &id).await.expect(200);
            (read.body["status"] == "withdrawn").then_some(())
        })
        .await;
        assert_eq!(given(&office, &valid).await.body["status"], "open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_hold_in_the_group_ends_the_dates_of_its_person() {
    for office in Office::each_with(&catalogue()).await {
        let person = office.person();
        let id = filed(&office, "LEA-1").await;
        claim(&office, &person, "LEA-1").await.expect(204);
        give(&office, &id, "10:00").await.expect(201);
        office.book(&person, "passport", "14:00").await;
        eventually(DEADLINE, async || {
            let read = given(&office, &id).await.expect(200);
            (read.body["status"] == "withdrawn").then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agency_reads_what_became_of_an_accepted_date() {
    for office in Office::each_database_with(&catalogue()).await {
        let person = office.person();
        let id = filed(&office, "LEA-1").await;
        claim(&office, &person, "LEA-1").await.expect(204);
        let date = give(&office, &id, "10:00").await.expect(201);
        assert_eq!(date.body["booking_status"], Value::Null);
        let booking = accept(&office, &person, &date.id()).await.expect(201).id();
        // What is an appointment was not declined.
        let refused = decline(&office, &person, &date.id()).await.expect_problem(409, "date-over");
        assert_eq!(refused.body["current_status"], "accepted");
        let of_booking =
            async || given(&office, &id).await.expect(200).body["booking_status"].clone();
        assert_eq!(of_booking().await, "confirmed");
        let path = format!("/v1/bookings/{booking}/cancel");
        office.post(&path, &office.token(&person), json!({})).await.expect(200);
        assert_eq!(of_booking().await, "cancelled");
        give(&office, &id, "11:00").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accepting_several_times_at_once_is_one_appointment_and_repeats() {
    for office in Office::each_with(&catalogue()).await {
        let person = office.person();
        let id = filed(&office, "LEA-1").await;
        claim(&office, &person, "LEA-1").await.expect(204);
        let date = give(&office, &id, "10:00").await.expect(201).id();
        let answers = (0..6).map(|_| accept(&office, &person, &date));
        let answers = futures_util::future::join_all(answers).await;
        let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        let bodies: Vec<_> = answers.iter().map(|answer| &answer.body).collect();
        assert_eq!(statuses, [200, 200, 200, 200, 200, 201], "{bodies:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_application_is_given_five_dates_a_day() {
    for office in Office::each_database_with(&catalogue()).await {
        let id = filed(&office, "LEA-1").await;
        for time in ["08:00", "09:00", "10:00", "11:00", "12:00"] {
            give(&office, &id, time).await.expect(201);
            change(&office, &id, "date/withdraw", json!({})).await.expect(204);
        }
        let refused = give(&office, &id, "13:00").await.expect_problem(429, "rate-limited");
        let wait: i64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
        let again: Timestamp = refused.body["again_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(again, office.clock.now() + SignedDuration::from_secs(wait));
        // The seat stayed free, and other applications have dates of their own.
        let other = filed(&office, "LEA-2").await;
        give(&office, &other, "13:00").await.expect(201);
        // Staff are bound by it, too.
        let body =
            json!({ "service": "title", "reference": "LEA-1", "reason": { "code": "urgent" } });
        let body = with(body, at(&office, "14:00"));
        let clerk = office.clerk(&["small"]);
        let refused = office.post("/v1/desk/assigned-dates", &clerk, body).await;
        refused.expect_problem(429, "rate-limited");
        office.clock.advance(SignedDuration::from_secs(wait));
        give(&office, &id, "14:00").await.expect(201);
    }
}
