//! Since when there are bookings.

use jiff::civil::Date;
use sea_orm::{ConnectionTrait, Statement};

use crate::store::{StoreResult, value::Columns};

/// The first day of any booking. It reads the whole index on (location, date): remember the answer.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn first_day(db: &impl ConnectionTrait) -> StoreResult<Option<Date>> {
    let sql = "SELECT MIN(date) AS first FROM bookings";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let first = row.map(|row| row.try_get::<Option<String>>("", "first")).transpose()?.flatten();
    Ok(first.map(|date| Columns("bookings").parse("date", &date)).transpose()?)
}
