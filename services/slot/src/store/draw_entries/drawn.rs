//! How many were drawn, and how many of them took their seats.

use ids::DrawId;
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::store::StoreResult;

/// What came of those who were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// How many there were.
    pub all: u32,
    /// How many of them have an appointment by it, whatever became of that later.
    pub taken: u32,
}

/// What came of those who were drawn in a draw; `None`: its entries were deleted. Who was not booked had a turn if
/// they were drawn, and none if they were left out of the list.
///
/// # Errors
/// The statement fails.
pub async fn drawn(db: &impl ConnectionTrait, draw: DrawId) -> StoreResult<Option<Drawn>> {
    let sql = "SELECT CAST(COUNT(CASE WHEN status IN ('booked', 'offered', 'declined', 'lapsed') \
         OR (status = 'not_booked' AND turn IS NOT NULL) THEN 1 END) AS BIGINT), \
         CAST(COUNT(CASE WHEN status = 'booked' THEN 1 END) AS BIGINT), \
         CAST(COUNT(*) AS BIGINT) FROM draw_entries WHERE draw_id = $1";
    let values: [Value; 1] = [draw.to_string().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let Some(row) = db.query_one_raw(statement).await? else { return Ok(None) };
    let (all, taken, entries): (i64, i64, i64) =
        (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((entries > 0).then(|| Drawn { all: number(all), taken: number(taken) }))
}
