//! Webhook subscriptions.

use ids::{AuthorityId, SubscriptionId};
use jiff::Timestamp;
use sea_orm::{
    Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryOrder as _, QuerySelect as _, Set,
    entity::prelude::*,
};
use store::StoreError;

use super::{deliveries, replays};
use crate::webhook::{
    batch::Batching,
    failure::Failure,
    health::Health,
    subscription::{Ordering, Owner, Pause, PauseReason, Subscription},
};

pub(super) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_subscriptions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub authority: String,
        pub client: String,
        pub url: String,
        pub events: String,
        pub services: String,
        pub sealed_secrets: Vec<u8>,
        pub state: String,
        pub failing_since: Option<i64>,
        pub created_at: i64,
        pub ordering: String,
        pub batch_events: Option<i64>,
        pub batch_seconds: Option<i64>,
        pub sealed_contact: Option<Vec<u8>>,
        pub failures: i64,
        pub failure_class: Option<String>,
        pub failure_status: Option<i64>,
        pub failed_at: Option<i64>,
        pub retry_at: Option<i64>,
        pub paused_at: Option<i64>,
        pub pause_reason: Option<String>,
        pub notice_due_at: Option<i64>,
        pub notice_attempts: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) const ACTIVE: &str = "active";
pub(super) const PAUSED: &str = "paused";

/// Stores a new subscription.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    subscription: &Subscription,
) -> Result<(), StoreError> {
    let list = |list: &[String]| serde_json::Value::from(list.to_vec()).to_string();
    let batching = subscription.batching;
    let row = row::ActiveModel {
        id: Set(subscription.id.to_string()),
        authority: Set(subscription.owner.authority.to_string()),
        client: Set(subscription.owner.client.to_string()),
        url: Set(subscription.url.clone()),
        events: Set(list(&subscription.events)),
        services: Set(list(&subscription.services)),
        sealed_secrets: Set(subscription.sealed_secrets.clone()),
        state: Set(ACTIVE.to_owned()),
        failing_since: Set(None),
        created_at: Set(subscription.created_at.as_millisecond()),
        ordering: Set(subscription.ordering.as_str().to_owned()),
        batch_events: Set(batching.map(|it| it.max_events().into())),
        batch_seconds: Set(batching.map(|it| it.max_seconds().into())),
        sealed_contact: Set(subscription.sealed_contact.clone()),
        failures: Set(0),
        failure_class: Set(None),
        failure_status: Set(None),
        failed_at: Set(None),
        retry_at: Set(None),
        paused_at: Set(None),
        pause_reason: Set(None),
        notice_due_at: Set(None),
        notice_attempts: Set(0),
    };
    row::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Replaces what is asked for.
pub(crate) async fn replace<C: ConnectionTrait>(
    connection: &C,
    subscription: &Subscription,
) -> Result<(), StoreError> {
    let list = |list: &[String]| serde_json::Value::from(list.to_vec()).to_string();
    let batching = subscription.batching;
    let values = [
        (row::Column::Url, Expr::value(subscription.url.clone())),
        (row::Column::Events, Expr::value(list(&subscription.events))),
        (row::Column::Services, Expr::value(list(&subscription.services))),
        (row::Column::Ordering, Expr::value(subscription.ordering.as_str())),
        (row::Column::BatchEvents, Expr::value(batching.map(|it| i64::from(it.max_events())))),
        (row::Column::BatchSeconds, Expr::value(batching.map(|it| i64::from(it.max_seconds())))),
        (row::Column::SealedContact, Expr::value(subscription.sealed_contact.clone())),
    ];
    update(connection, subscription.id, &values).await
}

/// An owner's subscriptions, oldest first.
pub(crate) async fn of_owner<C: ConnectionTrait>(
    connection: &C,
    owner: &Owner,
) -> Result<Vec<Subscription>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Authority.eq(owner.authority.as_str()))
        .filter(row::Column::Client.eq(owner.client.as_str()))
        .order_by_asc(row::Column::CreatedAt)
        .all(connection)
        .await?;
    read(rows)
}

