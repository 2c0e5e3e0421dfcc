//! Deliveries that wait: one row per endpoint and event, until it is taken or given up. What was
//! taken leaves the table; a replay plans it again.

use std::collections::BTreeSet;

use ids::SubscriptionId;
use jiff::Timestamp;
use sea_orm::{
    Condition, ConnectionTrait, DbErr, NotSet, PaginatorTrait as _, Set, Statement, Value,
    entity::prelude::*,
    sea_query::{Alias, ExprTrait as _, OnConflict},
};
use store::{StoreError, insert_rows};

pub(super) mod row {
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
        pub subject: String,
        pub leased_until: i64,
        pub failing_since: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "webhook_deliveries";
const WAITING: &str = "waiting";
const FAILED: &str = "failed";
/// Due at once, whatever the clock says.
const AT_ONCE: i64 = 0;
/// A database takes only so many values in one statement.
const ROWS_PER_STATEMENT: usize = 2_000;
/// On PostgreSQL, as an `INSERT` of one array for each column ends: what does not wait is planned again.
const AGAIN: &str = "ON CONFLICT (subscription_id, position) DO UPDATE SET \
    state = excluded.state, due_at = excluded.due_at, attempts = excluded.attempts, \
    outcome = excluded.outcome, subject = excluded.subject, \
    leased_until = excluded.leased_until, failing_since = excluded.failing_since \
    WHERE webhook_deliveries.state <> 'waiting'";
/// Deletes deliveries of any endpoints, unless somebody else has leased them since.
const TAKEN: &str = "DELETE FROM webhook_deliveries AS d \
    USING unnest($1::text[], $2::bigint[], $3::integer[]) AS taken (subscription, place, attempts) \
    WHERE d.subscription_id = taken.subscription AND d.position = taken.place \
    AND d.attempts = taken.attempts AND d.state = 'waiting'";
/// For which of these endpoints something waits that nobody has leased: one look into the index for each.
const MORE: &str = "SELECT endpoints.id FROM unnest($1::text[]) AS endpoints (id) \
    CROSS JOIN LATERAL (SELECT 1 FROM webhook_deliveries AS d \
    WHERE d.subscription_id = endpoints.id AND d.state = 'waiting' AND d.leased_until <= $2 \
    LIMIT 1) AS others";

/// A delivery to plan.
#[derive(Debug, Clone)]
pub(crate) struct NewDelivery {
    pub(crate) subscription: SubscriptionId,
    pub(crate) position: i64,
    /// What keeps its order; empty if nothing does.
    pub(crate) subject: String,
    /// At once if absent.
    pub(crate) due_at: Option<Timestamp>,
}

/// A delivery that this process has leased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leased {
    pub(crate) position: i64,
    /// This attempt included. A later lease counts on, so a late answer changes nothing.
    pub(crate) attempts: u32,
    /// When its first attempt failed.
    pub(crate) failing_since: Option<Timestamp>,
}

