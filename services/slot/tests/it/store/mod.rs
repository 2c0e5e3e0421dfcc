//! A look into the service's database from outside.

use sea_orm::{ConnectionTrait as _, DbBackend, QueryResult, Statement};
use store::Database;

/// How many rows each table has that a refused request must not change.
pub async fn counts(url: &str) -> Vec<(&'static str, i64)> {
    let database = Database::connect(url).await.unwrap();
    let mut counts = Vec::new();
    for table in ["bookings", "reservations", "audit", "idempotency", "history"] {
        counts.push((table, count(&database, &format!("SELECT count(*) AS n FROM {table}")).await));
    }
    counts
}

/// The number that `sql` selects as `n`.
pub async fn number(url: &str, sql: &str) -> i64 {
    let database = Database::connect(url).await.unwrap();
    count(&database, sql).await
}

async fn count(database: &Database, sql: &str) -> i64 {
    let backend: DbBackend = database.backend().into();
    let row = database.connection().query_one_raw(Statement::from_string(backend, sql)).await;
    row.unwrap().unwrap().try_get("", "n").unwrap()
}

/// The actions in the audit log about `subject`, oldest first.
pub async fn audited(url: &str, subject: &str) -> Vec<String> {
    audited_by(url, subject).await.into_iter().map(|(action, _)| action).collect()
}

/// The same, and whose they were.
pub async fn audited_by(url: &str, subject: &str) -> Vec<(String, String)> {
    let database = Database::connect(url).await.unwrap();
    let backend: DbBackend = database.backend().into();
    let sql = format!("SELECT action, actor FROM audit WHERE subject = '{subject}' ORDER BY id");
    let rows = database.connection().query_all_raw(Statement::from_string(backend, sql)).await;
    let text = |row: &QueryResult, column: &str| row.try_get("", column).unwrap();
    rows.unwrap().iter().map(|row| (text(row, "action"), text(row, "actor"))).collect()
}

/// Damages the database.
pub async fn run(url: &str, sql: &str) {
    let database = Database::connect(url).await.unwrap();
    database.connection().execute_unprepared(sql).await.unwrap();
}
