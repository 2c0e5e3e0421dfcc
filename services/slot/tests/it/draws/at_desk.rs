//! People without online ID take part at the desk, and what staff do for them is bounded and seen.

use proto::draw::v1::{EntryNotDrawn, NotDrawnBecause};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Drawing, catalogue, holds};
use crate::{
    events::{listen, next},
    honest_desk::{approve, case},
    office::{ApiResponse, Office, Person},
    store,
};

impl Drawing {
    /// A clerk enters a person.
    pub(super) async fn enter_at_desk(
        &self,
        id: &str,
        clerk: &str,
        (attendee, wishes): (&str, Value),
        key: &str,
    ) -> ApiResponse {
        let body = json!({
            "attendee": attendee, "location": "weekdays", "wishes": wishes, "language": "de",
            "reason": { "code": "no-online-access" },
        });
        self.enter_as_stated(id, clerk, body, key).await
    }

    async fn enter_as_stated(&self, id: &str, clerk: &str, body: Value, key: &str) -> ApiResponse {
        let path = format!("/v1/desk/draws/{id}/entries");
        let headers = [("Idempotency-Key", key)];
        self.office
            .send(Method::POST, &path, clerk, &headers, Some(json!({ "request": body })))
            .await
    }

    async fn withdraw_at_desk(&self, id: &str, clerk: &str, attendee: &str) -> ApiResponse {
        let reason = json!({ "code": "no-online-access" });
        self.withdraw_for(id, clerk, attendee, reason).await
    }

    async fn withdraw_for(
        &self,
        id: &str,
        clerk: &str,
        attendee: &str,
        reason: Value,
    ) -> ApiResponse {
        let path = format!("/v1/desk/draws/{id}/entries/withdrawal");
        let mut body = json!({ "attendee": attendee, "location": "weekdays" });
        if !reason.is_null() {
            body["reason"] = reason;
        }
        self.office.post(&path, clerk, body).await
    }
}

/// The office with draws, in which a clerk vouches for so many a day alone.
pub(super) fn with_alone(vouched: u16) -> String {
    let known = "name: {de: Testamt, en: Test Office}";
    catalogue().replace(known, &format!("{known}\n    alonePerDay: {{vouched: {vouched}}}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_online_id_wins_like_everybody_and_the_list_counts_the_desks_tickets() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let online = drawing.enter_many(&id, 2).await;
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let attendee = office.vouched(&person);
        let early = json!([{ "before": "08:10" }, {}]);
        let own =
            drawing.enter_at_desk(&id, &clerk, (&attendee, early.clone()), "one").await.expect(201);
        let again = drawing.enter_at_desk(&id, &clerk, (&attendee, early), "one").await;
        assert_eq!(again.expect(200).body, own.body);
        let by = store::audited_by(&office.database_url, &own.id()).await;
        assert_eq!((by.len(), by[0].0.as_str()), (1, "draw.entered"));
        assert!(by[0].1.starts_with("staff:"), "{by:?}");
        let details = store::audit_details(&office.database_url, &own.id(), "draw.entered").await;
        assert_eq!(details["reason"]["code"], "no-online-access");

        drawing.close();
        drawing.until(&id, "settled").await;
        let proof = drawing.proof(&id).await;
        let mut entered = online;
        entered.push((person.clone(), own));
        holds(&proof, &entered);
        assert_eq!((proof.freeze.channels.desk, proof.freeze.channels.online), (1, 2));
        let booking = &office.bookings_of(&person).await[0];
        assert_eq!(booking["booked_by"], json!({ "kind": "desk" }));
        let path = format!("/v1/desk/bookings?code={}", booking["code"].as_str().unwrap());
        let found = office
            .send(Method::GET, &path, &office.clerk(&["weekdays"]), &[], None)
            .await
            .expect(200)
            .body;
        assert_eq!(found["bookings"][0]["binding"], "vouched");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_of_the_desk_stays_one_when_its_person_changes_the_entry_online() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let attendee = office.vouched(&person);
        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "desk").await.expect(201);
        let late = json!([{ "after": "09:00" }]);
        let own = drawing.enter(&id, &person, late, "online").await.expect(201);
        assert_eq!(own.body["revision"], 1);
        drawing.close();
        drawing.until(&id, "settled").await;
        let proof = drawing.proof(&id).await;
        assert_eq!((proof.freeze.channels.desk, proof.freeze.channels.online), (1, 0));
        // The stamp is of the channel that the ticket says.
        holds(&proof, &[(person, own)]);
    }
}

