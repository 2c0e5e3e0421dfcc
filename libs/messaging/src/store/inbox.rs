//! Events that already had their effect.
//!
//! The primary key (queue, event id) is the whole mechanism: the first insert has the effect. Times
//! are milliseconds since 1970 and serve only to delete old rows.

use ids::EventId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Set, TryInsertResult, entity::prelude::*};
use store::StoreError;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "inbox")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub queue: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub event_id: String,
        pub received_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Remembers events, per queue.
///
/// A table, not a cache: it must survive restarts as long as an event may come again.
pub(crate) struct Inbox;

impl Inbox {
    /// Remembers the event in the handler's transaction. `false` if it already had its effect.
    ///
    /// Safe when the same event is handled twice at once: the second insert waits for the first
    /// transaction and then finds its row.
    ///
    /// Call it first in the transaction, so that a second delivery waits there and not after half
    /// of its work.
    pub(crate) async fn admit<C: ConnectionTrait>(
        transaction: &C,
        queue: &str,
        event: EventId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = row::ActiveModel {
            queue: Set(queue.to_owned()),
            event_id: Set(event.to_string()),
            received_at: Set(now.as_millisecond()),
        };
        let inserted = row::Entity::insert(row)
            .on_conflict_do_nothing()
            .exec_without_returning(transaction)
            .await?;
        Ok(matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0))
    }

    /// Forgets events received before `instant`; none is delivered again that late.
    ///
    /// Gives the number of rows. Safe to run in several processes at once.
    pub(crate) async fn delete_before<C: ConnectionTrait>(
        connection: &C,
        instant: Timestamp,
    ) -> Result<u64, StoreError> {
        let forgotten = row::Entity::delete_many()
            .filter(row::Column::ReceivedAt.lt(instant.as_millisecond()))
            .exec(connection)
            .await?;
        Ok(forgotten.rows_affected)
    }
}
