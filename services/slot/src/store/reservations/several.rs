//! Several seats that are kept by one statement.

use std::collections::HashSet;

use ids::ReservationId;
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait as _, QueryTrait as _,
    sea_query::{OnConflict, Query},
};

use super::{
    COLUMNS, KeptSeat, insert_free,
    row::{ActiveModel, Column, Entity},
};
use crate::store::StoreResult;

/// Keeps those of `all` of whose seats nothing else keeps a part, by one statement, and returns which. SQLite
/// takes one for each.
///
/// # Errors
/// A statement fails.
pub async fn insert_all_free(
    db: &impl ConnectionTrait,
    all: &[&KeptSeat],
) -> StoreResult<HashSet<ReservationId>> {
    let mut added = HashSet::new();
    if all.is_empty() {
        return Ok(added);
    }
    if db.get_database_backend() == DbBackend::Sqlite {
        for kept in all {
            if insert_free(db, kept).await? {
                added.insert(kept.id);
            }
        }
        return Ok(added);
    }
    let mut insert = Entity::insert_many(all.iter().map(|kept| ActiveModel::from(*kept)))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .into_query();
    insert.returning(Query::returning().column(Column::Id));
    for row in db.query_all(&insert).await? {
        added.insert(COLUMNS.parse("id", &row.try_get_by_index::<String>(0)?)?);
    }
    Ok(added)
}
