//! Winners who must confirm: the seat is kept, accepted, declined, or lapses.

use jiff::{SignedDuration, Timestamp};
use proto::{
    draw::v1::{EntryNotDrawn, NotDrawnBecause},
    waiting::v1::SlotOffered,
};
use serde_json::{Value, json};

use super::{DEADLINE, Death, Drawing, catalogue, holds};
use crate::{
    events::{listen, merge, next},
    office::{ApiResponse, Office, Person},
    store,
};

/// The winners of `visa` have two days to confirm.
pub(super) fn confirmed() -> String {
    let release = "draw: {opensOn: monday, opensAt: \"08:00\"}\n      release";
    let confirmed = release.replace("\"}", "\", confirmWithin: 48}");
    let text = catalogue().replacen(release, &confirmed, 1);
    assert!(text.contains("confirmWithin"));
    text
}

impl Drawing {
    /// Offices in which they have.
    async fn confirmed_on_each() -> Vec<Self> {
        let offices = Office::standing_on_each(&confirmed()).await;
        offices.into_iter().map(|office| Self { office }).collect()
    }

    pub(super) async fn answer(&self, id: &str, person: &Person, answer: &str) -> ApiResponse {
        let path = format!("/v1/draws/{id}/entries/own/{answer}");
        self.office.post(&path, &self.office.token(person), json!({})).await
    }

    /// The person's entry, once it stands so.
    pub(super) async fn stands(&self, id: &str, person: &Person, status: &str) -> Value {
        testkit::eventually(DEADLINE, async || {
            let own = self.own(id, person).await.expect(200).body;
            (own["status"] == status).then_some(own)
        })
        .await
    }

    /// No seat is kept for a winner any more.
    pub(super) async fn nothing_is_kept(&self) {
        testkit::eventually(DEADLINE, async || {
            (!store::kinds(&self.office.database_url).await.contains_key("offer")).then_some(())
        })
        .await;
    }

    /// How many moves of drawn seats the log has for this reason.
    pub(super) async fn moves(&self, why: &str) -> i64 {
        let moves =
            format!("log_documents WHERE kind = 'move' AND text LIKE '%\"why\":\"{why}\"%'");
        store::count_of(&self.office.database_url, &moves).await
    }
}

