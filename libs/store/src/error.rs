//! What can go wrong with a database.

use std::error::Error;

use sea_orm::{DbErr, RuntimeErr};

/// A database cannot be used. The messages never repeat the address, which holds the password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is neither PostgreSQL nor SQLite.
    #[error("the database address must start with postgres:// or sqlite:")]
    UnknownAddress,
    /// The server does not answer or refuses us.
    #[error("the database server cannot be reached: {0}")]
    Connect(#[source] DbErr),
    /// The file cannot be opened.
    #[error("the database file cannot be opened or written: {0}")]
    OpenFile(#[source] Box<dyn Error + Send + Sync>),
    /// The schema cannot be brought up to date.
    #[error("the database schema cannot be brought up to date: {0}")]
    Migrate(#[source] DbErr),
    /// A statement failed.
    #[error("a database statement failed: {0}")]
    Query(#[source] DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Query(error)
    }
}

/// If `error` says that a unique index refused the row: what identifies the index. PostgreSQL
/// gives the constraint's name, SQLite `table.column, table.column` or `index 'name'`; look for a
/// part of it with `contains`.
#[must_use]
pub fn unique_violation(error: &DbErr) -> Option<String> {
    let database_error = sqlx_error(error)?.as_database_error()?;
    if !database_error.is_unique_violation() {
        return None;
    }
    let message =
        || database_error.message().trim_start_matches("UNIQUE constraint failed: ").to_owned();
    Some(database_error.constraint().map_or_else(message, str::to_owned))
}

/// Whether trying the same transaction again may succeed: PostgreSQL serialization failure
/// (40001) or deadlock (40P01), SQLite busy (5) or locked (6).
#[must_use]
pub fn is_busy(error: &DbErr) -> bool {
    let code = sqlx_error(error).and_then(|error| error.as_database_error()?.code());
    matches!(code.as_deref(), Some("40001" | "40P01" | "5" | "6" | "517"))
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}
