//! The catalogue in force. It is the same for all processes at one moment, and each confirm is
//! checked against it (see `gate.rs`). A process can start with it while the present file has a
//! mistake.
//!
//! It is known by the instant in which it came into force. That rises with every change, whatever
//! the clocks say, so two catalogues never have the same.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, OnConflict},
};

use super::{StoreResult, Transaction, gate, value::Columns};
use row::{Column, Entity};

/// There is one row.
const ID: i32 = 1;

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// As an admin wrote it.
    pub text: String,
    /// Since when.
    pub since: Timestamp,
}

/// Waits for the confirms that are under way and keeps others waiting until the transaction ends:
/// what its following statements find is all that was decided by the catalogue before.
///
/// # Errors
/// Confirms that are under way do not end in time.
pub async fn wait_for_confirms(transaction: &Transaction) -> StoreResult<()> {
    gate::shut_catalogue(transaction).await
}

/// Puts `text` in the place of the catalogue that came into force at `before`, and returns since
/// when it is in force. `None`: another one came first, nothing changed. Until the transaction
/// ends, no other process gets further than this.
///
/// # Errors
/// The statement fails.
pub async fn replace(
    transaction: &Transaction,
    before: Timestamp,
    text: &str,
    now: Timestamp,
) -> StoreResult<Option<Timestamp>> {
    let since = after(before, now);
    let result = Entity::update_many()
        .col_expr(Column::Text, Expr::value(text))
        .col_expr(Column::AppliedAt, Expr::value(since.as_millisecond()))
        .filter(Column::Id.eq(ID))
        .filter(Column::AppliedAt.eq(before.as_millisecond()))
        .exec(transaction)
        .await?;
    Ok((result.rows_affected == 1).then_some(since))
}

/// Puts `text` into force whatever was before, and returns since when it is.
///
/// # Errors
/// A statement fails, or confirms that are under way do not end in time.
pub async fn put(transaction: &Transaction, text: &str, now: Timestamp) -> StoreResult<Timestamp> {
    wait_for_confirms(transaction).await?;
    let since = after(since(transaction).await?, now);
    let row = row::ActiveModel {
        id: Set(ID),
        text: Set(text.to_owned()),
        applied_at: Set(since.as_millisecond()),
    };
    let replace =
        OnConflict::column(Column::Id).update_columns([Column::Text, Column::AppliedAt]).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(transaction).await?;
    Ok(since)
}

/// Later than `before`, as exact as it is kept.
fn after(before: Timestamp, now: Timestamp) -> Timestamp {
    let now = now.as_millisecond().max(before.as_millisecond().saturating_add(1));
    Timestamp::from_millisecond(now).unwrap_or(Timestamp::MAX)
}

/// The catalogue, unless none was ever in force.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait) -> StoreResult<Option<InForce>> {
    let row = Entity::find_by_id(ID).one(db).await?;
    row.map(|row| Ok(InForce { since: instant(row.applied_at)?, text: row.text })).transpose()
}

/// Since when it is in force; the epoch if none ever was. Cheaper than the text.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn since(db: &impl ConnectionTrait) -> StoreResult<Timestamp> {
    let since = Entity::find_by_id(ID).select_only().column(Column::AppliedAt);
    let since: Option<i64> = since.into_tuple().one(db).await?;
    since.map_or(Ok(Timestamp::UNIX_EPOCH), instant)
}

fn instant(milliseconds: i64) -> StoreResult<Timestamp> {
    Ok(Columns("good_catalogue").time("applied_at", milliseconds)?)
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "good_catalogue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub text: String,
        pub applied_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
