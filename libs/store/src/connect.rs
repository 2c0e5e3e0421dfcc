//! Connections.

use std::{io, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqlxSqliteConnector, TransactionTrait as _,
};
use sea_orm_migration::MigratorTrait;
use sqlx::{
    Connection as _, Executor as _, PgConnection, PgPool, Row as _,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    StoreError,
    error::sqlx_error,
    surplus::{QUIET, Surplus},
};

/// The number of our advisory lock, `fair` in ASCII: any number that no other program uses will do.
const MIGRATION_LOCK: i64 = 0x6661_6972;

/// Timeouts of our sessions on the server. A paused process (a frozen machine, a cut network) must
/// not block others: a request is answered within ten seconds, and a paused process loses its locks
/// before its Lease expires, so that the next leader does not wait for them.
const SESSION_TIMEOUTS: &str = "SET statement_timeout = '8s'; \
    SET lock_timeout = '3s'; \
    SET idle_in_transaction_session_timeout = '10s'; \
    SET tcp_keepalives_idle = 10; \
    SET tcp_keepalives_interval = 5; \
    SET tcp_keepalives_count = 3; \
    SET tcp_user_timeout = '20s'";
/// Migrations run without timeouts.
const MIGRATION_TIMEOUTS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
    SET LOCAL idle_in_transaction_session_timeout = 0";

/// Whether a session is outside any transaction: inside, time stands still. Sent without preparing
/// it, since a prepared statement has several moments.
const IS_OUTSIDE_TRANSACTION: &str = "SELECT now() = statement_timestamp()";

/// A connection is replaced after this time: a session keeps the plan of each statement that it ever ran.
const MAX_LIFETIME: Duration = Duration::from_secs(30 * 60);
/// A connection that was idle for this time is closed. With jobs that run every second none is idle that long;
/// [`Surplus`] closes those.
const IDLE_TIMEOUT: Duration = Duration::from_secs(120);
/// How long a task waits for a connection of the pool.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// How long the server may take to begin a transaction, with a connection still to be had.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(4);
/// How long a connection may take to show that it is alive.
const PING_TIMEOUT: Duration = Duration::from_millis(500);
/// How long a connection that was given back may take to finish what it was doing.
const RESET_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a server that gave no connection may take to say why.
const REASON_TIMEOUT: Duration = Duration::from_secs(1);
/// A connection that was used so short a time ago need not show that it is alive.
const PING_AFTER_IDLE: Duration = Duration::from_secs(1);

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// PostgreSQL, in production.
    Postgres,
    /// A SQLite file or memory, embedded.
    Sqlite,
}

/// An open database. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Database {
    connection: DatabaseConnection,
    backend: Backend,
    /// What [`Surplus`] watches, for as long as there is a clone of this.
    _watched: Option<Arc<PgPool>>,
}

impl Database {
    /// Opens `url`, see [`connect`](Self::connect), and brings its schema up to date, see
    /// [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// The database cannot be reached, or a migration fails.
    pub async fn open<M: MigratorTrait>(url: &str) -> Result<Self, StoreError> {
        let database = Self::connect(url).await?;
        database.migrate::<M>().await?;
        Ok(database)
    }

