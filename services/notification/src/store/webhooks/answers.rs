//! Answers to writes that had an `Idempotency-Key`, sealed: repeated, the request is answered the same.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryTrait as _,
    sea_query::{OnConflict, Query},
};
use sea_orm_migration::prelude::{
    ColumnDef, Index, MigrationName, MigrationTrait, SchemaManager, Table,
};
use store::StoreError;

use row::{Column, Entity};

/// One answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What was asked, as a hash.
    pub(crate) request: String,
    pub(crate) sealed: Vec<u8>,
}

/// What was answered within `scope` under `key`.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    scope: &str,
    key: &str,
) -> Result<Option<Answer>, StoreError> {
    let row = Entity::find_by_id((scope.to_owned(), key.to_owned())).one(connection).await?;
    Ok(row.map(|row| Answer { request: row.request, sealed: row.sealed }))
}

/// Remembers an answer. `false` if the key was used before; of two at once one is the first.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    (scope, key): (&str, &str),
    answer: Answer,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row = row::ActiveModel {
        scope: Set(scope.to_owned()),
        key: Set(key.to_owned()),
        request: Set(answer.request),
        sealed: Set(answer.sealed),
        created_at: Set(now.as_millisecond()),
    };
    let mut insert = Entity::insert_many([row])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .into_query();
    insert.returning(Query::returning().columns([Column::Key]));
    Ok(!connection.query_all(&insert).await?.is_empty())
}

/// Forgets answers from before `instant`.
pub(crate) async fn delete_before<C: ConnectionTrait>(
    connection: &C,
    instant: Timestamp,
) -> Result<(), StoreError> {
    let before = Column::CreatedAt.lt(instant.as_millisecond());
    Entity::delete_many().filter(before).exec(connection).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub scope: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request: String,
        pub sealed: Vec<u8>,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table.
pub(in crate::store) struct CreateAnswers;

impl MigrationName for CreateAnswers {
    fn name(&self) -> &'static str {
        "notification_0007_answers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateAnswers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
        let answers = Table::create()
            .table("webhook_answers")
            // Whose keys: an agency's with an authority, or one webhook's.
            .col(text("scope"))
            .col(text("key"))
            .col(text("request"))
            .col(ColumnDef::new("sealed").binary().not_null())
            .col(ColumnDef::new("created_at").big_integer().not_null())
            .primary_key(Index::create().col("scope").col("key"))
            .to_owned();
        manager.create_table(answers).await
    }
}
