//! Events that left a transaction and have not yet reached the bus.
//!
//! Rows are inserted by use cases and removed by the relay, so the table is almost always almost
//! empty. Many rows for long mean that the broker is away: [`Outbox::waiting`] counts them.
//!
//! Order is by `position`. Numbers are given at insert and not at commit, so two transactions can
//! commit in the other order; those about the same subject cannot, if they lock the subject's row
//! before they publish.

use ids::EventId;
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, PaginatorTrait as _, QueryOrder as _,
    QuerySelect as _, Set, Statement, entity::prelude::*,
};
use store::{Backend, Database, StoreError};

use super::published;
use crate::Event;

/// Subjects are spread over this many lanes. One relay at a time works on a lane, so events with
/// the same subject keep their order however many relays run.
///
/// It bounds how many relays can work at once. Part of the stored data: another number would move
/// subjects to other lanes while events wait.
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
///
/// Events are never updated. What is confirmed leaves the table: it is deleted, or moved to the
/// [`PublishedEvents`](crate::PublishedEvents) if the relay keeps it for a while.
#[derive(Debug)]
pub struct Outbox;

impl Outbox {
    /// Stores an event in the caller's transaction. A use case publishes by its
    /// [`UnitOfWork`](crate::UnitOfWork), which also wakes the relay; else the relay finds the
    /// event at its next look (within a second).
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
        let rows: Vec<_> = events.iter().map(to_row).collect();
        match store::insert_rows(transaction.get_database_backend(), &rows, "") {
            Some(insert) => {
                transaction.execute_raw(insert).await?;
            }
            None => {
                row::Entity::insert_many(rows).exec_without_returning(transaction).await?;
            }
        }
        Ok(())
    }

    /// How many events wait: many for long means that the broker is away.
    ///
    /// Counts all lanes of this database, also those that other processes publish.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn waiting(database: &Database) -> Result<u64, StoreError> {
        Ok(row::Entity::find().count(database.connection()).await?)
    }

    /// When the event happened that waits longest; `None` if none waits.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn oldest(database: &Database) -> Result<Option<Timestamp>, StoreError> {
        let first = row::Entity::find()
            .select_only()
            .column(row::Column::Time)
            .order_by_asc(row::Column::Position)
            .limit(1)
            .into_tuple::<i64>()
            .one(database.connection())
            .await?;
        Ok(first.and_then(|time| Timestamp::from_millisecond(time).ok()))
    }
}

/// Some waiting events.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// The rows, in the order of `events`.
    positions: Vec<i64>,
    /// In the order in which they were stored.
    pub(crate) events: Vec<Event>,
}

/// The lanes that this relay works on, held against other relays until [`Lanes::close`] or drop.
///
/// On PostgreSQL a lane is locked by its row in `outbox_lanes` (`SKIP LOCKED`). SQLite has one
/// writer, which must not wait for a broker: there the rows are only read, and two relays on one
/// file may publish an event twice, in order.
pub(crate) enum Lanes<'a> {
    /// PostgreSQL: which lanes, and whether others hold some that have events.
    Locked { transaction: DatabaseTransaction, lanes: Vec<i16>, elsewhere: bool },
    /// SQLite: all lanes, not locked.
    Shared(&'a Database),
}

impl<'a> Lanes<'a> {
    /// All lanes that hold an event and that no other relay works on.
    ///
    /// Never waits: lanes that are taken are skipped, and a relay that gets none has an empty pass.
    pub(crate) async fn lock(database: &'a Database) -> Result<Self, StoreError> {
        match database.backend() {
            Backend::Postgres => {
                let transaction = database.begin().await?;
                let lanes = lock_lanes(&transaction).await?;
                let elsewhere = others_have_some(&transaction, &lanes).await?;
                Ok(Self::Locked { transaction, lanes, elsewhere })
            }
            Backend::Sqlite => Ok(Self::Shared(database)),
        }
    }

    /// Whether events wait in lanes that another relay works on.
    pub(crate) fn some_are_elsewhere(&self) -> bool {
        matches!(self, Self::Locked { elsewhere: true, .. })
    }

    /// The oldest events, or those that follow a batch. `after` is the batch that is being
    /// published at this moment and therefore still stored.
    pub(crate) async fn read(&self, after: &Batch, limit: u64) -> Result<Batch, StoreError> {
        let after = after.positions.last().copied();
        match self {
            Self::Locked { transaction, lanes, .. } => {
                read(transaction, Some(lanes), after, limit).await
            }
            Self::Shared(database) => read(database.connection(), None, after, limit).await,
        }
    }

