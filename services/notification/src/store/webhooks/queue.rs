//! The queue of an endpoint: who has something due, and leasing it.

use ids::SubscriptionId;
use jiff::Timestamp;
use sea_orm::{DbErr, Statement, Value, entity::prelude::*};
use store::{Database, StoreError};

use super::{
    deliveries::{self, Leased},
    subscriptions,
};
use crate::webhook::{
    health::{Breaker, Health},
    subscription::{Ordering, Owner, Subscription},
};

/// An active endpoint for which something waits.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) subscription: SubscriptionId,
    pub(crate) owner: Owner,
    pub(crate) is_troubled: bool,
    /// When the next attempt may begin; an attempt may be under way.
    pub(crate) due_at: Timestamp,
}

/// What one process took from a queue.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) subscription: Subscription,
    /// In the order of the events. None if nothing is due.
    pub(crate) leased: Vec<Leased>,
    /// When something is due, if nothing is now.
    pub(crate) due_at: Option<Timestamp>,
}

/// What may be taken.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    limit: usize,
    /// What is not due as well: a probe, or what waits for a batch to fill.
    early: Early,
    /// Events of one booking in their order.
    ordered: bool,
    /// Several events of one booking together.
    together: bool,
}

/// Which deliveries may be taken before they are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Early {
    None,
    /// Those that were never tried: they wait for a batch to fill.
    Untried,
    /// All: the endpoint is probed.
    All,
}

/// Every active endpoint for which something waits, with when that is due; and when the next lease
/// of a killed process would end.
pub(crate) async fn waiting(
    database: &Database,
    now: Timestamp,
) -> Result<(Vec<Waiting>, Option<Timestamp>), StoreError> {
    // One look into the index for each endpoint, however much waits.
    let sql = "SELECT id, authority, client, failures, retry_at, due_at FROM ( \
        SELECT s.id, s.authority, s.client, s.failures, s.retry_at, ( \
        SELECT MIN(d.due_at) FROM webhook_deliveries AS d \
        WHERE d.subscription_id = s.id AND d.state = 'waiting') AS due_at \
        FROM webhook_subscriptions AS s WHERE s.state = 'active') AS queues \
        WHERE due_at IS NOT NULL";
    let connection = database.connection();
    let statement = Statement::from_string(database.backend().into(), sql);
    let rows = connection.query_all_raw(statement).await?;
    let list = rows.iter().map(read_waiting).collect::<Result<Vec<_>, _>>()?;

    let sql = "SELECT MIN(leased_until) FROM webhook_deliveries WHERE leased_until > $1";
    let values = [Value::from(now.as_millisecond())];
    let statement = Statement::from_sql_and_values(database.backend().into(), sql, values);
    let lease_ends = match connection.query_one_raw(statement).await? {
        Some(row) => row.try_get_by_index::<Option<i64>>(0)?,
        None => None,
    };
    let lease_ends = lease_ends.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Ok((list, lease_ends))
}

fn read_waiting(row: &QueryResult) -> Result<Waiting, DbErr> {
    let corrupt = |column: &str| DbErr::Type(format!("webhook_subscriptions.{column}"));
    let text = |column: &str| row.try_get::<String>("", column);
    let retry_at = row.try_get::<Option<i64>>("", "retry_at")?;
    // A breaker that is not closed decides alone: a probe takes what is not due, too.
    let due_at = retry_at.unwrap_or(row.try_get::<i64>("", "due_at")?);
    Ok(Waiting {
        subscription: text("id")?.parse().map_err(|_| corrupt("id"))?,
        owner: Owner {
            authority: text("authority")?.parse().map_err(|_| corrupt("authority"))?,
            client: text("client")?.parse().map_err(|_| corrupt("client"))?,
        },
        is_troubled: retry_at.is_some() || row.try_get::<i64>("", "failures")? > 0,
        due_at: Timestamp::from_millisecond(due_at).map_err(|_| corrupt("due_at"))?,
    })
}

/// Leases up to `most` deliveries of an endpoint until `until`, or a whole batch. `None` if the
/// endpoint is gone or paused.
///
/// The subscription's row is locked meanwhile: processes take from one queue one after the other, so
/// the order of a booking holds between them, and an open breaker lets through one probe in all.
pub(crate) async fn take(
    database: &Database,
    id: SubscriptionId,
    (now, until): (Timestamp, Timestamp),
    most: usize,
) -> Result<Option<Taken>, StoreError> {
    let transaction = database.begin().await?;
    let found = subscriptions::lock(&transaction, id).await?;
    let Some(subscription) = found.filter(|found| found.pause.is_none()) else { return Ok(None) };
    let early = match (subscription.health.breaker(now), subscription.batching) {
        (Breaker::Open(until), _) => {
            return Ok(Some(Taken { subscription, leased: Vec::new(), due_at: Some(until) }));
        }
        (Breaker::HalfOpen, _) => Early::All,
        (Breaker::Closed, Some(_)) => Early::Untried,
        (Breaker::Closed, None) => Early::None,
    };
    let limit = match subscription.batching {
        Some(batching) => {
            // A batch begins when its first event is due; others that wait for it to fill come along.
            let failed = failures_of_first(&transaction, id, now, early).await?;
            failed.map_or(0, |failed| batching.size_after(failed.max(subscription.health.failures)))
        }
        None if early == Early::All => 1,
        None => most,
    };
    let ordered = subscription.ordering == Ordering::Booking;
    let wanted = Wanted { limit, early, ordered, together: subscription.batching.is_some() };
    let leased = match limit {
        0 => Vec::new(),
        _ => lease(&transaction, id, (now, until), wanted).await?,
    };
    if early == Early::All && !leased.is_empty() {
        // The next probe waits for the outcome of this one.
        let health = Health { retry_at: Some(until), ..subscription.health.clone() };
        subscriptions::set_health(&transaction, id, &health).await?;
    }
    let due_at = match leased.is_empty() {
        true => next_due(&transaction, id, now).await?,
        false => None,
    };
    transaction.commit().await?;
    Ok(Some(Taken { subscription, leased, due_at }))
}

