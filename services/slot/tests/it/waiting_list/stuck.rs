//! One offer or place that fails, while the others go on.

use super::{DEADLINE, Waiting, on_monday};
use crate::draws::Death;

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_does_not_lapse_keeps_no_other_from_lapsing_nor_a_seat_from_being_offered() {
    for waiting in Waiting::each().await {
        let booked = waiting.full().await;
        let mut people = vec![waiting.waiter().await, waiting.waiter().await];
        // At night seats are collected: in the morning one look offers both, for 24 hours.
        waiting.pass(12);
        waiting.cancel(&booked[0]).await;
        waiting.cancel(&booked[1]).await;
        waiting.pass(12);
        let mut offers = Vec::new();
        for person in &people {
            let own = waiting.until(person, "offered").await;
            offers.push(own["offer"].clone());
        }
        let stuck = usize::from(offers[1]["start"] == on_monday("08:00"));
        let rows = format!(
            "NEW.status = 'lapsed' AND NEW.id = '{}'",
            offers[stuck]["id"].as_str().unwrap()
        );
        let death = Death::of("waiting_offers", "UPDATE", rows.leak());
        let url = &waiting.office.database_url;
        death.set_up(url).await;
        let next = waiting.waiter().await;
        waiting.pass(25);

        let own = waiting.until(&next, "offered").await;
        assert_eq!(own["offer"]["start"], on_monday("08:10"));
        let kept = people.swap_remove(stuck);
        waiting.until(&people[0], "asked").await;
        assert_eq!(waiting.own(&kept).await["status"], "offered");
        testkit::eventually(DEADLINE, async || {
            (waiting.office.number("waiting_list_stuck").await == 1).then_some(())
        })
        .await;
        death.take_away(url).await;
        waiting.until(&kept, "asked").await;
        testkit::eventually(DEADLINE, async || {
            (waiting.office.number("waiting_list_stuck").await == 0).then_some(())
        })
        .await;
    }
}
