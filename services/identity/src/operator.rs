//! What an operator does beside the running service.

use ::store::{Database, StoreError};
use ids::ClientId;
use service::Runtime;

use crate::{
    Application, Settings,
    app::Registry,
    store::{clients::Withdrawal, migrations::Migrator},
};

impl Application {
    /// Withdraws a program: it gets no token any more, and those that it has are refused everywhere
    /// within seconds, by way of a running identity service. `false` if it was withdrawn before or is
    /// not known.
    ///
    /// # Errors
    /// The database cannot be used.
    pub async fn withdraw_client(
        settings: &Settings,
        client: &ClientId,
        runtime: &Runtime,
    ) -> Result<bool, StoreError> {
        let database = Database::open::<Migrator>(settings.database.url.expose()).await?;
        let why = Withdrawal::ByOperator;
        Registry::of(settings, &database, runtime).withdraw(client, why).await
    }

    /// Lets a program in again that [`withdraw_client`](Self::withdraw_client) withdrew.
    ///
    /// # Errors
    /// The database cannot be used.
    pub async fn readmit_client(
        settings: &Settings,
        client: &ClientId,
        runtime: &Runtime,
    ) -> Result<(), StoreError> {
        let database = Database::open::<Migrator>(settings.database.url.expose()).await?;
        Registry::of(settings, &database, runtime).readmit(client).await
    }
}
