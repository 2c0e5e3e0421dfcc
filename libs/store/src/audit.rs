//! The audit log of a service: who did what, to what. Append-only, written in the transaction of the change.
//!
//! A service that has one creates the table `audit` in its own migrations.

use ids::AuditId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use serde_json::Value;

use self::row::{ActiveModel, Column, Entity as Audit, Model};
use crate::{StoreError, insert_rows};

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
) -> Result<(), StoreError> {
    let rows = entries.into_iter().map(|entry| ActiveModel {
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
            Audit::insert_many(rows).exec_without_returning(db).await?;
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
) -> Result<Vec<Entry>, StoreError> {
    let rows = Audit::find()
        .filter(Column::Subject.is_in(subjects.iter().map(String::as_str)))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// The newest entries about this subject that say this was done, the newest first, at most `limit`.
///
/// # Errors
/// The statement fails, or a row makes no sense.
pub async fn newest_of(
    db: &impl ConnectionTrait,
    (action, subject): (&str, &str),
    limit: u64,
) -> Result<Vec<Entry>, StoreError> {
    let rows = Audit::find()
        .filter(Column::Subject.eq(subject))
        .filter(Column::Action.eq(action))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Whether `actor` did this to `subject` since then.
///
/// # Errors
/// The statement fails.
pub async fn has_since(
    db: &impl ConnectionTrait,
    (actor, action, subject): (&str, &str, &str),
    since: Timestamp,
) -> Result<bool, StoreError> {
    let found = done_since(actor, action, since).filter(Column::Subject.eq(subject));
    Ok(found.one(db).await?.is_some())
}

/// How often `actor` did this since then.
///
/// # Errors
/// The statement fails.
pub async fn count_since(
    db: &impl ConnectionTrait,
    (actor, action): (&str, &str),
    since: Timestamp,
) -> Result<u64, StoreError> {
    Ok(done_since(actor, action, since).count(db).await?)
}

fn done_since(actor: &str, action: &str, since: Timestamp) -> Select<Audit> {
    Audit::find()
        .filter(Column::Actor.eq(actor))
        .filter(Column::Action.eq(action))
        .filter(Column::At.gt(since.as_millisecond()))
}

impl TryFrom<Model> for Entry {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let corrupt = |column: &str| {
            StoreError::Query(DbErr::Type(format!("audit.{column} holds something unreadable")))
        };
        Ok(Self {
            id: row.id.parse().map_err(|_| corrupt("id"))?,
            at: Timestamp::from_millisecond(row.at).map_err(|_| corrupt("at"))?,
            actor: row.actor,
            action: row.action,
            subject: row.subject,
            details: serde_json::from_str(&row.details).map_err(|_| corrupt("details"))?,
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

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::json;

    use super::*;
    use crate::Database;

    const TABLE: &str = "CREATE TABLE audit (id TEXT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, \
         action TEXT NOT NULL, subject TEXT NOT NULL, details TEXT NOT NULL)";

    fn entry(number: u128, at: Timestamp, subject: &str) -> Entry {
        Entry {
            id: AuditId::from_bits(number),
            at,
            actor: "staff:stf_1".to_owned(),
            action: "desk.person-added".to_owned(),
            subject: subject.to_owned(),
            details: json!({ "number": number.to_string() }),
        }
    }

    async fn databases() -> Vec<Database> {
        let mut databases = vec![Database::connect("sqlite::memory:").await.unwrap()];
        if let Some(url) = testkit::postgres_url().await {
            databases.push(Database::connect(&url).await.unwrap());
        }
        databases
    }

    #[tokio::test]
    async fn entries_are_read_and_counted_as_they_were_written() {
        for database in databases().await {
            let db = database.connection();
            db.execute_unprepared(TABLE).await.unwrap();
            let noon: Timestamp = "2027-01-04T11:00:00Z".parse().unwrap();
            let hours = |hours| noon + SignedDuration::from_hours(hours);
            let entries = [entry(2, noon, "a"), entry(1, hours(-2), "a"), entry(3, hours(1), "b")];
            insert(db, &entries).await.unwrap();
            let read = of_subjects(db, &["a".to_owned()]).await.unwrap();
            assert_eq!(read, [entries[1].clone(), entries[0].clone()]);
            let did = ("staff:stf_1", "desk.person-added");
            assert_eq!(count_since(db, did, hours(-1)).await.unwrap(), 2);
            assert_eq!(count_since(db, ("staff:stf_2", did.1), hours(-1)).await.unwrap(), 0);
            let has =
                async |subject, since| has_since(db, (did.0, did.1, subject), since).await.unwrap();
            assert!(has("a", hours(-1)).await && !has("a", noon).await);
            assert!(!has("c", hours(-9)).await);
        }
    }
}
