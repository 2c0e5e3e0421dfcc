//! Whoever the desk entered learns that they won: by a call of the place that was won, or by the number of the entry.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Drawing, at_desk::with_alone};
use crate::{
    honest_desk::approve,
    office::{ApiResponse, Office, Person},
    store,
};

const NUMBER: &str = "030 9010";

impl Drawing {
    /// A clerk of another place than the drawn one enters a person, with this number or without.
    async fn enter_at_small(
        &self,
        id: &str,
        attendee: &str,
        phone: Option<&str>,
        key: &str,
    ) -> ApiResponse {
        let mut body = json!({ "request": {
            "attendee": attendee, "location": "small", "wishes": [{}], "language": "de",
            "reason": { "code": "no-online-access" },
        } });
        if let Some(number) = phone {
            body["phone"] = json!(number);
        }
        let path = format!("/v1/desk/draws/{id}/entries");
        let (clerk, headers) = (self.office.clerk(&["small"]), [("Idempotency-Key", key)]);
        self.office.send(Method::POST, &path, &clerk, &headers, Some(body)).await
    }

    async fn untold(&self, clerk: &str, location: &str) -> Value {
        let path = format!("/v1/desk/draws/calls?location={location}");
        let calls = self.office.send(Method::GET, &path, clerk, &[], None).await.expect(200);
        calls.body["untold"].clone()
    }

    async fn told(&self, clerk: &str, id: &str, entry: &str) -> ApiResponse {
        let path = format!("/v1/desk/draws/{id}/entries/{entry}/told");
        self.office.send(Method::POST, &path, clerk, &[], None).await
    }

    async fn found(&self, clerk: &str, entry: &str) -> ApiResponse {
        let path = format!("/v1/desk/draws/entries/{entry}");
        self.office.send(Method::GET, &path, clerk, &[], None).await
    }

    /// Who is entered with this number, or without, and is booked.
    async fn booked_at_desk(&self, phone: Option<&str>) -> (String, Person, String) {
        let (id, person) = (self.announced("visa").await, self.office.person());
        let attendee = self.office.vouched(&person);
        let entry = self.enter_at_small(&id, &attendee, phone, "key").await.expect(201).id();
        self.close();
        self.until(&id, "settled").await;
        (id, person, entry)
    }
}

