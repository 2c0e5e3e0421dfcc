//! Merged persons.

use ::store::Backend;
use ids::Pseudonym;

use super::{at, begin, closings::waits, confirm, confirmation, databases, seat};
use crate::store::{
    bookings::{self, BookingFilter},
    merged_persons,
    queries::{Obstacle, Occupancy},
};

const A: Pseudonym = Pseudonym::from_bits(1);
const B: Pseudonym = Pseudonym::from_bits(2);
const C: Pseudonym = Pseudonym::from_bits(3);

async fn merge(database: &::store::Database, dissolved: Pseudonym, kept: Pseudonym) -> Pseudonym {
    let transaction = database.begin().await.unwrap();
    let kept = merged_persons::begin_merge(&transaction, kept, dissolved).await.unwrap();
    if kept != dissolved {
        merged_persons::insert(&transaction, dissolved, kept, at(0)).await.unwrap();
        bookings::change_person(&transaction, dissolved, kept).await.unwrap();
    }
    transaction.commit().await.unwrap();
    kept
}

#[tokio::test]
async fn a_dissolved_person_books_nothing_more() {
    for database in databases().await {
        let mut one = confirmation(10, seat(0, 0, 10));
        one.booking.person = A;
        merge(&database, A, B).await;
        assert_eq!(confirm(&database, &[&one]).await.unwrap(), [Err(Obstacle::PersonMerged)]);
        one.booking.person = B;
        assert_eq!(confirm(&database, &[&one]).await.unwrap(), [Ok(())]);
        merge(&database, B, C).await;
        let day = Occupancy::on("2027-01-11".parse().unwrap());
        let [kept] = &day.read(database.connection()).await.unwrap()[..] else { panic!("one") };
        assert_eq!(kept.holder, Some((C, one.booking.group)), "the seat binds who is left");
    }
}

#[tokio::test]
async fn in_whatever_order_the_news_come_everything_goes_to_who_is_left() {
    for database in databases().await {
        for (first, second) in [((A, B), (B, C)), ((B, C), (A, B))] {
            for (dissolved, kept) in [first, second] {
                merge(&database, dissolved, kept).await;
            }
            for person in [A, B, C] {
                let present = merged_persons::present(database.connection(), person).await;
                assert_eq!(present.unwrap(), C);
            }
            assert_eq!(merge(&database, A, B).await, C, "again");
            assert_eq!(merge(&database, C, A).await, C, "never in a circle");
            use sea_orm::ConnectionTrait as _;
            database.connection().execute_unprepared("DELETE FROM merged_persons").await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_finds_the_booking_of_a_confirm_that_was_under_way() {
    for database in databases().await {
        if database.backend() == Backend::Sqlite {
            continue; // One writer: the transaction would wait for itself.
        }
        let mut one = confirmation(10, seat(0, 0, 10));
        one.booking.person = A;
        let mut unit = begin(&database).await;
        one.insert(&mut unit).await.unwrap();
        let merging = tokio::spawn({
            let database = database.clone();
            async move { merge(&database, A, B).await }
        });
        waits(&database).await;
        unit.commit().await.unwrap();
        merging.await.unwrap();
        let filter = BookingFilter::default().of(B);
        assert_eq!(bookings::list(database.connection(), &filter, 9).await.unwrap().len(), 1);
    }
}
