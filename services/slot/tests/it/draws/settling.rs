//! Closing, drawing, booking, telling and publishing.

use std::collections::BTreeSet;

use draw::check::{Finding, Outcome};
use proto::{
    booking::v1::BookingConfirmed,
    draw::v1::{EntryNotDrawn, NotDrawnBecause},
};
use serde_json::json;

use super::{Death, Drawing, catalogue, holds};
use crate::{
    events::{listen, next},
    store,
    values::put_values,
};

#[tokio::test(flavor = "multi_thread")]
async fn the_drawn_are_booked_the_others_told_and_everybody_can_check_it() {
    for drawing in Drawing::each().await {
        let office = &drawing.office;
        let id = drawing.announced("visa").await;
        let mut events = listen(office);
        let entered = drawing.enter_many(&id, 20).await;
        let draw = drawing.draw(&id).await;
        // The source of chance of the tests waits for nothing.
        assert_eq!(draw["draw"]["result_from"], draw["draw"]["closes"]);
        drawing.close();
        drawing.until(&id, "settled").await;

        let draw = drawing.draw(&id).await;
        assert_eq!((&draw["draw"]["entered"], &draw["draw"]["served"]), (&json!(20), &json!(12)));
        assert_eq!((&draw["draw"]["drawn"], &draw["draw"]["taken"]), (&json!(12), &json!(12)));
        assert!(draw["draw"]["result_from"].is_null(), "it is there");
        let proof = drawing.proof(&id).await;
        holds(&proof, &entered);
        assert_eq!(proof.entries.len(), 20);

        let (mut starts, mut turns) = (BTreeSet::new(), BTreeSet::new());
        for (person, entry) in &entered {
            let own = drawing.own(&id, person).await.expect(200).body;
            assert_eq!(own["receipt"], entry.body["receipt"], "nothing is promised anew");
            turns.insert(own["turn"].as_u64().unwrap());
            let bookings = office.bookings_of(person).await;
            match own["status"].as_str().unwrap() {
                "booked" => {
                    assert_eq!(own["booking"], bookings[0]["id"]);
                    assert_eq!(bookings[0]["services"], json!(["visa"]));
                    assert!(own["turn"].as_u64().unwrap() <= 12);
                    assert!(starts.insert(bookings[0]["start"].as_str().unwrap().to_owned()));
                }
                "without" => assert_eq!(bookings.len(), 0),
                other => panic!("{other}"),
            }
        }
        assert_eq!(starts.len(), 12);
        assert_eq!(turns, (1..=20).collect());

        let (mut won, mut lost) = (0, 0);
        for _ in 0..20 {
            let event = next(&mut events).await;
            assert!(!String::from_utf8_lossy(&event.data).contains("Zeynep"));
            match event.message::<BookingConfirmed>() {
                Ok(_) => won += 1,
                Err(_) => {
                    event.message::<EntryNotDrawn>().unwrap();
                    lost += 1;
                }
            }
        }
        assert_eq!((won, lost), (12, 8));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_count_and_what_is_left_over_goes_the_one_way() {
    for drawing in Drawing::each().await {
        let office = &drawing.office;
        let (visa, licence) = (drawing.announced("visa").await, drawing.announced("licence").await);
        let mut events = listen(office);
        let early = office.person();
        let wish = json!([{ "after": "09:50" }]);
        drawing.enter(&visa, &early, wish, "key").await.expect(201);
        let pair = office.person();
        let body = json!({ "wishes": [{ "before": "08:20" }], "people": 2 });
        drawing.enter_with(&visa, &pair, body, "key").await.expect(201);
        let driver = office.person();
        let wish = json!([{ "weekdays": [7], "after": "15:50" }]);
        let entry = drawing.enter(&licence, &driver, wish, "key").await.expect(201);
        drawing.close();
        drawing.until(&visa, "settled").await;
        drawing.until(&licence, "settled").await;

        let start = async |person| office.bookings_of(person).await[0]["start"].clone();
        assert_eq!(start(&early).await, "2027-01-18T09:50:00+01:00");
        assert_eq!(start(&pair).await, "2027-01-18T08:00:00+01:00");
        assert_eq!(office.bookings_of(&pair).await[0]["end"], "2027-01-18T08:20:00+01:00");
        assert_eq!(start(&driver).await, "2027-01-24T15:50:00+01:00");
        // What they are told says that they are two.
        let told = loop {
            let confirmed = next(&mut events).await.message::<BookingConfirmed>();
            let appointment = confirmed.ok().and_then(|confirmed| confirmed.appointment);
            let of_pair = appointment.filter(|it| it.pseudonym == pair.pseudonym.to_string());
            if let Some(of_pair) = of_pair {
                break of_pair;
            }
        };
        assert_eq!(told.people, 2);
        // Many slots and one entrant: by exact seats they could be recognised at the desk.
        let proof = drawing.proof(&licence).await;
        assert_eq!(proof.announcement.detail, draw::Detail::HalfDay);
        holds(&proof, &[(driver, entry)]);

        let kinds = store::kinds(&office.database_url).await;
        // Nine slots of `visa` return to everybody; those of `licence` are the desk's.
        assert!(!kinds.contains_key("draw_pool"), "{kinds:?}");
        assert_eq!(kinds.get("closed"), Some(&335), "{kinds:?}");
        let person = office.person();
        office.clock.advance(jiff::SignedDuration::from_secs(120));
        testkit::eventually(super::DEADLINE, async || {
            let at = "2027-01-18T09:00:00+01:00";
            let wish = json!({ "location": "weekdays", "start": at, "services": ["visa"] });
            let answer = office.post("/v1/holds", &office.token(&office.person()), wish).await;
            (answer.status == 201).then_some(())
        })
        .await;
        let at = "2027-01-19T09:00:00+01:00";
        let wish = json!({ "location": "small", "start": at, "services": ["licence"] });
        let refused = office.post("/v1/holds", &office.token(&person), wish).await;
        refused.expect_problem(409, "allocated-by-draw");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_appointment_by_then_is_not_in_the_list() {
    // Holds in Redis follow Redis' clock, which no test moves.
    let drawing = Drawing::each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("visa").await;
    let entered = drawing.enter_many(&id, 3).await;
    let (busy, _) = &entered[0];
    let receipt = entered[0].1.body["receipt"].as_str().unwrap();
    drawing.end(&id, receipt).await.expect_problem(404, "entry-not-found");
    office.book(busy, "passport", "10:00").await;
    let mut events = listen(office);
    drawing.close();
    drawing.until(&id, "settled").await;
    let own = drawing.own(&id, busy).await.expect(200).body;
    assert_eq!((&own["status"], &own["reason"]), (&json!("not_booked"), &json!("already-booked")));
    assert_eq!(office.bookings_of(busy).await.len(), 1);
    let proof = drawing.proof(&id).await;
    assert_eq!(proof.entries.len(), 2);
    holds(&proof, &entered[1..]);

    // Nothing is promised any more of what is not in the list, and the end is signed.
    assert_eq!(own["receipt"], "");
    let ended = own["ended"].as_str().unwrap();
    assert_eq!(drawing.end(&id, receipt).await.expect(200).body, ended);
    assert!(draw::check::entrant(&proof, receipt).iter().any(Finding::is_wrong));
    let findings = draw::check::ended(&proof, receipt, ended);
    assert!(!findings.iter().any(Finding::is_wrong), "{findings:?}");
    // They are told why, and not that they were drawn.
    let told = loop {
        if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
            break told;
        }
    };
    assert_eq!(told.because(), NotDrawnBecause::OtherAppointment);
    assert!(told.booked_at_ms > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_books_between_closing_and_freeze_stands_in_the_list_as_promised_and_is_not_booked_twice()
 {
    let drawing = Drawing::each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("visa").await;
    let entered = drawing.enter_many(&id, 3).await;
    let stuck = Death::of("draw_documents", "INSERT", "NEW.kind = 'freeze'");
    stuck.set_up(&office.database_url).await;
    drawing.close();
    let (busy, _) = &entered[0];
    office.book(busy, "passport", "10:00").await;
    stuck.take_away(&office.database_url).await;
    drawing.until(&id, "settled").await;
    let own = drawing.own(&id, busy).await.expect(200).body;
    assert_eq!((&own["status"], &own["reason"]), (&json!("not_booked"), &json!("already-booked")));
    assert!(own["ended"].is_null(), "{own}");
    assert_eq!(office.bookings_of(busy).await.len(), 1);
    let proof = drawing.proof(&id).await;
    assert_eq!(proof.entries.len(), 3);
    holds(&proof, &entered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_past_appointment_that_nobody_closed_at_the_desk_costs_nobody_the_draw() {
    // Holds in Redis follow Redis' clock, which no test moves.
    let drawing = Drawing::each().await.remove(0);
    let office = &drawing.office;
    let id = drawing.announced("visa").await;
    let entered = drawing.enter_many(&id, 1).await;
    let person = &entered[0].0;
    office.book(person, "passport", "10:00").await;
    // Ten days ago; it is still confirmed.
    let past =
        "UPDATE bookings SET starts_at = starts_at - 864000000, ends_at = ends_at - 864000000";
    store::run(&office.database_url, past).await;
    drawing.close();
    drawing.until(&id, "settled").await;
    assert_eq!(drawing.own(&id, person).await.expect(200).body["status"], "booked");
    holds(&drawing.proof(&id).await, &entered);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_drawn_when_the_time_is_over_reads_so_and_is_not_counted() {
    for drawing in Drawing::each().await {
        let office = &drawing.office;
        let id = drawing.announced("visa").await;
        let mut events = listen(office);
        let entered = drawing.enter_many(&id, 2).await;
        // Nobody looked until the week of the seats was over.
        office.clock.advance(jiff::SignedDuration::from_hours(24 * 40));
        drawing.until(&id, "settled").await;
        for (person, _) in &entered {
            let own = drawing.own(&id, person).await.expect(200).body;
            let known = (&own["status"], &own["reason"]);
            assert_eq!(known, (&json!("not_booked"), &json!("slot-in-past")));
        }
        let draw = drawing.draw(&id).await;
        assert_eq!((&draw["draw"]["entered"], &draw["draw"]["served"]), (&json!(2), &json!(0)));
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::TimeOver);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_that_nobody_entered_is_settled_too() {
    for drawing in Drawing::each().await {
        let id = drawing.announced("visa").await;
        drawing.close();
        drawing.until(&id, "settled").await;
        holds(&drawing.proof(&id).await, &[]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_proof_is_found_out() {
    let drawing = Drawing::each().await.remove(0);
    let id = drawing.announced("visa").await;
    drawing.enter_many(&id, 14).await;
    drawing.close();
    drawing.until(&id, "settled").await;
    let mut proof = drawing.proof(&id).await;
    proof.entries.remove(3);
    assert!(draw::check::stranger(&proof).iter().any(Finding::is_wrong));
    let proof = drawing.proof(&id).await;
    // The draw says itself what it does not show: no witness watches the log, the authority gave the
    // tickets, and of a small draw strangers see half days only.
    let open = draw::check::stranger(&proof).into_iter();
    let open = open.filter(|finding| matches!(finding.outcome, Outcome::NotShown(_)));
    let open: Vec<_> = open.map(|finding| finding.check.name()).collect();
    assert_eq!(open, ["tickets", "seats", "log"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_terms_cannot_be_changed_while_people_enter() {
    for Drawing { mut office } in Drawing::each().await {
        let text = catalogue().replace("AUTHORITY", office.authority.as_str());
        let file = tempfile::NamedTempFile::new().unwrap();
        put_values(&file, &text);
        office.settings.catalogue = slot::CatalogueSettings::File(file.path().to_owned());
        office.restart().await;
        let drawing = Drawing { office };
        let id = drawing.announced("visa").await;
        let (from, to) = ("atLeast: high}, partySize: {max: 2}", "atLeast: basic}");
        let weaker = text.replacen(from, to, 1);
        assert_ne!(weaker, text);
        put_values(&file, &weaker);
        let refused = async || crate::values::refused(&drawing.office).await.join("\n");
        let why = testkit::eventually(super::DEADLINE, async || {
            Some(refused().await).filter(|why| !why.is_empty())
        });
        let why = why.await;
        assert!(why.contains("catalogue.services.visa: people are entering the draw"), "{why}");
        drawing.close();
        drawing.until(&id, "settled").await;
        // Once it is over, the same values come into force by themselves.
        testkit::eventually(super::DEADLINE, async || refused().await.is_empty().then_some(()))
            .await;
    }
}
