//! What there was to hear, in the order in which this service heard of it. Its position is the
//! cursor from which an agency can have events replayed.

use ids::{AuthorityId, EventId};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, QueryOrder as _, QuerySelect as _, Set, entity::prelude::*,
};
use store::{Database, StoreError};

use crate::webhook::event::Published;

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
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An event with its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) position: i64,
    pub(crate) event: EventId,
    pub(crate) published: Published,
}

/// Writers share this advisory lock of PostgreSQL until their transaction ends.
const WRITING: &str = "SELECT pg_advisory_xact_lock_shared(hashtext('webhook_events'))";
/// A reader of the feed holds it exclusively: every assigned position is committed by then, or
/// never will be. Without it, a reader could see 7 before 6 is committed, go on from 7, and never
/// see 6. SQLite has one writer anyway.
const READING: &str = "SELECT pg_advisory_xact_lock(hashtext('webhook_events'))";

/// Stores an event; returns its position.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    event: EventId,
    published: &Published,
    occurred_at: Timestamp,
) -> Result<i64, StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared(WRITING).await?;
    }
    let row = row::ActiveModel {
        position: sea_orm::NotSet,
        event_id: Set(event.to_string()),
        authority: Set(published.authority.to_string()),
        kind: Set(published.kind.clone()),
        services: Set(serde_json::Value::from(published.services.clone()).to_string()),
        body: Set(published.body.to_string()),
        occurred_at: Set(occurred_at.as_millisecond()),
    };
    Ok(row::Entity::insert(row).exec(connection).await?.last_insert_id)
}

/// One event.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    position: i64,
) -> Result<Option<Placed>, StoreError> {
    let row = row::Entity::find_by_id(position).one(connection).await?;
    Ok(row.map(Placed::try_from).transpose()?)
}

/// Up to `limit` events of an authority after the position `after`, oldest first and without a
/// gap that is filled later.
pub(crate) async fn after(
    database: &Database,
    authority: &AuthorityId,
    after: i64,
    limit: u64,
) -> Result<Vec<Placed>, StoreError> {
    let transaction = database.begin().await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(READING).await?;
    }
    let rows = row::Entity::find()
        .filter(row::Column::Authority.eq(authority.as_str()))
        .filter(row::Column::Position.gt(after))
        .order_by_asc(row::Column::Position)
        .limit(limit)
        .all(&transaction)
        .await?;
    transaction.commit().await?;
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
                body: serde_json::from_str(&row.body).map_err(|_| corrupt("body"))?,
            },
        })
    }
}
