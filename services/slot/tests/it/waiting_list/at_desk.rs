//! People without online ID wait in line, and those without e-mail are phoned.

use proto::waiting::v1::{PlaceLost, PlaceLostBecause};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;

use super::{
    DEADLINE, Waiting, catalogue, on_monday,
    stand_by::{UNTIL_TEN, today},
};
use crate::{
    events::next,
    honest_desk::approve,
    office::{ApiResponse, Office, Person},
    store,
};

impl Waiting {
    /// A clerk puts a person in line whom the tiny office phones.
    pub async fn join_at_desk(&self, clerk: &str, person: &Person, phone: &str) -> ApiResponse {
        let body = json!({ "phone": phone });
        self.join_as_stated(clerk, person, body, &phone.replace(' ', "")).await
    }

    /// The same, reached in another way.
    async fn join_as_stated(
        &self,
        clerk: &str,
        person: &Person,
        mut body: Value,
        key: &str,
    ) -> ApiResponse {
        let wishes = body.as_object_mut().unwrap().remove("wishes");
        let wishes = wishes.unwrap_or_else(|| json!([{}]));
        let attendee = body.as_object_mut().unwrap().remove("attendee");
        let attendee = attendee.unwrap_or_else(|| json!(self.office.vouched(person)));
        body["service"] = json!("permit");
        body["request"] = json!({
            "attendee": attendee, "location": "tiny", "wishes": wishes,
            "language": "tr", "reason": { "code": "no-online-access" },
        });
        let (path, headers) = ("/v1/desk/waiting-list/entries", [("Idempotency-Key", key)]);
        self.office.send(Method::POST, path, clerk, &headers, Some(body)).await
    }

    /// A clerk takes a person out of the line.
    async fn leave_by_phone(&self, clerk: &str, id: &str, body: Value) -> ApiResponse {
        let path = format!("/v1/desk/waiting-list/entries/{id}/withdrawal");
        self.office.post(&path, clerk, body).await
    }

    async fn calls(&self, clerk: &str) -> ApiResponse {
        let path = "/v1/desk/waiting-list/calls?location=tiny";
        self.office.send(Method::GET, path, clerk, &[], None).await
    }

    /// The only call that is due, once it is.
    async fn due(&self, clerk: &str) -> Value {
        eventually(DEADLINE, async || {
            let calls = self.calls(clerk).await.expect(200).body;
            let calls = calls["calls"].as_array().unwrap();
            assert!(calls.len() < 2, "{calls:?}");
            calls.first().cloned()
        })
        .await
    }

