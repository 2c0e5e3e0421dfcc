//! What an operator asks of a database from outside. Reads only.

use jiff::Timestamp;
use sea_orm::{ConnectionTrait as _, DbErr, Statement};
use sea_orm_migration::{MigratorTrait, SchemaManager};

use crate::{Backend, Database, StoreError};

/// Version and clock, in milliseconds since 1970.
const SERVER: &str = "SELECT current_setting('server_version_num')::int8 / 10000, \
    (extract(epoch FROM clock_timestamp()) * 1000)::int8";

/// Where the migrator notes what was applied.
const MIGRATIONS: &str = "seaql_migrations";

/// A PostgreSQL server as it sees itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// Its major version, for example 15.
    pub major_version: i64,
    /// What time it is there.
    pub now: Timestamp,
}

impl Database {
    /// The migrations of `M` that were not applied, in their order. Applies none.
    ///
    /// # Errors
    /// The database cannot be read, or has a migration that `M` does not know: it belongs to a newer
    /// program or to another service.
    pub async fn pending_migrations<M: MigratorTrait>(&self) -> Result<Vec<String>, StoreError> {
        let pending = M::get_pending_migrations_read_only(self.connection()).await;
        let pending = pending.map_err(StoreError::of_migrating)?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
    }

    /// Whether any program like ours has ever written to it: else it is new, or of a program of
    /// another kind.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn has_migrations(&self) -> Result<bool, StoreError> {
        let manager = SchemaManager::new(self.connection());
        manager.has_table(MIGRATIONS).await.map_err(StoreError::Query)
    }

    /// Version and clock of the server; `None` for SQLite, which has none.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn server(&self) -> Result<Option<Server>, StoreError> {
        if self.backend() == Backend::Sqlite {
            return Ok(None);
        }
        let statement = Statement::from_string(self.backend().into(), SERVER);
        let Some(row) = self.connection().query_one_raw(statement).await? else { return Ok(None) };
        let milliseconds: i64 = row.try_get_by_index(1)?;
        let now = Timestamp::from_millisecond(milliseconds)
            .map_err(|error| DbErr::Type(error.to_string()))?;
        Ok(Some(Server { major_version: row.try_get_by_index(0)?, now }))
    }
}
