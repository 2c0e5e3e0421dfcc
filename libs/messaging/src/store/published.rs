//! Events that the bus confirmed, kept for a while.
//!
//! A broker that lost its disks has lost what was not consumed yet, and what was consumed by a
//! database that lost its last commits. The publisher can then publish again from here. Rows move:
//! from `outbox` when the bus confirmed them, and back when they are to be published again, each
//! with its position, so that the order of a subject stays.
//!
//! PostgreSQL only. On SQLite events stay in one process with their consumers and are not kept.

use ids::AuthorityId;
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement, Value,
};
use store::{Backend, Database, StoreError};

use super::outbox::array;

/// What moves between the two tables.
const COLUMNS: &str = "position, lane, event_id, authority, kind, subject, time, traceparent, data";
/// The condition that selects events; its parameters are [`PublishedEvents::values`].
const CHOSEN: &str = "published_at >= $1 AND published_at < $2 \
    AND ($3::text IS NULL OR kind = $3 OR kind LIKE '%.' || $3) \
    AND ($4::text IS NULL OR authority = $4)";
/// Events that move with one statement.
const BATCH: i64 = 5_000;
/// An operator's command waits for relays that are in the middle of a pass, and moves many rows.
const WITHOUT_TIMEOUTS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0";

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "published_events")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub published_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A selection of published events.
#[derive(Debug, Clone)]
pub struct PublishedEvents {
    /// Confirmed by the bus at this instant or later.
    pub since: Timestamp,
    /// Confirmed by the bus before this instant.
    pub until: Timestamp,
    /// Only of this kind: `BookingConfirmed`, or the message's full name.
    pub kind: Option<String>,
    /// Only of this authority.
    ///
    /// `None`: of each.
    pub authority: Option<AuthorityId>,
}

/// How many events of one kind and authority there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCount {
    /// The message's full name.
    pub kind: String,
    /// Whose events they are.
    pub authority: String,
    /// How many.
    pub events: u64,
    /// When the bus confirmed the first of them.
    pub first: Timestamp,
    /// When the bus confirmed the last of them.
    pub last: Timestamp,
}

/// What was put back into the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Republished {
    /// How many events.
    pub events: u64,
    /// The position of the last one.
    last: i64,
}

