//! Days on which nothing is confirmed any more.
//!
//! The catalogue says when a location is closed, and each process learns of a change of it at its
//! own time. This is the same for all at one moment. It lasts until the day is opened again, which
//! must follow when the catalogue opens the day.

use ids::LocationId;
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, sea_query::OnConflict,
};

use super::{StoreResult, Transaction, gate, value::Columns};
use row::{Column, Entity};

/// Closes a day. Waits for the confirms that are under way: what the following statements of this
/// transaction find is all that there will be. Done again, it changes nothing.
///
/// # Errors
/// A statement fails, or confirms that are under way do not end in time.
pub async fn close(
    transaction: &Transaction,
    location: &LocationId,
    date: Date,
    at: Timestamp,
) -> StoreResult<()> {
    gate::shut_day(transaction, location, date).await?;
    let row = row::ActiveModel {
        location: Set(location.to_string()),
        date: Set(date.to_string()),
        at: Set(at.as_millisecond()),
    };
    let closed = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(closed).exec_without_returning(transaction).await?;
    Ok(())
}

/// Opens a day again. `false`: it was not closed.
///
/// # Errors
/// The statement fails.
pub async fn reopen(
    db: &impl ConnectionTrait,
    location: &LocationId,
    date: Date,
) -> StoreResult<bool> {
    let day = (location.to_string(), date.to_string());
    Ok(Entity::delete_by_id(day).exec(db).await?.rows_affected == 1)
}

/// The days that are closed from `date` on.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn since(db: &impl ConnectionTrait, date: Date) -> StoreResult<Vec<(LocationId, Date)>> {
    let closed = Entity::find().filter(Column::Date.gte(date.to_string()));
    let rows = closed.order_by_asc(Column::Date).order_by_asc(Column::Location).all(db).await?;
    let columns = Columns("closings");
    rows.iter()
        .map(|row| {
            let location = columns.parse("location", &row.location)?;
            Ok((location, columns.parse("date", &row.date)?))
        })
        .collect()
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "closings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub location: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub date: String,
        pub at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
