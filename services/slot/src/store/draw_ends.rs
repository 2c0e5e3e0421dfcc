//! Entries that ended before the list of their draw was closed, by ticket. Their persons are not
//! kept here; the audit log of a person says from which they withdrew.

use draw::Serial;
use ids::{DrawId, Pseudonym};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::OnConflict,
};
use serde_json::json;

use super::{StoreResult, audit, value::Columns};
use crate::domain::draw::EntryEnd;
use row::{Column, Entity};

const COLUMNS: Columns = Columns("draw_ends");
/// Withdrawals of one person that are looked through: they withdraw from few draws at a time.
const WITHDRAWALS: u64 = 200;

/// Notes that the entry with this ticket ended; a later end of the same ticket takes its place.
///
/// # Errors
/// The statement fails.
pub async fn note(db: &impl ConnectionTrait, draw: DrawId, end: &EntryEnd) -> StoreResult<()> {
    let row = row::ActiveModel {
        draw_id: Set(draw.to_string()),
        serial: Set(end.serial.to_string()),
        revision: Set(i64::from(end.revision)),
        at: Set(end.at.as_millisecond()),
        why: Set(serde_json::json!(end.why).to_string()),
    };
    let again = OnConflict::columns([Column::DrawId, Column::Serial])
        .update_columns([Column::Revision, Column::At, Column::Why])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// How the entry with this ticket ended, if it did.
///
/// # Errors
/// The statement fails or the row makes no sense.
pub async fn find(
    db: &impl ConnectionTrait,
    draw: DrawId,
    serial: &Serial,
) -> StoreResult<Option<EntryEnd>> {
    let found = Entity::find_by_id((draw.to_string(), serial.to_string())).one(db).await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some(EntryEnd {
        serial: *serial,
        revision: u32::try_from(row.revision).map_err(|_| COLUMNS.corrupt("revision"))?,
        at: COLUMNS.time("at", row.at)?,
        why: COLUMNS.json("why", &row.why)?,
    }))
}

/// The ticket of the entry from which a person withdrew last, as the audit log has it.
///
/// # Errors
/// The statement fails or a row makes no sense.
pub async fn withdrawn(
    db: &impl ConnectionTrait,
    draw: DrawId,
    person: Pseudonym,
) -> StoreResult<Option<Serial>> {
    let subject = person.to_string();
    let known = audit::newest_of(db, ("draw.withdrawn", subject.as_str()), WITHDRAWALS).await?;
    let mut of_draw = known.into_iter().filter(|entry| entry.details["draw"] == json!(draw));
    let serial = of_draw.next().map(|entry| entry.details["serial"].clone());
    Ok(serial.and_then(|serial| serde_json::from_value(serial).ok()))
}

/// The ticket is entered again: its end does not count any more.
///
/// # Errors
/// The statement fails.
pub async fn take_back(
    db: &impl ConnectionTrait,
    draw: DrawId,
    serial: &Serial,
) -> StoreResult<()> {
    Entity::delete_by_id((draw.to_string(), serial.to_string())).exec(db).await?;
    Ok(())
}

/// Removes the ends of a draw.
///
/// # Errors
/// The statement fails.
pub async fn delete_of(db: &impl ConnectionTrait, draw: DrawId) -> StoreResult<()> {
    Entity::delete_many().filter(Column::DrawId.eq(draw.to_string())).exec(db).await?;
    Ok(())
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "draw_ends")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub draw_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub serial: String,
        pub revision: i64,
        pub at: i64,
        pub why: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
