//! Things that may be presented only once.

use ::store::unique_violation;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
};

use super::StoreResult;
use crate::secrets::Opaque;

/// Notes that `thing` was presented. `false` if it was before: the primary key decides, so of
/// two at once one is the first.
pub(crate) async fn first_time(
    db: &impl ConnectionTrait,
    thing: &Opaque,
    expires_at: Timestamp,
) -> StoreResult<bool> {
    let row =
        row::ActiveModel { hash: Set(thing.hash()), expires_at: Set(expires_at.as_millisecond()) };
    match row::Entity::insert(row).exec_without_returning(db).await {
        Ok(_) => Ok(true),
        Err(error) if unique_violation(&error).is_some() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Forgets what is refused for its age anyway.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<u64> {
    let expired = row::Column::ExpiresAt.lte(now.as_millisecond());
    Ok(row::Entity::delete_many().filter(expired).exec(db).await?.rows_affected)
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
