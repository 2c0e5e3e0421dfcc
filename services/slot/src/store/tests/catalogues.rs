//! A catalogue comes into force between confirms: each of them is decided by the one before and
//! found, or refused.

use std::collections::BTreeSet;

use ::store::{Backend, Database};
use ids::{BookingId, LocationId};
use jiff::{SignedDuration, Timestamp};

use super::{at, begin, closings::waits, confirm, confirmation, databases, seat};
use crate::store::{
    good_catalogue::{self, InForce},
    queries::{BookedSince, Confirmation, Obstacle, UnseatedOn},
};

/// Puts one into force, and tells since when it is and how many bookings there are by then.
async fn put(database: &Database, before: Timestamp, text: &str) -> (Timestamp, usize) {
    let transaction = database.begin().await.unwrap();
    let since = if before == Timestamp::UNIX_EPOCH {
        good_catalogue::put(&transaction, text, at(0)).await.unwrap()
    } else {
        let since = good_catalogue::replace(&transaction, before, text, at(0)).await.unwrap();
        good_catalogue::wait_for_confirms(&transaction).await.unwrap();
        since.unwrap()
    };
    let found = BookedSince(Timestamp::UNIX_EPOCH).read(&transaction).await.unwrap();
    transaction.commit().await.unwrap();
    (since, found.len())
}

fn by(decided_by: Timestamp, number: u128, seat: booking::Seat) -> Confirmation {
    Confirmation { decided_by, ..confirmation(number, seat) }
}

#[tokio::test]
async fn what_was_decided_by_another_catalogue_is_refused_and_harms_no_other() {
    for database in databases().await {
        let (first, _) = put(&database, Timestamp::UNIX_EPOCH, "one").await;
        let (second, _) = put(&database, first, "two").await;
        let (old, new) = (by(first, 1, seat(0, 0, 10)), by(second, 2, seat(1, 0, 10)));
        // The same seat, person and key as one that is refused.
        let mut again = by(second, 3, seat(0, 0, 10));
        again.booking.person = old.booking.person;
        again.answered.caller.clone_from(&old.answered.caller);
        again.answered.key.clone_from(&old.answered.key);
        let outcomes = confirm(&database, &[&old, &new, &again]).await.unwrap();
        assert_eq!(outcomes, [Err(Obstacle::CatalogueChanged), Ok(()), Ok(())]);
        // It is said before anything else that may follow from the old names.
        let outcomes = confirm(&database, &[&by(first, 4, seat(0, 5, 15))]).await.unwrap();
        assert_eq!(outcomes, [Err(Obstacle::CatalogueChanged)]);
        let mut twice = by(first, 5, seat(2, 0, 10));
        twice.booking.person = new.booking.person;
        let outcomes = confirm(&database, &[&twice]).await.unwrap();
        assert_eq!(outcomes, [Err(Obstacle::CatalogueChanged)]);
    }
}

#[tokio::test]
async fn the_instant_of_a_catalogue_rises_whatever_the_clock_says_and_only_one_comes_first() {
    for database in databases().await {
        let db = database.connection();
        assert_eq!(good_catalogue::find(db).await.unwrap(), None);
        assert_eq!(good_catalogue::since(db).await.unwrap(), Timestamp::UNIX_EPOCH);
        let (first, _) = put(&database, Timestamp::UNIX_EPOCH, "one").await;
        let (second, _) = put(&database, first, "two").await;
        assert!(second > first);
        let transaction = database.begin().await.unwrap();
        let late = good_catalogue::replace(&transaction, first, "three", at(5)).await.unwrap();
        assert_eq!(late, None);
        let third = good_catalogue::put(&transaction, "three", at(-5)).await.unwrap();
        assert!(third > second);
        transaction.commit().await.unwrap();
        let found = good_catalogue::find(db).await.unwrap();
        assert_eq!(found, Some(InForce { text: "three".to_owned(), since: third }));
        assert_eq!(good_catalogue::since(db).await.unwrap(), third);
    }
}

/// The confirm wrote, and has not committed: whoever changes the catalogue waits and finds it.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_finds_the_booking_of_a_confirm_that_was_under_way() {
    for database in databases().await {
        if database.backend() == Backend::Sqlite {
            continue; // One writer: the transaction would wait for itself.
        }
        let (first, _) = put(&database, Timestamp::UNIX_EPOCH, "one").await;
        let mut unit = begin(&database).await;
        by(first, 1, seat(0, 0, 10)).insert(&mut unit).await.unwrap();
        let change = tokio::spawn({
            let database = database.clone();
            async move { put(&database, first, "two").await }
        });
        waits(&database).await;
        assert!(!change.is_finished());
        unit.commit().await.unwrap();
        assert_eq!(change.await.unwrap().1, 1);
    }
}

