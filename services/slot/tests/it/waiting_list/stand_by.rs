//! Seats at short notice go to people who say that they can come at once.

use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::eventually;

use super::{DEADLINE, Waiting, catalogue, on_monday};
use crate::office::{ApiResponse, Office, Person};

/// From the beginning of the test to 11 January, 10 o'clock: an hour and a half before what begins at 12 is
/// of no use any more, less than an offer needs.
pub(super) const UNTIL_TEN: i64 = 7 * 24 + 1;

impl Waiting {
    /// The tiny office opens at noon, and its list makes offers of a quarter of an hour at short notice.
    pub(super) async fn at_noon() -> Vec<Self> {
        let text = catalogue()
            .replacen("{answerHours: 24}", "{answerHours: 24, standBy: {offerMinutes: 15}}", 1)
            .replacen("monday: 08:00-08:30", "monday: 12:00-12:30", 1);
        let mut all = Vec::new();
        for office in Office::each_database_with(&text).await {
            all.push(Self::of(office).await);
        }
        all
    }

    pub(super) async fn full_at_noon(&self) -> Vec<(Person, ApiResponse)> {
        let mut booked = Vec::new();
        for time in ["12:00", "12:10", "12:20"] {
            let person = self.office.person();
            let booking = self.book(&person, time).await;
            booked.push((person, booking));
        }
        booked
    }

    /// A new person who can come at once today.
    async fn standing_by(&self, wishes: Value) -> Person {
        let person = self.office.person();
        self.stand_by(&person, wishes).await.expect(201);
        person
    }

    async fn stand_by(&self, person: &Person, wishes: Value) -> ApiResponse {
        let body = json!({ "service": "permit", "wishes": wishes, "stand_by": "today" });
        self.join_with(person, body, "stand-by").await
    }
}

/// Nothing but today.
pub(super) fn today() -> Value {
    json!([{ "until": "2027-01-11" }])
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_late_for_others_is_offered_to_who_can_come_at_once() {
    for waiting in Waiting::at_noon().await {
        let booked = waiting.full_at_noon().await;
        // First in line, but not there at once. The Monday after can be booked by then: a person
        // who waits for any day would be offered it.
        let patient = waiting.office.person();
        waiting.join(&patient, today(), "key").await.expect(201);
        waiting.pass(UNTIL_TEN);
        let people = [waiting.standing_by(today()).await, waiting.standing_by(today()).await];
        assert_eq!(waiting.own(&people[0]).await["stand_by"], "2027-01-11");
        let lists = waiting.office.read("/v1/waiting-lists").await.expect(200).body;
        assert_eq!(lists["waiting_lists"][0]["stand_by_minutes"], 15);

        waiting.cancel(&booked[0]).await;
        let (first, own) = waiting.offered(&[&people[0], &people[1]]).await;
        let offer = &own["offer"];
        assert_eq!(
            (&offer["start"], &offer["notice"]),
            (&json!(on_monday("12:00")), &json!("short"))
        );
        assert_eq!(offer["valid_until"], on_monday("10:15"));
        let second = if first.pseudonym == people[0].pseudonym { &people[1] } else { &people[0] };
        assert_eq!(waiting.own(second).await["status"], "waiting");

        // Too late: the offer goes on, and a person who waits for nothing else is out of the line.
        waiting.office.clock.advance(SignedDuration::from_mins(15));
        let own = waiting.until(second, "offered").await;
        assert_eq!(own["offer"]["valid_until"], on_monday("10:30"));
        let lost = waiting.until(first, "ended").await;
        assert_eq!(lost["reason"], "silence");
        let booking = waiting.accept(second, &own["offer"]).await.expect(201);
        assert_eq!(booking.body["start"], on_monday("12:00"));
        assert_eq!(waiting.own(&patient).await["status"], "waiting");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_at_short_notice_can_be_declined_and_missed_at_no_cost() {
    for mut waiting in Waiting::at_noon().await {
        let booked = waiting.full_at_noon().await;
        waiting.pass(UNTIL_TEN);
        // Any day would be the Monday after, too, which can be booked by now and may be offered at any moment.
        let later = json!([{ "until": "2027-01-11" }, { "from": "2027-03-01" }]);
        let person = waiting.standing_by(later).await;
        waiting.cancel(&booked[0]).await;
        let own = waiting.until(&person, "offered").await;
        assert!(waiting.told_of_offer().await.short_notice, "the mail says that it costs nothing");
        let path =
            format!("/v1/waiting-list/offers/{}/decline", own["offer"]["id"].as_str().unwrap());
        let declined = waiting.office.post(&path, &waiting.office.token(&person), json!({})).await;
        assert_eq!(declined.expect(200).body, json!({ "status": "waiting", "declines_left": 2 }));

        waiting.cancel(&booked[1]).await;
        let own = waiting.until(&person, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("12:10"));
        waiting.office.clock.advance(SignedDuration::from_mins(15));
        // They are asked no more.
        let own = eventually(DEADLINE, async || {
            let own = waiting.own(&person).await;
            own.get("stand_by").is_none().then_some(own)
        })
        .await;
        assert_eq!((&own["declines_left"], &own["offer"]), (&json!(2), &Value::Null));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_day_is_over_so_is_standing_by() {
    for waiting in Waiting::at_noon().await {
        let alone = waiting.office.person();
        let first_day = json!([{ "until": "2027-01-04" }]);
        waiting.stand_by(&alone, first_day).await.expect(201);
        let both = waiting.standing_by(json!([{ "from": "2027-02-01" }])).await;
        waiting.pass(24);
        let own = waiting.until(&alone, "ended").await;
        assert_eq!((&own["reason"], &own["wishes"]), (&json!("stand-by-over"), &json!([])));
        eventually(DEADLINE, async || {
            let own = waiting.own(&both).await;
            assert_eq!(own["status"], "waiting");
            own.get("stand_by").is_none().then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_offers_at_short_notice_says_so() {
    for waiting in Waiting::each().await {
        let refused = waiting.stand_by(&waiting.office.person(), json!([{}])).await;
        refused.expect_problem(400, "invalid-request");
    }
}
