//! Processes that die at each step of an offer. The database refuses the step, as it does when the
//! connection breaks in the middle of it; the process ends; another one goes on, to the same end.

use super::{DEADLINE, Waiting, on_monday};
use crate::{draws::Death, office::Person, store};

/// A step of making an offer.
static OFFERS: [Death; 4] = [
    Death::of("reservations", "INSERT", "NEW.kind = 'offer'"),
    Death::of("waiting_entries", "UPDATE", "NEW.status = 'offered'"),
    Death::of("waiting_offers", "INSERT", "NEW.status = 'open'"),
    Death::of("audit", "INSERT", "NEW.action = 'waiting.offered'"),
];

/// A step of ending one.
static ENDS: [Death; 3] = [
    Death::of("waiting_offers", "UPDATE", "NEW.status = 'lapsed'"),
    Death::of("reservations", "UPDATE", "OLD.kind = 'offer'"),
    Death::of("waiting_entries", "UPDATE", "NEW.status = 'asked'"),
];

/// How many offices run at once. Most of their time they wait for the next tick.
const AT_ONCE: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_at_any_step_changes_nothing_about_the_end() {
    let mut steps = Vec::new();
    for (number, death) in OFFERS.iter().chain(&ENDS).enumerate() {
        for waiting in Waiting::each().await {
            steps.push((number < OFFERS.len(), death, waiting));
        }
    }
    let mut running = tokio::task::JoinSet::new();
    for (makes_an_offer, death, waiting) in steps {
        if running.len() == AT_ONCE {
            running.join_next().await.expect("some run").unwrap();
        }
        match makes_an_offer {
            true => running.spawn(an_offer_is_made(waiting, death)),
            false => running.spawn(an_offer_ends(waiting, death)),
        };
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
}

async fn an_offer_is_made(mut waiting: Waiting, death: &'static Death) {
    let booked = waiting.full().await;
    let person = waiting.waiter().await;
    death.set_up(&waiting.office.database_url).await;
    waiting.cancel(&booked[0]).await;
    dies(&mut waiting, death).await;
    offered_once(&waiting, &person, 1).await;
}

async fn an_offer_ends(mut waiting: Waiting, death: &'static Death) {
    let booked = waiting.full().await;
    let person = waiting.waiter().await;
    waiting.cancel(&booked[0]).await;
    waiting.until(&person, "offered").await;
    // Past midnight; the offer ends at 9 o'clock.
    waiting.pass(16);
    let next = waiting.waiter().await;
    death.set_up(&waiting.office.database_url).await;
    waiting.pass(10);
    dies(&mut waiting, death).await;
    let own = waiting.until(&person, "asked").await;
    assert_eq!(own["declines_left"], 1);
    offered_once(&waiting, &next, 2).await;
}

/// The process dies of `death`, and another one takes its place.
async fn dies(waiting: &mut Waiting, death: &Death) {
    testkit::eventually(DEADLINE, async || {
        (waiting.office.number("waiting_list_stuck").await > 0).then_some(())
    })
    .await;
    waiting.office.stop().await;
    death.take_away(&waiting.office.database_url).await;
    waiting.office.restart().await;
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