/// A desk adds somebody and merges the person who entered online into them.
#[tokio::test(flavor = "multi_thread")]
async fn a_merge_hands_no_online_entry_to_the_desk() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, kept, online) = (office.clerk(&["weekdays"]), office.person(), office.person());
        let attendee = office.vouched(&kept);
        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "desk").await.expect(201);
        let own = drawing.enter(&id, &online, json!([{}]), "online").await.expect(201);
        crate::events::merge(office, &kept, &online).await;
        testkit::eventually(super::DEADLINE, async || {
            (drawing.own(&id, &kept).await.body["id"] == own.body["id"]).then_some(())
        })
        .await;
        let late = json!([{ "after": "09:00" }]);
        let refused = drawing.enter_at_desk(&id, &clerk, (&attendee, late), "again").await;
        refused.expect_problem(409, "made-online");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_document_reason_or_right_nobody_is_entered() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let caller = office.vouched(&office.caller());
        let refused = drawing.enter_at_desk(&id, &clerk, (&caller, json!([{}])), "caller").await;
        refused.expect_problem(422, "document-needed");
        let attendee = office.vouched(&person);
        let unexplained = json!({
            "attendee": attendee, "location": "weekdays", "wishes": [{}], "language": "de",
        });
        let refused = drawing.enter_as_stated(&id, &clerk, unexplained, "why").await;
        refused.expect_problem(422, "reason-needed");
        let elsewhere = office.clerk(&["small"]);
        let citizen = office.token(&person);
        for token in [&elsewhere, &citizen] {
            let refused = drawing.enter_at_desk(&id, token, (&attendee, json!([{}])), "k").await;
            refused.expect_problem(403, "forbidden");
        }
        drawing.own(&id, &person).await.expect_problem(404, "entry-not-found");

        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "key").await.expect(201);
        drawing.withdraw_at_desk(&id, &clerk, &caller).await.expect_problem(422, "document-needed");
        let refused = drawing.withdraw_for(&id, &clerk, &attendee, Value::Null).await;
        refused.expect_problem(422, "reason-needed");
        let refused = drawing.withdraw_at_desk(&id, &elsewhere, &attendee).await;
        refused.expect_problem(403, "forbidden");
        drawing.withdraw_at_desk(&id, &clerk, &attendee).await.expect(204);
        let refused = drawing.withdraw_at_desk(&id, &clerk, &attendee).await;
        refused.expect_problem(404, "entry-not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn above_the_number_of_the_day_a_colleague_agrees_to_these_wishes_of_this_person() {
    for office in Office::standing_on_each(&with_alone(1)).await {
        let drawing = Drawing { office };
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, colleague) = (office.clerk(&["weekdays"]), office.clerk(&["weekdays"]));
        let people: [Person; 2] = [office.person(), office.person()];
        let [first, second] = [office.vouched(&people[0]), office.vouched(&people[1])];
        drawing.enter_at_desk(&id, &clerk, (&first, json!([{}])), "one").await.expect(201);
        // What was refused for another reason does not count, and a repeat counts once.
        drawing.enter_at_desk(&id, &clerk, (&first, json!([{}])), "one").await.expect(200);
        let refused = drawing.enter_at_desk(&id, &clerk, (&second, json!([{}])), "two").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        let code = &refused.body["case"];
        let read = case(office, &colleague, code).await.expect(200).body;
        assert_eq!((&read["services"], &read["state"]), (&json!(["visa"]), &json!("proposed")));
        assert_eq!(read["attendee"]["family_name"], "Öztürk");
        let later = &read["later_seat"];
        assert_eq!((&later["what"], &later["week"]), (&json!("enter-draw"), &json!("2027-01-18")));
        assert_eq!((&later["people"], later["wishes"].as_array().unwrap().len()), (&json!(1), 1));
        approve(office, &colleague, code).await.expect(200);
        // The colleague agreed to other wishes.
        let other = json!([{ "before": "09:00" }]);
        let refused = drawing.enter_at_desk(&id, &clerk, (&second, other), "three").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        let code = &refused.body["case"];
        approve(office, &colleague, code).await.expect(200);
        let read = case(office, &colleague, code).await.expect(200).body;
        assert_eq!(read["later_seat"]["wishes"][0]["before"], "09:00");
        let other = json!([{ "before": "09:00" }]);
        let own = drawing.enter_at_desk(&id, &clerk, (&second, other), "three").await.expect(201);
        let details = store::audit_details(&office.database_url, &own.id(), "draw.entered").await;
        assert_eq!(details["agreed"]["case"], *code);
    }
}

