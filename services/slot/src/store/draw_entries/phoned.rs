//! Entries of people without e-mail, whom an office phones if they win.

use ids::{EntryId, LocationId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

use super::{Column, DrawEntry, Entity, EntryStatus, StoreResult, active_statuses};

/// Those whose person one of `offices` phones and for whom a seat is kept: those whose time is over first come
/// first, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn due(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    // In the words of the index `draw_entries_ending`.
    let rows = Entity::find()
        .filter(Expr::cust("draw_entries.status = 'offered'"))
        .filter(Column::PhonedBy.is_in(offices.iter().map(LocationId::as_str)))
        .order_by_asc(Column::AnswerBy)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Entries of draws that are not decided yet, whose people one of `offices` phones, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn undecided(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    with_number(db, offices, EntryStatus::Entered, limit).await
}

/// Those who were booked at once and are not told yet: who was booked first comes first, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn untold(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    with_number(db, offices, EntryStatus::Booked, limit).await
}

async fn with_number(
    db: &impl ConnectionTrait,
    offices: &[LocationId],
    status: EntryStatus,
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    // In the words of the index `draw_entries_phoned`.
    let rows = Entity::find()
        .filter(Column::Phone.is_not_null())
        .filter(Column::PhonedBy.is_in(offices.iter().map(LocationId::as_str)))
        .filter(Column::Status.eq(status.as_str()))
        .order_by_asc(Column::ChangedAt)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Forgets the number of somebody who was told. `false`: it was gone.
///
/// # Errors
/// The statement fails.
pub async fn forget_number(db: &impl ConnectionTrait, id: EntryId) -> StoreResult<bool> {
    let forgotten = Entity::update_many()
        .col_expr(Column::Phone, Expr::value(None::<Vec<u8>>))
        .filter(Column::Id.eq(id.to_string()))
        .filter(Column::Status.eq(EntryStatus::Booked.as_str()))
        .filter(Column::Phone.is_not_null())
        .exec(db)
        .await?;
    Ok(forgotten.rows_affected == 1)
}

/// Forgets the numbers of entries that are over: nobody phones for them. Somebody who was booked at once is to be
/// told until the appointment begins or is given up.
///
/// # Errors
/// The statement fails.
pub async fn forget_numbers(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<()> {
    let to_come = format!(
        "NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.id = draw_entries.booking_id \
         AND draw_entries.status = 'booked' AND bookings.status IN ({}) \
         AND bookings.starts_at > {})",
        active_statuses(),
        now.as_millisecond()
    );
    Entity::update_many()
        .col_expr(Column::Phone, Expr::value(None::<Vec<u8>>))
        .filter(Column::Phone.is_not_null())
        .filter(Expr::cust("draw_entries.status NOT IN ('entered', 'offered')"))
        .filter(Expr::cust(to_come))
        .exec(db)
        .await?;
    Ok(())
}

/// The entry with this id.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, id: EntryId) -> StoreResult<Option<DrawEntry>> {
    let found = Entity::find_by_id(id.to_string()).one(db).await?;
    found.map(|row| Ok(row.try_into()?)).transpose()
}
