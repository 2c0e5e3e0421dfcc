//! Winners without e-mail who must confirm: the office that they named phones them, and they have longer.

use jiff::{SignedDuration, Timestamp};
use proto::draw::v1::{EntryNotDrawn, NotDrawnBecause};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;

use super::{DEADLINE, Drawing, confirming::confirmed};
use crate::{
    events::{listen, merge, next},
    honest_desk::approve,
    office::{ApiResponse, Office, Person},
    store,
};

const NUMBER: &str = "030 9010";

/// The holds are in memory, since those in Redis follow Redis' clock, which no test moves.
async fn each() -> Vec<Drawing> {
    let offices = Office::each_database_with(&confirmed()).await;
    offices.into_iter().map(|office| Drawing { office }).collect()
}

fn call_me(number: &str) -> Value {
    json!({ "wishes": [{}], "phone": { "location": "weekdays", "number": number } })
}

impl Drawing {
    /// A winner whom the office phones, with the draw.
    async fn phoned(&self) -> (String, Person) {
        let (id, person) = (self.announced("visa").await, self.office.person());
        self.enter_with(&id, &person, call_me(NUMBER), "key").await.expect(201);
        self.close();
        self.until(&id, "settled").await;
        self.stands(&id, &person, "offered").await;
        (id, person)
    }

    /// A winner is phoned as `calling` says and does not answer; so often it counts.
    async fn lapses_after(&self, calling: impl AsyncFn(&str), counts: i64) {
        let office = &self.office;
        let (id, person) = self.phoned().await;
        calling(&office.clerk(&["weekdays"])).await;
        office.clock.advance(SignedDuration::from_hours(48 + 24));
        self.stands(&id, &person, "lapsed").await;
        self.nothing_is_kept().await;
        let counted = "history WHERE kind = 'seat_declined'";
        assert_eq!(store::count_of(&office.database_url, counted).await, counts);
    }

    async fn calls(&self, clerk: &str, location: &str) -> ApiResponse {
        let path = format!("/v1/desk/draws/calls?location={location}");
        self.office.send(Method::GET, &path, clerk, &[], None).await
    }

    async fn by_phone(&self, clerk: &str, call: &Value, answer: &str) -> ApiResponse {
        self.by_phone_with(clerk, call, answer, json!({})).await
    }

