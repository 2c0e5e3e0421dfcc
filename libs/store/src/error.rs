//! What can go wrong with a database.

use std::{borrow::Cow, error::Error};

use sea_orm::{DbErr, RuntimeErr};

/// A database cannot be used. The messages never repeat the address, which holds the password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address is neither PostgreSQL nor SQLite.
    #[error("the database address must start with postgres:// or sqlite:")]
    UnknownAddress,
    /// The address has no valid form; mostly because of a password that is not percent-encoded.
    #[error(
        "the database address cannot be read as an address: percent-encode special characters of \
         the password (`/` is %2F, `#` is %23), and look at its port and parameters"
    )]
    UnreadableAddress,
    /// At this host and port no server listens.
    #[error("the database server refuses connections: at this host and port no server listens")]
    RefusesConnections,
    /// The server does not know the user, or the password is another one (SQLSTATE 28P01).
    #[error("the database server refuses this user or password")]
    RefusesUser,
    /// The server has no database of this name (SQLSTATE 3D000).
    #[error("the database server has no database of this name")]
    UnknownDatabase,
    /// The server does not answer or refuses us.
    #[error("the database server cannot be reached: {0}")]
    Connect(#[source] DbErr),
    /// The file cannot be opened.
    #[error("the database file cannot be opened or written: {0}")]
    OpenFile(#[source] Box<dyn Error + Send + Sync>),
    /// Migrations were applied to it that this program does not know.
    #[error(
        "the database has migrations that this program does not know: it belongs to another \
         service, or to a newer program"
    )]
    UnknownMigrations,
    /// The schema cannot be brought up to date.
    #[error("the database schema cannot be brought up to date: {0}")]
    Migrate(#[source] DbErr),
    /// The database did not do in time what was asked. It may have done it or may still do it.
    #[error("the database did not answer in time")]
    TimedOut,
    /// A statement failed.
    #[error("a database statement failed: {0}")]
    Query(#[source] DbErr),
}

impl StoreError {
    /// Why no connection could be made, in words that need no SQLSTATE.
    pub(crate) fn of_connecting(error: DbErr) -> Self {
        let code = code(&error).map(Cow::into_owned);
        match code.as_deref() {
            Some("28P01") => Self::RefusesUser,
            Some("3D000") => Self::UnknownDatabase,
            _ => Self::Connect(error),
        }
    }

    /// Why migrations were not looked at or not applied. The migrator lists each one that it does
    /// not know on a line of its own, as text only.
    pub(crate) fn of_migrating(error: DbErr) -> Self {
        let is_unknown = matches!(
            &error,
            DbErr::Custom(text) if text.starts_with("Migration file of version")
        );
        if is_unknown { Self::UnknownMigrations } else { Self::Migrate(error) }
    }
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

/// Whether a row was refused because it overlaps another one: an exclusion constraint of PostgreSQL
/// (23P01), or a trigger of SQLite that stands for one (1811).
#[must_use]
pub fn is_exclusion_violation(error: &DbErr) -> bool {
    matches!(code(error).as_deref(), Some("23P01" | "1811"))
}

/// Whether trying the same transaction again may succeed: PostgreSQL serialization failure
/// (40001) or deadlock (40P01), SQLite busy (5) or locked (6).
#[must_use]
pub fn is_busy(error: &DbErr) -> bool {
    matches!(code(error).as_deref(), Some("40001" | "40P01" | "5" | "6" | "517"))
}

/// The SQLSTATE of PostgreSQL, or the number of SQLite's error. `None` if the error is not the
/// database's.
fn code(error: &DbErr) -> Option<Cow<'_, str>> {
    sqlx_error(error)?.as_database_error()?.code()
}

/// The error below SeaORM's, if there is one.
pub(crate) fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}