    async fn by_phone(&self, clerk: &str, what: &str, id: &Value, answer: &str) -> ApiResponse {
        let path = format!("/v1/desk/waiting-list/{what}/{}/{answer}", id.as_str().unwrap());
        self.office.post(&path, clerk, json!({})).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_email_is_phoned_has_a_day_longer_and_accepts_by_phone() {
    for waiting in Waiting::each().await {
        let url = &waiting.office.database_url;
        let (clerk, elsewhere) =
            (waiting.office.clerk(&["tiny"]), waiting.office.clerk(&["small"]));
        let booked = waiting.full().await;
        let person = waiting.office.person();
        let own = waiting.join_at_desk(&clerk, &person, "+49 30 9010").await.expect(201);
        let by = store::audited_by(url, &own.id()).await;
        assert!(by[0].0 == "waiting.joined" && by[0].1.starts_with("staff:"), "{by:?}");
        let lists = waiting.office.read("/v1/waiting-lists").await.expect(200).body;
        let list = &lists["waiting_lists"][0];
        assert_eq!((&list["people"], &list["at_desk"]), (&json!(1), &json!(1)));
        assert_eq!(list["phoned_hours"], 24);
        assert_eq!(waiting.calls(&clerk).await.expect(200).body, json!({ "calls": [] }));

        waiting.cancel(&booked[0]).await;
        let call = waiting.due(&clerk).await;
        assert_eq!(call["phone"], "+49309010");
        assert_eq!((&call["language"], &call["status"]), (&json!("tr"), &json!("offered")));
        assert_eq!(call["attendee"]["family_name"], "Öztürk");
        assert_eq!(call["offer"]["start"], on_monday("08:00"));
        // The offer stands for the usual day, and one more by phone.
        assert_eq!(call["offer"]["valid_until"], "2027-01-06T09:00:00+01:00");
        waiting.calls(&clerk).await.expect(200);
        let read = store::audited(url, &own.id()).await;
        assert_eq!(read.iter().filter(|it| *it == "waiting.read").count(), 1, "{read:?}");

        let offer = &call["offer"]["id"];
        waiting.calls(&elsewhere).await.expect_problem(403, "forbidden");
        let refused = waiting.by_phone(&elsewhere, "offers", offer, "accept").await;
        refused.expect_problem(404, "offer-not-found");
        let booking = waiting.by_phone(&clerk, "offers", offer, "accept").await.expect(201);
        assert_eq!(booking.body["booked_by"], json!({ "kind": "desk" }));
        let again = waiting.by_phone(&clerk, "offers", offer, "accept").await.expect(200);
        assert_eq!(again.body["id"], booking.body["id"]);
        let path = format!("/v1/desk/bookings?code={}", booking.body["code"].as_str().unwrap());
        let found = waiting.office.send(Method::GET, &path, &clerk, &[], None).await.expect(200);
        assert_eq!(found.body["bookings"][0]["binding"], "vouched");
        // The number is not kept for longer than it is needed.
        assert_eq!(waiting.calls(&clerk).await.expect(200).body, json!({ "calls": [] }));
        assert_eq!(store::count_of(url, "waiting_entries WHERE length(phone) > 0").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_could_not_be_reached_is_asked_by_phone_whether_they_still_wait() {
    for waiting in Waiting::each().await {
        let clerk = waiting.office.clerk(&["tiny"]);
        let booked = waiting.full().await;
        let person = waiting.office.person();
        waiting.join_at_desk(&clerk, &person, "030 / 901-0").await.expect(201);
        waiting.cancel(&booked[0]).await;
        waiting.due(&clerk).await;
        waiting.pass(48);
        waiting.until(&person, "asked").await;
        let clerk = waiting.office.clerk(&["tiny"]);
        let call = waiting.due(&clerk).await;
        assert_eq!((&call["status"], &call["declines_left"]), (&json!("asked"), &json!(1)));
        assert!(call.get("offer").is_none(), "{call}");
        let entry = &call["entry"];
        let answered = waiting.by_phone(&clerk, "entries", entry, "still-waiting").await;
        assert_eq!(answered.expect(200).body, json!({ "status": "waiting", "declines_left": 1 }));

        // Another seat, which they do not want: that was their last offer.
        waiting.cancel(&booked[1]).await;
        let call = waiting.due(&clerk).await;
        let offer = &call["offer"]["id"];
        let declined = waiting.by_phone(&clerk, "offers", offer, "decline").await.expect(200);
        assert_eq!(declined.body, json!({ "status": "ended", "declines_left": 0 }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_answers_for_those_alone_whom_it_phones() {
    for waiting in Waiting::each().await {
        let clerk = waiting.office.clerk(&["tiny"]);
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        let (entry, offer) = (&own["id"], &own["offer"]["id"]);
        for answer in ["accept", "decline"] {
            let refused = waiting.by_phone(&clerk, "offers", offer, answer).await;
            refused.expect_problem(404, "offer-not-found");
        }
        let refused = waiting.by_phone(&clerk, "entries", entry, "still-waiting").await;
        refused.expect_problem(404, "not-waiting");
        let why = json!({ "reason": { "code": "no-online-access" } });
        let left = waiting.leave_by_phone(&clerk, entry.as_str().unwrap(), why.clone()).await;
        left.expect_problem(404, "not-waiting");

        // After a log-in the person gets messages.
        let other = waiting.office.person();
        let place = waiting.join_at_desk(&clerk, &other, "030 9010").await.expect(201);
        waiting.join(&other, json!([{ "after": "08:10" }]), "own").await.expect(201);
        let left = waiting.leave_by_phone(&clerk, &place.id(), why).await;
        left.expect_problem(404, "not-waiting");
        let wrong = waiting.join_at_desk(&clerk, &waiting.office.person(), "9010").await;
        wrong.expect_problem(400, "invalid-request");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_somebody_took_online_no_desk_takes_over() {
    for waiting in Waiting::each().await {
        let clerk = waiting.office.clerk(&["tiny"]);
        let booked = waiting.full().await;
        let person = waiting.waiter().await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        for key in ["0309010", "0309010"] {
            let body = json!({ "phone": "030 9010" });
            let refused = waiting.join_as_stated(&clerk, &person, body, key).await;
            let refused = refused.expect_problem(409, "made-online");
            // Not a word of the seat that is offered.
            assert!(!refused.body.to_string().contains("2027-01-11"), "{:?}", refused.body);
        }
        assert_eq!(waiting.calls(&clerk).await.expect(200).body, json!({ "calls": [] }));
        let refused = waiting.by_phone(&clerk, "offers", &own["offer"]["id"], "decline").await;
        refused.expect_problem(404, "offer-not-found");
        assert_eq!(waiting.own(&person).await, own);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_needs_a_way_to_reach_its_person_and_keeps_it() {
    for waiting in Waiting::each().await {
        let (clerk, person) = (waiting.office.clerk(&["tiny"]), waiting.office.person());
        let refused = waiting.join_as_stated(&clerk, &person, json!({}), "unclear").await;
        assert_eq!(refused.expect_problem(400, "invalid-request").body["field"], "phone");
        for costly in ["0900 1234567", "+1 900 234 5678", "9010"] {
            let refused = waiting.join_at_desk(&clerk, &person, costly).await;
            refused.expect_problem(400, "invalid-request");
        }
        waiting.join_at_desk(&clerk, &person, "030 9010").await.expect(201);
        // A repeat that forgets the number does not drop it.
        let refused = waiting.join_as_stated(&clerk, &person, json!({}), "again").await;
        refused.expect_problem(400, "invalid-request");
        let url = &waiting.office.database_url;
        assert_eq!(store::count_of(url, "waiting_entries WHERE length(phone) > 0").await, 1);
        let by_mail = waiting.office.person();
        // That they have e-mail is identity's word, not the clerk's.
        let claimed =
            waiting.join_as_stated(&clerk, &by_mail, json!({ "email": true }), "mail").await;
        claimed.expect_problem(400, "invalid-request");
        let body = json!({ "attendee": waiting.office.vouched_with(&by_mail, true) });
        waiting.join_as_stated(&clerk, &by_mail, body, "mail").await.expect(201);
        assert_eq!(store::count_of(url, "waiting_entries WHERE length(phone) > 0").await, 1);
    }
}

/// The number of the day is none, so each permit is a case.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_after_a_colleague_agreed_is_as_it_was_and_opens_no_case() {
    let known = "name: {de: Testamt, en: Test Office}";
    let values = catalogue().replace(known, &format!("{known}\n    alonePerDay: {{vouched: 0}}"));
    for office in Office::each_database_with(&values).await {
        let waiting = Waiting::of(office).await;
        let office = &waiting.office;
        let (clerk, colleague) = (office.clerk(&["tiny"]), office.clerk(&["tiny"]));
        let person = office.person();
        let body = json!({ "phone": "030 9010", "attendee": office.vouched(&person) });
        let refused = waiting.join_as_stated(&clerk, &person, body.clone(), "one").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(office, &colleague, &refused.body["case"]).await.expect(200);
        let place = waiting.join_as_stated(&clerk, &person, body.clone(), "two").await.expect(201);
        // Each press of the button has a key of its own.
        let again = waiting.join_as_stated(&clerk, &person, body.clone(), "three").await;
        assert_eq!(again.expect(200).body["id"], place.body["id"]);
        assert_eq!(store::count_of(&office.database_url, "desk_cases").await, 1);
        // Another number is another thing.
        let mut other = body;
        other["phone"] = json!("030 9011");
        let refused = waiting.join_as_stated(&clerk, &person, other, "four").await;
        refused.expect_problem(403, "second-person-needed");
    }
}

/// The number of the day is none, so each acceptance is a case.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_accepted_by_phone_counts_and_above_the_number_a_colleague_agrees() {
    let known = "name: {de: Testamt, en: Test Office}";
    let values = catalogue().replace(known, &format!("{known}\n    alonePerDay: {{byPhone: 0}}"));
    for office in Office::each_database_with(&values).await {
        let waiting = Waiting::of(office).await;
        let office = &waiting.office;
        let (clerk, colleague) = (office.clerk(&["tiny"]), office.clerk(&["tiny"]));
        let booked = waiting.full().await;
        waiting.join_at_desk(&clerk, &office.person(), "030 9010").await.expect(201);
        waiting.cancel(&booked[0]).await;
        let call = waiting.due(&clerk).await;
        let offer = &call["offer"]["id"];
        let refused = waiting.by_phone(&clerk, "offers", offer, "accept").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(office, &colleague, &refused.body["case"]).await.expect(200);
        let booking = waiting.by_phone(&clerk, "offers", offer, "accept").await.expect(201);
        let again = waiting.by_phone(&clerk, "offers", offer, "accept").await.expect(200);
        assert_eq!(again.id(), booking.id());
        assert_eq!(store::count_of(&office.database_url, "desk_cases").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_number_is_that_of_three_places_and_a_colleague_agrees_to_more() {
    for waiting in Waiting::each().await {
        let office = &waiting.office;
        let (clerk, colleague) = (office.clerk(&["tiny"]), office.clerk(&["tiny"]));
        let join = async |person: &Person, key: &str| {
            let body = json!({ "phone": "030 9010", "attendee": office.vouched(person) });
            waiting.join_as_stated(&clerk, person, body, key).await
        };
        let family = [office.person(), office.person(), office.person()];
        for (person, key) in family.iter().zip(["one", "two", "three"]) {
            join(person, key).await.expect(201);
        }
        // Their own place is changed as before.
        let other = office.person();
        let refused = join(&other, "four").await.expect_problem(403, "second-person-needed");
        join(&family[0], "five").await.expect(200);
        approve(office, &colleague, &refused.body["case"]).await.expect(200);
        join(&other, "six").await.expect(201);
        // Another number is another telephone.
        let body = json!({ "phone": "030 9011", "attendee": office.vouched(&office.person()) });
        waiting.join_as_stated(&clerk, &other, body, "seven").await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_taken_out_of_the_line_by_phone_is_told_and_reads_why() {
    for mut waiting in Waiting::each().await {
        let (clerk, person) = (waiting.office.clerk(&["tiny"]), waiting.office.person());
        let place = waiting.join_at_desk(&clerk, &person, "030 9010").await.expect(201).id();
        let refused = waiting.leave_by_phone(&clerk, &place, json!({})).await;
        refused.expect_problem(422, "reason-needed");
        let why = json!({ "reason": { "code": "hardship" } });
        waiting.leave_by_phone(&clerk, &place, why).await.expect(204);
        let lost = loop {
            if let Ok(lost) = next(&mut waiting.events).await.message::<PlaceLost>() {
                break lost;
            }
        };
        assert_eq!(lost.because(), PlaceLostBecause::LeftAtDesk);
        assert_eq!((lost.entry_id, lost.pseudonym), (place, person.pseudonym.to_string()));
        let subject = person.pseudonym.to_string();
        let url = &waiting.office.database_url;
        let details = store::audit_details(url, &subject, "waiting.left").await;
        assert_eq!(details["reason"]["code"], "hardship");
        assert_eq!(details["by_staff"][0]["action"], "waiting.joined");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_online_id_can_stand_by_and_is_phoned_at_once() {
    for waiting in Waiting::at_noon().await {
        let booked = waiting.full_at_noon().await;
        waiting.pass(UNTIL_TEN);
        let (clerk, person) = (waiting.office.clerk(&["tiny"]), waiting.office.person());
        let body = json!({ "phone": "030 9010", "stand_by": "today", "wishes": today() });
        let place = waiting.join_as_stated(&clerk, &person, body.clone(), "key").await.expect(201);
        assert_eq!(place.body["stand_by"], "2027-01-11");
        let again = waiting.join_as_stated(&clerk, &person, body, "key").await.expect(200);
        assert_eq!(again.body["id"], place.body["id"]);
        waiting.cancel(&booked[0]).await;
        let offer = waiting.due(&clerk).await["offer"].clone();
        assert_eq!(
            (&offer["start"], &offer["notice"]),
            (&json!(on_monday("12:00")), &json!("short"))
        );
        assert_eq!(offer["valid_until"], on_monday("10:15"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_hands_no_online_place_to_the_desk() {
    for waiting in Waiting::each().await {
        let (clerk, kept) = (waiting.office.clerk(&["tiny"]), waiting.office.person());
        waiting.full().await;
        waiting.join_at_desk(&clerk, &kept, "+49 30 9010").await.expect(201);
        waiting.pass(24);
        let online = waiting.waiter().await;
        let id = waiting.own(&online).await["id"].clone();
        crate::events::merge(&waiting.office, &kept, &online).await;
        eventually(DEADLINE, async || (waiting.own(&kept).await["id"] == id).then_some(())).await;
    }
}
