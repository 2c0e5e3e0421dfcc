//! The entries of the log: salted hashes, in one order, without gaps, for ever.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Statement, Value,
};
use tlog::Hash;

use super::{read, stored};
use crate::{
    domain::log::NewDocument,
    store::{StoreResult, Transaction, gate, value::Columns},
};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("log_entries");
/// An entry at the next position.
const ENTRY: &str = "INSERT INTO log_entries (position, entry) \
                     SELECT COALESCE(MAX(position), -1) + 1, $1 FROM log_entries";
/// The document of the last entry.
const DOCUMENT: &str = "INSERT INTO log_documents (position, draw_id, kind, salt, text, public_from, cosigned) \
     SELECT MAX(position), $1, $2, $3, $4, $5, 0 FROM log_entries";
/// An entry at the next position with its document.
const BOTH: &str = "WITH added AS (INSERT INTO log_entries (position, entry) \
     SELECT COALESCE(MAX(position), -1) + 1, $1::bytea FROM log_entries RETURNING position) \
     INSERT INTO log_documents (position, draw_id, kind, salt, text, public_from, cosigned) \
     SELECT position, $2::text, $3::text, $4::text, $5::text, $6::bigint, 0 FROM added";

/// Appends an entry with the document that opens it, at the next position. No other transaction appends until
/// this one ends: call it late.
///
/// # Errors
/// The statement fails, or the transaction that appends at the moment does not end in time.
pub async fn append(
    transaction: &Transaction,
    entry: &Hash,
    document: &NewDocument,
) -> StoreResult<()> {
    // The next statement then sees what earlier transactions committed.
    gate::shut_log(transaction).await?;
    let backend = transaction.get_database_backend();
    let opening: [Value; 5] = [
        document.draw.to_string().into(),
        document.kind.to_string().into(),
        document.salt.to_string().into(),
        document.text.clone().into(),
        document.public_from.map(Timestamp::as_millisecond).into(),
    ];
    let entry = Value::from(entry.0.to_vec());
    if backend == DbBackend::Postgres {
        // One statement, since others wait until the transaction ends.
        let values = std::iter::once(entry).chain(opening);
        let both = Statement::from_sql_and_values(backend, BOTH, values);
        transaction.execute_raw(both).await?;
        return Ok(());
    }
    for (sql, values) in [(ENTRY, vec![entry]), (DOCUMENT, opening.to_vec())] {
        let statement = Statement::from_sql_and_values(backend, sql, values);
        transaction.execute_raw(statement).await?;
    }
    Ok(())
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