fn time(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_winner_is_told_and_has_an_appointment_once_they_accept() {
    for mut drawing in Drawing::confirmed_on_each().await {
        let portal = "https://termine.test/appointments".parse().unwrap();
        drawing.office.settings.manage_url = Some(portal);
        drawing.office.restart().await;
        let office = &drawing.office;
        let id = drawing.announced("visa").await;
        assert_eq!(drawing.draw(&id).await["draw"]["confirm_within"], 48);
        let mut events = listen(office);
        let entered = drawing.enter_many(&id, 1).await;
        let person = &entered[0].0;
        drawing.answer(&id, person, "accept").await.expect_problem(409, "offer-over");
        drawing.close();
        drawing.until(&id, "settled").await;
        holds(&drawing.proof(&id).await, &entered);

        let own = drawing.own(&id, person).await.expect(200).body;
        assert_eq!((&own["status"], &own["turn"]), (&json!("offered"), &json!(1)));
        let two_days = SignedDuration::from_hours(48);
        let until = office.clock.now().checked_add(two_days).unwrap();
        assert_eq!(time(&own["offer"]["answer_by"]), until);
        assert_eq!(office.bookings_of(person).await, Vec::<Value>::new());
        let event = next(&mut events).await;
        assert!(!String::from_utf8_lossy(&event.data).contains("Zeynep"));
        let told = event.message::<SlotOffered>().unwrap();
        assert!(told.drawn && !told.assigned);
        assert_eq!(told.people, 1);
        assert_eq!(told.valid_until_ms, until.as_millisecond());
        assert!(told.answer_url.ends_with(&format!("/draws/{id}/entry")), "{}", told.answer_url);

        let stranger = office.person();
        drawing.answer(&id, &stranger, "accept").await.expect_problem(404, "entry-not-found");
        let booked = drawing.answer(&id, person, "accept").await.expect(201);
        let again = drawing.answer(&id, person, "accept").await.expect(200);
        assert_eq!(booked.body["id"], again.body["id"]);
        assert_eq!(booked.body["start"], own["offer"]["start"]);
        drawing.answer(&id, person, "decline").await.expect_problem(409, "offer-over");
        let own = drawing.own(&id, person).await.expect(200).body;
        assert_eq!((&own["status"], &own["booking"]), (&json!("booked"), &booked.body["id"]));
        assert_eq!(own["offer"], Value::Null);
        assert_eq!(office.bookings_of(person).await.len(), 1);
        drawing.nothing_is_kept().await;
        assert_eq!(drawing.moves("accepted").await, 1);
        let action = "booking.draw_accepted".to_owned();
        let booking = booked.body["id"].as_str().unwrap();
        assert!(store::audited(&office.database_url, booking).await.contains(&action));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_declined_or_lapses_becomes_free_and_the_log_says_why() {
    for drawing in Drawing::confirmed_on_each().await {
        let office = &drawing.office;
        let id = drawing.announced("visa").await;
        let (declines, silent) = (office.person(), office.person());
        let first = json!([{ "before": "08:10" }]);
        drawing.enter(&id, &declines, first, "key").await.expect(201);
        let last = json!([{ "after": "09:50" }]);
        drawing.enter(&id, &silent, last, "key").await.expect(201);
        drawing.close();
        drawing.until(&id, "settled").await;
        let mut events = listen(office);

        drawing.answer(&id, &declines, "decline").await.expect(204);
        drawing.answer(&id, &declines, "decline").await.expect(204);
        drawing.answer(&id, &declines, "accept").await.expect_problem(409, "offer-over");
        let own = drawing.own(&id, &declines).await.expect(200).body;
        assert_eq!((&own["status"], &own["turn"].is_u64()), (&json!("declined"), &true));
        assert_eq!(drawing.moves("declined").await, 1);

        office.clock.advance(SignedDuration::from_hours(48));
        drawing.answer(&id, &silent, "accept").await.expect_problem(409, "offer-over");
        drawing.stands(&id, &silent, "lapsed").await;
        drawing.nothing_is_kept().await;
        assert_eq!(drawing.moves("lapsed").await, 1);
        let draw = drawing.draw(&id).await;
        assert_eq!((&draw["draw"]["drawn"], &draw["draw"]["taken"]), (&json!(2), &json!(0)));
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::NotConfirmed);

        // Both seats return to everybody, as those that the draw left over.
        office.clock.advance(SignedDuration::from_secs(120));
        for start in ["2027-01-18T08:00:00+01:00", "2027-01-18T09:50:00+01:00"] {
            testkit::eventually(DEADLINE, async || {
                let wish = json!({ "location": "weekdays", "start": start, "services": ["visa"] });
                let answer = office.post("/v1/holds", &office.token(&office.person()), wish).await;
                (answer.status == 201).then_some(())
            })
            .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_staff_entered_is_booked_at_once_since_they_cannot_log_in_to_confirm() {
    for drawing in Drawing::confirmed_on_each().await {
        let id = drawing.announced("visa").await;
        let (clerk, person) = (drawing.office.clerk(&["weekdays"]), drawing.office.person());
        let attendee = drawing.office.vouched(&person);
        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "key").await.expect(201);
        drawing.close();
        drawing.until(&id, "settled").await;
        let kinds = store::kinds(&drawing.office.database_url).await;
        assert_eq!((kinds.get("booking"), kinds.get("offer")), (Some(&1), None), "{kinds:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_winners_who_are_one_human_one_seat_stays_kept() {
    for drawing in Drawing::confirmed_on_each().await {
        let id = drawing.announced("visa").await;
        let entered = drawing.enter_many(&id, 2).await;
        let (kept, dissolved) = (&entered[0].0, &entered[1].0);
        drawing.close();
        drawing.until(&id, "settled").await;
        merge(&drawing.office, kept, dissolved).await;
        testkit::eventually(DEADLINE, async || {
            let kinds = store::kinds(&drawing.office.database_url).await;
            (kinds.get("offer") == Some(&1)).then_some(())
        })
        .await;
        drawing.answer(&id, kept, "accept").await.expect(201);
        assert_eq!(drawing.office.bookings_of(kept).await.len(), 1);
        let outcome = "draw_entries WHERE status = 'not_booked' AND reason = 'person-merged'";
        assert_eq!(store::count_of(&drawing.office.database_url, outcome).await, 1);
    }
}

/// A step of keeping a seat.
static KEEPS: [Death; 3] = [
    Death::of("reservations", "INSERT", "NEW.kind = 'offer'"),
    Death::of("draw_entries", "UPDATE", "NEW.status = 'offered' AND NEW.turn = 2"),
    Death::of("audit", "INSERT", "NEW.action = 'draw.offered'"),
];

/// A step of ending one.
static ENDS: [Death; 3] = [
    Death::of("draw_entries", "UPDATE", "NEW.status = 'lapsed'"),
    Death::of("reservations", "UPDATE", "OLD.kind = 'offer'"),
    Death::of("log_documents", "INSERT", "NEW.kind = 'move'"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_while_it_keeps_seats_or_ends_them_changes_nothing_about_the_end() {
    for death in KEEPS.iter().chain(&ENDS) {
        let mut running = tokio::task::JoinSet::new();
        for drawing in Drawing::confirmed_on_each().await {
            let ends = ENDS.iter().any(|end| std::ptr::eq(end, death));
            running.spawn(it_ends_the_same(death, ends, drawing));
        }
        while let Some(ended) = running.join_next().await {
            ended.unwrap();
        }
    }
}

async fn it_ends_the_same(death: &'static Death, ends: bool, mut drawing: Drawing) {
    let id = drawing.announced("visa").await;
    let entered = drawing.enter_many(&id, 3).await;
    let url = drawing.office.database_url.clone();
    if !ends {
        death.set_up(&url).await;
        drawing.close();
        dies(&mut drawing, death).await;
    } else {
        drawing.close();
    }
    drawing.until(&id, "settled").await;
    let outcomes = drawing.outcomes(&id, &entered).await;
    assert_eq!(outcomes, [("offered".to_owned(), 3)].into());
    assert_eq!(store::kinds(&url).await.get("offer"), Some(&3));
    let offered = "audit WHERE action = 'draw.offered'";
    assert_eq!(store::count_of(&url, offered).await, 3, "each is told once");
    if ends {
        death.set_up(&url).await;
    }
    drawing.office.clock.advance(SignedDuration::from_hours(48));
    if ends {
        dies(&mut drawing, death).await;
    }
    drawing.nothing_is_kept().await;
    let outcomes = drawing.outcomes(&id, &entered).await;
    assert_eq!(outcomes, [("lapsed".to_owned(), 3)].into());
    assert_eq!(drawing.moves("lapsed").await, 3);
}

/// The process dies of `death`, and another one takes its place.
async fn dies(drawing: &mut Drawing, death: &Death) {
    testkit::eventually(DEADLINE, async || {
        (drawing.office.number("draws_stuck").await > 0).then_some(())
    })
    .await;
    drawing.office.stop().await;
    death.take_away(&drawing.office.database_url).await;
    drawing.office.restart().await;
}
