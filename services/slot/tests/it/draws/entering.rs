//! Who may enter, when, and how often.

use jiff::SignedDuration;
use serde_json::json;
use vocabulary::TrustLevel;

use super::Drawing;
use crate::{
    office::{Office, Person},
    store,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_is_announced_once_and_nobody_can_hold_its_seats() {
    for drawing in Drawing::each().await {
        let office = &drawing.office;
        let id = drawing.announced("visa").await;
        let draw = drawing.draw(&id).await;
        assert_eq!((&draw["draw"]["slots"], &draw["draw"]["is_open"]), (&json!(12), &json!(true)));
        assert_eq!(draw["draw"]["week"], "2027-01-18");
        assert_eq!(draw["draw"]["closes"], "2027-01-07T08:00:00+01:00");
        assert_eq!(draw["locations"], json!(["weekdays"]));
        let announcement = draw["announcement"].as_str().unwrap();
        let announcement: draw::Announcement =
            draw::canonical::read(announcement.as_bytes()).unwrap();
        announcement.check().unwrap();
        assert_eq!((&announcement.draw, announcement.rows.len()), (&id, 1));

        // Neither for the service itself, nor for one that shares the desk.
        let at = "2027-01-18T08:30:00+01:00";
        let person = office.person();
        let wish = json!({ "location": "weekdays", "start": at, "services": ["visa"] });
        let refused = office.post("/v1/holds", &office.token(&person), wish).await;
        refused.expect_problem(409, "allocated-by-draw");
        let free = office.read("/v1/availability/slots?service=visa&date=2027-01-18").await;
        assert_eq!(free.expect(200).body["slots"], json!([]));
        let path = "/v1/availability/slots?service=passport&location=weekdays&date=2027-01-18";
        testkit::eventually(super::DEADLINE, async || {
            let free = office.read(path).await.expect(200);
            free.body["slots"].as_array().unwrap().is_empty().then_some(())
        })
        .await;
        let wish = json!({ "location": "weekdays", "start": at, "services": ["passport"] });
        let taken = office.post("/v1/holds", &office.token(&person), wish).await;
        taken.expect_problem(409, "slot-taken");

        // Another leader announces nothing twice.
        let before = store::count_of(&office.database_url, "reservations").await;
        let second = office.beside().await;
        drop(second);
        assert_eq!(store::count_of(&office.database_url, "reservations").await, before);
        assert_eq!(store::audited(&office.database_url, &id).await, ["draw.announced"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_one_can_be_changed_withdrawn_and_repeated() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let person = office.person();
        let morning = json!([{ "before": "09:00" }, {}]);
        let first = drawing.enter(&id, &person, morning.clone(), "one").await.expect(201);
        assert_eq!(first.body["wishes"][0]["before"], "09:00");
        assert!(first.body["receipt"].as_str().unwrap().contains("/receipts"));
        let again = drawing.enter(&id, &person, morning.clone(), "one").await.expect(200);
        assert_eq!(again.body, first.body);
        let same = drawing.enter(&id, &person, morning.clone(), "two").await.expect(200);
        assert_eq!(same.body, first.body);
        let mismatch = drawing.enter(&id, &person, json!([{}]), "one").await;
        mismatch.expect_problem(422, "idempotency-mismatch");

        let elsewhere = json!([{ "locations": ["weekdays"], "from": "2027-01-18" }]);
        let changed = drawing.enter(&id, &person, elsewhere, "three").await.expect(201);
        assert_eq!(
            (&changed.body["id"], &changed.body["revision"]),
            (&first.body["id"], &json!(1))
        );
        assert_eq!(drawing.own(&id, &person).await.expect(200).body, changed.body);

        let receipt = changed.body["receipt"].as_str().unwrap();
        drawing.end(&id, receipt).await.expect_problem(404, "entry-not-found");
        drawing.own_end(&id, &person).await.expect_problem(404, "entry-not-found");
        drawing.withdraw(&id, &person).await.expect(204);
        let ended = drawing.end(&id, receipt).await.expect(200).body;
        assert!(ended.as_str().unwrap().contains("\"why\":\"withdrawn\""), "{ended}");
        // Who left finds it without the receipt; others do not.
        let own = drawing.own_end(&id, &person).await.expect(200).body;
        assert_eq!(own["ended"], ended);
        let at: jiff::Timestamp = own["ended_at"].as_str().unwrap().parse().unwrap();
        assert_eq!(at, office.clock.now());
        drawing.own_end(&id, &office.person()).await.expect_problem(404, "entry-not-found");
        drawing.own(&id, &person).await.expect_problem(404, "entry-not-found");
        drawing.withdraw(&id, &person).await.expect_problem(404, "entry-not-found");
        drawing.enter(&id, &person, json!([{}]), "four").await.expect(201);
        drawing.own_end(&id, &person).await.expect_problem(404, "entry-not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_enter_at_once_each_has_one_entry_and_one_refusal_is_theirs_alone() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        // The first one lets the process read the draw.
        drawing.enter_many(&id, 1).await;
        let people: Vec<_> = (0..30).map(|_| office.person()).collect();
        let weak = Person { level: TrustLevel::Substantial, ..office.person() };
        // Each sends the same twice, and something else under a key of its own.
        let morning = || json!([{ "before": "09:00" }]);
        let twice = people.iter().flat_map(|person| {
            [("one", json!([{}])), ("one", json!([{}])), ("two", morning())]
                .map(|(key, wishes)| drawing.enter(&id, person, wishes, key))
        });
        let all = futures_util::future::join_all(twice);
        let (all, refused) =
            futures_util::future::join(all, drawing.enter(&id, &weak, json!([{}]), "key")).await;
        refused.expect_problem(403, "level-too-low");
        for (person, answers) in people.iter().zip(all.chunks(3)) {
            let own = drawing.own(&id, person).await.expect(200).body;
            for answer in answers {
                assert!([200, 201].contains(&answer.status), "{}", answer.body);
                assert_eq!(answer.body["id"], own["id"]);
            }
            let entry = own["id"].as_str().unwrap();
            let audited = store::audited(&office.database_url, entry).await;
            assert_eq!(audited.iter().filter(|action| *action == "draw.entered").count(), 1);
        }
        drawing.close();
        drawing.until(&id, "settled").await;
        let proof = drawing.proof(&id).await;
        assert_eq!(proof.entries.len(), 31);
        super::holds(&proof, &[]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_book_may_not_enter() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let weak = Person { level: TrustLevel::Substantial, ..office.person() };
        let refused = drawing.enter(&id, &weak, json!([{}]), "key").await;
        refused.expect_problem(403, "level-too-low");

        let person = office.person();
        let body = json!({ "wishes": [{}], "people": 3 });
        let refused = drawing.enter_with(&id, &person, body, "key").await;
        assert_eq!(refused.expect_problem(400, "invalid-request").body["field"], "people");
        for wishes in [
            json!([]),
            json!([{ "locations": ["small"] }]),
            json!([{ "weekdays": [8] }]),
            json!([{ "after": "9 o'clock" }]),
            json!([{ "colour": "red" }]),
            // No seat of the draw fits: it is for a Monday from 8 to 10.
            json!([{}, { "from": "2027-01-22", "until": "2027-01-18" }]),
            json!([{ "after": "09:00", "before": "08:30" }]),
            json!([{ "weekdays": [2] }]),
            json!([{ "from": "2027-01-19" }]),
            json!([{ "except": ["2027-01-18"] }]),
            json!([{ "before": "08:05" }]),
            json!([{ "after": "12:00" }]),
            json!(vec![json!({}); 21]),
        ] {
            let refused = drawing.enter(&id, &person, wishes, "key").await;
            refused.expect_problem(400, "invalid-request");
        }
        let body = json!({ "wishes": [{}], "ticket": "any text" });
        let refused = drawing.enter_with(&id, &person, body, "key").await;
        refused.expect_problem(422, "draw-ticket-invalid");
        let body = json!({ "wishes": [{ "after": "09:50" }], "people": 2 });
        let refused = drawing.enter_with(&id, &person, body, "key").await;
        let refused = refused.expect_problem(400, "invalid-request");
        assert!(refused.body.to_string().contains("change `after`"), "{}", refused.body);
        let unknown = drawing.enter(&unknown_draw(), &person, json!([{}]), "key").await;
        unknown.expect_problem(404, "draw-not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_an_appointment_in_the_group_does_not_enter() {
    // Holds in Redis follow Redis' clock, which no test moves.
    let drawing = Drawing::each().await.remove(0);
    let id = drawing.announced("visa").await;
    let busy = drawing.office.person();
    drawing.office.book(&busy, "passport", "10:00").await;
    let refused = drawing.enter(&id, &busy, json!([{}]), "key").await;
    refused.expect_problem(409, "already-booked");
}

/// Fault: an appointment that nobody had noted kept its person out until a job had come to it.
#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_that_was_over_long_ago_keeps_nobody_out() {
    // Holds in Redis follow Redis' clock, which no test moves.
    let drawing = Drawing::each().await.remove(0);
    let (office, id) = (&drawing.office, drawing.announced("visa").await);
    let person = office.person();
    office.book(&person, "passport", "10:00").await;
    // Ten days ago; it is still confirmed, and the job looks every ten minutes.
    let past =
        "UPDATE bookings SET starts_at = starts_at - 864000000, ends_at = ends_at - 864000000";
    store::run(&office.database_url, past).await;
    drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
    assert_eq!(office.bookings_of(&person).await[0]["unnoted"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_be_a_known_person_leaves_the_draw_to_them() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let unclear = office.person_in(ids::DoubtId::from_bits(7));
        // The answer does not tell whether the known person has entered.
        let refused = drawing.enter(&id, &unclear, json!([{}]), "first").await;
        refused.expect_problem(409, "entered-in-doubt");
        let known = office.person();
        drawing.enter(&id, &known, json!([{}]), "known").await.expect(201);
        let refused = drawing.enter(&id, &unclear, json!([{}]), "second").await;
        refused.expect_problem(409, "entered-in-doubt");
        // An entry that is older than the doubt can be changed as before.
        let doubted = Person { doubt: unclear.doubt, ..known };
        let wishes = json!([{ "before": "09:00" }]);
        drawing.enter(&id, &doubted, wishes, "again").await.expect(201);
        // Once it is settled that they are another person, they can enter.
        let certain = Person { doubt: None, ..unclear };
        drawing.enter(&id, &certain, json!([{}]), "third").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_entered_another_draw_of_the_group_is_told_which() {
    let licence = "name: {de: Führerschein}\n      group: ";
    let text = super::catalogue();
    let text = text.replace(&format!("{licence}cars"), &format!("{licence}papers"));
    for office in Office::standing_on_each(&text).await {
        let drawing = Drawing { office };
        let (visa, licence) = (drawing.announced("visa").await, drawing.announced("licence").await);
        let person = drawing.office.person();
        drawing.enter(&visa, &person, json!([{}]), "visa").await.expect(201);
        let refused = drawing.enter(&licence, &person, json!([{}]), "licence").await;
        assert_eq!(refused.expect_problem(409, "already-entered").body["draw"], visa);
        // Not to a log-in that may not see it.
        let weak = Person { level: TrustLevel::Basic, ..person.clone() };
        let refused = drawing.enter(&licence, &weak, json!([{}]), "weak").await;
        let refused = refused.expect_problem(403, "level-too-low");
        assert!(refused.body.get("draw").is_none());
        drawing.withdraw(&visa, &person).await.expect(204);
        drawing.enter(&licence, &person, json!([{}]), "after").await.expect(201);
    }
}

fn unknown_draw() -> String {
    ids::DrawId::from_bits(7).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_enters_changes_or_withdraws_once_it_is_closed() {
    for drawing in Drawing::each().await {
        let id = drawing.announced("visa").await;
        let entered = drawing.enter_many(&id, 1).await;
        let (person, entry) = &entered[0];
        drawing.office.clock.advance(SignedDuration::from_hours(71) - SignedDuration::from_secs(1));
        drawing.enter(&id, person, json!([{ "after": "08:10" }]), "late").await.expect(201);
        drawing.office.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(drawing.draw(&id).await["draw"]["is_open"], false);
        let late = drawing.office.person();
        for (person, key) in [(&late, "key"), (person, "other")] {
            let refused = drawing.enter(&id, person, json!([{}]), key).await;
            refused.expect_problem(409, "draw-not-open");
        }
        drawing.withdraw(&id, person).await.expect_problem(409, "draw-not-open");
        // A repeat is answered with what is true now.
        let repeat = drawing.enter(&id, person, json!([{}]), "key").await.expect(200);
        assert_eq!(repeat.body["id"], entry.body["id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_person_has_one_ticket_left() {
    for drawing in Drawing::each().await {
        let (office, id): (&Office, _) = (&drawing.office, drawing.announced("visa").await);
        let entered = drawing.enter_many(&id, 2).await;
        let (kept, dissolved) = (&entered[0].0, &entered[1].0);
        crate::events::merge(office, kept, dissolved).await;
        testkit::eventually(super::DEADLINE, async || {
            (drawing.own(&id, dissolved).await.status == 404).then_some(())
        })
        .await;
        drawing.own(&id, kept).await.expect(200);
        let receipt = entered[1].1.body["receipt"].as_str().unwrap();
        let ended = drawing.end(&id, receipt).await.expect(200).body;
        assert!(ended.as_str().unwrap().contains("\"why\":\"merged\""), "{ended}");
    }
}
