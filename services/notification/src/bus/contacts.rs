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
    appointment::{Appointment, InvalidField, timestamp},
    former_address::FormerAddress,
    notice::{Kind, NewMessage, Notice},
    store::{contacts, ended, messages},
};

#[derive(Debug, Clone)]
pub(super) struct OnContact(pub(super) Dependencies);

impl OnContact {
    /// Opens the contact and seals it with the database's own key; messages that waited for it are
    /// due now, and another address gets the present appointments. One without an address is destroyed: the
    /// person wants no messages.
    async fn learn(
        &self,
        transaction: &Transaction,
        event: &Event,
        (pseudonym, sealed): (&str, &[u8]),
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
        let before = self.known_email(transaction, person).await?;
        contacts::learn(transaction, person, at_rest, changed_at).await?;
        messages::make_due(transaction, person).await?;
        // What is older than what is known was not learnt.
        let now = self.known_email(transaction, person).await?;
        if now != before && now.as_deref() == Some(&*decoded.email) {
            self.send_present(transaction, event, person, before.is_some()).await?;
        }
        Ok(())
    }

    /// Where messages to the person go.
    async fn known_email(
        &self,
        transaction: &Transaction,
        person: Pseudonym,
    ) -> Result<Option<String>, HandlerError> {
        let Some(sealed) = contacts::find(transaction, person).await? else { return Ok(None) };
        let opened = self.0.person_data.open(&sealed, &person.to_string()).ok();
        let contact = opened.and_then(|plain| Contact::decode(&*plain).ok());
        Ok(contact.map(|contact| contact.email))
    }

    /// The appointments that the person has, with a calendar file each: the calendar of another address has no
    /// entry of them, and a later change would change nothing there.
    async fn send_present(
        &self,
        transaction: &Transaction,
        event: &Event,
        person: Pseudonym,
        had_address: bool,
    ) -> Result<(), HandlerError> {
        let now = self.0.clock.now();
        let told = messages::told_last(transaction, person, had_address).await?;
        for (number, (kind, data)) in (0..).zip(told) {
            let Ok(notice) = Notice::read(kind, &data) else { continue };
            let Appointment { booking, ends_at, .. } = *notice.appointment();
            let is_over = ends_at < now || !notice.is_of_present();
            if is_over || ended::has(transaction, booking).await? {
                continue;
            }
            let message = NewMessage {
                event,
                kind: Kind::Present { number },
                person,
                booking: Some(booking),
                data: &data,
                due_at: None,
            };
            messages::add(transaction, &message, &*self.0.clock, &*self.0.entropy).await?;
        }
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
        let contact = (&*bound.pseudonym, &*bound.sealed_contact);
        self.learn(transaction, event, contact, event.time).await
    }
}

#[async_trait]
impl Handler<ContactChanged> for OnContact {
    async fn handle<'a>(
        &'a self,
        unit: &mut UnitOfWork<'a>,
        event: &Event,
        changed: ContactChanged,
    ) -> Result<(), HandlerError> {
        let transaction = unit.transaction();
        let changed_at = timestamp("changed_at_ms", changed.changed_at_ms)?;
        let contact = (&*changed.pseudonym, &*changed.sealed_contact);
        self.learn(transaction, event, contact, changed_at).await
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
