//! The last word of each witness.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict},
};

use super::{read, stored};
use crate::{
    domain::log::Cosignature,
    store::{StoreResult, value::Columns},
};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("log_cosignatures");

/// What the witness with this key said last.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn of_witness(
    db: &impl ConnectionTrait,
    witness: &str,
) -> StoreResult<Option<Cosignature>> {
    let Some(row) = Entity::find_by_id(witness).one(db).await? else { return Ok(None) };
    Ok(Some(Cosignature { size: read(COLUMNS, "size", row.size)?, line: row.line }))
}

/// The lines under the checkpoint of `size` entries, by witness.
///
/// # Errors
/// The statement fails.
pub async fn of_size(db: &impl ConnectionTrait, size: u64) -> StoreResult<Vec<String>> {
    let rows = Entity::find()
        .filter(Column::Size.eq(stored(size)))
        .order_by_asc(Column::Witness)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.line).collect())
}

/// Keeps what the witness with this key said, unless it said something of a longer log meanwhile.
///
/// # Errors
/// The statement fails.
pub async fn keep(db: &impl ConnectionTrait, witness: &str, said: &Cosignature) -> StoreResult<()> {
    let row = row::ActiveModel {
        witness: Set(witness.to_owned()),
        size: Set(stored(said.size)),
        line: Set(said.line.clone()),
    };
    let known = Expr::col((Alias::new("log_cosignatures"), Column::Size));
    let mut newer = OnConflict::column(Column::Witness);
    newer.update_columns([Column::Size, Column::Line]);
    newer.action_and_where(known.lte(stored(said.size)));
    Entity::insert(row).on_conflict(newer).exec_without_returning(db).await?;
    Ok(())
}

/// Deletes all of them: a log of another name begins, which no witness has seen.
///
/// # Errors
/// The statement fails.
pub async fn delete_all(db: &impl ConnectionTrait) -> StoreResult<()> {
    Entity::delete_many().exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_cosignatures")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub witness: String,
        pub size: i64,
        pub line: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
