//! The audit log. Append-only, written in the transaction of the change.

use ids::AuditId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait as _};
use serde_json::Value;

use super::StoreResult;
use row::Entity;

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
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
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
