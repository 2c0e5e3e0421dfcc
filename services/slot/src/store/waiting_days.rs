//! The random keys by which the places of a day are drawn, encrypted.

use jiff::civil::Date;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::StoreResult;

/// What is kept of a day.
///
/// # Errors
/// The statement fails.
pub async fn find(db: &impl ConnectionTrait, day: Date) -> StoreResult<Option<Vec<u8>>> {
    let sql = "SELECT secret FROM waiting_days WHERE day = $1";
    let statement =
        Statement::from_sql_and_values(db.get_database_backend(), sql, [day.to_string().into()]);
    let row = db.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Keeps the key of a day, unless there is one: the first stays.
///
/// # Errors
/// The statement fails.
pub async fn insert(db: &impl ConnectionTrait, day: Date, secret: Vec<u8>) -> StoreResult<()> {
    let sql = "INSERT INTO waiting_days (day, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let values: [Value; 2] = [day.to_string().into(), secret.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.execute_raw(statement).await?;
    Ok(())
}
