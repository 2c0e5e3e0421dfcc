//! Connections.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqlxSqliteConnector, TransactionTrait as _,
};
use sea_orm_migration::MigratorTrait;
use sqlx::{
    Executor as _,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{StoreError, to_the_end::ToTheEnd};

/// The number of our advisory lock, `fair` in ASCII: any number that nobody else takes will do.
const MIGRATION_LOCK: i64 = 0x6661_6972;

/// A process that sleeps in the middle of a transaction (a paused machine, a cut network) keeps its
/// locks. PostgreSQL ends it before a Lease expires, so that the next leader does not wait for it.
const END_SLEEPERS: &str = "SET idle_in_transaction_session_timeout = '10s'";

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
}

impl Database {
    /// Opens `url`: `postgres://user:password@host/name`, `sqlite://file.sqlite?mode=rwc` or
    /// `sqlite::memory:`.
    ///
    /// # Errors
    /// The address is not understood, the server does not answer within 10 seconds, or the file
    /// cannot be opened.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::connect_postgres(url).await
        } else {
            Err(StoreError::UnknownAddress)
        }
    }

    async fn connect_postgres(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(16)
            .connect_timeout(Duration::from_secs(10))
            .acquire_timeout(Duration::from_secs(10))
            .map_sqlx_postgres_pool_opts(|pool| {
                pool.after_connect(|connection, _| {
                    Box::pin(async move { connection.execute(END_SLEEPERS).await.map(drop) })
                })
            })
            .sqlx_logging(false);
        let connection = sea_orm::Database::connect(options).await.map_err(StoreError::Connect)?;
        Ok(Self { connection, backend: Backend::Postgres })
    }

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
        Ok(Self { connection, backend: Backend::Sqlite })
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
            transaction.execute_unprepared(&lock).await.map_err(StoreError::Migrate)?;
        }
        M::up(&transaction, None).await.map_err(StoreError::Migrate)?;
        transaction.commit().await.map_err(StoreError::Migrate)
    }

    /// The connections, for code below a `store/` folder.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Starts a transaction. Dropping it without a commit undoes it, and so does dropping this
    /// call before it is done.
    ///
    /// # Errors
    /// No connection could be had.
    pub async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        // SQLx 0.9.0 forgets a BEGIN that is dropped on its way: the connection returns to the pool
        // inside a transaction, which swallows what others write with it
        // (github.com/transact-rs/sqlx/issues/4385, solved on its main branch by 4394).
        let connection = self.connection.clone();
        let begun = ToTheEnd::new(async move { connection.begin().await }).await;
        begun.map_err(StoreError::Query)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.connection.ping().await.map_err(StoreError::Query)
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }
}

impl From<Backend> for DbBackend {
    fn from(backend: Backend) -> Self {
        match backend {
            Backend::Postgres => Self::Postgres,
            Backend::Sqlite => Self::Sqlite,
        }
    }
}