    async fn by_phone_with(
        &self,
        clerk: &str,
        call: &Value,
        answer: &str,
        body: Value,
    ) -> ApiResponse {
        let (draw, entry) = (call["draw"].as_str().unwrap(), call["entry"].as_str().unwrap());
        let path = format!("/v1/desk/draws/{draw}/entries/{entry}/{answer}");
        self.office.post(&path, clerk, body).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_winner_without_e_mail_stands_in_the_calls_of_their_office_and_has_a_day_longer() {
    for drawing in each().await {
        let office = &drawing.office;
        let (id, person) = drawing.phoned().await;
        let clerk = office.clerk(&["weekdays"]);
        let calls = drawing.calls(&clerk, "weekdays").await.expect(200).body["calls"].clone();
        let call = &calls[0];
        assert_eq!(calls.as_array().unwrap().len(), 1);
        assert_eq!((&call["service"], &call["draw"]), (&json!("visa"), &json!(id)));
        assert_eq!(call["phone"].as_str().unwrap().replace(' ', ""), NUMBER.replace(' ', ""));
        let until: Timestamp = call["offer"]["answer_by"].as_str().unwrap().parse().unwrap();
        assert_eq!(until, office.clock.now() + SignedDuration::from_hours(48 + 24));
        // Staff of another office neither see nor answer it.
        let other = office.clerk(&["small"]);
        drawing.calls(&other, "weekdays").await.expect(403);
        assert_eq!(drawing.calls(&other, "small").await.expect(200).body["calls"], json!([]));
        drawing.by_phone(&other, call, "accept").await.expect_problem(404, "entry-not-found");

        let booked = drawing.by_phone(&clerk, call, "accept").await.expect(201);
        assert_eq!(booked.body["booked_by"], json!({ "kind": "desk" }));
        let again = drawing.by_phone(&clerk, call, "accept").await.expect(200);
        assert_eq!(booked.id(), again.id());
        assert_eq!(office.bookings_of(&person).await.len(), 1);
        assert_eq!(drawing.calls(&clerk, "weekdays").await.expect(200).body["calls"], json!([]));
        let kept = "draw_entries WHERE phone IS NOT NULL";
        assert_eq!(store::count_of(&office.database_url, kept).await, 0, "the number is removed");
        let entry = call["entry"].as_str().unwrap();
        let audited = store::audited(&office.database_url, entry).await;
        assert_eq!(audited.iter().filter(|action| *action == "draw.read").count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_declined_by_phone_takes_a_reason_becomes_free_and_is_told() {
    for drawing in each().await {
        let mut events = listen(&drawing.office);
        let (id, person) = drawing.phoned().await;
        let clerk = drawing.office.clerk(&["weekdays"]);
        let calls = drawing.calls(&clerk, "weekdays").await.expect(200).body["calls"].clone();
        let refused = drawing.by_phone(&clerk, &calls[0], "decline").await;
        refused.expect_problem(422, "reason-needed");
        let why = json!({ "reason": { "code": "no-online-access" } });
        for _ in 0..2 {
            let why = why.clone();
            drawing.by_phone_with(&clerk, &calls[0], "decline", why).await.expect(204);
        }
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::DeclinedByPhone);
        drawing.stands(&id, &person, "declined").await;
        drawing.nothing_is_kept().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_declines_and_accepts_so_many_a_day_alone() {
    let known = "name: {de: Testamt, en: Test Office}";
    let limited = format!("{known}\n    alonePerDay: {{byPhone: 0}}");
    let limited = confirmed().replacen(known, &limited, 1);
    assert!(limited.contains("byPhone"));
    let drawing = Drawing { office: Office::each_database_with(&limited).await.remove(0) };
    let (id, person) = drawing.phoned().await;
    let clerk = drawing.office.clerk(&["weekdays"]);
    let calls = drawing.calls(&clerk, "weekdays").await.expect(200).body["calls"].clone();
    let why = json!({ "reason": { "code": "no-online-access" } });
    let refused = drawing.by_phone_with(&clerk, &calls[0], "decline", why).await;
    refused.expect_problem(403, "second-person-needed");
    drawing.stands(&id, &person, "offered").await;
    let refused = drawing.by_phone(&clerk, &calls[0], "accept").await;
    let refused = refused.expect_problem(403, "second-person-needed");
    drawing.stands(&id, &person, "offered").await;
    let colleague = drawing.office.clerk(&["weekdays"]);
    approve(&drawing.office, &colleague, &refused.body["case"]).await.expect(200);
    let accepted = drawing.by_phone(&clerk, &calls[0], "accept").await.expect(201);
    let again = drawing.by_phone(&clerk, &calls[0], "accept").await.expect(200);
    assert_eq!(again.id(), accepted.id());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_number_is_that_of_three_winners_and_a_colleague_agrees_to_more() {
    for drawing in each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        for number in [NUMBER, NUMBER, "+49 30 9010", "0049 30 9010", "030 9011"] {
            let person = office.person();
            drawing.enter_with(&id, &person, call_me(number), "key").await.expect(201);
        }
        drawing.close();
        drawing.until(&id, "settled").await;
        let (clerk, colleague) = (office.clerk(&["weekdays"]), office.clerk(&["weekdays"]));
        let calls = drawing.calls(&clerk, "weekdays").await.expect(200).body["calls"].clone();
        let (same, other): (Vec<_>, Vec<_>) = calls
            .as_array()
            .unwrap()
            .iter()
            .partition(|call| call["phone"].as_str().unwrap().ends_with("9010"));
        assert_eq!((same.len(), other.len()), (4, 1), "{calls}");
        // Another number is another telephone.
        drawing.by_phone(&clerk, other[0], "accept").await.expect(201);
        let refused = drawing.by_phone(&clerk, same[0], "accept").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(office, &colleague, &refused.body["case"]).await.expect(200);
        drawing.by_phone(&clerk, same[0], "accept").await.expect(201);
        // The three that are left are as many as a family has.
        for call in &same[1..] {
            drawing.by_phone(&clerk, call, "accept").await.expect(201);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_counts_only_if_the_office_read_the_number() {
    for drawing in each().await {
        drawing.lapses_after(async |_| {}, 0).await;
    }
    for drawing in each().await {
        let read = async |clerk: &str| {
            drawing.calls(clerk, "weekdays").await.expect(200);
        };
        drawing.lapses_after(read, 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_can_be_changed_and_taken_away_and_must_be_one_that_costs_nothing_more() {
    let drawing = each().await.remove(0);
    let (id, person) = (drawing.announced("visa").await, drawing.office.person());
    let enter = async |body: Value, key: &str| drawing.enter_with(&id, &person, body, key).await;
    enter(call_me("0900 123456"), "dear").await.expect_problem(400, "invalid-request");
    let first = enter(call_me(NUMBER), "one").await.expect(201);
    let same = enter(call_me(NUMBER), "two").await.expect(200);
    assert_eq!(first.body["revision"], same.body["revision"]);
    enter(call_me("030 9011"), "three").await.expect(201);
    enter(json!({ "wishes": [{}] }), "four").await.expect(201);
    let kept = "draw_entries WHERE phone IS NOT NULL";
    assert_eq!(store::count_of(&drawing.office.database_url, kept).await, 0);
}

/// Fault: what a merge ended kept the number, and so did entries that ended in another way than by an answer.
#[tokio::test(flavor = "multi_thread")]
async fn no_number_is_kept_of_an_entry_that_is_over() {
    for mut drawing in each().await {
        let office = &drawing.office;
        let (id, first) = (drawing.announced("visa").await, office.person());
        let second = office.person();
        drawing.enter_with(&id, &first, call_me(NUMBER), "one").await.expect(201);
        drawing.enter_with(&id, &second, call_me(NUMBER), "two").await.expect(201);
        merge(office, &first, &second).await;
        let url = &office.database_url;
        assert_eq!(store::count_of(url, "merge_ended WHERE kind = 'entry'").await, 1);
        let kept = "merge_ended WHERE content LIKE '%\"phone\":[%'";
        assert_eq!(store::count_of(url, kept).await, 0);
        // An older version left it.
        store::run(url, "UPDATE draw_entries SET status = 'without'").await;
        let numbers = "draw_entries WHERE phone IS NOT NULL";
        assert_eq!(store::count_of(url, numbers).await, 1);
        // The job looks when it begins to lead.
        drawing.office.restart().await;
        eventually(DEADLINE, async || {
            (store::count_of(&drawing.office.database_url, numbers).await == 0).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_buys_no_day_for_whoever_has_a_proven_address() {
    let drawing = each().await.remove(0);
    let (id, person) = (drawing.announced("visa").await, drawing.office.person());
    let mut body = call_me(NUMBER);
    body["attendee"] = json!(drawing.office.attendee_with_email(&person));
    let entered = drawing.enter_with(&id, &person, body, "key").await.expect(201);
    assert_eq!(entered.body.get("phoned_by"), None);
    drawing.close();
    let own = drawing.stands(&id, &person, "offered").await;
    let until: Timestamp = own["offer"]["answer_by"].as_str().unwrap().parse().unwrap();
    assert!(until <= drawing.office.clock.now() + SignedDuration::from_hours(48), "{until}");
}