/// Plans deliveries. What waits already stays as it is; what was taken or given up before is
/// delivered again: that is what a replay means.
pub(crate) async fn plan<C: ConnectionTrait>(
    connection: &C,
    deliveries: &[NewDelivery],
) -> Result<(), StoreError> {
    for some in deliveries.chunks(ROWS_PER_STATEMENT) {
        let rows: Vec<_> = some.iter().map(to_row).collect();
        let backend = connection.get_database_backend();
        if let Some(insert) = insert_rows(backend, &rows, AGAIN) {
            connection.execute_raw(insert).await?;
            continue;
        }
        let is_over = Expr::col((Alias::new(TABLE), row::Column::State)).ne(WAITING);
        let again = OnConflict::columns([row::Column::SubscriptionId, row::Column::Position])
            .update_columns([
                row::Column::State,
                row::Column::DueAt,
                row::Column::Attempts,
                row::Column::Outcome,
                row::Column::Subject,
                row::Column::LeasedUntil,
                row::Column::FailingSince,
            ])
            .action_and_where(is_over)
            .to_owned();
        row::Entity::insert_many(rows)
            .on_conflict(again)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

fn to_row(delivery: &NewDelivery) -> row::ActiveModel {
    row::ActiveModel {
        subscription_id: Set(delivery.subscription.to_string()),
        position: Set(delivery.position),
        state: Set(WAITING.to_owned()),
        due_at: Set(delivery.due_at.map_or(AT_ONCE, Timestamp::as_millisecond)),
        attempts: Set(0),
        outcome: NotSet,
        subject: Set(delivery.subject.clone()),
        leased_until: Set(0),
        failing_since: NotSet,
    }
}

/// The receivers have taken them, whosever they are: for any number the same two statements, on PostgreSQL alone.
/// Gives the endpoints for which more waits, due or not, than what is under way.
pub(crate) async fn all_taken<C: ConnectionTrait>(
    connection: &C,
    mut taken: Vec<(SubscriptionId, Leased)>,
    now: Timestamp,
) -> Result<BTreeSet<SubscriptionId>, StoreError> {
    // What belongs to one endpoint is locked in its order, as when it is planned.
    taken.sort_unstable_by_key(|(subscription, leased)| (*subscription, leased.position));
    let subscriptions: Vec<String> = taken.iter().map(|(id, _)| id.to_string()).collect();
    let mut endpoints = subscriptions.clone();
    endpoints.dedup();
    let positions: Vec<i64> = taken.iter().map(|(_, leased)| leased.position).collect();
    let attempts: Vec<i32> = taken.iter().map(|(_, leased)| leased.number()).collect();
    let backend = connection.get_database_backend();
    let values: [Value; 3] = [subscriptions.into(), positions.into(), attempts.into()];
    connection.execute_raw(Statement::from_sql_and_values(backend, TAKEN, values)).await?;
    // Only now: what is planned meanwhile may find an earlier event of its booking in the way, and nobody would look
    // again.
    let values: [Value; 2] = [endpoints.into(), now.as_millisecond().into()];
    let statement = Statement::from_sql_and_values(backend, MORE, values);
    let corrupt = |_| DbErr::Type(format!("{TABLE}.subscription_id"));
    let rows = connection.query_all_raw(statement).await?;
    let more = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0)?.parse::<SubscriptionId>().map_err(corrupt));
    Ok(more.collect::<Result<_, DbErr>>()?)
}

/// The receiver has taken them.
pub(crate) async fn taken<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    leased: &[Leased],
) -> Result<(), StoreError> {
    row::Entity::delete_many().filter(still(subscription, leased)).exec(connection).await?;
    Ok(())
}

/// They failed and are tried again.
pub(crate) async fn postpone<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    leased: &[Leased],
    (now, until): (Timestamp, Timestamp),
    outcome: &str,
) -> Result<(), StoreError> {
    if leased.is_empty() {
        return Ok(());
    }
    let since = Expr::col(row::Column::FailingSince).if_null(now.as_millisecond());
    row::Entity::update_many()
        .col_expr(row::Column::DueAt, Expr::value(until.as_millisecond()))
        .col_expr(row::Column::LeasedUntil, Expr::value(0))
        .col_expr(row::Column::FailingSince, since)
        .col_expr(row::Column::Outcome, Expr::value(outcome))
        .filter(still(subscription, leased))
        .exec(connection)
        .await?;
    Ok(())
}

/// They failed for so long that they are given up, until a replay or the agency resumes.
pub(crate) async fn give_up<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    leased: &[Leased],
    outcome: &str,
) -> Result<(), StoreError> {
    if leased.is_empty() {
        return Ok(());
    }
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(FAILED))
        .col_expr(row::Column::LeasedUntil, Expr::value(0))
        .col_expr(row::Column::Outcome, Expr::value(outcome))
        .filter(still(subscription, leased))
        .exec(connection)
        .await?;
    Ok(())
}

/// How many wait for a subscription.
pub(crate) async fn waiting<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
) -> Result<u64, StoreError> {
    Ok(row::Entity::find().filter(waits(subscription)).count(connection).await?)
}