/// When the next delivery is due that is not due yet.
async fn next_due<C: ConnectionTrait>(
    transaction: &C,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT MIN(due_at) FROM webhook_deliveries WHERE subscription_id = $1 \
               AND state = 'waiting' AND due_at > $2";
    let values = [Value::from(id.to_string()), now.as_millisecond().into()];
    let backend = transaction.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let row = transaction.query_one_raw(statement).await?;
    let due_at = row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten();
    Ok(due_at.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
}

/// How often the first delivery failed that is due, or of all that wait if the endpoint is probed.
/// `None` if there is none.
async fn failures_of_first<C: ConnectionTrait>(
    transaction: &C,
    id: SubscriptionId,
    now: Timestamp,
    early: Early,
) -> Result<Option<u32>, StoreError> {
    let ms = now.as_millisecond();
    let due_at = if early == Early::All { i64::MAX } else { ms };
    let sql = "SELECT attempts FROM webhook_deliveries WHERE subscription_id = $1 \
               AND state = 'waiting' AND due_at <= $2 AND leased_until <= $3 \
               ORDER BY position LIMIT 1";
    let values = [Value::from(id.to_string()), due_at.into(), ms.into()];
    let backend = transaction.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let row = transaction.query_one_raw(statement).await?;
    let attempts = row.map(|row| row.try_get_by_index::<i32>(0)).transpose()?;
    Ok(attempts.map(|attempts| u32::try_from(attempts).unwrap_or(0)))
}

async fn lease<C: ConnectionTrait>(
    transaction: &C,
    id: SubscriptionId,
    (now, until): (Timestamp, Timestamp),
    wanted: Wanted,
) -> Result<Vec<Leased>, StoreError> {
    let now = now.as_millisecond();
    let due = match wanted.early {
        Early::None => format!("AND due.due_at <= {now}"),
        Early::Untried => format!("AND (due.due_at <= {now} OR due.attempts = 0)"),
        Early::All => String::new(),
    };
    let ordered = match (wanted.ordered, wanted.together) {
        (false, _) => String::new(),
        (true, false) => earlier_waits(""),
        // What is free goes into the same batch, before this one.
        (true, true) if wanted.early == Early::All => {
            earlier_waits(&format!("AND earlier.leased_until > {now}"))
        }
        (true, true) => earlier_waits(&format!(
            "AND (earlier.leased_until > {now} OR (earlier.due_at > {now} AND earlier.attempts > 0))"
        )),
    };
    // One that never gets through must not be the only one that probes; a batch keeps its order.
    let order = match (wanted.early, wanted.together) {
        (Early::All, false) => "due.attempts, due.position",
        _ => "due.position",
    };
    let limit = wanted.limit;
    let sql = format!(
        "UPDATE webhook_deliveries SET leased_until = $1, attempts = attempts + 1 \
         WHERE subscription_id = $2 AND position IN ( \
         SELECT due.position FROM webhook_deliveries AS due \
         WHERE due.subscription_id = $3 AND due.state = 'waiting' AND due.leased_until <= {now} \
         {due} {ordered} ORDER BY {order} LIMIT {limit}) RETURNING *"
    );
    let values =
        [Value::from(until.as_millisecond()), id.to_string().into(), id.to_string().into()];
    let backend = transaction.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = deliveries::row::Entity::find().from_raw_sql(statement).all(transaction).await?;
    let mut leased = rows.into_iter().map(Leased::try_from).collect::<Result<Vec<_>, _>>()?;
    leased.sort_by_key(|leased| leased.position);
    Ok(leased)
}

/// No earlier event of the same booking waits that is in the way.
fn earlier_waits(in_the_way: &str) -> String {
    format!(
        "AND (due.subject = '' OR NOT EXISTS (SELECT 1 FROM webhook_deliveries AS earlier \
         WHERE earlier.subscription_id = due.subscription_id AND earlier.subject = due.subject \
         AND earlier.state = 'waiting' AND earlier.position < due.position {in_the_way}))"
    )
}
