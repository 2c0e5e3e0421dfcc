//! How many are in line.

use std::collections::HashMap;

use ids::ServiceId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::{COLUMNS, IN_LINE};
use crate::{domain::waiting::Place, store::StoreResult};

/// How many are in line for a service, and since which day the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// How many.
    pub people: u32,
    /// How many of them staff put in line.
    pub at_desk: u32,
    /// When the first of them joined.
    pub since: Timestamp,
}

/// How many are in line for each service; services without a line are left out.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn lengths(db: &impl ConnectionTrait) -> StoreResult<HashMap<ServiceId, Length>> {
    let sql = format!(
        "SELECT service, COUNT(*), MIN(joined_at), \
         SUM(CASE WHEN binding <> 'online' THEN 1 ELSE 0 END) \
         FROM waiting_entries WHERE {IN_LINE} GROUP BY service"
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter()
        .map(|row| {
            let service: String = row.try_get_by_index(0)?;
            let people: i64 = row.try_get_by_index(1)?;
            let since = COLUMNS.time("joined_at", row.try_get_by_index(2)?)?;
            let at_desk: i64 = row.try_get_by_index(3)?;
            let length = Length { people: people_of(people), at_desk: people_of(at_desk), since };
            Ok((COLUMNS.parse("service", &service)?, length))
        })
        .collect()
}

/// How many are in line before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// People who joined on an earlier day.
    pub earlier_days: u32,
    /// People who joined on the same day and were drawn before.
    pub same_day_before: u32,
    /// All people who joined on the same day, without this one.
    pub same_day: u32,
}

/// How many are in line for `service` before `place`.
///
/// # Errors
/// The statement fails.
pub async fn ahead(
    db: &impl ConnectionTrait,
    service: &ServiceId,
    place: &Place,
) -> StoreResult<Ahead> {
    let sql = format!(
        "SELECT COALESCE(SUM(CASE WHEN day < $2 THEN 1 ELSE 0 END), 0), \
         COALESCE(SUM(CASE WHEN day = $2 AND place < $3 THEN 1 ELSE 0 END), 0), \
         COALESCE(SUM(CASE WHEN day = $2 AND place <> $3 THEN 1 ELSE 0 END), 0) \
         FROM waiting_entries WHERE {IN_LINE} AND service = $1"
    );
    let values: [Value; 3] =
        [service.as_str().into(), place.day.to_string().into(), place.drawn.clone().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let row = db.query_one_raw(statement).await?.ok_or(COLUMNS.corrupt("place"))?;
    let people = |column| -> StoreResult<u32> { Ok(people_of(row.try_get_by_index(column)?)) };
    Ok(Ahead { earlier_days: people(0)?, same_day_before: people(1)?, same_day: people(2)? })
}

/// A `COUNT` or `SUM` as a number of people.
fn people_of(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
