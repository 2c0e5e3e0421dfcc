//! Webhook deliveries and their state.

use ids::SubscriptionId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ConnectionTrait, DbErr, PaginatorTrait as _, Set, Statement, entity::prelude::*,
    sea_query::OnConflict,
};
use store::{Backend, Database, StoreError};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook_deliveries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subscription_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub state: String,
        pub due_at: i64,
        pub attempts: i32,
        pub outcome: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const WAITING: &str = "waiting";
const DELIVERED: &str = "delivered";
const FAILED: &str = "failed";
/// Due at once, whatever the clock says.
const AT_ONCE: i64 = 0;
/// How long a process may take for a claimed delivery; then another may claim it.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// A claimed due delivery.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) subscription: SubscriptionId,
    pub(crate) position: i64,
    /// This attempt included.
    pub(crate) attempts: u32,
}

/// Plans deliveries of the events at `positions`. What was delivered before is delivered again:
/// that is what a replay means.
pub(crate) async fn plan<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    positions: &[i64],
) -> Result<(), StoreError> {
    if positions.is_empty() {
        return Ok(());
    }
    let rows = positions.iter().map(|position| row::ActiveModel {
        subscription_id: Set(subscription.to_string()),
        position: Set(*position),
        state: Set(WAITING.to_owned()),
        due_at: Set(AT_ONCE),
        attempts: Set(0),
        outcome: Set(None),
    });
    let again = OnConflict::columns([row::Column::SubscriptionId, row::Column::Position])
        .update_columns([row::Column::State, row::Column::DueAt, row::Column::Attempts])
        .to_owned();
    row::Entity::insert_many(rows).on_conflict(again).exec_without_returning(connection).await?;
    Ok(())
}

/// Takes up to `limit` due deliveries of active subscriptions, in one statement.
pub(crate) async fn take_due(
    database: &Database,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    let skip_locked = match database.backend() {
        Backend::Postgres => "FOR UPDATE OF due SKIP LOCKED",
        Backend::Sqlite => "",
    };
    let sql = format!(
        "UPDATE webhook_deliveries SET due_at = $1, attempts = attempts + 1 \
         WHERE (subscription_id, position) IN ( \
         SELECT due.subscription_id, due.position FROM webhook_deliveries AS due \
         JOIN webhook_subscriptions AS whose ON whose.id = due.subscription_id \
         WHERE due.state = 'waiting' AND due.due_at <= $2 AND whose.state = 'active' \
         ORDER BY due.due_at, due.position LIMIT {limit} {skip_locked}) RETURNING *"
    );
    let lease_ends = now.saturating_add(LEASE).unwrap_or(now).as_millisecond();
    let values = [lease_ends.into(), now.as_millisecond().into()];
    let statement = Statement::from_sql_and_values(database.backend().into(), sql, values);
    let rows = row::Entity::find().from_raw_sql(statement).all(database.connection()).await?;
    let mut due = rows.into_iter().map(Due::try_from).collect::<Result<Vec<_>, _>>()?;
    due.sort_by_key(|due| due.position);
    Ok(due)
}

/// Notes that the receiver has taken it.
pub(crate) async fn delivered(database: &Database, due: &Due) -> Result<(), StoreError> {
    set(database, due, Expr::value(DELIVERED), None, "taken").await
}

/// Notes that it is given up.
pub(crate) async fn failed(
    database: &Database,
    due: &Due,
    outcome: &str,
) -> Result<(), StoreError> {
    set(database, due, Expr::value(FAILED), None, outcome).await
}

/// Puts it off.
pub(crate) async fn postpone(
    database: &Database,
    due: &Due,
    until: Timestamp,
    outcome: &str,
) -> Result<(), StoreError> {
    set(database, due, Expr::value(WAITING), Some(until), outcome).await
}

/// How many wait for a subscription.
pub(crate) async fn waiting<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
) -> Result<u64, StoreError> {
    let waiting = of(subscription).filter(row::Column::State.eq(WAITING));
    Ok(waiting.count(connection).await?)
}

/// Makes due what waits, and what was given up.
pub(super) async fn make_due<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(WAITING))
        .col_expr(row::Column::DueAt, Expr::value(AT_ONCE))
        .col_expr(row::Column::Attempts, Expr::value(0))
        .filter(row::Column::SubscriptionId.eq(subscription.to_string()))
        .filter(row::Column::State.ne(DELIVERED))
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

fn of(subscription: SubscriptionId) -> Select<row::Entity> {
    row::Entity::find().filter(row::Column::SubscriptionId.eq(subscription.to_string()))
}

async fn set(
    database: &Database,
    due: &Due,
    state: Expr,
    until: Option<Timestamp>,
    outcome: &str,
) -> Result<(), StoreError> {
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::State, state)
        .col_expr(row::Column::Outcome, Expr::value(outcome))
        .filter(row::Column::SubscriptionId.eq(due.subscription.to_string()))
        .filter(row::Column::Position.eq(due.position));
    if let Some(until) = until {
        update = update.col_expr(row::Column::DueAt, Expr::value(until.as_millisecond()));
    }
    update.exec(database.connection()).await?;
    Ok(())
}

impl TryFrom<row::Model> for Due {
    type Error = DbErr;

    fn try_from(row: row::Model) -> Result<Self, DbErr> {
        let corrupt = |column: &str| DbErr::Type(format!("webhook_deliveries.{column}"));
        Ok(Self {
            subscription: row.subscription_id.parse().map_err(|_| corrupt("subscription_id"))?,
            position: row.position,
            attempts: u32::try_from(row.attempts).map_err(|_| corrupt("attempts"))?,
        })
    }
}
