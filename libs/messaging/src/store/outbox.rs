//! Events that left a transaction and have not yet reached the bus.

use ids::EventId;
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, PaginatorTrait as _, QueryOrder as _,
    QuerySelect as _, Set, Statement, entity::prelude::*,
};
use store::{Backend, Database, StoreError};

use crate::Event;

/// Subjects are spread over this many lanes. One relay at a time works on a lane, so events with
/// the same subject keep their order however many relays run.
pub(super) const LANES: i16 = 16;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbox")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub position: i64,
        pub lane: i16,
        pub event_id: String,
        pub authority: String,
        pub kind: String,
        pub subject: String,
        pub time: i64,
        pub traceparent: Option<String>,
        pub data: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where events wait for the [`Relay`](crate::Relay). They are stored in the caller's transaction:
/// the event leaves if and only if the state change it tells of is committed.
#[derive(Debug)]
pub struct Outbox;

impl Outbox {
    /// Stores an event in the caller's transaction. Call [`Wake::wake`](crate::Wake::wake) after
    /// the commit, else the relay finds it at its next look (within a second).
    ///
    /// For the order of events with the same subject, change the subject's row before: its lock
    /// puts concurrent transactions in the same order as their events.
    ///
    /// # Errors
    /// The statement fails; the transaction is then unusable.
    pub async fn enqueue<C: ConnectionTrait>(
        transaction: &C,
        event: &Event,
    ) -> Result<(), StoreError> {
        Self::enqueue_all(transaction, std::slice::from_ref(event)).await
    }

    /// Stores several events with one statement.
    ///
    /// # Errors
    /// The statement fails; the transaction is then unusable.
    pub async fn enqueue_all<C: ConnectionTrait>(
        transaction: &C,
        events: &[Event],
    ) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        row::Entity::insert_many(events.iter().map(to_row))
            .exec_without_returning(transaction)
            .await?;
        Ok(())
    }

    /// How many events wait: many for long means that the broker is away.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn waiting(database: &Database) -> Result<u64, StoreError> {
        Ok(row::Entity::find().count(database.connection()).await?)
    }
}

/// Some waiting events, held against other relays until [`Batch::finish`] or drop.
pub(crate) struct Batch {
    rows: Vec<(i64, Event)>,
    transaction: Option<DatabaseTransaction>,
    elsewhere: bool,
}

impl Batch {
    /// The oldest waiting events of all lanes that no other relay works on.
    ///
    /// On PostgreSQL a lane is locked by its row in `outbox_lanes` (`SKIP LOCKED`). SQLite has one
    /// writer, which must not wait for a broker: there the rows are only read, and two relays on
    /// one file may publish an event twice, in order.
    pub(crate) async fn take(database: &Database, limit: u64) -> Result<Self, StoreError> {
        match database.backend() {
            Backend::Postgres => {
                let transaction = database.begin().await?;
                let lanes = lock_lanes(&transaction).await?;
                let elsewhere = others_have_some(&transaction, &lanes).await?;
                let rows = read(&transaction, Some(lanes), limit).await?;
                Ok(Self { rows, transaction: Some(transaction), elsewhere })
            }
            Backend::Sqlite => {
                let rows = read(database.connection(), None, limit).await?;
                Ok(Self { rows, transaction: None, elsewhere: false })
            }
        }
    }

    /// The events, in the order in which they were stored.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.rows.iter().map(|(_, event)| event.clone()).collect()
    }

    /// Whether events wait in lanes that another relay works on.
    pub(crate) fn some_are_elsewhere(&self) -> bool {
        self.elsewhere
    }

    /// Removes the events for which `confirmed` holds, by place in [`Batch::events`].
    pub(crate) async fn finish(
        self,
        database: &Database,
        confirmed: impl Fn(usize) -> bool,
    ) -> Result<(), StoreError> {
        let places = self.rows.iter().enumerate();
        let done: Vec<i64> = places
            .filter(|(place, _)| confirmed(*place))
            .map(|(_, (position, _))| *position)
            .collect();
        let delete = row::Entity::delete_many().filter(row::Column::Position.is_in(done));
        match self.transaction {
            Some(transaction) => {
                delete.exec(&transaction).await?;
                transaction.commit().await?;
            }
            None => {
                delete.exec(database.connection()).await?;
            }
        }
        Ok(())
    }
}

