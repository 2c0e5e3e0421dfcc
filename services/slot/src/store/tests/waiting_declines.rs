//! What people declined on waiting lists.

use ids::{Pseudonym, ServiceId};

use super::{at, databases};
use crate::store::waiting_declines::{self, Declined};

const DISSOLVED: Pseudonym = Pseudonym::from_bits(1);
const KEPT: Pseudonym = Pseudonym::from_bits(2);

#[tokio::test]
async fn what_was_declined_counts_for_its_time_and_after_a_merge() {
    for database in databases().await {
        let db = database.connection();
        let [permit, other]: [ServiceId; 2] = ["permit", "other"].map(|id| id.parse().unwrap());
        let names = [&permit, &other];
        let note =
            async |person: Pseudonym, service: &ServiceId, declined: (u16, bool), second: i64| {
                waiting_declines::note(db, person, service, declined, at(second)).await.unwrap();
            };
        let since = async |second: i64| {
            waiting_declines::since(db, KEPT, &names, at(second)).await.unwrap()
        };
        note(KEPT, &permit, (1, false), 10).await;
        assert_eq!(since(9).await, Declined { declines: 1, lost_at: None });
        assert_eq!(since(10).await, Declined::default());
        note(DISSOLVED, &permit, (2, true), 20).await;
        note(DISSOLVED, &other, (1, false), 30).await;
        for _ in 0..2 {
            waiting_declines::merge(db, DISSOLVED, KEPT).await.unwrap();
            assert_eq!(since(9).await, Declined { declines: 2, lost_at: Some(at(20)) });
            assert_eq!(since(20).await, Declined { declines: 1, lost_at: None });
        }
        // A count that begins anew does not undo when the place was lost.
        note(KEPT, &permit, (1, false), 25).await;
        assert_eq!(since(9).await, Declined { declines: 1, lost_at: Some(at(20)) });
        waiting_declines::delete_before(db, at(31)).await.unwrap();
        assert_eq!(since(0).await, Declined::default());
    }
}
