//! Things that may be presented only once, whichever process of a service they are presented to.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait as _};
use sea_orm_migration::prelude::*;

use crate::{StoreError, unique_violation};

/// Notes that what has this `hash` was presented. `false` if it was before: the primary key decides, so
/// of two at once one is the first. Not within a transaction, which PostgreSQL would give up.
///
/// # Errors
/// The database cannot be used.
pub async fn first_time(
    db: &impl ConnectionTrait,
    hash: String,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let row = row::ActiveModel { hash: Set(hash), expires_at: Set(expires_at.as_millisecond()) };
    match row::Entity::insert(row).exec_without_returning(db).await {
        Ok(_) => Ok(true),
        Err(error) if unique_violation(&error).is_some() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Deletes what is refused for its age anyway.
///
/// # Errors
/// The database cannot be used.
pub async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, StoreError> {
    crate::delete_expired::<row::Entity>(db, row::Column::ExpiresAt, now).await
}

/// The migration that creates the table. Identity has it from its own first migration.
#[derive(Debug)]
pub struct CreateUsedOnce;

impl MigrationName for CreateUsedOnce {
    fn name(&self) -> &'static str {
        "used_once_0001_create"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for CreateUsedOnce {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("used_once")
            .col(ColumnDef::new("hash").text().not_null().primary_key())
            .col(ColumnDef::new("expires_at").big_integer().not_null())
            .to_owned();
        manager.create_table(table).await
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "used_once")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