/// Fault: nobody told a person whom the desk entered that they had won.
#[tokio::test(flavor = "multi_thread")]
async fn a_winner_whom_the_desk_entered_stands_in_the_calls_of_the_place_won_until_they_are_told() {
    for drawing in Drawing::each().await {
        let (id, person, entry) = drawing.booked_at_desk(Some(NUMBER)).await;
        let office = &drawing.office;
        let (clerk, other) = (office.clerk(&["weekdays"]), office.clerk(&["small"]));
        assert_eq!(drawing.untold(&other, "small").await, json!([]), "the place won phones");
        let calls = drawing.untold(&clerk, "weekdays").await;
        let call = &calls[0];
        assert_eq!((calls.as_array().unwrap().len(), &call["entry"]), (1, &json!(entry)));
        assert_eq!(call["phone"].as_str().unwrap().replace(' ', ""), NUMBER.replace(' ', ""));
        assert_eq!(call["attendee"]["family_name"], "Öztürk");
        let booking = &office.bookings_of(&person).await[0];
        assert_eq!(call["booking"]["code"], booking["code"]);

        drawing.told(&other, &id, &entry).await.expect_problem(404, "entry-not-found");
        for _ in 0..2 {
            drawing.told(&clerk, &id, &entry).await.expect(204);
        }
        assert_eq!(drawing.untold(&clerk, "weekdays").await, json!([]));
        let audited = store::audited(&office.database_url, &entry).await;
        for (action, times) in [("draw.read", 1), ("draw.told", 1)] {
            let found = audited.iter().filter(|known| *known == action).count();
            assert_eq!(found, times, "{action}: {audited:?}");
        }
        let kept = "draw_entries WHERE phone IS NOT NULL";
        assert_eq!(store::count_of(&office.database_url, kept).await, 0, "the number is removed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_found_by_its_number_and_its_person_reads_that_somebody_looked() {
    for drawing in Drawing::each().await {
        let (id, person) = (drawing.announced("visa").await, drawing.office.person());
        let (office, attendee) = (&drawing.office, drawing.office.vouched(&person));
        let entered = drawing.enter_at_small(&id, &attendee, None, "key").await.expect(201);
        let (entry, clerk) = (entered.id(), office.clerk(&["small"]));
        let open = drawing.found(&clerk, &entry).await.expect(200).body;
        assert_eq!((&open["status"], &open["draw"]), (&json!("entered"), &json!(id)));
        assert_eq!((&open["service"], open.get("booking")), (&json!("visa"), None));
        // What somebody entered online is theirs alone.
        let online = drawing.enter_many(&id, 1).await.remove(0).1.id();
        drawing.close();
        drawing.until(&id, "settled").await;
        // The log-in of the day before is over.
        let clerk = office.clerk(&["small"]);
        let drawn = drawing.found(&clerk, &entry).await.expect(200).body;
        let booking = &office.bookings_of(&person).await[0];
        assert_eq!(
            (&drawn["status"], &drawn["booking"]["code"]),
            (&json!("booked"), &booking["code"])
        );
        assert!(!drawn.to_string().contains("Öztürk"), "the paper is shown, not an identity card");

        let unknown = "ntr_00000000000000000000000000";
        for number in [online.as_str(), unknown] {
            drawing.found(&clerk, number).await.expect_problem(404, "entry-not-found");
        }
        drawing.found(&office.token(&person), &entry).await.expect_problem(403, "forbidden");
        let token = office.token(&person);
        let data = office.send(Method::GET, "/v1/me/data", &token, &[], None).await.expect(200);
        assert!(data.body.to_string().contains("draw-entry.read"), "{:?}", data.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_goes_when_the_appointment_is_given_up() {
    for mut drawing in Drawing::each().await {
        let (_, person, _) = drawing.booked_at_desk(Some(NUMBER)).await;
        let numbers = "draw_entries WHERE phone IS NOT NULL";
        drawing.office.restart().await;
        let office = &drawing.office;
        assert_eq!(store::count_of(&office.database_url, numbers).await, 1);
        let booking = office.bookings_of(&person).await[0]["id"].as_str().unwrap().to_owned();
        let clerk = office.clerk(&["weekdays"]);
        let path = format!("/v1/desk/bookings/{booking}/cancel");
        office.send(Method::POST, &path, &clerk, &[], None).await.expect(200);
        assert_eq!(drawing.untold(&clerk, "weekdays").await, json!([]));
        // The job looks when it begins to lead.
        drawing.office.restart().await;
        testkit::eventually(super::DEADLINE, async || {
            let left = store::count_of(&drawing.office.database_url, numbers).await;
            (left == 0).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_entries_have_one_number_and_a_colleague_agrees_to_more() {
    for office in Office::standing_on_each(&with_alone(50)).await {
        let drawing = Drawing { office };
        let (office, id) = (&drawing.office, drawing.announced("visa").await);
        for key in ["one", "two", "three"] {
            let attendee = office.vouched(&office.person());
            drawing.enter_at_small(&id, &attendee, Some(NUMBER), key).await.expect(201);
        }
        let fourth = office.vouched(&office.person());
        let refused = drawing.enter_at_small(&id, &fourth, Some("+49 30 9010"), "four").await;
        let refused = refused.expect_problem(403, "second-person-needed");
        approve(office, &office.clerk(&["small"]), &refused.body["case"]).await.expect(200);
        // Whoever gets e-mails is not phoned, so their number says nothing.
        let by_mail = office.vouched_with(&office.person(), true);
        drawing.enter_at_small(&id, &by_mail, Some(NUMBER), "mail").await.expect(201);
        // Without a number there is nothing to be crowded.
        let other = office.vouched(&office.person());
        drawing.enter_at_small(&id, &other, None, "five").await.expect(201);
    }
}
