//! Webhook subscriptions.

use ids::{AuthorityId, ClientId, SubscriptionId};
use jiff::Timestamp;
use sea_orm::{
    ConnectionTrait, DbErr, PaginatorTrait as _, QueryOrder as _, Set, entity::prelude::*,
};
use store::StoreError;

use super::deliveries;
use crate::webhook::subscription::Subscription;

mod row {
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
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const ACTIVE: &str = "active";
const PAUSED: &str = "paused";

/// Stores a new subscription.
pub(crate) async fn add<C: ConnectionTrait>(
    connection: &C,
    subscription: &Subscription,
) -> Result<(), StoreError> {
    let list = |list: &[String]| serde_json::Value::from(list.to_vec()).to_string();
    let row = row::ActiveModel {
        id: Set(subscription.id.to_string()),
        authority: Set(subscription.authority.to_string()),
        client: Set(subscription.client.to_string()),
        url: Set(subscription.url.clone()),
        events: Set(list(&subscription.events)),
        services: Set(list(&subscription.services)),
        sealed_secrets: Set(subscription.sealed_secrets.clone()),
        state: Set(ACTIVE.to_owned()),
        failing_since: Set(None),
        created_at: Set(subscription.created_at.as_millisecond()),
    };
    row::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// A client's subscriptions with an authority, oldest first.
pub(crate) async fn of_client<C: ConnectionTrait>(
    connection: &C,
    authority: &AuthorityId,
    client: &ClientId,
) -> Result<Vec<Subscription>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Authority.eq(authority.as_str()))
        .filter(row::Column::Client.eq(client.as_str()))
        .order_by_asc(row::Column::CreatedAt)
        .all(connection)
        .await?;
    read(rows)
}

/// How many a client has.
pub(crate) async fn count<C: ConnectionTrait>(
    connection: &C,
    client: &ClientId,
) -> Result<u64, StoreError> {
    let of_client = row::Entity::find().filter(row::Column::Client.eq(client.as_str()));
    Ok(of_client.count(connection).await?)
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

/// Replaces the secrets.
pub(crate) async fn set_secrets<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    update(connection, id, &[(row::Column::SealedSecrets, Expr::value(sealed))]).await
}

/// Notes that deliveries work (`None`) or since when they fail.
pub(crate) async fn note_health<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
    failing_since: Option<Timestamp>,
) -> Result<(), StoreError> {
    let since = failing_since.map(Timestamp::as_millisecond);
    update(connection, id, &[(row::Column::FailingSince, Expr::value(since))]).await
}

/// Stops deliveries.
pub(crate) async fn pause<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
) -> Result<(), StoreError> {
    update(connection, id, &[(row::Column::State, Expr::value(PAUSED))]).await
}

/// Goes on, with what was missed.
pub(crate) async fn resume<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
) -> Result<(), StoreError> {
    let healthy = Expr::value(None::<i64>);
    let values = [(row::Column::State, Expr::value(ACTIVE)), (row::Column::FailingSince, healthy)];
    update(connection, id, &values).await?;
    deliveries::make_due(connection, id).await
}

/// Removes the subscription and what waits for it.
pub(crate) async fn remove<C: ConnectionTrait>(
    connection: &C,
    id: SubscriptionId,
) -> Result<(), StoreError> {
    deliveries::remove_all(connection, id).await?;
    row::Entity::delete_by_id(id.to_string()).exec(connection).await?;
    Ok(())
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

fn read(rows: Vec<row::Model>) -> Result<Vec<Subscription>, StoreError> {
    Ok(rows.into_iter().map(Subscription::try_from).collect::<Result<_, DbErr>>()?)
}

impl TryFrom<row::Model> for Subscription {
    type Error = DbErr;

    fn try_from(row: row::Model) -> Result<Self, DbErr> {
        let id = row.id.clone();
        let corrupt = |column: &str| DbErr::Type(format!("webhook_subscriptions.{column} of {id}"));
        let time = |ms| Timestamp::from_millisecond(ms).map_err(|_| corrupt("a time"));
        Ok(Self {
            id: row.id.parse().map_err(|_| corrupt("id"))?,
            authority: row.authority.parse().map_err(|_| corrupt("authority"))?,
            client: row.client.parse().map_err(|_| corrupt("client"))?,
            url: row.url,
            events: serde_json::from_str(&row.events).map_err(|_| corrupt("events"))?,
            services: serde_json::from_str(&row.services).map_err(|_| corrupt("services"))?,
            sealed_secrets: row.sealed_secrets,
            active: row.state == ACTIVE,
            failing_since: row.failing_since.map(time).transpose()?,
            created_at: time(row.created_at)?,
        })
    }
}
