//! Replays that were asked for with an `Idempotency-Key`: repeated, they answer the same and replay
//! nothing again.

use ids::SubscriptionId;
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Set, entity::prelude::*};
use store::StoreError;

use crate::webhook::replay::Replayed;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_replays")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subscription_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request: String,
        pub replayed: i64,
        pub next: i64,
        pub more: bool,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was asked for under a key before, and what it came to.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    key: &str,
) -> Result<Option<(String, Replayed)>, StoreError> {
    let key = (subscription.to_string(), key.to_owned());
    let row = row::Entity::find_by_id(key).one(connection).await?;
    Ok(row.map(|row| {
        let replayed = Replayed { count: row.replayed, next: row.next, more: row.more };
        (row.request, replayed)
    }))
}

/// Remembers it.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    (key, request): (&str, &str),
    replayed: Replayed,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = row::ActiveModel {
        subscription_id: Set(subscription.to_string()),
        key: Set(key.to_owned()),
        request: Set(request.to_owned()),
        replayed: Set(replayed.count),
        next: Set(replayed.next),
        more: Set(replayed.more),
        created_at: Set(now.as_millisecond()),
    };
    row::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(connection).await?;
    Ok(())
}

/// Forgets replays from before `instant`.
pub(crate) async fn delete_before<C: ConnectionTrait>(
    connection: &C,
    instant: Timestamp,
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::CreatedAt.lt(instant.as_millisecond()))
        .exec(connection)
        .await?;
    Ok(())
}

pub(super) async fn remove_all<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::SubscriptionId.eq(subscription.to_string()))
        .exec(connection)
        .await?;
    Ok(())
}
