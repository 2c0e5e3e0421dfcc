//! What it costs winners who must confirm not to take their seats: after two of them no draw of the group for a
//! while.

use jiff::{SignedDuration, Timestamp};
use proto::{draw::v1::EntryNotDrawn, waiting::v1::SlotOffered};
use serde_json::{Value, json};
use testkit::eventually;

use super::{DEADLINE, Drawing, confirming::confirmed};
use crate::{
    events::{listen, next},
    office::{Office, Person},
    store,
};

const NINETY_DAYS: SignedDuration = SignedDuration::from_hours(24 * 90);

/// The holds are in memory, since those in Redis follow Redis' clock, which no test moves.
async fn each(catalogue: &str) -> Vec<Drawing> {
    let offices = Office::each_database_with(catalogue).await;
    offices.into_iter().map(|office| Drawing { office }).collect()
}

impl Drawing {
    /// The draw of `visa` that people can enter now.
    async fn open(&self) -> String {
        eventually(DEADLINE, async || {
            let draws = self.office.read("/v1/draws").await.expect(200).body;
            let mut draws = draws["draws"].as_array().unwrap().iter();
            let draw = draws.find(|draw| draw["service"] == "visa" && draw["is_open"] == true)?;
            Some(draw["id"].as_str().unwrap().to_owned())
        })
        .await
    }

    /// The person wins in the draw of this week and declines, at the moment that is returned.
    async fn declines(&self, person: &Person) -> Timestamp {
        let id = self.wins(person).await;
        self.answer(&id, person, "decline").await.expect(204);
        self.office.clock.now()
    }

    /// The person wins a seat in the draw of this week, which is kept for them.
    async fn wins(&self, person: &Person) -> String {
        let id = self.open().await;
        self.enter(&id, person, json!([{}]), &id).await.expect(201);
        self.close();
        self.until(&id, "settled").await;
        self.stands(&id, person, "offered").await;
        id
    }

    /// A person with an application on file, for which they can enter the draws of `visa`.
    pub(super) async fn entitled(&self) -> Person {
        let (office, person) = (&self.office, self.office.person());
        let ninety_days = office.clock.now() + NINETY_DAYS;
        let posted = json!({
            "service": "visa", "reference": "LEA-1", "birthdate": "1990-05-17",
            "names": [{ "given_name": "Zeynep", "family_name": "Öztürk" }],
            "valid_until": ninety_days,
        });
        let agency = office.agency("entitlements:write");
        office.post("/v1/entitlements", &agency, posted).await.expect(201);
        let claim = json!({
            "service": "visa", "reference": "LEA-1", "attendee": office.attendee(&person),
        });
        office.post("/v1/entitlements/claim", &office.token(&person), claim).await.expect(204);
        person
    }

    /// The time that is left of a week after a list was closed `hours` ago.
    fn next_week(&self, hours: i64) {
        self.office.clock.advance(SignedDuration::from_hours(96 - hours));
    }
}

