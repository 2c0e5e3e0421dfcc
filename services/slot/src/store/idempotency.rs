//! Requests with an `Idempotency-Key` that were answered. What a repeat is answered is read from what
//! the request made.

use std::collections::HashSet;

use ::store::insert_rows;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, DeleteMany, EntityTrait as _, QueryFilter as _,
    QueryTrait as _,
    sea_query::{OnConflict, Query},
};

use super::{StoreResult, value::Columns};
use row::{Column, Entity};

/// One answered request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The caller; keys of different callers are independent.
    pub caller: String,
    /// The `Idempotency-Key`.
    pub key: String,
    /// SHA-256 of what was asked.
    pub request: Vec<u8>,
    /// When it was answered.
    pub at: Timestamp,
}

/// Adds the answers with an unused key, in one statement, and returns which.
///
/// # Errors
/// The statement fails.
pub(super) async fn insert_free(
    db: &impl ConnectionTrait,
    answers: &[&Answered],
) -> StoreResult<HashSet<(String, String)>> {
    let rows = answers.iter().map(|answered| row::ActiveModel {
        caller: Set(answered.caller.clone()),
        key: Set(answered.key.clone()),
        request: Set(answered.request.clone()),
        answer: Set("null".to_owned()),
        at: Set(answered.at.as_millisecond()),
    });
    let rows: Vec<_> = rows.collect();
    let then = "ON CONFLICT DO NOTHING RETURNING caller, key";
    let added = match insert_rows(db.get_database_backend(), &rows, then) {
        Some(insert) => db.query_all_raw(insert).await?,
        None => {
            let mut insert = Entity::insert_many(rows)
                .on_conflict(OnConflict::new().do_nothing().to_owned())
                .into_query();
            insert.returning(Query::returning().columns([Column::Caller, Column::Key]));
            db.query_all(&insert).await?
        }
    };
    added.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Notes a request that was answered, so that a repeat is known. `false`: the caller has used the
/// key before.
///
/// # Errors
/// The statement fails.
pub async fn note_answer(db: &impl ConnectionTrait, answered: &Answered) -> StoreResult<bool> {
    Ok(!insert_free(db, &[answered]).await?.is_empty())
}

/// Removes answers that were added in the same transaction, in one statement.
///
/// # Errors
/// The statement fails.
pub(super) async fn take_back(db: &impl ConnectionTrait, answers: &[&Answered]) -> StoreResult<()> {
    if answers.is_empty() {
        return Ok(());
    }
    let any = answers.iter().fold(Condition::any(), |any, answered| {
        let key = Column::Key.eq(answered.key.as_str());
        any.add(Condition::all().add(Column::Caller.eq(answered.caller.as_str())).add(key))
    });
    Entity::delete_many().filter(any).exec(db).await?;
    Ok(())
}

/// What `caller` was answered under `key`.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    caller: &str,
    key: &str,
) -> StoreResult<Option<Answered>> {
    let row = Entity::find_by_id((caller.to_owned(), key.to_owned())).one(db).await?;
    let columns = Columns("idempotency");
    row.map(|row| {
        Ok(Answered {
            caller: row.caller,
            key: row.key,
            request: row.request,
            at: columns.time("at", row.at)?,
        })
    })
    .transpose()
}

/// Deletes answers from before `instant`; how many there were.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, instant: Timestamp) -> StoreResult<u64> {
    Ok(before(instant).exec(db).await?.rows_affected)
}

fn before(instant: Timestamp) -> DeleteMany<Entity> {
    Entity::delete_many().filter(Column::At.lt(instant.as_millisecond()))
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub caller: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request: Vec<u8>,
        /// Earlier versions kept the body of the answer, and read it as JSON.
        pub answer: String,
        pub at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::*;
    use crate::store::queries::plan::plan_on_postgres;

    #[tokio::test]
    async fn what_is_old_is_found_by_its_age() {
        let statement = before(Timestamp::UNIX_EPOCH).build(DbBackend::Postgres);
        let Some(plan) = plan_on_postgres(statement).await else { return };
        assert!(plan.contains("idempotency_at"), "{plan}");
    }
}
