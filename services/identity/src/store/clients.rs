//! Programs that were withdrawn, and those that were known, so that a missing one is noticed.

use ids::ClientId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, sea_query::Expr,
};

use super::{StoreResult, parse, time};

/// Why a program gets no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Withdrawal {
    /// It is no longer in the settings; it is let in again when it is.
    BySettings,
    /// An operator said so; it is let in again when one says so.
    ByOperator,
}

impl Withdrawal {
    fn as_str(self) -> &'static str {
        match self {
            Self::BySettings => "settings",
            Self::ByOperator => "operator",
        }
    }
}

/// Every program that was ever in the settings and is not withdrawn.
pub(crate) async fn known(db: &impl ConnectionTrait) -> StoreResult<Vec<ClientId>> {
    let rows = row::Entity::find().filter(row::Column::Withdrawn.is_null()).all(db).await?;
    rows.iter().map(|row| parse("clients.id", &row.id)).collect()
}

/// Notes that the settings name a program, and lets it in again if only they had left it out.
pub(crate) async fn meet(db: &impl ConnectionTrait, id: &ClientId) -> StoreResult<()> {
    let row =
        row::ActiveModel { id: Set(id.to_string()), withdrawn: Set(None), revoked_at: Set(None) };
    row::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(db).await?;
    let by_settings = row::Column::Withdrawn.eq(Withdrawal::BySettings.as_str());
    admit(db, id, Condition::all().add(by_settings)).await
}

/// Lets a program in again. Tokens from before stay refused.
pub(crate) async fn readmit(db: &impl ConnectionTrait, id: &ClientId) -> StoreResult<()> {
    admit(db, id, Condition::all()).await
}

async fn admit(db: &impl ConnectionTrait, id: &ClientId, only: Condition) -> StoreResult<()> {
    row::Entity::update_many()
        .col_expr(row::Column::Withdrawn, Expr::value(Option::<String>::None))
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(only)
        .exec(db)
        .await?;
    Ok(())
}

/// Withdraws a program. `false` if it was withdrawn before or never known.
pub(crate) async fn withdraw(
    db: &impl ConnectionTrait,
    id: &ClientId,
    why: Withdrawal,
    now: Timestamp,
) -> StoreResult<bool> {
    let withdrawn = row::Entity::update_many()
        .col_expr(row::Column::Withdrawn, Expr::value(why.as_str()))
        .col_expr(row::Column::RevokedAt, Expr::value(now.as_millisecond()))
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(row::Column::Withdrawn.is_null())
        .exec(db)
        .await?;
    Ok(withdrawn.rows_affected == 1)
}

/// Whether a program gets no tokens.
pub(crate) async fn is_withdrawn(db: &impl ConnectionTrait, id: &ClientId) -> StoreResult<bool> {
    let row = row::Entity::find_by_id(id.to_string()).one(db).await?;
    Ok(row.is_some_and(|row| row.withdrawn.is_some()))
}

/// The programs that were withdrawn since then, and when.
pub(crate) async fn revoked_since(
    db: &impl ConnectionTrait,
    since: Timestamp,
) -> StoreResult<Vec<(ClientId, Timestamp)>> {
    let late = row::Column::RevokedAt.gte(since.as_millisecond());
    let rows = row::Entity::find().filter(late).all(db).await?;
    let read = |row: row::Model| {
        let at = time("clients.revoked_at", row.revoked_at.unwrap_or_default())?;
        Ok((parse("clients.id", &row.id)?, at))
    };
    rows.into_iter().map(read).collect()
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clients")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub withdrawn: Option<String>,
        pub revoked_at: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
