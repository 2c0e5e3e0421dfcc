//! Places in waiting lists.

use std::collections::HashMap;

use ids::{BookingId, GroupId, Pseudonym, ServiceId, WaitingId};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, Statement, sea_query::Expr,
};

use super::{
    Failure, StoreResult,
    merge_ended::{self, Ended, Kind},
    value::{Columns, active_statuses},
};
use crate::domain::waiting::{WaitingEntry, WaitingStatus};
use row::{Column, Entity};

mod counts;
mod declines;
mod line;
pub mod phoned;
pub mod regrouped;
mod row;
pub mod stand_by;
pub mod whose;

pub use counts::{Ahead, ahead, lengths};
pub use declines::change_declines;
pub use line::{line, offer, visits};

const COLUMNS: Columns = Columns("waiting_entries");
/// In line, as the indexes have it.
const IN_LINE: &str = "status IN ('waiting', 'offered', 'asked')";
/// For whom another seat of the group is kept.
const HAS_OTHER: &str = "EXISTS (SELECT 1 FROM reservations WHERE reservations.kind = 'offer' \
                         AND reservations.person = waiting_entries.person \
                         AND reservations.service_group = waiting_entries.service_group)";

/// Whether a place was refused because another person of the same doubt has one in the group.
#[must_use]
pub fn is_in_doubt(failure: &Failure) -> bool {
    // PostgreSQL names the index, SQLite its columns.
    failure.unique_index().is_some_and(|index| index.contains("doubt"))
}

/// The person's doubt was resolved: their places need no mark any more.
///
/// # Errors
/// The statement fails.
pub async fn resolve_doubt(db: &impl ConnectionTrait, person: Pseudonym) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Doubt, Expr::value(None::<String>))
        .filter(Column::Person.eq(person.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Adds a place.
///
/// # Errors
/// The person has one in the group (see [`super::Failure::unique_index`]), or the statement fails.
pub async fn insert(db: &impl ConnectionTrait, entry: &WaitingEntry) -> StoreResult<()> {
    Entity::insert(row::ActiveModel::from(entry)).exec_without_returning(db).await?;
    Ok(())
}

/// Puts `entry` in the place of `before`, if that is still as it was read. `false`: it is not.
///
/// # Errors
/// The statement fails.
pub async fn replace(
    db: &impl ConnectionTrait,
    before: &WaitingEntry,
    entry: &WaitingEntry,
) -> StoreResult<bool> {
    let new = row::ActiveModel::from(entry);
    let changed = Entity::update_many()
        .set(row::ActiveModel { id: sea_orm::ActiveValue::NotSet, ..new })
        .filter(Column::Id.eq(before.id.to_string()))
        .filter(Column::Status.eq(before.status.as_str()))
        .filter(Column::ChangedAt.eq(before.changed_at.as_millisecond()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes a place with all that is known of its person. Whether there was one.
///
/// # Errors
/// The statement fails.
pub async fn delete(db: &impl ConnectionTrait, id: WaitingId) -> StoreResult<bool> {
    Ok(Entity::delete_by_id(id.to_string()).exec(db).await?.rows_affected == 1)
}

/// Removes a place that the merge of `dissolved` ends; a reversal may bring it back.
///
/// # Errors
/// A statement fails.
pub async fn end_merged(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
    id: WaitingId,
    now: Timestamp,
) -> StoreResult<()> {
    let Some(found) = Entity::find_by_id(id.to_string()).one(db).await? else { return Ok(()) };
    let ended = Ended {
        kind: Kind::Place,
        id: &found.id,
        of: &found.service,
        person: &found.person,
        row: &found,
    };
    merge_ended::keep(db, dissolved, ended, now).await?;
    delete(db, id).await?;
    Ok(())
}

/// The places that the merge of `dissolved` ended, as they were.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn ended_by_merge(
    db: &impl ConnectionTrait,
    dissolved: Pseudonym,
) -> StoreResult<Vec<WaitingEntry>> {
    let mut all = Vec::new();
    for text in merge_ended::contents(db, dissolved, Kind::Place).await? {
        let row: row::Model = COLUMNS.json("content", &text)?;
        all.push(WaitingEntry::try_from(row)?);
    }
    Ok(all)
}

/// One place.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(db: &impl ConnectionTrait, id: WaitingId) -> StoreResult<Option<WaitingEntry>> {
    let row = Entity::find_by_id(id.to_string()).one(db).await?;
    row.map(|row| Ok(row.try_into()?)).transpose()
}

/// A person's places, the newest first, with those that ended.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let found = Entity::find().filter(Column::Person.eq(person.to_string()));
    read(found.order_by_desc(Column::JoinedAt).limit(limit).all(db).await?)
}

/// A person's place in line in a group.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn in_group(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
) -> StoreResult<Option<WaitingEntry>> {
    let found = Entity::find()
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::ServiceGroup.eq(group.as_str()))
        .filter(Expr::cust(IN_LINE));
    found.one(db).await?.map(|row| Ok(row.try_into()?)).transpose()
}

/// The places in line for a service, at most `limit`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn of_service(
    db: &impl ConnectionTrait,
    service: &ServiceId,
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let found = Entity::find()
        .filter(Column::Service.eq(service.as_str()))
        .filter(Expr::cust(IN_LINE))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::Place);
    read(found.limit(limit).all(db).await?)
}