/// How many an owner has: a client with one authority.
pub(crate) async fn count<C: ConnectionTrait>(
    connection: &C,
    owner: &Owner,
) -> Result<u64, StoreError> {
    let of_owner = row::Entity::find()
        .filter(row::Column::Authority.eq(owner.authority.as_str()))
        .filter(row::Column::Client.eq(owner.client.as_str()));
    Ok(of_owner.count(connection).await?)
}

/// How many are paused, with all authorities.
pub(crate) async fn count_paused<C: ConnectionTrait>(connection: &C) -> Result<u64, StoreError> {
    let paused = row::Entity::find().filter(row::Column::State.eq(PAUSED));
    Ok(paused.count(connection).await?)
}

/// How many there are with an authority.
pub(crate) async fn count_of_authority<C: ConnectionTrait>(
    connection: &C,
    authority: &AuthorityId,
) -> Result<u64, StoreError> {
    let of_authority = row::Entity::find().filter(row::Column::Authority.eq(authority.as_str()));
    Ok(of_authority.count(connection).await?)
}

/// All subscriptions with an authority.
pub(crate) async fn of_authority<C: ConnectionTrait>(
    connection: &C,
    authority: &AuthorityId,
) -> Result<Vec<Subscription>, StoreError> {
    let of_authority = row::Entity::find().filter(row::Column::Authority.eq(authority.as_str()));
    read(of_authority.all(connection).await?)
}

/// One subscription, of any owner.
pub(crate) async fn find<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    let row = row::Entity::find_by_id(id.to_string()).one(connection).await?;
    Ok(row.map(Subscription::try_from).transpose()?)
}

/// The same, locked until the transaction ends; on SQLite the transaction is the only one anyway.
pub(crate) async fn lock<C: ConnectionTrait>(
    transaction: &C,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    let row = row::Entity::find_by_id(id.to_string()).lock_exclusive().one(transaction).await?;
    Ok(row.map(Subscription::try_from).transpose()?)
}

/// Replaces the secrets.
pub(crate) async fn set_secrets<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    update(connection, id, &[(row::Column::SealedSecrets, Expr::value(sealed))]).await
}

/// Notes how the endpoint is.
pub(crate) async fn set_health<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
    health: &Health,
) -> Result<(), StoreError> {
    let ms = |at: Option<Timestamp>| Expr::value(at.map(Timestamp::as_millisecond));
    let failure = health.last_failure;
    let status = failure.and_then(|(failure, _)| failure.status()).map(i64::from);
    let values = [
        (row::Column::Failures, Expr::value(i64::from(health.failures))),
        (row::Column::FailingSince, ms(health.failing_since)),
        (row::Column::FailureClass, Expr::value(failure.map(|(failure, _)| failure.class()))),
        (row::Column::FailureStatus, Expr::value(status)),
        (row::Column::FailedAt, ms(failure.map(|(_, at)| at))),
        (row::Column::RetryAt, ms(health.retry_at)),
    ];
    update(connection, id, &values).await
}

/// Notes that a delivery was taken. `true` if the endpoint had been failing. The last failure stays
/// to be seen.
pub(crate) async fn succeeded<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
) -> Result<bool, StoreError> {
    let none = || Expr::value(None::<i64>);
    let done = row::Entity::update_many()
        .col_expr(row::Column::Failures, Expr::value(0))
        .col_expr(row::Column::FailingSince, none())
        .col_expr(row::Column::RetryAt, none())
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(
            Condition::any()
                .add(row::Column::Failures.ne(0))
                .add(row::Column::RetryAt.is_not_null()),
        )
        .exec(connection)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Stops deliveries; the notice of it is due at once if there is whom to send it to.
pub(crate) async fn pause<C: ConnectionTrait>(
    connection: &C,
    subscription: &Subscription,
    pause: Pause,
) -> Result<(), StoreError> {
    let since = pause.since.as_millisecond();
    let notice = subscription.sealed_contact.as_ref().map(|_| since);
    let values = [
        (row::Column::State, Expr::value(PAUSED)),
        (row::Column::PausedAt, Expr::value(since)),
        (row::Column::PauseReason, Expr::value(pause.reason.as_str())),
        (row::Column::NoticeDueAt, Expr::value(notice)),
        (row::Column::NoticeAttempts, Expr::value(0)),
    ];
    update(connection, subscription.id, &values).await
}

/// Goes on, with what was missed. Nothing changes for a subscription that is not paused, but that
/// all it waits for is due.
pub(crate) async fn resume<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let none = || Expr::value(None::<i64>);
    let values = [
        (row::Column::State, Expr::value(ACTIVE)),
        (row::Column::Failures, Expr::value(0)),
        (row::Column::FailingSince, none()),
        (row::Column::RetryAt, none()),
        (row::Column::PausedAt, none()),
        (row::Column::PauseReason, Expr::value(None::<String>)),
        (row::Column::NoticeDueAt, none()),
    ];
    update(connection, id, &values).await?;
    deliveries::begin_anew(connection, id, now).await
}

