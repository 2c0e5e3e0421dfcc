//! What a member of staff does alone is counted, and forgotten.

use ids::StaffId;
use jiff::civil::Date;

use super::databases;
use crate::{
    domain::CountedAct,
    store::staff_counts::{delete_before, give_back, list, take},
};

#[tokio::test(flavor = "multi_thread")]
async fn no_more_than_the_number_of_the_day_whatever_comes_at_once() {
    for database in databases().await {
        let db = database.connection();
        let (staff, act) = (StaffId::from_bits(1), CountedAct::BookedVouched);
        let day: Date = "2027-01-04".parse().unwrap();
        let taken = (0..10).map(|_| take(db, staff, day, act, Some(3)));
        let taken = futures_util::future::join_all(taken).await;
        assert_eq!(taken.into_iter().filter(|taken| *taken.as_ref().unwrap()).count(), 3);
        give_back(db, staff, day, act).await.unwrap();
        assert!(take(db, staff, day, act, Some(3)).await.unwrap());
        assert!(!take(db, staff, day, act, Some(3)).await.unwrap());
        // Another human, another day, another act.
        assert!(take(db, StaffId::from_bits(2), day, act, Some(3)).await.unwrap());
        assert!(take(db, staff, day.tomorrow().unwrap(), act, Some(3)).await.unwrap());
        assert!(take(db, staff, day, CountedAct::Agreed, None).await.unwrap());
        assert!(!take(db, staff, day, CountedAct::AcceptedName, Some(0)).await.unwrap());
    }
}

#[tokio::test]
async fn counts_of_old_days_are_deleted() {
    for database in databases().await {
        let db = database.connection();
        let day: Date = "2027-01-04".parse().unwrap();
        let next = day.tomorrow().unwrap();
        for date in [day, next] {
            take(db, StaffId::from_bits(1), date, CountedAct::JumpedQueue, None).await.unwrap();
        }
        delete_before(db, next).await.unwrap();
        let left = list(db, day, next).await.unwrap();
        assert_eq!(left.iter().map(|count| count.date).collect::<Vec<_>>(), [next]);
    }
}
