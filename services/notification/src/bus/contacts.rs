//! Where a person can be reached.

use async_trait::async_trait;
use ids::Pseudonym;
use jiff::Timestamp;
use messaging::{Event, Handler, HandlerError, Transaction, UnitOfWork};
use prost::Message as _;
use proto::person::v1::{Contact, ContactBound, ContactChanged, ContactReplaced, ContactStated};

use super::Dependencies;
use crate::{
    address_code::StatedAddress,
    appointment::{InvalidField, timestamp},
    former_address::FormerAddress,
    notice::Kind,
    store::{contacts, messages},
};

#[derive(Debug, Clone)]
pub(super) struct OnContact(pub(super) Dependencies);

impl OnContact {
    /// Opens the contact and seals it with the database's own key; messages that waited for it are
    /// due now. One without an address is destroyed: the person wants no messages.
    async fn learn(
        &self,
        transaction: &Transaction,
        pseudonym: &str,
        sealed: &[u8],
        changed_at: Timestamp,
    ) -> Result<(), HandlerError> {
        let person: Pseudonym = pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?;
        let poison = |error| HandlerError::Poison(Box::new(error));
        let contact = self.0.contact_seal.open(sealed, pseudonym).map_err(poison)?;
        let decoded = Contact::decode(&*contact).map_err(|_| InvalidField("sealed_contact"))?;
        if decoded.email.is_empty() {
            return Ok(contacts::erase(transaction, person, changed_at).await?);
        }
        let at_rest =
            self.0.person_data.seal(&contact, pseudonym, &*self.0.entropy).map_err(poison)?;
        contacts::learn(transaction, person, at_rest, changed_at).await?;
        messages::make_due(transaction, person).await?;
        Ok(())
    }
}

#[async_trait]
impl Handler<ContactBound> for OnContact {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        bound: ContactBound,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        self.learn(transaction, &bound.pseudonym, &bound.sealed_contact, event.time).await
    }
}

#[async_trait]
impl Handler<ContactChanged> for OnContact {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        _: &Event,
        changed: ContactChanged,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let changed_at = timestamp("changed_at_ms", changed.changed_at_ms)?;
        self.learn(transaction, &changed.pseudonym, &changed.sealed_contact, changed_at).await
    }
}

/// Kept sealed until it is sent: only the person may read the code.
#[async_trait]
impl Handler<ContactStated> for OnContact {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: ContactStated,
    ) -> Result<(), HandlerError> {
        let stated = StatedAddress::read(&event.data, &self.0.contact_seal)?;
        self.0.notify(unit, event, Kind::AddressCode, stated.person).await
    }
}

/// Notifies the former address: the change may not be the person's own.
#[async_trait]
impl Handler<ContactReplaced> for OnContact {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        _: ContactReplaced,
    ) -> Result<(), HandlerError> {
        let former = FormerAddress::read(&event.data, &self.0.contact_seal)?;
        self.0.notify(unit, event, Kind::AddressReplaced, former.person).await
    }
}
