//! Several confirms share a transaction, and one that is refused harms no other.

use ids::DoubtId;

use super::{at, confirm, confirmation, count, databases, seat};
use crate::store::{
    bookings,
    queries::{Confirmation, Obstacle},
};

/// What is there already: number 1 at desk 0 from 100 to 130.
const TAKEN: (i64, i64) = (100, 130);

/// See [`TAKEN`]. Its person is in doubt.
fn there() -> Confirmation {
    let mut there = confirmation(1, seat(0, TAKEN.0, TAKEN.1));
    there.booking.doubt = Some(DoubtId::from_bits(1));
    there
}

/// One that `obstacle` stands in the way of.
fn refused(number: u128, obstacle: Obstacle) -> Confirmation {
    let there = there();
    let free = i64::try_from(number).unwrap() * 100;
    let mut one = confirmation(number, seat(1, free, free + 10));
    match obstacle {
        Obstacle::SeatTaken => one.booking.seat = seat(0, 129, 131),
        Obstacle::AlreadyBooked => one.booking.person = there.booking.person,
        Obstacle::BookedInDoubt => one.booking.doubt = there.booking.doubt,
        Obstacle::HoldUsed => one.booking.hold = there.booking.hold,
        Obstacle::KeyUsed => one.answered = there.answered,
        Obstacle::CodeTaken => one.booking.code = there.booking.code,
        Obstacle::CatalogueChanged => one.decided_by = at(0),
        Obstacle::Closed | Obstacle::PersonMerged | Obstacle::NotEntitled => {
            unreachable!("other tests close, merge and entitle")
        }
    }
    one
}

const OBSTACLES: [Obstacle; 7] = [
    Obstacle::SeatTaken,
    Obstacle::AlreadyBooked,
    Obstacle::BookedInDoubt,
    Obstacle::HoldUsed,
    Obstacle::KeyUsed,
    Obstacle::CodeTaken,
    Obstacle::CatalogueChanged,
];

#[tokio::test]
async fn a_refused_one_in_any_place_leaves_no_trace_and_harms_no_other() {
    for database in databases().await {
        let there = there();
        assert_eq!(confirm(&database, &[&there]).await.unwrap(), [Ok(())]);
        let mut number = 10;
        let mut written = 1;
        for obstacle in OBSTACLES {
            for place in 0..4 {
                let mut all = Vec::new();
                let mut expected = Vec::new();
                for position in 0..4 {
                    number += 1;
                    if position == place {
                        all.push(refused(number, obstacle));
                        expected.push(Err(obstacle));
                    } else {
                        let from = i64::try_from(number).unwrap() * 100;
                        all.push(confirmation(number, seat(1, from, from + 10)));
                        expected.push(Ok(()));
                        written += 1;
                    }
                }
                let outcomes = confirm(&database, &all.iter().collect::<Vec<_>>()).await.unwrap();
                assert_eq!(outcomes, expected, "{obstacle:?} at {place}");
                for table in ["bookings", "reservations", "audit", "idempotency", "outbox"] {
                    assert_eq!(count(&database, table).await, written, "{table}, {obstacle:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn of_two_in_one_batch_that_stand_in_each_others_way_the_first_wins() {
    for database in databases().await {
        for (round, obstacle) in (1..).zip(OBSTACLES) {
            let from = round * 1000;
            let id = u128::try_from(round).unwrap() * 10;
            let mut first = confirmation(id, seat(0, from, from + 10));
            first.booking.doubt = Some(DoubtId::from_bits(id));
            let mut second = confirmation(id + 1, seat(1, from, from + 10));
            match obstacle {
                Obstacle::SeatTaken => second.booking.seat = seat(0, from + 9, from + 20),
                Obstacle::AlreadyBooked => second.booking.person = first.booking.person,
                Obstacle::BookedInDoubt => second.booking.doubt = first.booking.doubt,
                Obstacle::HoldUsed => second.booking.hold = first.booking.hold,
                Obstacle::KeyUsed => second.answered = first.answered.clone(),
                Obstacle::CodeTaken => second.booking.code = first.booking.code,
                Obstacle::CatalogueChanged => second.decided_by = at(0),
                Obstacle::Closed | Obstacle::PersonMerged | Obstacle::NotEntitled => {
                    unreachable!("not in the list")
                }
            }
            let outcomes = confirm(&database, &[&first, &second]).await.unwrap();
            assert_eq!(outcomes, [Ok(()), Err(obstacle)]);
        }
    }
}

#[tokio::test]
async fn who_comes_second_wins_if_the_first_is_refused_for_another_reason() {
    for database in databases().await {
        let there = confirmation(1, seat(0, 100, 130));
        assert_eq!(confirm(&database, &[&there]).await.unwrap(), [Ok(())]);
        // The same person wants a taken seat and a free one; the same hold, key and code too.
        let first = refused(2, Obstacle::SeatTaken);
        let mut second = confirmation(3, seat(2, 100, 130));
        second.booking.person = first.booking.person;
        second.booking.hold = first.booking.hold;
        second.booking.code = first.booking.code;
        second.answered = first.answered.clone();
        let outcomes = confirm(&database, &[&first, &second]).await.unwrap();
        assert_eq!(outcomes, [Err(Obstacle::SeatTaken), Ok(())]);
        let db = database.connection();
        assert_eq!(bookings::find(db, first.booking.id).await.unwrap(), None);
        assert_eq!(bookings::find(db, second.booking.id).await.unwrap(), Some(second.booking));
    }
}

#[tokio::test]
async fn a_person_books_again_after_a_booking_ended() {
    use booking::state::Action;
    for database in databases().await {
        let first = confirmation(1, seat(0, 100, 130));
        let mut second = confirmation(2, seat(1, 100, 130));
        second.booking.person = first.booking.person;
        assert_eq!(confirm(&database, &[&first]).await.unwrap(), [Ok(())]);
        let again = confirm(&database, &[&second]).await.unwrap();
        assert_eq!(again, [Err(Obstacle::AlreadyBooked)]);
        let db = database.connection();
        assert!(bookings::act(db, &first.booking, Action::Cancel, 1, at(0)).await.unwrap());
        assert_eq!(confirm(&database, &[&second]).await.unwrap(), [Ok(())]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_that_cross_each_other_all_come_through() {
    use std::sync::Arc;
    for database in databases().await {
        let database = Arc::new(database);
        // Each batch wants the same twenty seats, in another order and by other people.
        let batches: Vec<_> = (0..4u32)
            .map(|batch| {
                let database = Arc::clone(&database);
                tokio::spawn(async move {
                    let mut all: Vec<_> = (0..20u32)
                        .map(|number| {
                            let from = i64::from(number) * 10;
                            let id = u128::from(batch * 100 + number + 1);
                            confirmation(id, seat(0, from, from + 10))
                        })
                        .collect();
                    let shift = usize::try_from(batch).unwrap() * 5;
                    all.rotate_left(shift);
                    let all: Vec<_> = all.iter().collect();
                    for _ in 0..10 {
                        match confirm(&database, &all).await {
                            Err(failure) if failure.is_busy() => {}
                            outcome => return outcome.unwrap(),
                        }
                    }
                    panic!("always a deadlock");
                })
            })
            .collect();
        let mut won = 0;
        for batch in batches {
            won += batch.await.unwrap().iter().filter(|outcome| outcome.is_ok()).count();
        }
        assert_eq!(won, 20);
        assert_eq!(count(&database, "reservations").await, 20);
    }
}
