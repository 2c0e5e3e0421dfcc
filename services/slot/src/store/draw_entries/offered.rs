//! Entries of winners whose seat is kept until they answer.

use ids::{GroupId, Pseudonym, ReservationId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, sea_query::Expr,
};

use super::{Column, DrawEntry, Entity, EntryStatus, StoreResult};
use crate::{domain::draw::WinnersSeat, store::value::active_statuses};

/// Keeps a seat for the winner of it until they answer; their name stays for the booking. `false`: the entry
/// was decided already, or is not there.
///
/// # Errors
/// The statement fails.
pub async fn offer(
    db: &impl ConnectionTrait,
    entry: &DrawEntry,
    turn: u32,
    seat: WinnersSeat,
    now: Timestamp,
) -> StoreResult<bool> {
    if !entry.status.leads_to(EntryStatus::Offered) {
        return Ok(false);
    }
    let turn = i32::try_from(turn).unwrap_or(i32::MAX);
    let offered = Entity::update_many()
        .col_expr(Column::Status, Expr::value(EntryStatus::Offered.as_str()))
        .col_expr(Column::Turn, Expr::value(turn))
        .col_expr(Column::ReservationId, Expr::value(seat.reservation.to_string()))
        .col_expr(Column::AnswerBy, Expr::value(seat.answer_by.as_millisecond()))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.eq(entry.id.to_string()))
        .filter(Column::Person.eq(entry.person.to_string()))
        .filter(Column::Status.eq(entry.status.as_str()))
        .exec(db)
        .await?;
    Ok(offered.rows_affected == 1)
}

/// At most `limit` of them that could be answered until `now`, the oldest first.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn lapsed(
    db: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    let due = Column::AnswerBy.lte(now.as_millisecond());
    read(all().filter(due).order_by_asc(Column::AnswerBy).limit(limit), db).await
}

/// At most `limit` of them whose person has an appointment in the group by now.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn booked_otherwise(
    db: &impl ConnectionTrait,
    limit: u64,
) -> StoreResult<Vec<DrawEntry>> {
    let booked = format!(
        "EXISTS (SELECT 1 FROM bookings WHERE bookings.person = draw_entries.person \
         AND bookings.service_group = draw_entries.service_group AND bookings.status IN ({}))",
        active_statuses()
    );
    read(all().filter(Expr::cust(booked)).limit(limit), db).await
}

/// At most `limit` of them whose seat is on a day that was closed meanwhile.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn on_closed_days(db: &impl ConnectionTrait, limit: u64) -> StoreResult<Vec<DrawEntry>> {
    let closed = "EXISTS (SELECT 1 FROM reservations JOIN closings \
                  ON closings.location = reservations.location AND closings.date = reservations.date \
                  WHERE reservations.id = draw_entries.reservation_id)";
    read(all().filter(Expr::cust(closed)).limit(limit), db).await
}

/// Those of a person.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Pseudonym,
) -> StoreResult<Vec<DrawEntry>> {
    read(all().filter(Column::Person.eq(person.to_string())), db).await
}

/// The one of a person in a group of services. One whose time is over stands there until it is ended: what it costs
/// is written with that.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn open_in_group(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
) -> StoreResult<Option<DrawEntry>> {
    Ok(of_person(db, person).await?.into_iter().find(|entry| entry.group == *group))
}

/// The service of a kept seat is in this group now, and its winner's appointment will be. `false`: it is not the
/// seat of a winner, or was answered.
///
/// # Errors
/// The statement fails.
pub async fn regroup(
    db: &impl ConnectionTrait,
    seat: ReservationId,
    group: &GroupId,
) -> StoreResult<bool> {
    let regrouped = Entity::update_many()
        .col_expr(Column::ServiceGroup, Expr::value(group.as_str()))
        .filter(Expr::cust("draw_entries.status = 'offered'"))
        .filter(Column::ReservationId.eq(seat.to_string()))
        .exec(db)
        .await?;
    Ok(regrouped.rows_affected == 1)
}

/// In the words of the index `draw_entries_ending`, which a bound value would not find.
fn all() -> Select<Entity> {
    Entity::find().filter(Expr::cust("draw_entries.status = 'offered'"))
}

async fn read(found: Select<Entity>, db: &impl ConnectionTrait) -> StoreResult<Vec<DrawEntry>> {
    let rows = found.all(db).await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}
