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

async fn count(database: &Database, sql: &str) -> i64 {
    let backend: DbBackend = database.backend().into();
    let row = database.connection().query_one_raw(Statement::from_string(backend, sql)).await;
    row.unwrap().unwrap().try_get("", "n").unwrap()
}

/// How many rows a table has.
pub async fn count_of(url: &str, table: &str) -> i64 {
    let database = Database::connect(url).await.unwrap();
    count(&database, &format!("SELECT count(*) AS n FROM {table}")).await
}

/// How many reservations there are of each kind.
pub async fn kinds(url: &str) -> std::collections::BTreeMap<String, i64> {
    let database = Database::connect(url).await.unwrap();
    let backend: DbBackend = database.backend().into();
    let sql = "SELECT kind, count(*) AS n FROM reservations GROUP BY kind";
    let rows = database.connection().query_all_raw(Statement::from_string(backend, sql)).await;
    let rows = rows.unwrap();
    rows.iter()
        .map(|row| (row.try_get("", "kind").unwrap(), row.try_get("", "n").unwrap()))
        .collect()
}

/// The actions in the audit log about `subject`, oldest first.
pub async fn audited(url: &str, subject: &str) -> Vec<String> {
    audited_by(url, subject).await.into_iter().map(|(action, _)| action).collect()
}

/// The same, and whose they were; without who read it.
pub async fn audited_by(url: &str, subject: &str) -> Vec<(String, String)> {
    let database = Database::connect(url).await.unwrap();
    let backend: DbBackend = database.backend().into();
    let sql = format!(
        "SELECT action, actor FROM audit WHERE subject = '{subject}' \
         AND action <> 'booking.read' ORDER BY id"
    );
    let rows = database.connection().query_all_raw(Statement::from_string(backend, sql)).await;
    let text = |row: &QueryResult, column: &str| row.try_get("", column).unwrap();
    rows.unwrap().iter().map(|row| (text(row, "action"), text(row, "actor"))).collect()
}

/// What else the newest entry of `action` about `subject` says.
pub async fn audit_details(url: &str, subject: &str, action: &str) -> serde_json::Value {
    let database = Database::connect(url).await.unwrap();
    let backend: DbBackend = database.backend().into();
    let sql = format!(
        "SELECT details FROM audit WHERE subject = '{subject}' AND action = '{action}' \
         ORDER BY id DESC LIMIT 1"
    );
    let row = database.connection().query_one_raw(Statement::from_string(backend, sql)).await;
    let details: String = row.unwrap().expect("an entry").try_get("", "details").unwrap();
    serde_json::from_str(&details).unwrap()
}

/// Keeps the desk of the small office for something that the holds know nothing of.
pub async fn take_seat(url: &str, from: jiff::Timestamp, until: jiff::Timestamp) {
    let (from, until) = (from.as_millisecond(), until.as_millisecond());
    let sql = format!(
        "INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, created_at) \
         VALUES ('rsv_00000000000000000000000001', 'closed', 'small', 0, '2000-01-01', {from}, \
         {until}, 0)"
    );
    run(url, &sql).await;
}

/// Damages the database.
pub async fn run(url: &str, sql: &str) {
    let database = Database::connect(url).await.unwrap();
    database.connection().execute_unprepared(sql).await.unwrap();
}
