//! The audit log. Append-only, written in the transaction of the change.

use ::store::insert_rows;
use ids::AuditId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde_json::Value;

use super::{Corrupt, StoreResult, value::Columns};
use row::{Column, Entity};

const COLUMNS: Columns = Columns("audit");
/// Entries in one answer, at most.
const MOST: u64 = 2_000;

/// One entry. `details` holds no personal data.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its identifier; sorts by age.
    pub id: AuditId,
    /// When it happened.
    pub at: Timestamp,
    /// The actor, for example `citizen:psn_...`.
    pub actor: String,
    /// What was done, for example `booking.confirmed`.
    pub action: String,
    /// What it was done to: an identifier.
    pub subject: String,
    /// What else belongs to it.
    pub details: Value,
}

/// Adds entries in one statement.
///
/// # Errors
/// The statement fails.
pub async fn insert<'a>(
    db: &impl ConnectionTrait,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> StoreResult<()> {
    let rows = entries.into_iter().map(|entry| row::ActiveModel {
        id: Set(entry.id.to_string()),
        at: Set(entry.at.as_millisecond()),
        actor: Set(entry.actor.clone()),
        action: Set(entry.action.clone()),
        subject: Set(entry.subject.clone()),
        details: Set(entry.details.to_string()),
    });
    let rows: Vec<_> = rows.collect();
    match insert_rows(db.get_database_backend(), &rows, "") {
        Some(insert) => {
            db.execute_raw(insert).await?;
        }
        None => {
            Entity::insert_many(rows).exec_without_returning(db).await?;
        }
    }
    Ok(())
}

/// Entries about these, the oldest first.
///
/// # Errors
/// The statement fails, or a row makes no sense.
pub async fn of_subjects(
    db: &impl ConnectionTrait,
    subjects: &[String],
) -> StoreResult<Vec<Entry>> {
    let rows = Entity::find()
        .filter(Column::Subject.is_in(subjects.iter().map(String::as_str)))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    rows.into_iter().map(|row| Ok(row.try_into()?)).collect()
}

/// Whether `actor` did this to `subject` since then.
///
/// # Errors
/// The statement fails.
pub async fn has_since(
    db: &impl ConnectionTrait,
    (actor, action, subject): (&str, &str, &str),
    since: Timestamp,
) -> StoreResult<bool> {
    let found = Entity::find()
        .filter(Column::Subject.eq(subject))
        .filter(Column::Action.eq(action))
        .filter(Column::Actor.eq(actor))
        .filter(Column::At.gt(since.as_millisecond()));
    Ok(found.one(db).await?.is_some())
}

impl TryFrom<row::Model> for Entry {
    type Error = Corrupt;

    fn try_from(row: row::Model) -> Result<Self, Corrupt> {
        Ok(Self {
            id: COLUMNS.parse("id", &row.id)?,
            at: COLUMNS.time("at", row.at)?,
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            details: serde_json::from_str(&row.details).map_err(|_| COLUMNS.corrupt("details"))?,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub at: i64,
        pub actor: String,
        pub action: String,
        pub subject: String,
        pub details: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
