//! Persons who are merged while seats are offered to those who wait.

use ::store::Database;

use sea_orm::ConnectionTrait as _;
use testkit::eventually;

use super::{DEADLINE, Waiting};
use crate::{draws::at_gate, office::Person, store};

/// On PostgreSQL, where transactions run beside each other. SQLite has one writer at a time.
#[tokio::test(flavor = "multi_thread")]
async fn no_seat_is_offered_to_a_person_who_is_being_merged() {
    let mut all = Waiting::each().await.into_iter();
    let beside = all.find(|waiting| !waiting.office.database_url.starts_with("sqlite"));
    let Some(waiting) = beside else { return };
    let url = &waiting.office.database_url;
    let booked = waiting.full().await;
    let (dissolved, other) = (waiting.waiter().await, waiting.waiter().await);
    let kept = waiting.office.person();
    // At night seats are collected: in the morning one look offers both.
    waiting.pass(12);
    waiting.cancel(&booked[0]).await;
    waiting.cancel(&booked[1]).await;
    let database = Database::connect(url).await.unwrap();
    let gate = at_gate(&database, "pg_advisory_xact_lock", &dissolved).await;
    waiting.pass(12);
    eventually(DEADLINE, async || {
        // A transaction in which nothing happens for some seconds is ended.
        gate.execute_unprepared("SELECT 1").await.unwrap();
        (waiting.own(&other).await["status"] == "offered").then_some(())
    })
    .await;
    assert_eq!(waiting.own(&dissolved).await["status"], "waiting");

    // The seat is still kept for the list, and goes to who has the place by then.
    let moved = format!(
        "UPDATE waiting_entries SET person = '{}' WHERE person = '{}'",
        kept.pseudonym, dissolved.pseudonym
    );
    gate.execute_unprepared(&moved).await.unwrap();
    gate.commit().await.unwrap();
    waiting.until(&kept, "offered").await;
    let of = |person: &Person| {
        format!("reservations WHERE kind = 'offer' AND person = '{}'", person.pseudonym)
    };
    assert_eq!(store::count_of(url, &of(&kept)).await, 1);
    assert_eq!(store::count_of(url, &of(&dissolved)).await, 0);
}
