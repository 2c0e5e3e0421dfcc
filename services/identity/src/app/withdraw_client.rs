//! A program loses the right to act, or gets it back.

use std::collections::BTreeSet;

use ::store::{Database, StoreError};
use ambient::{Clock, Entropy};
use ids::{AuthorityId, ClientId};
use messaging::{Event, UnitOfWork, Wake};
use proto::session::v1::ClientRevoked;
use serde_json::json;
use service::Runtime;

use crate::{
    settings::Settings,
    store::{
        audit,
        clients::{self, Withdrawal},
    },
};

/// What withdrawing needs; the operator's command has no more.
pub(crate) struct Registry<'a> {
    pub(crate) database: &'a Database,
    pub(crate) authorities: Vec<AuthorityId>,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) entropy: &'a dyn Entropy,
}

impl<'a> Registry<'a> {
    /// The programs that are registered.
    pub(crate) fn of(settings: &Settings, database: &'a Database, runtime: &'a Runtime) -> Self {
        let authorities = settings.authorities.iter().map(|authority| authority.id.clone());
        Self {
            database,
            authorities: authorities.collect(),
            clock: &*runtime.clock,
            entropy: &*runtime.entropy,
        }
    }

    /// Withdraws `client` and informs every authority, so that its tokens end before they expire.
    /// `false` if it was withdrawn before or is not known.
    pub(crate) async fn withdraw(
        &self,
        client: &ClientId,
        why: Withdrawal,
    ) -> Result<bool, StoreError> {
        // The relay runs in another process, or has not begun.
        let relay = Wake::default();
        let mut unit = UnitOfWork::begin(self.database, &relay).await?;
        if !clients::withdraw(unit.transaction(), client, why, self.clock.now()).await? {
            return Ok(false);
        }
        let message = ClientRevoked { client_id: client.to_string() };
        let event = |authority| Event::new(authority, client, &message, self.clock, self.entropy);
        let events: Vec<_> = self.authorities.iter().map(event).collect();
        unit.publish_all(&events).await?;
        let (inputs, subject) = ((self.clock, self.entropy), client.to_string());
        let (db, action) = (unit.transaction(), "client.withdrawn");
        audit::note(db, inputs, "operator", action, &subject, json!({})).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// Lets `client` in again.
    pub(crate) async fn readmit(&self, client: &ClientId) -> Result<(), StoreError> {
        let transaction = self.database.begin().await?;
        clients::readmit(&transaction, client).await?;
        let (inputs, subject) = ((self.clock, self.entropy), client.to_string());
        let action = "client.readmitted";
        audit::note(&transaction, inputs, "operator", action, &subject, json!({})).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Compares the programs of the settings with those that were known: a missing one is withdrawn.
    pub(crate) async fn compare(&self, settings: &BTreeSet<ClientId>) -> Result<(), StoreError> {
        let db = self.database.connection();
        for client in settings {
            clients::meet(db, client).await?;
        }
        for missing in clients::known(db).await? {
            if !settings.contains(&missing) {
                tracing::warn!(client = %missing, "the client is no longer in the settings; its tokens are revoked");
                self.withdraw(&missing, Withdrawal::BySettings).await?;
            }
        }
        Ok(())
    }
}
