//! How PostgreSQL would run a statement, for tests.

use ::store::Database;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::store::tests::postgres_url;

/// The plan of `statement` on an empty database of this service, if this run has a server.
/// Sequential scans are made unattractive, since on empty tables they always win.
pub async fn plan_on_postgres(statement: Statement) -> Option<String> {
    let database = Database::connect(&postgres_url().await?).await.unwrap();
    let transaction = database.begin().await.unwrap();
    transaction.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
    let explain = Statement {
        sql: format!("EXPLAIN {}", statement.sql),
        values: statement.values,
        db_backend: DbBackend::Postgres,
    };
    let rows = transaction.query_all_raw(explain).await.unwrap();
    let lines = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
    Some(lines.collect::<Vec<_>>().join("\n"))
}
