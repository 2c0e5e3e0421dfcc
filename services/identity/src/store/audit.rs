//! The audit log of persons. Append-only, written in the transaction of the change.

use ambient::{Clock, Entropy};
use ids::AuditId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};
use serde_json::Value;

use super::StoreResult;

/// Adds an entry. `details` holds no personal data.
pub(crate) async fn note(
    db: &impl ConnectionTrait,
    (clock, entropy): (&dyn Clock, &dyn Entropy),
    actor: &str,
    action: &str,
    subject: &str,
    details: Value,
) -> StoreResult<()> {
    let row = row::ActiveModel {
        id: Set(AuditId::mint(clock, entropy).to_string()),
        at: Set(clock.now().as_millisecond()),
        actor: Set(actor.to_owned()),
        action: Set(action.to_owned()),
        subject: Set(subject.to_owned()),
        details: Set(details.to_string()),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// How often `actor` did this since then.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    actor: &str,
    action: &str,
    since: Timestamp,
) -> StoreResult<u64> {
    let own = row::Entity::find()
        .filter(row::Column::Actor.eq(actor))
        .filter(row::Column::Action.eq(action))
        .filter(row::Column::At.gt(since.as_millisecond()));
    Ok(own.count(db).await?)
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
