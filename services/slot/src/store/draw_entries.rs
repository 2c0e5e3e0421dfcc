//! Entries in draws.

use std::collections::HashMap;

use ids::{BookingId, DrawId, EntryId, GroupId, LocationId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Statement, sea_query::Expr,
};

use super::{
    Failure, StoreResult, Transaction, gate, merge_ended,
    value::{Columns, active_statuses},
};
use crate::domain::draw::{DrawEntry, EntryStatus};
use row::{Column, Entity};

mod drawn;
mod listed;
mod merged;
pub mod offered;
pub mod phoned;
mod plain;
mod row;

pub use drawn::{Drawn, drawn};
pub use listed::{Listed, listed, sealed_wishes};
pub use merged::{change_person, ended_by_merge, name_instead};
pub use plain::PlainEntry;

const COLUMNS: Columns = Columns("draw_entries");

/// What stands in the way of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryObstacle {
    /// The person has an open one in a draw of the group.
    OtherDraw,
    /// A person who may be the same human has one in this draw.
    Doubt,
    /// Another person has entered with this ticket.
    Ticket,
    /// The person has one in this draw.
    SameDraw,
}

/// Why an entry was refused, if by another one.
#[must_use]
pub fn refused_by(failure: &Failure) -> Option<EntryObstacle> {
    // PostgreSQL names the index, SQLite its columns.
    let index = failure.unique_index()?;
    let obstacle = if index.contains("doubt") {
        EntryObstacle::Doubt
    } else if index.contains("group") {
        EntryObstacle::OtherDraw
    } else if index.contains("serial") {
        EntryObstacle::Ticket
    } else {
        EntryObstacle::SameDraw
    };
    Some(obstacle)
}

/// The open entry of a person in a group of services.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn open_in_group(
    db: &impl ConnectionTrait,
    person: Pseudonym,
    group: &GroupId,
) -> StoreResult<Option<DrawEntry>> {
    let row = Entity::find()
        .filter(Column::Person.eq(person.to_string()))
        .filter(Column::ServiceGroup.eq(group.as_str()))
        .filter(Column::Status.eq(EntryStatus::Entered.as_str()))
        .one(db)
        .await?;
    Ok(row.map(DrawEntry::try_from).transpose()?)
}

/// The person's doubt was resolved: their entries need no mark any more.
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

/// Adds an entry.
///
/// # Errors
/// The person has one in this draw or an open one in the group (see
/// [`super::Failure::unique_index`]), or the statement fails.
pub async fn insert(db: &impl ConnectionTrait, entry: &DrawEntry) -> StoreResult<()> {
    Entity::insert(row::ActiveModel::from(entry)).exec_without_returning(db).await?;
    Ok(())
}

/// Puts `entry` in the place of `before`, if that is still as it was read. `false`: it is not.
///
/// # Errors
/// The statement fails.
pub async fn replace(
    db: &impl ConnectionTrait,
    before: &DrawEntry,
    entry: &DrawEntry,
) -> StoreResult<bool> {
    let new = row::ActiveModel::from(entry);
    let changed = Entity::update_many()
        .set(row::ActiveModel { id: sea_orm::ActiveValue::NotSet, ..new })
        .filter(Column::Id.eq(before.id.to_string()))
        .filter(Column::Status.eq(EntryStatus::Entered.as_str()))
        .filter(Column::ChangedAt.eq(before.changed_at.as_millisecond()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Removes an entry with all that is known of its person. Whether there was one.
///
/// # Errors
/// The statement fails.
pub async fn delete(db: &impl ConnectionTrait, id: EntryId) -> StoreResult<bool> {
    let deleted = Entity::delete_by_id(id.to_string()).exec(db).await?;
    Ok(deleted.rows_affected == 1)
}

/// Removes the entries of a draw with all that is known of their people. How many there were.
///
/// # Errors
/// The statement fails.
pub async fn delete_of(db: &impl ConnectionTrait, draw: DrawId) -> StoreResult<u64> {
    merge_ended::delete_of(db, draw).await?;
    let all = Entity::delete_many().filter(Column::DrawId.eq(draw.to_string()));
    Ok(all.exec(db).await?.rows_affected)
}

/// A person's entry in a draw.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn of_person(
    db: &impl ConnectionTrait,
    draw: DrawId,
    person: Pseudonym,
) -> StoreResult<Option<DrawEntry>> {
    let found = Entity::find()
        .filter(Column::DrawId.eq(draw.to_string()))
        .filter(Column::Person.eq(person.to_string()));
    found.one(db).await?.map(|row| Ok(row.try_into()?)).transpose()
}

/// All entries of a draw in this state, in the order of their serials.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn in_status(
    db: &impl ConnectionTrait,
    draw: DrawId,
    status: EntryStatus,
) -> StoreResult<Vec<DrawEntry>> {
    some(db, draw, status, None).await
}

/// The first `limit` of them.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn some(
    db: &impl ConnectionTrait,
    draw: DrawId,
    status: EntryStatus,
    limit: Option<u64>,
) -> StoreResult<Vec<DrawEntry>> {
    let rows = Entity::find()
        .filter(Column::DrawId.eq(draw.to_string()))
        .filter(Column::Status.eq(status.as_str()))
        .order_by_asc(Column::Serial)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// The entry with this ticket that is still undecided.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn undecided(
    db: &impl ConnectionTrait,
    draw: DrawId,
    serial: &draw::Serial,
) -> StoreResult<Option<DrawEntry>> {
    let found = Entity::find()
        .filter(Column::DrawId.eq(draw.to_string()))
        .filter(Column::Serial.eq(serial.to_string()))
        .filter(Column::Status.eq(EntryStatus::Entered.as_str()));
    found.one(db).await?.map(|row| Ok(row.try_into()?)).transpose()
}

