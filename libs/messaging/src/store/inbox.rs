//! Events that already had their effect.
//!
//! The primary key (queue, event id) is the whole mechanism: the first insert has the effect. Times
//! are milliseconds since 1970 and serve only to delete old rows.

use std::collections::BTreeSet;

use ids::EventId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value, entity::prelude::*};
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

/// The rows as PostgreSQL takes them: the same text for any number of events.
const PREPARED_ONCE: &str =
    "SELECT $1::text, event_id, $2::bigint FROM unnest($3::text[]) AS new_rows (event_id)";

/// Remembers events, per queue.
///
/// A table, not a cache: it must survive restarts as long as an event may come again.
pub(crate) struct Inbox;

impl Inbox {
    /// Remembers the events in the handlers' transaction, with one statement; gives those that had
    /// no effect yet.
    ///
    /// Safe when the same event is handled twice at once: the second insert waits for the first
    /// transaction and then finds its row.
    ///
    /// Call it first in the transaction, so that a second delivery waits there and not after half
    /// of its work.
    pub(crate) async fn admit<C: ConnectionTrait>(
        transaction: &C,
        queue: &str,
        events: impl Iterator<Item = EventId>,
        now: Timestamp,
    ) -> Result<BTreeSet<EventId>, StoreError> {
        let events: Vec<String> = events.map(|event| event.to_string()).collect();
        if events.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut values: Vec<Value> = vec![queue.into(), now.as_millisecond().into()];
        let backend = transaction.get_database_backend();
        let rows = if backend == DbBackend::Postgres {
            values.push(events.into());
            PREPARED_ONCE.to_owned()
        } else {
            let places = (3..events.len() + 3).map(|place| format!("($1, ${place}, $2)"));
            let rows = format!("VALUES {}", places.collect::<Vec<_>>().join(", "));
            values.extend(events.into_iter().map(Value::from));
            rows
        };
        let sql = format!(
            "INSERT INTO inbox (queue, event_id, received_at) {rows} \
             ON CONFLICT DO NOTHING RETURNING event_id"
        );
        let statement = Statement::from_sql_and_values(backend, sql, values);
        let mut admitted = BTreeSet::new();
        for row in transaction.query_all_raw(statement).await? {
            let id: String = row.try_get_by_index(0)?;
            admitted.insert(id.parse().map_err(|_| DbErr::Type("inbox.event_id".to_owned()))?);
        }
        Ok(admitted)
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