fn time(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_two_drawn_seats_is_told_before_and_after_and_enters_no_draw_until_the_first_is_old()
 {
    for drawing in each(&confirmed()).await {
        let (office, person) = (&drawing.office, drawing.office.person());
        let mut events = listen(office);
        let first = drawing.declines(&person).await;
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<SlotOffered>() {
                break told;
            }
        };
        assert_eq!((told.declines_left, told.left_out_until_ms), (2, 0), "the first is free");
        drawing.next_week(0);

        let id = drawing.wins(&person).await;
        let until = first + NINETY_DAYS;
        let seat = drawing.own(&id, &person).await.expect(200).body["offer"].clone();
        assert_eq!((&seat["free_left"], time(&seat["left_out_until"])), (&json!(0), until));
        office.clock.advance(SignedDuration::from_hours(48));
        drawing.stands(&id, &person, "lapsed").await;
        drawing.nothing_is_kept().await;
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.left_out_until_ms, until.as_millisecond());
        let own = drawing.own(&id, &person).await.expect(200).body;
        assert_eq!(time(&own["left_out_until"]), until);
        drawing.next_week(48);

        let id = drawing.open().await;
        let refused = drawing.enter(&id, &person, json!([{}]), &id).await;
        let refused = refused.expect_problem(409, "too-many-declined-seats").body;
        assert_eq!((&refused["rule"], time(&refused["until"])), (&json!("declinedSeats"), until));
        assert_eq!(refused["decided_by"], "authority");
        // Whoever else enters is not concerned.
        drawing.enter_many(&id, 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_is_still_entered_at_the_desk_books_what_is_free_and_is_helped_by_staff() {
    for drawing in each(&confirmed()).await {
        let (office, person) = (&drawing.office, drawing.office.person());
        drawing.declines(&person).await;
        drawing.next_week(0);
        drawing.declines(&person).await;
        drawing.next_week(0);
        let id = drawing.open().await;
        let enter = async |key: &str| drawing.enter(&id, &person, json!([{}]), key).await;
        enter("refused").await.expect_problem(409, "too-many-declined-seats");

        // The one desk of the other location belongs to another draw.
        let wish =
            json!({ "location": "annex", "start": office.at("10:00"), "services": ["passport"] });
        let held = office.post("/v1/holds", &office.token(&person), wish).await.expect(201);
        office.release(&person, &held).await;

        let (clerk, attendee) = (office.clerk(&["weekdays"]), office.vouched(&person));
        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "desk").await.expect(201);
        let body = json!({
            "attendee": office.attendee(&person), "location": "weekdays",
            "reason": { "code": "technical-failure", "note": "E-Mail-Ausfall." },
        });
        let lifted = office.post("/v1/desk/limits/lift", &clerk, body).await.expect(200).body;
        assert!(lifted["lifted"].as_u64().unwrap() >= 2, "{lifted}");
        // The entry that the desk made becomes the person's own.
        let own = enter("again").await;
        assert!([200, 201].contains(&own.status), "{own:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_costs_stands_in_the_announcement_and_beside_the_draw() {
    let stated = confirmed().replacen(
        "rules: {trustLevel: {atLeast: high}, partySize",
        "rules: {declinedSeats: {max: 2, days: 30}, trustLevel: {atLeast: high}, partySize",
        1,
    );
    for (catalogue, max, days) in [(confirmed(), 1, 90), (stated, 2, 30)] {
        let drawing = each(&catalogue).await.remove(0);
        let id = drawing.announced("visa").await;
        let draw = drawing.draw(&id).await;
        assert_eq!(draw["draw"]["declined_seats"], json!({ "max": max, "days": days }));
        let announced: Value =
            serde_json::from_str(draw["announcement"].as_str().unwrap()).unwrap();
        let rule = announced["rule"].as_str().unwrap();
        let says = format!("innerhalb von {days} Tagen {}-mal", max + 1);
        assert!(rule.contains(&says), "{rule}");
        let usual = drawing.announced("licence").await;
        assert_eq!(drawing.draw(&usual).await["draw"]["declined_seats"], Value::Null);
    }
}

/// Fault: two declined dates of an application cost nothing, although what is left over can be booked.
#[tokio::test(flavor = "multi_thread")]
async fn an_entitled_person_waits_too_unless_draws_alone_give_dates() {
    let known = "rules: {trustLevel: {atLeast: high}, partySize";
    let rules = "rules: {entitlement: {}, trustLevel: {atLeast: high}, partySize";
    let entitled = confirmed().replacen(known, rules, 1);
    assert!(entitled.contains(rules));
    let alone = entitled.replacen("allocation: draw-then-immediate", "allocation: draw", 1);
    for (catalogue, waits) in [(entitled, true), (alone, false)] {
        let drawing = each(&catalogue).await.remove(0);
        let person = drawing.entitled().await;
        for _ in 0..2 {
            drawing.declines(&person).await;
            drawing.next_week(0);
        }
        let counted = "history WHERE kind = 'seat_declined'";
        let count = store::count_of(&drawing.office.database_url, counted).await;
        assert_eq!(count, if waits { 2 } else { 0 });
        let id = drawing.open().await;
        let limit = drawing.draw(&id).await["draw"]["declined_seats"].clone();
        assert_eq!(limit.is_null(), !waits, "{limit}");
        let entered = drawing.enter(&id, &person, json!([{}]), &id).await;
        match waits {
            true => entered.expect_problem(409, "too-many-declined-seats"),
            false => entered.expect(201),
        };
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_was_not_the_persons_to_take_does_not_count() {
    for drawing in each(&confirmed()).await {
        let person = drawing.office.person();
        let id = drawing.wins(&person).await;
        drawing.office.book(&person, "passport", "10:00").await;
        drawing.stands(&id, &person, "not_booked").await;
        let counted = "history WHERE kind = 'seat_declined'";
        assert_eq!(store::count_of(&drawing.office.database_url, counted).await, 0);
    }
}

/// The draw was announced before there was a limit: its terms are the same, and its words do not say it.
async fn said_nothing(drawing: &Drawing, id: &str) {
    let forget = format!(
        "UPDATE draw_documents SET text = replace(text, 'Wer innerhalb von 90 Tagen 2-mal', 'Wer oft') \
         WHERE kind = 'announcement' AND draw_id = '{id}'"
    );
    store::run(&drawing.office.database_url, &forget).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_of_a_draw_that_did_not_say_so_does_not_count() {
    for drawing in each(&confirmed()).await {
        let person = drawing.office.person();
        for _ in 0..2 {
            let id = drawing.open().await;
            said_nothing(&drawing, &id).await;
            let draw = drawing.draw(&id).await;
            assert_eq!(draw["draw"]["declined_seats"], Value::Null);
            drawing.enter(&id, &person, json!([{}]), &id).await.expect(201);
            drawing.close();
            let seat = drawing.stands(&id, &person, "offered").await["offer"].clone();
            assert_eq!(seat.get("free_left"), None, "{seat}");
            drawing.answer(&id, &person, "decline").await.expect(204);
            drawing.next_week(0);
        }
        let counted = "history WHERE kind = 'seat_declined'";
        assert_eq!(store::count_of(&drawing.office.database_url, counted).await, 0);
        let id = drawing.open().await;
        drawing.enter(&id, &person, json!([{}]), &id).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_a_rule_forbids_the_winner_to_take_does_not_count_when_it_lapses() {
    for drawing in each(&confirmed()).await {
        let (office, person) = (&drawing.office, drawing.office.person());
        let id = drawing.wins(&person).await;
        // By now they would have to log in more surely than they did.
        let unsure = format!("UPDATE draw_entries SET level = 'basic' WHERE draw_id = '{id}'");
        store::run(&office.database_url, &unsure).await;
        office.clock.advance(SignedDuration::from_hours(48));
        let own = drawing.stands(&id, &person, "not_booked").await;
        assert_eq!(own["reason"], "level-too-low");
        drawing.nothing_is_kept().await;
        let counted = "history WHERE kind = 'seat_declined'";
        assert_eq!(store::count_of(&office.database_url, counted).await, 0);
    }
}