/// What came of an entry.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Whose turn it was.
    pub turn: Option<u32>,
    /// What was booked.
    pub booking: Option<BookingId>,
    /// Why nothing was.
    pub reason: Option<String>,
    /// The location that phones the person about it. Without one their number is removed.
    pub told_by: Option<LocationId>,
}

impl Outcome {
    /// Nothing new about an entry that was drawn: its turn stays.
    #[must_use]
    pub fn of(entry: &DrawEntry) -> Self {
        Self { turn: entry.turn, ..Self::default() }
    }
}

/// Decides an entry, if it still stands as it was read, of the same person, and that can come next. Its name is removed: a booking
/// has it, and otherwise it is not needed any more. So is the number, unless somebody is to be told there. `false`: it was decided already, or is not there.
///
/// # Errors
/// The statement fails.
pub async fn decide(
    db: &impl ConnectionTrait,
    entry: &DrawEntry,
    status: EntryStatus,
    outcome: &Outcome,
    now: Timestamp,
) -> StoreResult<bool> {
    if !entry.status.leads_to(status) {
        return Ok(false);
    }
    let turn = outcome.turn.map(|turn| i32::try_from(turn).unwrap_or(i32::MAX));
    let (number, office) = (Column::Phone, Column::PhonedBy);
    let decided = match &outcome.told_by {
        Some(place) => Entity::update_many().col_expr(office, Expr::value(place.as_str())),
        None => Entity::update_many().col_expr(number, Expr::value(None::<Vec<u8>>)),
    };
    let decided = decided
        .col_expr(Column::Status, Expr::value(status.as_str()))
        .col_expr(Column::Turn, Expr::value(turn))
        .col_expr(Column::BookingId, Expr::value(outcome.booking.map(|id| id.to_string())))
        .col_expr(Column::Reason, Expr::value(outcome.reason.clone()))
        .col_expr(Column::Attendee, Expr::value(Vec::<u8>::new()))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millisecond()))
        .filter(Column::Id.eq(entry.id.to_string()))
        .filter(Column::Person.eq(entry.person.to_string()))
        .filter(Column::Status.eq(entry.status.as_str()))
        .exec(db)
        .await?;
    Ok(decided.rows_affected == 1)
}

/// An active booking in the group of a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// Which.
    pub id: BookingId,
    /// Since when there is one.
    pub since: Timestamp,
    /// When the appointment begins.
    pub start: Timestamp,
}

/// The people with an undecided entry who have an active booking in the draw's group that was made before
/// `closes`.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn with_booking(
    db: &impl ConnectionTrait,
    draw: DrawId,
    closes: Timestamp,
) -> StoreResult<HashMap<Pseudonym, Booked>> {
    let sql = format!(
        "SELECT draw_entries.person, bookings.created_at, bookings.starts_at, bookings.id \
         FROM draw_entries JOIN bookings ON bookings.person = draw_entries.person \
         AND bookings.service_group = draw_entries.service_group \
         WHERE draw_id = $1 AND draw_entries.status = 'entered' AND bookings.created_at < $2 \
         AND bookings.status IN ({})",
        active_statuses()
    );
    let values = [draw.to_string().into(), closes.as_millisecond().into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await?;
    rows.iter()
        .map(|row| {
            let (who, id): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(3)?);
            let booked = Booked {
                id: COLUMNS.parse("id", &id)?,
                since: COLUMNS.time("created_at", row.try_get_by_index(1)?)?,
                start: COLUMNS.time("starts_at", row.try_get_by_index(2)?)?,
            };
            Ok((COLUMNS.parse("person", &who)?, booked))
        })
        .collect()
}

/// Keeps the lists of the announced draws that `person` is in from being closed until the transaction ends.
///
/// # Errors
/// A statement fails, or a list is being closed and that does not end in time.
pub(super) async fn pass_open_draws(
    transaction: &Transaction,
    person: Pseudonym,
) -> StoreResult<()> {
    let open = "SELECT draws.id FROM draw_entries JOIN draws ON draws.id = draw_id \
         WHERE person = $1 AND draws.status = 'announced' ORDER BY draws.id";
    let of = [person.to_string().into()];
    let open = Statement::from_sql_and_values(transaction.get_database_backend(), open, of);
    for row in transaction.query_all_raw(open).await? {
        let draw: String = row.try_get_by_index(0)?;
        gate::pass_draw(transaction, COLUMNS.parse("draw_id", &draw)?).await?;
    }
    Ok(())
}
