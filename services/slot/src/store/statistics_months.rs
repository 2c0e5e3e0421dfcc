//! The sums of months that are over: of what, `statistics/` says.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, sea_query::OnConflict,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{StoreResult, value::Columns};
use row::{Column, Entity};

/// The form of the sums that this program writes. Months of another form are summed up again.
const FORM: i32 = 1;

/// The months from one to another, each by its first day, as far as they were summed up.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn list<B: DeserializeOwned>(
    db: &impl ConnectionTrait,
    from: Date,
    to: Date,
) -> StoreResult<BTreeMap<Date, Vec<B>>> {
    let months = Entity::find()
        .filter(Column::Month.between(from.to_string(), to.to_string()))
        .filter(Column::Form.eq(FORM));
    let columns = Columns("statistics_months");
    let rows = months.all(db).await?;
    rows.iter()
        .map(|row| Ok((columns.parse("month", &row.month)?, columns.json("blocks", &row.blocks)?)))
        .collect()
}

/// Which months from one to another were summed up.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn summed_up(
    db: &impl ConnectionTrait,
    from: Date,
    to: Date,
) -> StoreResult<BTreeSet<Date>> {
    let months: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Month)
        .filter(Column::Month.between(from.to_string(), to.to_string()))
        .filter(Column::Form.eq(FORM))
        .into_tuple()
        .all(db)
        .await?;
    let columns = Columns("statistics_months");
    months.iter().map(|month| Ok(columns.parse("month", month)?)).collect()
}

/// Keeps the sums of the month that begins on `first`.
///
/// # Errors
/// The statement fails.
pub async fn keep<B: Serialize>(
    db: &impl ConnectionTrait,
    first: Date,
    blocks: &[B],
) -> StoreResult<()> {
    let row = row::ActiveModel {
        month: Set(first.to_string()),
        form: Set(FORM),
        blocks: Set(serde_json::to_string(blocks).expect("sums can be written as JSON")),
    };
    let known =
        OnConflict::column(Column::Month).update_columns([Column::Form, Column::Blocks]).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "statistics_months")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        pub form: i32,
        pub blocks: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