/// The number of the day is used up, so each permit would be a case.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_after_a_colleague_agreed_is_as_it_was_and_opens_no_case() {
    for office in Office::standing_on_each(&with_alone(1)).await {
        let drawing = Drawing { office };
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, colleague) = (office.clerk(&["weekdays"]), office.clerk(&["weekdays"]));
        let [first, second] = [office.person(), office.person()].map(|who| office.vouched(&who));
        let alone = drawing.enter_at_desk(&id, &clerk, (&first, json!([{}])), "one").await;
        let alone = alone.expect(201);
        let refused = drawing.enter_at_desk(&id, &clerk, (&second, json!([{}])), "two").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(office, &colleague, &refused.body["case"]).await.expect(200);
        let agreed = drawing.enter_at_desk(&id, &clerk, (&second, json!([{}])), "three").await;
        let agreed = agreed.expect(201);
        // Each press of the button has a key of its own.
        for (attendee, key, own) in [(&first, "four", &alone), (&second, "five", &agreed)] {
            let again = drawing.enter_at_desk(&id, &clerk, (attendee, json!([{}])), key).await;
            assert_eq!(again.expect(200).body, own.body);
        }
        assert_eq!(store::count_of(&office.database_url, "desk_cases").await, 1);
        // Other wishes are another thing.
        let other = json!([{ "before": "09:00" }]);
        let refused = drawing.enter_at_desk(&id, &clerk, (&second, other), "six").await;
        refused.expect_problem(403, "second-person-needed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_entered_online_no_desk_changes_or_withdraws() {
    for drawing in Drawing::each().await {
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let late = json!([{ "after": "09:00" }]);
        let own = drawing.enter(&id, &person, late, "own").await.expect(201);
        let attendee = office.vouched(&person);
        for key in ["desk", "desk"] {
            let refused = drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), key).await;
            let refused = refused.expect_problem(409, "made-online");
            assert!(!refused.body.to_string().contains("09:00"), "{:?}", refused.body);
        }
        let refused = drawing.withdraw_at_desk(&id, &clerk, &attendee).await;
        refused.expect_problem(409, "made-online");
        assert_eq!(drawing.own(&id, &person).await.expect(200).body, own.body);

        // A person who repeats online what the desk stated makes it their own, also against a repeat of
        // the desk.
        let other = office.person();
        let attendee = office.vouched(&other);
        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "other").await.expect(201);
        drawing.enter(&id, &other, json!([{}]), "own").await.expect(201);
        let again = drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "other").await;
        again.expect_problem(409, "made-online");
        let refused = drawing.withdraw_at_desk(&id, &clerk, &attendee).await;
        refused.expect_problem(409, "made-online");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_withdrawn_by_staff_is_told_and_reads_who_did_what_and_why() {
    for drawing in Drawing::each().await {
        let mut events = listen(&drawing.office);
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, person) = (office.clerk(&["weekdays"]), office.person());
        let attendee = office.vouched(&person);
        let own = drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "key").await;
        let entry = own.expect(201).id();
        let urgent = json!({ "code": "urgent" });
        drawing.withdraw_for(&id, &clerk, &attendee, urgent).await.expect(204);
        let told = loop {
            if let Ok(told) = next(&mut events).await.message::<EntryNotDrawn>() {
                break told;
            }
        };
        assert_eq!(told.because(), NotDrawnBecause::WithdrawnAtDesk);
        assert_eq!((told.entry_id, told.pseudonym), (entry.clone(), person.pseudonym.to_string()));

        let token = office.token(&person);
        let data = office.send(Method::GET, "/v1/me/data", &token, &[], None).await.expect(200);
        let sections = data.body["sections"].as_array().unwrap();
        let audit = sections.iter().find(|section| section["kind"] == "audit").unwrap();
        let audit = audit["entries"].as_array().unwrap();
        let line = audit.iter().find(|line| line["action"] == "draw.withdrawn").unwrap();
        let details = &line["details"];
        assert_eq!((&line["actor"], &details["entry"]), (&json!("office"), &json!(entry)));
        assert_eq!(details["reason"]["code"], "urgent");
        // The entry is gone, and what staff did with it is not.
        let earlier = &details["by_staff"][0];
        assert_eq!(
            (&earlier["action"], &earlier["actor"]),
            (&json!("draw.entered"), &json!("office"))
        );
        assert_eq!(earlier["details"]["reason"]["code"], "no-online-access");
        assert!(!data.body.to_string().contains("staff:"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_counts_and_a_colleague_agrees_to_that_and_nothing_else() {
    for office in Office::standing_on_each(&with_alone(1)).await {
        let drawing = Drawing { office };
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        let (clerk, colleague) = (office.clerk(&["weekdays"]), office.clerk(&["weekdays"]));
        let attendee = office.vouched(&office.person());
        drawing.enter_at_desk(&id, &clerk, (&attendee, json!([{}])), "one").await.expect(201);
        let refused = drawing.withdraw_at_desk(&id, &clerk, &attendee).await;
        let refused = refused.expect_problem(403, "second-person-needed");
        let code = &refused.body["case"];
        let read = case(office, &colleague, code).await.expect(200).body;
        assert_eq!(read["later_seat"]["what"], "withdraw-from-draw");
        approve(office, &colleague, code).await.expect(200);
        // The colleague agreed to another reason.
        let urgent = json!({ "code": "urgent" });
        let refused = drawing.withdraw_for(&id, &clerk, &attendee, urgent).await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(office, &colleague, &refused.body["case"]).await.expect(200);
        let urgent = json!({ "code": "urgent" });
        drawing.withdraw_for(&id, &clerk, &attendee, urgent).await.expect(204);
    }
}
