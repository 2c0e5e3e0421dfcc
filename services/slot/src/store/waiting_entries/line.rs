//! The line, as those who are offered seats are taken from it.

use ids::{ServiceId, WaitingId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, Statement, Value,
    sea_query::Expr,
};

use super::{
    COLUMNS, HAS_OTHER, read,
    row::{Column, Entity},
};
use crate::{
    domain::waiting::{Place, WaitingEntry, WaitingStatus},
    store::StoreResult,
};

/// For which services people wait for an offer, and how many of them come together.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn visits(db: &impl ConnectionTrait) -> StoreResult<Vec<(ServiceId, u16)>> {
    let sql = "SELECT DISTINCT service, people FROM waiting_entries WHERE status = 'waiting'";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter()
        .map(|row| {
            let (service, people): (String, i32) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Ok((COLUMNS.parse("service", &service)?, COLUMNS.number("people", people)?))
        })
        .collect()
}

/// The next `limit` places that can get an offer, in the order of the line, behind the one that was read
/// last.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn line(
    db: &impl ConnectionTrait,
    behind: Option<&(Place, WaitingId)>,
    limit: u32,
) -> StoreResult<Vec<WaitingEntry>> {
    // As a comparison of rows, which goes on in the index where it ended.
    let sql = format!(
        "SELECT * FROM waiting_entries WHERE status = 'waiting' AND NOT {HAS_OTHER} \
         AND (day, place, id) > ($1, $2, $3) ORDER BY day, place, id LIMIT {limit}"
    );
    let (day, place, id) = match behind {
        Some((place, id)) => (place.day.to_string(), place.drawn.clone(), id.to_string()),
        None => Default::default(),
    };
    let values: [Value; 3] = [day.into(), place.into(), id.into()];
    let next = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    read(Entity::find().from_raw_sql(next).all(db).await?)
}

/// Those of `entries` who still wait have an offer from now on. `false`: not all of them wait as they were
/// read.
///
/// # Errors
/// The statement fails.
pub async fn offer(
    db: &impl ConnectionTrait,
    entries: &[&WaitingEntry],
    now: Timestamp,
) -> StoreResult<bool> {
    let offered = Entity::update_many()
        .col_expr(Column::Status, Expr::value(WaitingStatus::Offered.as_str()))
        .col_expr(Column::AnswerBy, Expr::value(None::<i64>))
        .col_expr(Column::Reason, Expr::value(None::<String>))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.is_in(entries.iter().map(|entry| entry.id.to_string())))
        .filter(Column::Status.eq(WaitingStatus::Waiting.as_str()))
        .exec(db)
        .await?;
    Ok(usize::try_from(offered.rows_affected).is_ok_and(|offered| offered == entries.len()))
}
