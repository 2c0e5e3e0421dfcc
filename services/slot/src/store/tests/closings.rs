//! Closing a day wins against a confirm that is under way.

use std::time::Duration;

use ::store::{Backend, Database};
use jiff::civil::Date;

use super::{at, begin, confirm, confirmation, databases, seat};
use crate::store::{
    bookings::{self, BookingFilter},
    closings,
    queries::{Confirmation, Obstacle},
};

fn day() -> Date {
    "2027-01-11".parse().unwrap()
}

async fn close(database: &Database) -> usize {
    let transaction = database.begin().await.unwrap();
    let mitte = "mitte".parse().unwrap();
    closings::close(&transaction, &mitte, day(), at(0)).await.unwrap();
    let found = BookingFilter::default().on(mitte, day());
    let found = bookings::list(&transaction, &found, 100).await.unwrap();
    transaction.commit().await.unwrap();
    found.len()
}

#[tokio::test]
async fn nothing_is_confirmed_on_a_closed_day_until_it_is_opened_again() {
    for database in databases().await {
        let mitte: ids::LocationId = "mitte".parse().unwrap();
        assert_eq!(close(&database).await, 0);
        assert_eq!(close(&database).await, 0);
        let (there, next) = (confirmation(1, seat(0, 0, 10)), confirmation(2, seat(0, 1440, 1450)));
        let outcomes = confirm(&database, &[&there, &next]).await.unwrap();
        assert_eq!(outcomes, [Err(Obstacle::Closed), Ok(())]);
        let db = database.connection();
        assert_eq!(bookings::find(db, there.booking.id).await.unwrap(), None);
        assert_eq!(closings::since(db, day()).await.unwrap(), [(mitte.clone(), day())]);
        assert_eq!(closings::since(db, day().tomorrow().unwrap()).await.unwrap(), []);
        assert!(closings::reopen(db, &mitte, day()).await.unwrap());
        assert!(!closings::reopen(db, &mitte, day()).await.unwrap());
        assert_eq!(confirm(&database, &[&there]).await.unwrap(), [Ok(())]);
    }
}

/// The confirm wrote, and has not committed: closing waits for it and finds it.
#[tokio::test(flavor = "multi_thread")]
async fn closing_finds_the_booking_of_a_confirm_that_was_under_way() {
    for database in databases().await {
        if database.backend() == Backend::Sqlite {
            continue; // One writer: the transaction would wait for itself.
        }
        let mut unit = begin(&database).await;
        let one = confirmation(1, seat(0, 0, 10));
        one.insert(&mut unit).await.unwrap();
        let closing = tokio::spawn({
            let database = database.clone();
            async move { close(&database).await }
        });
        waits(&database).await;
        assert!(!closing.is_finished());
        unit.commit().await.unwrap();
        assert_eq!(closing.await.unwrap(), 1);
    }
}

/// Closing has not committed yet when the confirm comes: the confirm waits and is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_comes_while_a_day_is_being_closed_is_refused() {
    for database in databases().await {
        if database.backend() == Backend::Sqlite {
            continue;
        }
        let transaction = database.begin().await.unwrap();
        closings::close(&transaction, &"mitte".parse().unwrap(), day(), at(0)).await.unwrap();
        let (here, elsewhere) =
            (confirmation(1, seat(0, 0, 10)), confirmation(2, seat(0, 1440, 1450)));
        assert_eq!(confirm(&database, &[&elsewhere]).await.unwrap(), [Ok(())], "another day");
        let confirming = tokio::spawn({
            let database = database.clone();
            async move { confirm(&database, &[&here]).await.unwrap() }
        });
        waits(&database).await;
        assert!(!confirming.is_finished());
        transaction.commit().await.unwrap();
        assert_eq!(confirming.await.unwrap(), [Err(Obstacle::Closed)]);
    }
}

/// Confirms and a closing at once, many times: whatever was confirmed was found.
#[tokio::test(flavor = "multi_thread")]
async fn no_booking_slips_through_between_a_closing_and_confirms() {
    for database in databases().await {
        for round in 0..20u128 {
            let confirming: Vec<_> = (0..4u128)
                .map(|number| {
                    let database = database.clone();
                    tokio::spawn(async move {
                        let desk = u8::try_from(number).unwrap();
                        let id = round * 100 + number + 1;
                        let from = i64::try_from(round).unwrap() * 10;
                        let one = confirmation(id, seat(desk, from, from + 10));
                        confirm(&database, &[&one]).await.unwrap()
                    })
                })
                .collect();
            let found = close(&database).await;
            let mut booked = 0;
            for one in confirming {
                booked += one.await.unwrap().iter().filter(|outcome| outcome.is_ok()).count();
            }
            assert_eq!(found, booked, "round {round}");
            let db = database.connection();
            assert!(closings::reopen(db, &"mitte".parse().unwrap(), day()).await.unwrap());
            super::overlaps::clear(&database).await;
        }
    }
}

/// Until a session waits for another one's lock.
pub(super) async fn waits(database: &Database) {
    use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
    let sql = "SELECT COUNT(*) AS n FROM pg_locks JOIN pg_stat_activity USING (pid) \
         WHERE NOT granted AND datname = current_database()";
    testkit::eventually(Duration::from_secs(10), async || {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let row = database.connection().query_one_raw(statement).await.unwrap().unwrap();
        (row.try_get::<i64>("", "n").unwrap() > 0).then_some(())
    })
    .await;
}

/// The transaction of a confirm is dropped halfway: nothing is left of it.
#[tokio::test]
async fn a_confirm_given_up_halfway_leaves_nothing() {
    for database in databases().await {
        let one = confirmation(1, seat(0, 0, 10));
        {
            let mut unit = begin(&database).await;
            Confirmation::insert_all(&mut unit, &[&one]).await.unwrap();
        }
        assert_eq!(confirm(&database, &[&one]).await.unwrap(), [Ok(())]);
    }
}