    /// Removes the events of a batch for which `confirmed` holds, by place. With `kept_at` they
    /// are kept as published at that instant, on PostgreSQL.
    ///
    /// On PostgreSQL the rows go with the commit of [`close`](Self::close), on SQLite at once.
    pub(crate) async fn remove(
        &self,
        batch: &Batch,
        confirmed: impl Fn(usize) -> bool,
        kept_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let places = batch.positions.iter().enumerate();
        let done: Vec<i64> =
            places.filter(|(place, _)| confirmed(*place)).map(|(_, position)| *position).collect();
        if done.is_empty() {
            return Ok(());
        }
        match (self, kept_at) {
            (Self::Locked { transaction, .. }, Some(now)) => {
                published::keep(transaction, &done, now).await?;
            }
            (Self::Locked { transaction, .. }, None) => {
                // One array: the same statement for any number, planned once.
                let sql = "DELETE FROM outbox WHERE position = ANY ($1::text::bigint[])";
                let backend = sea_orm::DbBackend::Postgres;
                let values = [array(&done).into()];
                let delete = Statement::from_sql_and_values(backend, sql, values);
                transaction.execute_raw(delete).await?;
            }
            (Self::Shared(database), _) => {
                let delete = row::Entity::delete_many().filter(row::Column::Position.is_in(done));
                delete.exec(database.connection()).await?;
            }
        }
        Ok(())
    }

    /// Keeps what was removed, and lets other relays have the lanes.
    ///
    /// Dropped without it, PostgreSQL rolls back: the events are published again.
    pub(crate) async fn close(self) -> Result<(), StoreError> {
        if let Self::Locked { transaction, .. } = self {
            transaction.commit().await?;
        }
        Ok(())
    }
}

/// Numbers as PostgreSQL writes an array: `{1,2,3}`.
pub(super) fn array(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("{{{}}}", numbers.join(","))
}

/// Locks the rows of `outbox_lanes`, not those of the events: a use case that inserts events never
/// waits for a relay.
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

/// In order of position over all lanes, so no lane starves another. `lanes` is `None` for all.
async fn read<C: ConnectionTrait>(
    connection: &C,
    lanes: Option<&[i16]>,
    after: Option<i64>,
    limit: u64,
) -> Result<Batch, StoreError> {
    let mut query = row::Entity::find();
    if let Some(lanes) = lanes {
        query = query.filter(row::Column::Lane.is_in(lanes.iter().copied()));
    }
    if let Some(after) = after {
        query = query.filter(row::Column::Position.gt(after));
    }
    let rows = query.order_by_asc(row::Column::Position).limit(limit).all(connection).await?;
    let positions = rows.iter().map(|row| row.position).collect();
    let events = rows.into_iter().map(from_row).collect::<Result<_, DbErr>>()?;
    Ok(Batch { positions, events })
}

/// The position is left to the database.
fn to_row(event: &Event) -> row::ActiveModel {
    row::ActiveModel {
        position: sea_orm::NotSet,
        lane: Set(lane_of(&event.subject)),
        event_id: Set(event.id.to_string()),
        authority: Set(event.authority.to_string()),
        kind: Set(event.kind.clone()),
        subject: Set(event.subject.clone()),
        time: Set(event.time.as_millisecond()),
        traceparent: Set(event.traceparent.map(|trace| trace.to_string())),
        data: Set(event.data.clone()),
    }
}

/// A row that we did not write ends the pass with an error that names column and position; an
/// operator must look. A trace that cannot be read is left away, as it has no effect.
fn from_row(row: row::Model) -> Result<Event, DbErr> {
    let corrupt = |column: &str| DbErr::Type(format!("outbox.{column} at {}", row.position));
    Ok(Event {
        id: row.event_id.parse::<EventId>().map_err(|_| corrupt("event_id"))?,
        authority: row.authority.parse().map_err(|_| corrupt("authority"))?,
        time: Timestamp::from_millisecond(row.time).map_err(|_| corrupt("time"))?,
        kind: row.kind,
        subject: row.subject,
        traceparent: row.traceparent.and_then(|text| text.parse().ok()),
        data: row.data,
    })
}

/// FNV-1a: stable across versions and processes, unlike the standard library's hash.
///
/// Any hash would do that spreads; it must only be the same in all processes that share the outbox.
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