async fn lock_lanes(transaction: &DatabaseTransaction) -> Result<Vec<i16>, StoreError> {
    let statement = Statement::from_string(
        sea_orm::DbBackend::Postgres,
        "SELECT lane FROM outbox_lanes \
         WHERE EXISTS (SELECT 1 FROM outbox WHERE outbox.lane = outbox_lanes.lane) \
         FOR UPDATE OF outbox_lanes SKIP LOCKED",
    );
    let rows = transaction.query_all_raw(statement).await?;
    let lanes: Result<Vec<i16>, DbErr> = rows.iter().map(|row| row.try_get("", "lane")).collect();
    Ok(lanes?)
}

/// Whether a lane that is not among `locked` holds an event.
async fn others_have_some(
    transaction: &DatabaseTransaction,
    locked: &[i16],
) -> Result<bool, StoreError> {
    if locked.len() == LANES.unsigned_abs() as usize {
        return Ok(false);
    }
    let lanes = row::Entity::find().filter(row::Column::Lane.is_not_in(locked.to_vec()));
    Ok(lanes
        .select_only()
        .column(row::Column::Lane)
        .limit(1)
        .into_tuple::<i16>()
        .one(transaction)
        .await?
        .is_some())
}

async fn read<C: ConnectionTrait>(
    connection: &C,
    lanes: Option<Vec<i16>>,
    limit: u64,
) -> Result<Vec<(i64, Event)>, StoreError> {
    let mut query = row::Entity::find();
    if let Some(lanes) = lanes {
        query = query.filter(row::Column::Lane.is_in(lanes));
    }
    let rows = query.order_by_asc(row::Column::Position).limit(limit).all(connection).await?;
    Ok(rows
        .into_iter()
        .map(|row| Ok((row.position, from_row(row)?)))
        .collect::<Result<_, DbErr>>()?)
}

fn to_row(event: &Event) -> row::ActiveModel {
    row::ActiveModel {
        position: sea_orm::NotSet,
        lane: Set(lane_of(&event.subject)),
        event_id: Set(event.id.to_string()),
        authority: Set(event.authority.to_string()),
        kind: Set(event.kind.clone()),
        subject: Set(event.subject.clone()),
        time: Set(event.time.as_millisecond()),
        traceparent: Set(event.traceparent.clone()),
        data: Set(event.data.clone()),
    }
}

fn from_row(row: row::Model) -> Result<Event, DbErr> {
    let corrupt = |column: &str| DbErr::Type(format!("outbox.{column} at {}", row.position));
    Ok(Event {
        id: row.event_id.parse::<EventId>().map_err(|_| corrupt("event_id"))?,
        authority: row.authority.parse().map_err(|_| corrupt("authority"))?,
        time: Timestamp::from_millisecond(row.time).map_err(|_| corrupt("time"))?,
        kind: row.kind,
        subject: row.subject,
        traceparent: row.traceparent,
        data: row.data,
    })
}

/// FNV-1a: stable across versions and processes, unlike the standard library's hash.
fn lane_of(subject: &str) -> i16 {
    let hash = subject
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    i16::try_from(hash % u32::from(LANES.unsigned_abs())).expect("a lane is below 16")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_stays_in_its_lane_and_subjects_spread() {
        let lanes: std::collections::BTreeSet<_> =
            (0..200).map(|n| lane_of(&format!("bkg_{n}"))).collect();
        assert_eq!(lanes.len(), LANES.unsigned_abs() as usize);
        assert_eq!(lane_of("bkg_1"), lane_of("bkg_1"));
    }
}
