//! Tokens of agencies' programs in their own name that were given back. They belong to no log-in, so each has
//! a session id of its own, by which services refuse it.

use ids::SessionId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    TryInsertResult,
};

use super::{StoreResult, parse, time};

/// Notes the end of a token. `false` if it had ended before.
pub(crate) async fn end(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
) -> StoreResult<bool> {
    let row = row::ActiveModel { id: Set(id.to_string()), ended_at: Set(now.as_millisecond()) };
    let insert = row::Entity::insert(row).on_conflict_do_nothing();
    Ok(matches!(insert.exec_without_returning(db).await?, TryInsertResult::Inserted(1)))
}

/// The tokens that ended since then, and when.
pub(crate) async fn ended_since(
    db: &impl ConnectionTrait,
    since: Timestamp,
) -> StoreResult<Vec<(SessionId, Timestamp)>> {
    let late = row::Column::EndedAt.gte(since.as_millisecond());
    let rows = row::Entity::find().filter(late).all(db).await?;
    let read = |row: row::Model| {
        Ok((parse("ended_tokens.id", &row.id)?, time("ended_tokens.ended_at", row.ended_at)?))
    };
    rows.into_iter().map(read).collect()
}

/// Deletes what ended before `than`: such tokens have expired.
pub(crate) async fn delete_older(db: &impl ConnectionTrait, than: Timestamp) -> StoreResult<u64> {
    let old = row::Column::EndedAt.lt(than.as_millisecond());
    Ok(row::Entity::delete_many().filter(old).exec(db).await?.rows_affected)
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ended_tokens")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub ended_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
