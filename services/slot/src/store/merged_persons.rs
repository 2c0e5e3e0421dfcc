//! Dissolved persons. Their tokens may still be valid: nothing is booked
//! under their old pseudonym any more.

use ids::Pseudonym;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

use super::{StoreResult, Transaction, gate, value::Columns};
use row::{Column, Entity};

/// The present pseudonym of `kept`, if `dissolved` is to become that person. Waits for the confirms of both
/// that are under way, and keeps others from dissolving either until this transaction ends: what
/// its following statements find is all that there will be.
///
/// # Errors
/// A statement fails, or confirms that are under way do not end in time.
pub async fn begin_merge(
    transaction: &Transaction,
    kept: Pseudonym,
    dissolved: Pseudonym,
) -> StoreResult<Pseudonym> {
    gate::shut_person(transaction, dissolved).await?;
    let mut kept = kept;
    loop {
        if kept != dissolved {
            gate::shut_person(transaction, kept).await?;
        }
        let present = present(transaction, kept).await?;
        if present == kept || kept == dissolved {
            return Ok(kept);
        }
        kept = present;
    }
}

/// Records that `dissolved` is `kept` from now on, after [`begin_merge`]. A person who became
/// `dissolved` before is `kept` now, so that one look is enough for ever.
///
/// # Errors
/// A statement fails.
pub async fn insert(
    transaction: &Transaction,
    dissolved: Pseudonym,
    kept: Pseudonym,
    at: Timestamp,
) -> StoreResult<()> {
    gate::shut_person(transaction, dissolved).await?;
    Entity::update_many()
        .col_expr(Column::Kept, Expr::value(kept.to_string()))
        .filter(Column::Kept.eq(dissolved.to_string()))
        .exec(transaction)
        .await?;
    let row = row::ActiveModel {
        dissolved: Set(dissolved.to_string()),
        kept: Set(kept.to_string()),
        at: Set(at.as_millisecond()),
    };
    let known = OnConflict::column(Column::Dissolved).update_column(Column::Kept).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(transaction).await?;
    Ok(())
}

/// Whose `restored` is now, if they are to be a person of their own again. Waits for the confirms of both
/// that are under way, as [`begin_merge`] does.
///
/// # Errors
/// A statement fails, or confirms that are under way do not end in time.
pub async fn begin_split(transaction: &Transaction, restored: Pseudonym) -> StoreResult<Pseudonym> {
    gate::shut_person(transaction, restored).await?;
    let mut from = present(transaction, restored).await?;
    loop {
        if from != restored {
            gate::shut_person(transaction, from).await?;
        }
        let present = present(transaction, restored).await?;
        if present == from {
            return Ok(from);
        }
        from = present;
    }
}

/// `restored` is a person of their own again, after [`begin_split`].
///
/// # Errors
/// The statement fails.
pub async fn delete(transaction: &Transaction, restored: Pseudonym) -> StoreResult<()> {
    Entity::delete_by_id(restored.to_string()).exec(transaction).await?;
    Ok(())
}

/// The present pseudonym of `person`: another one if they were dissolved.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn present(db: &impl ConnectionTrait, person: Pseudonym) -> StoreResult<Pseudonym> {
    let Some(row) = Entity::find_by_id(person.to_string()).one(db).await? else {
        return Ok(person);
    };
    Ok(Columns("merged_persons").parse("kept", &row.kept)?)
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "merged_persons")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dissolved: String,
        pub kept: String,
        pub at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