impl PublishedEvents {
    /// The authority of the event that left this database last; `None` if none is kept. A database
    /// is of one service, so this tells whether it is the right one.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn last_authority(database: &Database) -> Result<Option<String>, StoreError> {
        let sql = "SELECT authority FROM published_events ORDER BY position DESC LIMIT 1";
        let asked = Statement::from_string(database.backend().into(), sql);
        let row = database.connection().query_one_raw(asked).await?;
        Ok(row.map(|row| row.try_get::<String>("", "authority")).transpose()?)
    }

    /// How many there are, by authority and kind. Reads only; nothing on SQLite.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn count(&self, database: &Database) -> Result<Vec<PublishedCount>, StoreError> {
        if database.backend() == Backend::Sqlite {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT authority, kind, count(*) AS events, min(published_at) AS first, \
             max(published_at) AS last FROM published_events WHERE {CHOSEN} \
             GROUP BY authority, kind ORDER BY authority, kind"
        );
        let rows = database.connection().query_all_raw(statement(sql, self.values())).await?;
        Ok(rows.iter().map(counted).collect::<Result<_, DbErr>>()?)
    }

    /// Puts them back into the outbox, all or none, before everything that waits there. Relays
    /// publish them as they do everything else. `progress` hears how many have moved so far.
    ///
    /// No relay is in the middle of a pass meanwhile, else a subject's later event could leave
    /// before an earlier one. Use cases do not wait.
    ///
    /// # Errors
    /// The database cannot be read or written; then nothing has moved.
    pub async fn republish(
        &self,
        database: &Database,
        mut progress: impl FnMut(u64),
    ) -> Result<Republished, StoreError> {
        let mut moved = Republished { events: 0, last: i64::MIN };
        if database.backend() == Backend::Sqlite {
            return Ok(moved);
        }
        let transaction = database.begin().await?;
        transaction.execute_unprepared(WITHOUT_TIMEOUTS).await?;
        transaction.execute_unprepared("SELECT lane FROM outbox_lanes FOR UPDATE").await?;
        while let Some(batch) = self.move_batch(&transaction, moved.last).await? {
            moved = Republished { events: moved.events + batch.events, last: batch.last };
            progress(moved.events);
        }
        transaction.commit().await?;
        Ok(moved)
    }

    /// The next events after a position; `None` if there are no more.
    async fn move_batch(
        &self,
        transaction: &DatabaseTransaction,
        after: i64,
    ) -> Result<Option<Republished>, StoreError> {
        let sql = format!(
            "WITH batch AS (SELECT position FROM published_events \
               WHERE position > $5 AND {CHOSEN} ORDER BY position LIMIT {BATCH}), \
             gone AS (DELETE FROM published_events \
               WHERE position IN (SELECT position FROM batch) RETURNING {COLUMNS}), \
             back AS (INSERT INTO outbox ({COLUMNS}) SELECT {COLUMNS} FROM gone RETURNING position) \
             SELECT count(*) AS events, max(position) AS last FROM back"
        );
        let mut values = self.values();
        values.push(after.into());
        let Some(row) = transaction.query_one_raw(statement(sql, values)).await? else {
            return Ok(None);
        };
        let last: Option<i64> = row.try_get("", "last")?;
        let events = row.try_get::<i64>("", "events")?.unsigned_abs();
        Ok(last.map(|last| Republished { events, last }))
    }

    /// In the order of the parameters of `CHOSEN`.
    fn values(&self) -> Vec<Value> {
        let authority = self.authority.as_ref().map(ToString::to_string);
        vec![
            self.since.as_millisecond().into(),
            self.until.as_millisecond().into(),
            self.kind.clone().into(),
            authority.into(),
        ]
    }
}

impl Republished {
    /// How many of them still wait in the outbox.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn waiting(&self, database: &Database) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) AS events FROM outbox WHERE position <= $1";
        let counting = statement(sql.to_owned(), vec![self.last.into()]);
        let row = database.connection().query_one_raw(counting).await?;
        let events: Option<i64> = row.map(|row| row.try_get("", "events")).transpose()?;
        Ok(events.unwrap_or_default().unsigned_abs())
    }
}

/// Moves events out of the outbox that the bus confirmed at `now`.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    positions: &[i64],
    now: Timestamp,
) -> Result<(), StoreError> {
    // A position that is known already must not stop the relay.
    let sql = format!(
        "WITH gone AS (DELETE FROM outbox WHERE position = ANY ($1::text::bigint[]) \
           RETURNING {COLUMNS}) \
         INSERT INTO published_events ({COLUMNS}, published_at) SELECT {COLUMNS}, $2 FROM gone \
         ON CONFLICT DO NOTHING"
    );
    let values = vec![array(positions).into(), now.as_millisecond().into()];
    transaction.execute_raw(statement(sql, values)).await?;
    Ok(())
}

/// Forgets what the bus confirmed at `until` or before. Safe to run in several processes at once.
pub(crate) async fn forget_published(
    database: &Database,
    until: Timestamp,
) -> Result<u64, StoreError> {
    store::delete_expired::<row::Entity>(database.connection(), row::Column::PublishedAt, until)
        .await
}

/// A row of the count. An instant that is none is an error with the name of its column.
fn counted(row: &QueryResult) -> Result<PublishedCount, DbErr> {
    let instant = |column: &str| {
        let milliseconds: i64 = row.try_get("", column)?;
        Timestamp::from_millisecond(milliseconds)
            .map_err(|_| DbErr::Type(format!("published_events.{column}")))
    };
    Ok(PublishedCount {
        kind: row.try_get("", "kind")?,
        authority: row.try_get("", "authority")?,
        events: row.try_get::<i64>("", "events")?.unsigned_abs(),
        first: instant("first")?,
        last: instant("last")?,
    })
}

fn statement(sql: String, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}
