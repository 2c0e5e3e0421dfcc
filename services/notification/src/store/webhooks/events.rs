//! What there was to hear, in the order in which this service heard of it. Its position is the
//! cursor from which an agency can have events replayed.

use std::collections::{BTreeMap, BTreeSet};

use ids::{AuthorityId, EventId};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, QueryOrder as _, QuerySelect as _, Set, Statement, Value,
    entity::prelude::*,
};
use store::{Database, StoreError, insert_rows};

use crate::webhook::{event::Published, order::Latest, replay::Range};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_events")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub position: i64,
        pub event_id: String,
        pub authority: String,
        pub kind: String,
        pub services: String,
        pub body: String,
        pub occurred_at: i64,
        pub subject: String,
        pub number: i64,
        pub revision: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An event to record.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) id: EventId,
    pub(crate) published: Published,
    pub(crate) occurred_at: Timestamp,
    /// Tells older events of its booking from newer ones.
    pub(crate) number: i64,
}

/// An event with its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) position: i64,
    pub(crate) event: EventId,
    pub(crate) published: Published,
}

impl Placed {
    /// As agencies get it: with the CloudEvents extension `sequence`, the cursor for a replay.
    pub(crate) fn body(&self) -> serde_json::Value {
        let mut body = self.published.body.clone();
        body["sequence"] = self.position.to_string().into();
        body
    }
}

/// Writers share this advisory lock of PostgreSQL until their transaction ends.
const WRITING: &str = "SELECT pg_advisory_xact_lock_shared(hashtext('webhook_events'))";
/// A reader holds it exclusively for a moment: every position that was assigned is committed by
/// then, or never will be. Without it, a reader could see 7 before 6 is committed, go on from 7, and
/// never see 6. SQLite has one writer anyway.
const READING: &str = "SELECT pg_advisory_xact_lock(hashtext('webhook_events'))";
/// One process plans for an authority at a time, so that no event of a booking is planned before an
/// earlier one.
const PLANNING: &str = "SELECT pg_advisory_xact_lock(hashtext('webhook_unplanned'), hashtext($1))";

/// What was recorded of these bookings so far, by authority and subject.
pub(crate) async fn latest<C: ConnectionTrait>(
    connection: &C,
    subjects: &BTreeSet<&str>,
) -> Result<BTreeMap<(String, String), Latest>, StoreError> {
    let backend = connection.get_database_backend();
    let texts = subjects.iter().map(|subject| (*subject).to_owned());
    let (condition, values): (String, Vec<Value>) = if backend == DbBackend::Postgres {
        // The same statement for any number of them.
        ("subject = ANY($1)".to_owned(), vec![texts.collect::<Vec<String>>().into()])
    } else {
        let places: Vec<_> = (1..=subjects.len()).map(|place| format!("${place}")).collect();
        (format!("subject IN ({})", places.join(", ")), texts.map(Value::from).collect())
    };
    let sql = format!(
        "SELECT authority, subject, MAX(number) AS number, MAX(revision) AS revision \
         FROM webhook_events WHERE {condition} GROUP BY authority, subject"
    );
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let mut latest = BTreeMap::new();
    for row in connection.query_all_raw(statement).await? {
        let key = (row.try_get("", "authority")?, row.try_get("", "subject")?);
        let revision = row.try_get::<Option<i64>>("", "revision")?;
        let revision = revision.and_then(|revision| u32::try_from(revision).ok());
        latest.insert(key, Latest { number: row.try_get("", "number")?, revision });
    }
    Ok(latest)
}

/// Records events, in their order, as such that no delivery is planned for yet.
pub(crate) async fn record<C: ConnectionTrait>(
    connection: &C,
    events: &[NewEvent],
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    announce_writing(connection).await?;
    let rows: Vec<_> = events.iter().map(to_row).collect();
    let backend = connection.get_database_backend();
    if let Some(insert) = insert_rows(backend, &rows, "RETURNING position, authority") {
        let sql = format!(
            "WITH recorded AS ({}) INSERT INTO webhook_unplanned (position, authority) \
             SELECT position, authority FROM recorded",
            insert.sql
        );
        connection.execute_raw(Statement { sql, ..insert }).await?;
        return Ok(());
    }
    row::Entity::insert_many(rows).exec_without_returning(connection).await?;
    let places: Vec<_> = (1..=events.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "INSERT INTO webhook_unplanned (position, authority) \
         SELECT position, authority FROM webhook_events WHERE event_id IN ({})",
        places.join(", ")
    );
    let values = events.iter().map(|event| Value::from(event.id.to_string()));
    connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}

/// Stores an event that is for one endpoint alone; returns its position.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    event: &NewEvent,
) -> Result<i64, StoreError> {
    announce_writing(connection).await?;
    Ok(row::Entity::insert(to_row(event)).exec(connection).await?.last_insert_id)
}

async fn announce_writing<C: ConnectionTrait>(connection: &C) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared(WRITING).await?;
    }
    Ok(())
}

