//! Two processes of one authority whose clocks differ by five seconds.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::json;

use crate::office::{Office, TestClock};

const DEADLINE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_five_seconds_off_costs_nobody_a_hold_or_a_booking() {
    for seconds in [-5, 5] {
        let Some(right) = Office::real().await else { return };
        let clock = TestClock::Ahead(SignedDuration::from_secs(seconds));
        let wrong = right.beside_with(clock).await;
        for (one, other, time) in [(&right, &wrong, "10:00"), (&wrong, &right, "11:00")] {
            // What one process held the other confirms, and repeats.
            let person = right.person();
            let hold = one.hold(&person, "passport", time).await.expect(201);
            other.hold(&right.person(), "passport", time).await.expect_problem(409, "slot-taken");
            let booking = other.confirm(&person, &hold, "key").await.expect(201);
            let again = one.confirm(&person, &hold, "key").await.expect(200);
            assert_eq!(again.id(), booking.id());

            // What one gave up is worth nothing at the other.
            let path = format!("/v1/bookings/{}/cancel", booking.id());
            one.post(&path, &right.token(&person), json!({})).await.expect(200);
            let given_up = one.hold(&person, "passport", "12:00").await.expect(201);
            one.release(&person, &given_up).await.expect(204);
            let refused = other.confirm(&person, &given_up, "other-key").await;
            assert!([409, 410].contains(&refused.status), "{}", refused.body);

            // Both seats return, and everybody sees it.
            let date = right.next_week();
            let path =
                format!("/v1/availability/slots?service=passport&location=small&date={date}");
            for office in [one, other] {
                testkit::eventually(DEADLINE, async || {
                    let slots = office.read(&path).await.expect(200).body["slots"].clone();
                    (slots.as_array().unwrap().len() == 48).then_some(())
                })
                .await;
            }
        }
    }
}
