//! The seats that are kept for a draw: reservations of the kind `draw_pool`.

use std::collections::HashSet;

use booking::{ReservationKind, Seat};
use ids::{DrawId, ReservationId};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::{
    StoreResult,
    value::{Columns, local_date},
};

const COLUMNS: Columns = Columns("reservations");
/// Seats that are added by one statement.
const BATCH: usize = 200;

/// A seat that is kept for a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolSeat {
    /// Its reservation.
    pub id: ReservationId,
    /// What is kept.
    pub seat: Seat,
}

/// Keeps those of `seats` for the draw that nothing else keeps, and returns which. The caller has
/// left out what overlaps a reservation that it could see.
///
/// # Errors
/// A statement fails.
pub async fn insert_free(
    db: &impl ConnectionTrait,
    draw: DrawId,
    seats: &[PoolSeat],
    now: Timestamp,
) -> StoreResult<HashSet<ReservationId>> {
    let mut kept = HashSet::new();
    for some in seats.chunks(BATCH) {
        let rows: Vec<_> = (0..some.len())
            .map(|row| {
                let place = |column: usize| row * 9 + column;
                let places: Vec<_> = (1..=9).map(|column| format!("${}", place(column))).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let sql = format!(
            "INSERT INTO reservations \
             (id, kind, location, desk, date, starts_at, ends_at, draw_id, created_at) \
             VALUES {} ON CONFLICT DO NOTHING RETURNING id",
            rows.join(", ")
        );
        let values = some.iter().flat_map(|PoolSeat { id, seat }| -> [Value; 9] {
            [
                id.to_string().into(),
                ReservationKind::DrawPool.as_str().into(),
                seat.location.as_str().into(),
                i32::from(seat.desk.index()).into(),
                local_date(seat).to_string().into(),
                seat.start.as_millisecond().into(),
                seat.end.as_millisecond().into(),
                draw.to_string().into(),
                now.as_millisecond().into(),
            ]
        });
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        for row in db.query_all_raw(statement).await? {
            kept.insert(COLUMNS.parse("id", &row.try_get_by_index::<String>(0)?)?);
        }
    }
    Ok(kept)
}

/// Gives the draw's seats within `seat` up, so that a booking of the same transaction can have it.
/// How many slots there were.
///
/// # Errors
/// The statement fails.
pub async fn give_up_within(
    db: &impl ConnectionTrait,
    draw: DrawId,
    seat: &Seat,
) -> StoreResult<u64> {
    let sql = "DELETE FROM reservations WHERE kind = 'draw_pool' AND draw_id = $1 \
         AND location = $2 AND desk = $3 AND starts_at >= $4 AND ends_at <= $5";
    let values: [Value; 5] = [
        draw.to_string().into(),
        seat.location.as_str().into(),
        i32::from(seat.desk.index()).into(),
        seat.start.as_millisecond().into(),
        seat.end.as_millisecond().into(),
    ];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// At most `limit` of the seats that are still kept for the draw.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn kept(
    db: &impl ConnectionTrait,
    draw: DrawId,
    limit: u32,
) -> StoreResult<Vec<PoolSeat>> {
    let sql = "SELECT id, location, desk, starts_at, ends_at FROM reservations \
         WHERE kind = 'draw_pool' AND draw_id = $1 ORDER BY location, desk, starts_at LIMIT $2";
    let values: [Value; 2] = [draw.to_string().into(), i64::from(limit).into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            let text = |column: &str| row.try_get::<String>("", column);
            Ok(PoolSeat {
                id: COLUMNS.parse("id", &text("id")?)?,
                seat: COLUMNS.seat(
                    &text("location")?,
                    row.try_get("", "desk")?,
                    row.try_get("", "starts_at")?,
                    row.try_get("", "ends_at")?,
                )?,
            })
        })
        .collect()
}