fn to_row(event: &NewEvent) -> row::ActiveModel {
    let published = &event.published;
    row::ActiveModel {
        position: sea_orm::NotSet,
        event_id: Set(event.id.to_string()),
        authority: Set(published.authority.to_string()),
        kind: Set(published.kind.clone()),
        services: Set(serde_json::Value::from(published.services.clone()).to_string()),
        body: Set(published.body.to_string()),
        occurred_at: Set(event.occurred_at.as_millisecond()),
        subject: Set(published.subject.clone()),
        number: Set(event.number),
        revision: Set(published.revision.map(i64::from)),
    }
}

/// The authorities that have events which no delivery is planned for yet.
pub(crate) async fn unplanned_authorities(
    database: &Database,
) -> Result<Vec<AuthorityId>, StoreError> {
    let sql = "SELECT DISTINCT authority FROM webhook_unplanned";
    let statement = Statement::from_string(database.backend().into(), sql);
    let rows = database.connection().query_all_raw(statement).await?;
    let authority = |row: &QueryResult| {
        let corrupt = |_| DbErr::Type("webhook_unplanned.authority".to_owned());
        row.try_get_by_index::<String>(0)?.parse::<AuthorityId>().map_err(corrupt)
    };
    Ok(rows.iter().map(authority).collect::<Result<_, DbErr>>()?)
}

/// Takes up to `limit` events of an authority that no delivery is planned for yet, oldest first. Until
/// the transaction ends no other process takes any.
pub(crate) async fn take_unplanned<C: ConnectionTrait>(
    transaction: &C,
    authority: &AuthorityId,
    limit: usize,
) -> Result<Vec<Placed>, StoreError> {
    let backend = transaction.get_database_backend();
    let statement = |sql: String| {
        Statement::from_sql_and_values(backend, sql, [Value::from(authority.to_string())])
    };
    if backend == DbBackend::Postgres {
        transaction.execute_raw(statement(PLANNING.to_owned())).await?;
    }
    let sql = format!(
        "DELETE FROM webhook_unplanned WHERE position IN (SELECT position FROM webhook_unplanned \
         WHERE authority = $1 ORDER BY position LIMIT {limit}) RETURNING position"
    );
    let rows = transaction.query_all_raw(statement(sql)).await?;
    let positions = rows.iter().map(|row| row.try_get_by_index::<i64>(0));
    at(transaction, positions.collect::<Result<Vec<_>, DbErr>>()?).await
}

/// The events at these positions, in their order.
pub(crate) async fn at<C: ConnectionTrait>(
    connection: &C,
    positions: impl IntoIterator<Item = i64>,
) -> Result<Vec<Placed>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Position.is_in(positions));
    placed(found.order_by_asc(row::Column::Position).all(connection).await?)
}

/// Where an event of this authority is.
pub(crate) async fn position_of<C: ConnectionTrait>(
    connection: &C,
    authority: &AuthorityId,
    event: EventId,
) -> Result<Option<i64>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::EventId.eq(event.to_string()))
        .filter(row::Column::Authority.eq(authority.as_str()));
    Ok(found.one(connection).await?.map(|row| row.position))
}

/// Up to `limit` events of an authority, oldest first, up to `last`: [`last_position`] without a gap that
/// is filled later.
pub(crate) async fn range(
    database: &Database,
    authority: &AuthorityId,
    (range, last): (Range, i64),
    limit: u64,
) -> Result<Vec<Placed>, StoreError> {
    let mut found = row::Entity::find()
        .filter(row::Column::Authority.eq(authority.as_str()))
        .filter(row::Column::Position.gt(range.after))
        .filter(row::Column::Position.lte(last));
    if let Some(since) = range.since {
        found = found.filter(row::Column::OccurredAt.gte(since.as_millisecond()));
    }
    let found = found.order_by_asc(row::Column::Position).limit(limit);
    placed(found.all(database.connection()).await?)
}

/// The position up to which nothing will be filled in. Writers wait for no longer than this look.
pub(crate) async fn last_position(database: &Database) -> Result<i64, StoreError> {
    let transaction = database.begin().await?;
    let backend = transaction.get_database_backend();
    if backend == DbBackend::Postgres {
        transaction.execute_unprepared(READING).await?;
    }
    let sql = "SELECT MAX(position) FROM webhook_events";
    let row = transaction.query_one_raw(Statement::from_string(backend, sql)).await?;
    transaction.commit().await?;
    let last = row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?;
    Ok(last.flatten().unwrap_or(0))
}

fn placed(rows: Vec<row::Model>) -> Result<Vec<Placed>, StoreError> {
    Ok(rows.into_iter().map(Placed::try_from).collect::<Result<_, DbErr>>()?)
}

impl TryFrom<row::Model> for Placed {
    type Error = DbErr;

    fn try_from(row: row::Model) -> Result<Self, DbErr> {
        let position = row.position;
        let corrupt = |column: &str| DbErr::Type(format!("webhook_events.{column} at {position}"));
        Ok(Self {
            position,
            event: row.event_id.parse().map_err(|_| corrupt("event_id"))?,
            published: Published {
                kind: row.kind,
                authority: row.authority.parse().map_err(|_| corrupt("authority"))?,
                services: serde_json::from_str(&row.services).map_err(|_| corrupt("services"))?,
                subject: row.subject,
                revision: row.revision.and_then(|revision| u32::try_from(revision).ok()),
                body: serde_json::from_str(&row.body).map_err(|_| corrupt("body"))?,
            },
        })
    }
}
