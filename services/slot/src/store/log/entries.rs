//! The entries of the log: salted hashes, in one order, without gaps, for ever.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    Statement,
};
use tlog::Hash;

use super::{read, stored};
use crate::store::{StoreResult, Transaction, gate, value::Columns};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("log_entries");

/// Appends an entry and returns its position, from 0. No other transaction appends until this one
/// ends: call it late.
///
/// # Errors
/// The statement fails, or the transaction that appends at the moment does not end in time.
pub async fn append(transaction: &Transaction, entry: &Hash) -> StoreResult<u64> {
    // The next statement then sees what earlier transactions committed.
    gate::shut_log(transaction).await?;
    let position = size(transaction).await?;
    let sql = "INSERT INTO log_entries (position, entry) VALUES ($1, $2)";
    let values = [stored(position).into(), entry.0.to_vec().into()];
    let backend = transaction.get_database_backend();
    transaction.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(position)
}

/// How many entries there are.
///
/// # Errors
/// The statement fails.
pub async fn size(db: &impl ConnectionTrait) -> StoreResult<u64> {
    let last = Entity::find().order_by_desc(Column::Position).one(db).await?;
    let last = last.map(|row| read(COLUMNS, "position", row.position)).transpose()?;
    Ok(last.map_or(0, |last| last + 1))
}

/// The entries at these positions, each of which there must be.
///
/// # Errors
/// The statement fails, or an entry is missing.
pub async fn range(
    db: &impl ConnectionTrait,
    positions: std::ops::Range<u64>,
) -> StoreResult<Vec<Hash>> {
    let rows = Entity::find()
        .filter(Column::Position.gte(stored(positions.start)))
        .filter(Column::Position.lt(stored(positions.end)))
        .order_by_asc(Column::Position)
        .all(db)
        .await?;
    if rows.len() as u64 != positions.end.saturating_sub(positions.start) {
        return Err(COLUMNS.corrupt("position").into());
    }
    rows.into_iter()
        .map(|row| {
            let bytes = row.entry.try_into().map_err(|_| COLUMNS.corrupt("entry"))?;
            Ok(Hash(bytes))
        })
        .collect()
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub entry: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