/// The service of a place has another name, and maybe another group.
///
/// # Errors
/// The statement fails, or the person has a place in that group.
pub async fn change_service(
    db: &impl ConnectionTrait,
    id: WaitingId,
    service: &ServiceId,
    group: &GroupId,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Service, Expr::value(service.as_str()))
        .col_expr(Column::ServiceGroup, Expr::value(group.as_str()))
        .filter(Column::Id.eq(id.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// The places whose person was asked whether they still wait and did not answer by `now`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn silent(
    db: &impl ConnectionTrait,
    now: Timestamp,
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let found = Entity::find()
        .filter(Column::Status.eq(WaitingStatus::Asked.as_str()))
        .filter(Column::AnswerBy.lte(now.as_millisecond()));
    read(found.limit(limit).all(db).await?)
}

/// The places in line whose person has another appointment in the group than the one they wait with.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn booked_otherwise(
    db: &impl ConnectionTrait,
    limit: u64,
) -> StoreResult<Vec<WaitingEntry>> {
    let other = format!(
        "EXISTS (SELECT 1 FROM bookings WHERE bookings.person = waiting_entries.person \
         AND bookings.service_group = waiting_entries.service_group \
         AND bookings.status IN ({}) \
         AND bookings.id <> COALESCE(waiting_entries.replaces, ''))",
        active_statuses()
    );
    let found = Entity::find().filter(Expr::cust(IN_LINE)).filter(Expr::cust(other));
    read(found.limit(limit).all(db).await?)
}

/// The appointments with which people wait for an earlier one, and when they begin.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn starts_to_beat(
    db: &impl ConnectionTrait,
) -> StoreResult<HashMap<BookingId, Timestamp>> {
    let sql = format!(
        "SELECT bookings.id, bookings.starts_at FROM waiting_entries \
         JOIN bookings ON bookings.id = waiting_entries.replaces \
         WHERE waiting_entries.status = 'waiting' AND bookings.status IN ({})",
        active_statuses()
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    rows.iter()
        .map(|row| {
            let id: String = row.try_get_by_index(0)?;
            let start = COLUMNS.time("replaces", row.try_get_by_index(1)?)?;
            Ok((COLUMNS.parse("replaces", &id)?, start))
        })
        .collect()
}

/// The first of `services` that has people in line.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn awaited(
    db: &impl ConnectionTrait,
    services: &[ServiceId],
) -> StoreResult<Option<ServiceId>> {
    first_service(db, in_turn(), services).await
}

/// People who can be offered a seat, in the order of the line: not those for whom a drawn seat of the group
/// is kept.
fn in_turn() -> Select<Entity> {
    Entity::find()
        .filter(Expr::cust("status = 'waiting'"))
        .filter(Expr::cust(format!("NOT {HAS_OTHER}")))
        .order_by_asc(Column::Day)
        .order_by_asc(Column::Place)
}

/// The service of the first of `people` who wait for one of `services`.
async fn first_service(
    db: &impl ConnectionTrait,
    people: Select<Entity>,
    services: &[ServiceId],
) -> StoreResult<Option<ServiceId>> {
    let found = people
        .filter(Column::Service.is_in(services.iter().map(ServiceId::as_str)))
        .select_only()
        .column(Column::Service);
    let service = found.into_tuple::<String>().one(db).await?;
    Ok(service.map(|service| COLUMNS.parse("service", &service)).transpose()?)
}

/// What becomes of a place.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where it stands from now on.
    pub to: WaitingStatus,
    /// How many offers were declined by now.
    pub declines: u16,
    /// Until when they can answer, if they are asked.
    pub answer_by: Option<Timestamp>,
    /// Why it is lost, if it is.
    pub reason: Option<&'static str>,
}

/// Brings a place from the state in which it was read to the next. If it is out of the line then, its name, wishes and
/// telephone number are removed: a booking has the name, and nothing else needs it. `false`: it is in another state,
/// nothing changed.
///
/// # Errors
/// The statement fails.
pub async fn advance(
    db: &impl ConnectionTrait,
    entry: &WaitingEntry,
    step: &Step,
    now: Timestamp,
) -> StoreResult<bool> {
    let mut change = Entity::update_many()
        .col_expr(Column::Status, Expr::value(step.to.as_str()))
        .col_expr(Column::Declines, Expr::value(i32::from(step.declines)))
        .col_expr(Column::AnswerBy, Expr::value(step.answer_by.map(Timestamp::as_millisecond)))
        .col_expr(Column::Reason, Expr::value(step.reason))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()));
    if matches!(step.to, WaitingStatus::Booked | WaitingStatus::Ended) {
        change = change
            .col_expr(Column::Attendee, Expr::value(Vec::<u8>::new()))
            .col_expr(Column::Wishes, Expr::value(Vec::<u8>::new()))
            .col_expr(Column::Phone, Expr::value(Vec::<u8>::new()));
    }
    let changed = change
        .filter(Column::Id.eq(entry.id.to_string()))
        .filter(Column::Status.eq(entry.status.as_str()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Gives the places of one person to another. Where both are in line in a group, the caller has ended
/// one.
///
/// # Errors
/// The statement fails.
pub async fn change_person(
    db: &impl ConnectionTrait,
    from: Pseudonym,
    to: Pseudonym,
) -> StoreResult<()> {
    Entity::update_many()
        .col_expr(Column::Person, Expr::value(to.to_string()))
        .col_expr(Column::Doubt, Expr::value(None::<String>))
        .filter(Column::Person.eq(from.to_string()))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes places that are out of the line since `before`.
///
/// # Errors
/// The statement fails.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp) -> StoreResult<()> {
    Entity::delete_many()
        .filter(Column::ChangedAt.lt(before.as_millisecond()))
        .filter(
            Column::Status.is_in([WaitingStatus::Booked.as_str(), WaitingStatus::Ended.as_str()]),
        )
        .exec(db)
        .await?;
    Ok(())
}

fn read(rows: Vec<row::Model>) -> StoreResult<Vec<WaitingEntry>> {
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}