    /// Opens `url`: `postgres://user:password@host/name`, `sqlite://file.sqlite?mode=rwc` or
    /// `sqlite::memory:`.
    ///
    /// # Errors
    /// The address is not understood, the server does not answer within 10 seconds or refuses us,
    /// or the file cannot be opened. No error repeats the address.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_resting_after(url, QUIET).await
    }

    /// The same, for tests of what a pool keeps: connections that a busy time opened are closed once so
    /// much time was quiet, until three are left.
    ///
    /// # Errors
    /// See [`connect`](Self::connect).
    pub async fn connect_resting_after(url: &str, quiet: Duration) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::connect_postgres(url, quiet).await
        } else {
            Err(StoreError::UnknownAddress)
        }
    }

    /// A pool of up to 16 connections, each with our timeouts and checked before it is used.
    async fn connect_postgres(url: &str, quiet: Duration) -> Result<Self, StoreError> {
        let address = parse_postgres(url)?;
        let surplus = Arc::new(Surplus::after(quiet));
        let of_pool = Arc::clone(&surplus);
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(16)
            .max_lifetime(MAX_LIFETIME)
            .idle_timeout(IDLE_TIMEOUT)
            .connect_timeout(Duration::from_secs(10))
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // Waits without an end; see `is_alive`.
            .test_before_acquire(false)
            .map_sqlx_postgres_pool_opts(move |pool| {
                let surplus = Arc::clone(&of_pool);
                pool.after_connect(|connection, _| {
                    Box::pin(async move { connection.execute(SESSION_TIMEOUTS).await.map(drop) })
                })
                .before_acquire(|connection, used| Box::pin(is_alive(connection, used.idle_for)))
                .after_release(move |connection, _| {
                    let surplus = Arc::clone(&surplus);
                    Box::pin(
                        async move { Ok(is_reusable(connection).await? && !surplus.has_one()) },
                    )
                })
            })
            .sqlx_logging(false);
        // Boxed: its nested futures exceed the compiler's recursion limit in callers.
        match Box::pin(sea_orm::Database::connect(options)).await {
            Ok(connection) => {
                let pool = Arc::new(connection.get_postgres_connection_pool().clone());
                surplus.watch(&pool);
                Ok(Self { connection, backend: Backend::Postgres, _watched: Some(pool) })
            }
            Err(error) if is_pool_timeout(&error) => Err(why_silent(&address, error).await),
            Err(error) => Err(StoreError::of_connecting(error)),
        }
    }

    /// One connection, with foreign keys and a write-ahead log.
    async fn open_sqlite(url: &str) -> Result<Self, StoreError> {
        let options: SqliteConnectOptions =
            url.parse().map_err(|error| StoreError::OpenFile(Box::new(error)))?;
        let options = options
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // With a write-ahead log, NORMAL loses no committed data when the process dies, only
            // possibly when the machine loses power: right for a demo and for tests.
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(10))
            .optimize_on_close(true, None);
        // One connection: SQLite has one writer anyway, waiting for it in the pool is fair and
        // never answers "database is locked"; and a memory database lives in its connection.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await
            .map_err(|error| StoreError::OpenFile(Box::new(error)))?;
        let connection = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
        Ok(Self { connection, backend: Backend::Sqlite, _watched: None })
    }

    /// Applies every migration of `M` that is missing, all or none. On PostgreSQL, processes that
    /// start at the same time wait for each other.
    ///
    /// # Errors
    /// A migration fails; then none is applied.
    pub async fn migrate<M: MigratorTrait>(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        if self.backend == Backend::Postgres {
            let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            for statement in [MIGRATION_TIMEOUTS, &lock] {
                transaction.execute_unprepared(statement).await.map_err(StoreError::Migrate)?;
            }
        }
        M::up(&transaction, None).await.map_err(StoreError::of_migrating)?;
        transaction.commit().await.map_err(StoreError::Migrate)
    }

    /// The connections, for code below a `store/` folder. What is asked with them waits for as long
    /// as the server is silent: code that answers a request sets a timeout.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Starts a transaction. Dropping it without a commit undoes it, and so does dropping this
    /// call before it is done: a connection that comes back inside a transaction is thrown away.
    ///
    /// # Errors
    /// No connection could be had, or the server is silent.
    pub async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let begun = tokio::time::timeout(RESPONSE_TIMEOUT, self.connection.begin()).await;
        begun.map_err(|_| StoreError::TimedOut)?.map_err(StoreError::Query)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not, or not in time.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let answered = tokio::time::timeout(RESPONSE_TIMEOUT, self.connection.ping()).await;
        answered.map_err(|_| StoreError::TimedOut)?.map_err(StoreError::Query)
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }
}

/// Reads an address before any library does that would repeat it in its error.
///
/// A `/`, `?` or `#` in the password ends the host: what stands behind it would be taken for the
/// name of the database, and the first letters of the password for a port.
fn parse_postgres(url: &str) -> Result<PgConnectOptions, StoreError> {
    let (_, rest) = url.split_once("://").ok_or(StoreError::UnknownAddress)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if !host.is_empty() && !host.contains('@') && rest.contains('@') {
        return Err(StoreError::UnreadableAddress);
    }
    url.parse().map_err(|_| StoreError::UnreadableAddress)
}

/// The pool tries again while a server refuses connections, and then says only that time is over.
fn is_pool_timeout(error: &DbErr) -> bool {
    matches!(sqlx_error(error), Some(sqlx::Error::PoolTimedOut))
}

/// Asks once more without a pool.
async fn why_silent(address: &PgConnectOptions, error: DbErr) -> StoreError {
    let asked = tokio::time::timeout(REASON_TIMEOUT, PgConnection::connect_with(address)).await;
    match asked {
        Ok(Err(sqlx::Error::Io(cause))) if cause.kind() == io::ErrorKind::ConnectionRefused => {
            StoreError::RefusesConnections
        }
        _ => StoreError::of_connecting(error),
    }
}

/// Whether an idle connection still answers. A silent one is thrown away.
async fn is_alive(connection: &mut PgConnection, idle_for: Duration) -> Result<bool, sqlx::Error> {
    if idle_for >= PING_AFTER_IDLE {
        in_time(PING_TIMEOUT, connection.ping()).await?;
    }
    Ok(true)
}

/// Whether a released connection can be reused. A statement may still run, because a client hung up
/// or a timeout passed: then it gets some time to finish, or the connection is closed. A connection
/// inside a transaction is closed too, else it would swallow what others write. (SQLx 0.9.0 undoes
/// a transaction that is dropped, but forgets a BEGIN that is dropped on its way:
/// github.com/transact-rs/sqlx/issues/4385.)
async fn is_reusable(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = in_time(RESET_TIMEOUT, connection.fetch_one(IS_OUTSIDE_TRANSACTION)).await?;
    row.try_get(0)
}

/// An error makes the pool drop the connection without another word to the server.
async fn in_time<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    let late = |_| Err(io::Error::from(io::ErrorKind::TimedOut).into());
    tokio::time::timeout(limit, work).await.unwrap_or_else(late)
}

impl From<Backend> for DbBackend {
    fn from(backend: Backend) -> Self {
        match backend {
            Backend::Postgres => Self::Postgres,
            Backend::Sqlite => Self::Sqlite,
        }
    }
}
