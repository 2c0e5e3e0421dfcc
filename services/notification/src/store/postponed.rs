//! Postpones many messages with one statement.

use ids::{MessageId, Pseudonym};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait as _, Statement, Value};
use store::{Backend, Database, StoreError};

use super::messages::postpone;

/// On PostgreSQL.
const ALL: &str = "UPDATE messages SET due_at = postponed.due_at, failure = $3 \
    FROM unnest($1::text[], $2::bigint[]) AS postponed (id, due_at) \
    WHERE messages.id = postponed.id AND messages.state = 'waiting'";

/// A message that waits.
#[derive(Debug)]
pub(crate) struct Postponed {
    pub(crate) id: MessageId,
    pub(crate) person: Pseudonym,
    pub(crate) until: Timestamp,
}

/// Postpones messages as [`postpone`] does: one by one on SQLite, and where others lock some of them in another order.
pub(crate) async fn all(
    database: &Database,
    waiting: &[Postponed],
    reason: &str,
) -> Result<(), StoreError> {
    if database.backend() == Backend::Postgres {
        match together(database, waiting, reason).await {
            Ok(()) => return Ok(()),
            Err(error) => {
                tracing::debug!(%error, "messages cannot be postponed together; each is postponed alone");
            }
        }
    }
    for one in waiting {
        postpone(database, one.id, one.until, reason).await?;
    }
    Ok(())
}

async fn together(
    database: &Database,
    waiting: &[Postponed],
    reason: &str,
) -> Result<(), StoreError> {
    let ids: Vec<String> = waiting.iter().map(|one| one.id.to_string()).collect();
    let until: Vec<i64> = waiting.iter().map(|one| one.until.as_millisecond()).collect();
    let values: [Value; 3] = [ids.into(), until.into(), reason.into()];
    let statement = Statement::from_sql_and_values(database.backend().into(), ALL, values);
    database.connection().execute_raw(statement).await?;
    Ok(())
}
