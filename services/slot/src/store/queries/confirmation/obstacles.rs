//! What stood in the way, asked only when something did.

use ids::BookingId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::{Confirmation, Obstacle, seats::IN_FORCE};
use crate::store::{
    StoreResult,
    value::{Columns, active_statuses},
};

/// What kept the booking from being added; `None` if that went away meanwhile.
pub(super) async fn to_booking<C: ConnectionTrait>(
    db: &C,
    one: &Confirmation,
) -> StoreResult<Option<Obstacle>> {
    let booking = &one.booking;
    let active = active_statuses();
    let sql = format!(
        "SELECT CASE \
         WHEN EXISTS (SELECT 1 FROM bookings WHERE hold_id = $1) THEN 1 \
         WHEN {IN_FORCE} <> $5 THEN 4 \
         WHEN EXISTS (SELECT 1 FROM bookings WHERE person = $2 AND service_group = $3 \
         AND status IN ({active})) THEN 2 \
         WHEN EXISTS (SELECT 1 FROM bookings WHERE code = $4) THEN 3 \
         WHEN EXISTS (SELECT 1 FROM bookings WHERE doubt = $6 AND status IN ({active})) THEN 5 \
         ELSE 0 END AS obstacle"
    );
    let values: [Value; 6] = [
        booking.hold.to_string().into(),
        booking.person.to_string().into(),
        booking.group.as_str().into(),
        booking.code.to_string().into(),
        one.decided_by.as_millisecond().into(),
        booking.doubt.map(|doubt| doubt.to_string()).into(),
    ];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let row = db.query_one_raw(statement).await?;
    let obstacle: i32 = row.map_or(Ok(0), |row| row.try_get("", "obstacle"))?;
    Ok(match obstacle {
        1 => Some(Obstacle::HoldUsed),
        2 => Some(Obstacle::AlreadyBooked),
        3 => Some(Obstacle::CodeTaken),
        4 => Some(Obstacle::CatalogueChanged),
        5 => Some(Obstacle::BookedInDoubt),
        _ => None,
    })
}

/// What kept these bookings, which were added, from their seats.
pub(super) async fn to_seats<C: ConnectionTrait>(
    db: &C,
    bookings: &[BookingId],
    decided_by: Timestamp,
) -> StoreResult<Vec<(BookingId, Obstacle)>> {
    let places: Vec<_> = (1..=bookings.len()).map(|number| format!("${number}")).collect();
    let sql = format!(
        "SELECT id, CASE \
         WHEN {IN_FORCE} <> ${} THEN 3 \
         WHEN EXISTS (SELECT 1 FROM merged_persons WHERE dissolved = person) THEN 2 \
         WHEN EXISTS (SELECT 1 FROM closings WHERE closings.location = bookings.location \
         AND closings.date = bookings.date) THEN 1 \
         ELSE 0 END AS obstacle FROM bookings WHERE id IN ({})",
        bookings.len() + 1,
        places.join(", ")
    );
    let ids = bookings.iter().map(|id| Value::from(id.to_string()));
    let values = ids.chain([decided_by.as_millisecond().into()]);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            let id = Columns("bookings").parse("id", &row.try_get::<String>("", "id")?)?;
            let obstacle = match row.try_get::<i32>("", "obstacle")? {
                1 => Obstacle::Closed,
                2 => Obstacle::PersonMerged,
                3 => Obstacle::CatalogueChanged,
                _ => Obstacle::SeatTaken,
            };
            Ok((id, obstacle))
        })
        .collect()
}
