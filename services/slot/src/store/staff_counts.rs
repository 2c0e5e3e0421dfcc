//! How often a member of staff did what others could be sold, per local day. Against abuse only.

use ids::StaffId;
use jiff::civil::Date;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Alias, Expr, ExprTrait as _, OnConflict},
};

use super::{StoreResult, value::Columns};
use crate::domain::{CountedAct, StaffCount};
use row::{Column, Entity};

/// Counts one more, unless that would be more than `most`. `false`: it would, and nothing is counted.
/// Atomic: requests at the same moment are all counted.
///
/// # Errors
/// The statement fails.
pub async fn take(
    db: &impl ConnectionTrait,
    staff: StaffId,
    date: Date,
    act: CountedAct,
    most: Option<u16>,
) -> StoreResult<bool> {
    if most == Some(0) {
        return Ok(false);
    }
    let first = row::ActiveModel {
        staff: Set(staff.to_string()),
        date: Set(date.to_string()),
        act: Set(act.to_string()),
        number: Set(1),
    };
    let number = || Expr::col((Alias::new("staff_counts"), Column::Number));
    let mut known = OnConflict::columns([Column::Staff, Column::Date, Column::Act]);
    known.value(Column::Number, number().add(1));
    if let Some(most) = most {
        known.action_and_where(number().lt(i32::from(most)));
    }
    let rows = Entity::insert(first).on_conflict(known).exec_without_returning(db).await?;
    Ok(rows == 1)
}

/// What was counted did not happen.
///
/// # Errors
/// The statement fails.
pub async fn give_back(
    db: &impl ConnectionTrait,
    staff: StaffId,
    date: Date,
    act: CountedAct,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Number, Expr::col(Column::Number).sub(1))
        .filter(Column::Staff.eq(staff.to_string()))
        .filter(Column::Date.eq(date.to_string()))
        .filter(Column::Act.eq(act.as_str()))
        .filter(Column::Number.gt(0))
        .exec(db)
        .await?;
    Ok(())
}

/// All counts of the days from `from` to `to`, by day.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn list(db: &impl ConnectionTrait, from: Date, to: Date) -> StoreResult<Vec<StaffCount>> {
    let rows = Entity::find()
        .filter(Column::Date.between(from.to_string(), to.to_string()))
        .filter(Column::Number.gt(0))
        .order_by_asc(Column::Date)
        .order_by_asc(Column::Staff)
        .order_by_asc(Column::Act)
        .all(db)
        .await?;
    let columns = Columns("staff_counts");
    rows.into_iter()
        .map(|row| {
            Ok(StaffCount {
                staff: columns.parse("staff", &row.staff)?,
                date: columns.parse("date", &row.date)?,
                act: columns.parse("act", &row.act)?,
                number: columns.number("number", row.number)?,
            })
        })
        .collect()
}

/// Deletes the counts of days before `date`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, date: Date) -> StoreResult<()> {
    Entity::delete_many().filter(Column::Date.lt(date.to_string())).exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff_counts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub date: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub act: String,
        pub number: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
