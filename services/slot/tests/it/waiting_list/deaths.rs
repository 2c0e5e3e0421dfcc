//! Processes that die at each step of an offer. The database refuses the step, as it does when the
//! connection breaks in the middle of it; the process ends; another one goes on, to the same end.

use super::{DEADLINE, Waiting, on_monday};
use crate::{draws::Death, office::Person, store};

/// A step of making an offer.
const OFFERS: [Death; 4] = [
    Death::of("reservations", "INSERT", "NEW.kind = 'offer'"),
    Death::of("waiting_entries", "UPDATE", "NEW.status = 'offered'"),
    Death::of("waiting_offers", "INSERT", "NEW.status = 'open'"),
    Death::of("audit", "INSERT", "NEW.action = 'waiting.offered'"),
];

/// A step of ending one.
const ENDS: [Death; 3] = [
    Death::of("waiting_offers", "UPDATE", "NEW.status = 'lapsed'"),
    Death::of("reservations", "UPDATE", "OLD.kind = 'offer'"),
    Death::of("waiting_entries", "UPDATE", "NEW.status = 'asked'"),
];

/// The process dies of `death` once `cause` has happened, and another one takes its place.
async fn dies(waiting: &mut Waiting, death: &Death, cause: impl AsyncFnOnce(&Waiting)) {
    let url = waiting.office.database_url.clone();
    death.set_up(&url).await;
    cause(waiting).await;
    testkit::eventually(DEADLINE, async || {
        (waiting.office.number("waiting_list_stuck").await > 0).then_some(())
    })
    .await;
    waiting.office.stop().await;
    death.take_away(&url).await;
    waiting.office.restart().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_at_any_step_changes_nothing_about_the_end() {
    for death in &OFFERS {
        for mut waiting in Waiting::each().await {
            let booked = waiting.full().await;
            let person = waiting.waiter().await;
            dies(&mut waiting, death, async |waiting| waiting.cancel(&booked[0]).await).await;
            offered_once(&waiting, &person, 1).await;
        }
    }
    for death in &ENDS {
        for mut waiting in Waiting::each().await {
            let booked = waiting.full().await;
            let person = waiting.waiter().await;
            waiting.cancel(&booked[0]).await;
            waiting.until(&person, "offered").await;
            // Past midnight; the offer ends at 9 o'clock.
            waiting.pass(16);
            let next = waiting.waiter().await;
            dies(&mut waiting, death, async |waiting| waiting.pass(10)).await;
            let own = waiting.until(&person, "asked").await;
            assert_eq!(own["declines_left"], 1);
            offered_once(&waiting, &next, 2).await;
        }
    }
}

/// The seat is offered to this person, and to nobody twice.
async fn offered_once(waiting: &Waiting, person: &Person, offers: i64) {
    let own = waiting.until(person, "offered").await;
    assert_eq!(own["offer"]["start"], on_monday("08:00"));
    let url = &waiting.office.database_url;
    assert_eq!(store::count_of(url, "waiting_offers").await, offers);
    let kinds = store::kinds(url).await;
    assert_eq!(kinds, [("booking".to_owned(), 2), ("offer".to_owned(), 1)].into());
}