/// The change has not committed yet when the confirm comes: the confirm waits and is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_comes_while_the_catalogue_changes_is_refused() {
    for database in databases().await {
        if database.backend() == Backend::Sqlite {
            continue;
        }
        let (first, _) = put(&database, Timestamp::UNIX_EPOCH, "one").await;
        let transaction = database.begin().await.unwrap();
        good_catalogue::replace(&transaction, first, "two", at(0)).await.unwrap().unwrap();
        // What is booked is carried along meanwhile, and nobody waits.
        let early = by(first, 1, seat(0, 0, 10));
        assert_eq!(confirm(&database, &[&early]).await.unwrap(), [Ok(())]);
        good_catalogue::wait_for_confirms(&transaction).await.unwrap();
        let confirming = tokio::spawn({
            let database = database.clone();
            async move { confirm(&database, &[&by(first, 2, seat(1, 0, 10))]).await.unwrap() }
        });
        waits(&database).await;
        assert!(!confirming.is_finished());
        let found = BookedSince(Timestamp::UNIX_EPOCH).read(&transaction).await.unwrap();
        assert_eq!(found.len(), 1);
        transaction.commit().await.unwrap();
        assert_eq!(confirming.await.unwrap(), [Err(Obstacle::CatalogueChanged)]);
    }
}

/// Confirms and a change at once, many times: whatever was confirmed was found.
#[tokio::test(flavor = "multi_thread")]
async fn no_booking_slips_through_between_a_change_of_the_catalogue_and_confirms() {
    for database in databases().await {
        let (mut since, mut before) = put(&database, Timestamp::UNIX_EPOCH, "none").await;
        for round in 0..20u128 {
            let confirming: Vec<_> = (0..4u128)
                .map(|number| {
                    let database = database.clone();
                    tokio::spawn(async move {
                        let desk = u8::try_from(number).unwrap();
                        let from = i64::try_from(round).unwrap() * 10;
                        let one = by(since, round * 100 + number + 1, seat(desk, from, from + 10));
                        confirm(&database, &[&one]).await.unwrap()
                    })
                })
                .collect();
            let (next, found) = put(&database, since, &round.to_string()).await;
            let mut booked = 0;
            for one in confirming {
                booked += one.await.unwrap().iter().filter(|outcome| outcome.is_ok()).count();
            }
            assert_eq!(found - before, booked, "round {round}");
            (since, before) = (next, found);
        }
    }
}

#[tokio::test]
async fn a_booking_whose_reservation_was_lost_is_found() {
    use sea_orm::ConnectionTrait as _;
    for database in databases().await {
        let db = database.connection();
        let (one, other) = (confirmation(1, seat(0, 0, 10)), confirmation(2, seat(1, 0, 10)));
        confirm(&database, &[&one, &other]).await.unwrap();
        let locations: BTreeSet<LocationId> =
            ["mitte", "pankow"].into_iter().map(|name| name.parse().unwrap()).collect();
        let unseated = UnseatedOn { date: "2027-01-11".parse().unwrap(), locations: &locations };
        assert!(unseated.read(db).await.unwrap().is_empty());
        let lost = format!("DELETE FROM reservations WHERE booking_id = '{}'", one.booking.id);
        db.execute_unprepared(&lost).await.unwrap();
        let mitte: LocationId = "mitte".parse().unwrap();
        assert_eq!(unseated.read(db).await.unwrap(), [(mitte, one.booking.id)]);
    }
}

#[tokio::test]
async fn bookings_are_found_by_the_time_in_their_ids() {
    for database in databases().await {
        let bits = |minute| u128::try_from(at(minute).as_millisecond()).unwrap() << 80;
        let made_at = |minute, mut one: Confirmation| {
            one.booking.id = BookingId::from_bits(bits(minute) + 7);
            one
        };
        let early = made_at(0, confirmation(1, seat(0, 0, 10)));
        let late = made_at(5, confirmation(2, seat(1, 0, 10)));
        confirm(&database, &[&early, &late]).await.unwrap();
        let since = async |instant| {
            let found = BookedSince(instant).read(database.connection()).await.unwrap();
            found.iter().map(|it| it.id.to_bits()).collect::<Vec<_>>()
        };
        assert_eq!(since(at(0)).await.len(), 2);
        assert_eq!(since(at(5)).await, [bits(5) + 7]);
        assert!(since(at(5) + SignedDuration::from_millis(1)).await.is_empty());
    }
}