/// Removes the subscription and what waits for it.
pub(crate) async fn remove<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
) -> Result<(), StoreError> {
    // First, so that nothing more is planned for it.
    row::Entity::delete_by_id(id.to_string()).exec(connection).await?;
    replays::remove_all(connection, id).await?;
    deliveries::remove_all(connection, id).await
}

async fn update<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
    values: &[(row::Column, Expr)],
) -> Result<(), StoreError> {
    let mut update = row::Entity::update_many().filter(row::Column::Id.eq(id.to_string()));
    for (column, value) in values {
        update = update.col_expr(*column, value.clone());
    }
    update.exec(connection).await?;
    Ok(())
}

pub(super) fn read(rows: Vec<row::Model>) -> Result<Vec<Subscription>, StoreError> {
    Ok(rows.into_iter().map(Subscription::try_from).collect::<Result<_, DbErr>>()?)
}

impl TryFrom<row::Model> for Subscription {
    type Error = DbErr;

    fn try_from(row: row::Model) -> Result<Self, DbErr> {
        let id = row.id.clone();
        let corrupt = |column: &str| DbErr::Type(format!("webhook_subscriptions.{column} of {id}"));
        let time = |ms| Timestamp::from_millisecond(ms).map_err(|_| corrupt("a time"));
        let ordering = match row.ordering.as_str() {
            "booking" => Ordering::Booking,
            "none" => Ordering::None,
            _ => return Err(corrupt("ordering")),
        };
        let batching = match (row.batch_events, row.batch_seconds) {
            (Some(events), Some(seconds)) => {
                let batching = Batching::new(events.unsigned_abs(), seconds.unsigned_abs());
                Some(batching.map_err(|_| corrupt("batch_events"))?)
            }
            _ => None,
        };
        let pause = match row.state.as_str() {
            ACTIVE => None,
            _ => Some(Pause {
                // Paused by the release before, which noted neither.
                since: time(row.paused_at.or(row.failing_since).unwrap_or(row.created_at))?,
                reason: match row.pause_reason.as_deref() {
                    Some("gone") => PauseReason::Gone,
                    _ => PauseReason::Failing,
                },
            }),
        };
        let status = row.failure_status.and_then(|status| u16::try_from(status).ok());
        let failure = row.failure_class.and_then(|class| Failure::stored(&class, status));
        let failed_at = row.failed_at.map(time).transpose()?;
        Ok(Self {
            id: row.id.parse().map_err(|_| corrupt("id"))?,
            owner: Owner {
                authority: row.authority.parse().map_err(|_| corrupt("authority"))?,
                client: row.client.parse().map_err(|_| corrupt("client"))?,
            },
            url: row.url,
            events: serde_json::from_str(&row.events).map_err(|_| corrupt("events"))?,
            services: serde_json::from_str(&row.services).map_err(|_| corrupt("services"))?,
            ordering,
            batching,
            sealed_secrets: row.sealed_secrets,
            sealed_contact: row.sealed_contact,
            pause,
            health: Health {
                failures: u32::try_from(row.failures).map_err(|_| corrupt("failures"))?,
                failing_since: row.failing_since.map(time).transpose()?,
                last_failure: failure.zip(failed_at),
                retry_at: row.retry_at.map(time).transpose()?,
            },
            created_at: time(row.created_at)?,
        })
    }
}