/// Makes due what waits, as if it had never been tried: its endpoint works again, and what it failed
/// for was no fault of a delivery.
pub(crate) async fn recover<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    make_due(connection, subscription).await?;
    // The number of a running attempt stays: by it a late answer is told from a new one's.
    row::Entity::update_many()
        .col_expr(row::Column::Attempts, Expr::value(0))
        .col_expr(row::Column::FailingSince, Expr::value(None::<i64>))
        .filter(waits(subscription))
        .filter(row::Column::Attempts.ne(0))
        .filter(row::Column::LeasedUntil.lte(now.as_millisecond()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Makes due what waits.
pub(crate) async fn make_due<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::DueAt, Expr::value(AT_ONCE))
        .filter(waits(subscription))
        .filter(row::Column::DueAt.ne(AT_ONCE))
        .exec(connection)
        .await?;
    Ok(())
}

/// Makes due what waits and what was given up, as if it had never been tried.
pub(super) async fn begin_anew<C: ConnectionTrait>(
    connection: &C,
    subscription: SubscriptionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(WAITING))
        .filter(row::Column::SubscriptionId.eq(subscription.to_string()))
        .filter(row::Column::State.eq(FAILED))
        .exec(connection)
        .await?;
    recover(connection, subscription, now).await
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

fn waits(subscription: SubscriptionId) -> Condition {
    Condition::all()
        .add(row::Column::SubscriptionId.eq(subscription.to_string()))
        .add(row::Column::State.eq(WAITING))
}

/// These deliveries, unless somebody else has leased them since.
fn still(subscription: SubscriptionId, leased: &[Leased]) -> Condition {
    let same = leased.iter().fold(Condition::any(), |any, one| {
        let same = Condition::all()
            .add(row::Column::Position.eq(one.position))
            .add(row::Column::Attempts.eq(one.number()));
        any.add(same)
    });
    waits(subscription).add(same)
}

impl Leased {
    /// The number of the attempt, as the table has it.
    fn number(&self) -> i32 {
        i32::try_from(self.attempts).unwrap_or(i32::MAX)
    }
}

impl TryFrom<row::Model> for Leased {
    type Error = DbErr;

    fn try_from(row: row::Model) -> Result<Self, DbErr> {
        let corrupt = |column: &str| DbErr::Type(format!("webhook_deliveries.{column}"));
        let time = |ms| Timestamp::from_millisecond(ms).map_err(|_| corrupt("failing_since"));
        Ok(Self {
            position: row.position,
            attempts: u32::try_from(row.attempts).map_err(|_| corrupt("attempts"))?,
            failing_since: row.failing_since.map(time).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use store::Database;

    use super::*;
    use crate::store::Migrations;

    #[tokio::test]
    async fn what_many_receivers_took_goes_at_once_unless_it_was_leased_since() {
        let Some(url) = testkit::postgres_url().await else { return };
        let database = Database::open::<Migrations>(&url).await.unwrap();
        let db = database.connection();
        let (one, other) = (SubscriptionId::from_bits(1), SubscriptionId::from_bits(2));
        let planned = [(one, 1), (one, 2), (other, 1)].map(|(subscription, position)| {
            NewDelivery { subscription, position, subject: String::new(), due_at: None }
        });
        plan(db, &planned).await.unwrap();
        plan(db, &planned).await.unwrap();
        let leased = |position, attempts| Leased { position, attempts, failing_since: None };
        let waits = async || (waiting(db, one).await.unwrap(), waiting(db, other).await.unwrap());
        assert_eq!(waits().await, (2, 1), "what waits is not planned twice");
        let now = Timestamp::UNIX_EPOCH;
        let taken = vec![(other, leased(1, 7)), (one, leased(1, 0))];
        let more = all_taken(db, taken, now).await.unwrap();
        assert_eq!(more, BTreeSet::from([one, other]));
        assert_eq!(waits().await, (1, 1));
        let more = all_taken(db, vec![(one, leased(2, 0)), (other, leased(1, 7))], now);
        assert_eq!(more.await.unwrap(), BTreeSet::from([other]));
        assert_eq!(waits().await, (0, 1));
        // To whom it is earlier, all of it is leased.
        let before = Timestamp::from_millisecond(-1).unwrap();
        let more = all_taken(db, vec![(other, leased(1, 7))], before).await.unwrap();
        assert_eq!(more, BTreeSet::new());
        assert_eq!(waits().await, (0, 1));
    }
}
