//! Notices to agencies that their endpoint is paused.

use ids::SubscriptionId;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{Statement, Value, entity::prelude::*};
use store::{Database, StoreError};

use super::subscriptions::{PAUSED, read, row};
use crate::webhook::subscription::Subscription;

/// How long a process may take to send a notice; then another may.
const LEASE: SignedDuration = SignedDuration::from_mins(1);

/// A paused endpoint whose agency is to be told.
#[derive(Debug)]
pub(crate) struct DueNotice {
    pub(crate) subscription: Subscription,
    /// This attempt included.
    pub(crate) attempts: u32,
}

/// Takes up to `limit` due notices. One statement: two processes never take the same.
pub(crate) async fn take_due(
    database: &Database,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<DueNotice>, StoreError> {
    let sql = format!(
        "UPDATE webhook_subscriptions SET notice_due_at = $1, notice_attempts = notice_attempts + 1 \
         WHERE notice_due_at <= $2 AND id IN (SELECT id FROM webhook_subscriptions \
         WHERE state = '{PAUSED}' AND notice_due_at <= $3 LIMIT {limit}) RETURNING *"
    );
    let lease_ends = now.saturating_add(LEASE).unwrap_or(now).as_millisecond();
    let now = now.as_millisecond();
    let values = [Value::from(lease_ends), now.into(), now.into()];
    let statement = Statement::from_sql_and_values(database.backend().into(), sql, values);
    let rows = row::Entity::find().from_raw_sql(statement).all(database.connection()).await?;
    let attempts: Vec<_> = rows.iter().map(|row| row.notice_attempts).collect();
    let due = read(rows)?.into_iter().zip(attempts);
    Ok(due
        .map(|(subscription, attempts)| DueNotice {
            subscription,
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        })
        .collect())
}

/// It is sent again at `until`, or never if absent.
pub(crate) async fn set_due(
    database: &Database,
    id: SubscriptionId,
    until: Option<Timestamp>,
) -> Result<(), StoreError> {
    let until = until.map(Timestamp::as_millisecond);
    row::Entity::update_many()
        .col_expr(row::Column::NoticeDueAt, Expr::value(until))
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(row::Column::State.eq(PAUSED))
        .exec(database.connection())
        .await?;
    Ok(())
}
