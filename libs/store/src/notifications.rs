//! Notifications between processes that share a PostgreSQL database (`LISTEN` and `NOTIFY`).

use sea_orm::{
    ConnectionTrait as _, DbErr, Statement,
    sqlx::{self, postgres::PgListener},
};

use crate::{Backend, Database, StoreError};

/// The notifications of one channel. Takes one connection of the pool for as long as it lives.
#[derive(Debug)]
pub struct Notifications(PgListener);

impl Database {
    /// Notifies every process that listens on `channel`. A notification is a hint and may be lost:
    /// listeners poll as well.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn notify(&self, channel: &str, text: &str) -> Result<(), StoreError> {
        if self.backend() == Backend::Postgres {
            let values = [channel.into(), text.into()];
            let sql = "SELECT pg_notify($1, $2)";
            let statement = Statement::from_sql_and_values(self.backend().into(), sql, values);
            self.connection().execute_raw(statement).await?;
        }
        Ok(())
    }

    /// Listens on `channel`; `None` on SQLite, which has one process.
    ///
    /// # Errors
    /// No connection could be had.
    pub async fn listen(&self, channel: &str) -> Result<Option<Notifications>, StoreError> {
        if self.backend() == Backend::Sqlite {
            return Ok(None);
        }
        let pool = self.connection().get_postgres_connection_pool();
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen(channel).await.map_err(failed)?;
        Ok(Some(Notifications(listener)))
    }
}

impl Notifications {
    /// The next notification's payload. `None` after the connection was lost: notifications may
    /// have been missed; it reconnects.
    ///
    /// # Errors
    /// The connection is lost and there is no new one.
    pub async fn next(&mut self) -> Result<Option<String>, StoreError> {
        let notification = self.0.try_recv().await.map_err(failed)?;
        Ok(notification.map(|notification| notification.payload().to_owned()))
    }
}

/// An error of SQLx in our words: whatever goes wrong here is a connection that is lost.
fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Connect(DbErr::Custom(error.to_string()))
}
