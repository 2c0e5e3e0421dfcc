//! Writing a message that is due, if it is still of use.

use std::sync::Arc;

use ambient::Clock;
use messaging::SealingKey;
use prost::Message as _;
use proto::person::v1::Contact;
use store::{Database, StoreError};

use crate::{
    address_code::StatedAddress,
    date_ended::DateEnded,
    former_address::FormerAddress,
    mail::{Composer, Mail},
    not_drawn::NotDrawn,
    notice::{Kind, Notice},
    store::{
        contacts,
        messages::{CONTACT_UNKNOWN, Due},
    },
    waiting::WaitingNews,
};

/// Writes messages to where a person can be reached.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) database: Database,
    pub(crate) person_data: Arc<SealingKey>,
    pub(crate) contact_seal: Arc<SealingKey>,
    pub(crate) composer: Composer,
    pub(crate) clock: Arc<dyn Clock>,
}

/// What became of a message that was due.
pub(crate) enum Written {
    Ready(Box<Mail>),
    /// It can never be written.
    Never(String),
    /// It is of no use any more.
    TooLate,
    /// Try again after a pause. The reason is for staff and holds no personal data.
    Later(String),
}

impl Writer {
    /// Writes the message. `known`: whether the person could be reached a moment ago; if not, nobody asks
    /// again where.
    pub(crate) async fn write(&self, due: &Due, known: bool) -> Result<Written, StoreError> {
        match due.kind {
            Kind::AddressCode => Ok(self.code(due)),
            Kind::AddressReplaced => Ok(self.replaced(due)),
            Kind::NotDrawn => self.not_drawn(due, known).await,
            Kind::DateEnded => self.date_ended(due, known).await,
            Kind::SlotOffered | Kind::OfferLapsed | Kind::PlaceLost => {
                self.waiting(due, known).await
            }
            _ => self.notice(due, known).await,
        }
    }

    /// Goes to the address that is to be proven, not to one that is known.
    fn code(&self, due: &Due) -> Written {
        match StatedAddress::read(&due.data, &self.contact_seal) {
            Ok(stated) if stated.expires_at <= self.clock.now() => Written::TooLate,
            Ok(stated) => {
                let composed = self.composer.compose_code(due.id, &stated, due.created_at);
                composed.map_or_else(never, |mail| Written::Ready(Box::new(mail)))
            }
            Err(error) => never(error),
        }
    }

    /// Goes to the address that messages went to before, not to the present one.
    fn replaced(&self, due: &Due) -> Written {
        match FormerAddress::read(&due.data, &self.contact_seal) {
            Ok(former) => {
                let composed = self.composer.compose_replaced(due.id, &former, due.created_at);
                composed.map_or_else(never, |mail| Written::Ready(Box::new(mail)))
            }
            Err(error) => never(error),
        }
    }

    async fn notice(&self, due: &Due, known: bool) -> Result<Written, StoreError> {
        let now = self.clock.now();
        let notice = match Notice::read(due.kind, &due.data) {
            Ok(notice) => notice,
            Err(error) => return Ok(never(error)),
        };
        let appointment = notice.appointment();
        let is_reminder = matches!(due.kind, Kind::Reminder { .. });
        if appointment.ends_at < now || (is_reminder && appointment.starts_at < now) {
            return Ok(Written::TooLate);
        }
        let contact = match self.contact(due, known).await? {
            Ok(contact) => contact,
            Err(reason) => return Ok(Written::Later(reason)),
        };
        let composed = self.composer.compose(due.id, &notice, &contact, due.created_at);
        Ok(composed.map_or_else(never, |mail| Written::Ready(Box::new(mail))))
    }

    async fn not_drawn(&self, due: &Due, known: bool) -> Result<Written, StoreError> {
        let told = match NotDrawn::read(&due.data) {
            Ok(told) => told,
            Err(error) => return Ok(never(error)),
        };
        let contact = match self.contact(due, known).await? {
            Ok(contact) => contact,
            Err(reason) => return Ok(Written::Later(reason)),
        };
        let composed = self.composer.compose_not_drawn(due.id, &told, &contact, due.created_at);
        Ok(composed.map_or_else(never, |mail| Written::Ready(Box::new(mail))))
    }

    /// An offer that has ended by the time it could be sent is not sent.
    async fn waiting(&self, due: &Due, known: bool) -> Result<Written, StoreError> {
        let told = match WaitingNews::read(due.kind, &due.data) {
            Ok(told) => told,
            Err(error) => return Ok(never(error)),
        };
        if told.until().is_some_and(|until| until <= self.clock.now()) {
            return Ok(Written::TooLate);
        }
        let contact = match self.contact(due, known).await? {
            Ok(contact) => contact,
            Err(reason) => return Ok(Written::Later(reason)),
        };
        let composed = self.composer.compose_waiting(due.id, &told, &contact, due.created_at);
        Ok(composed.map_or_else(never, |mail| Written::Ready(Box::new(mail))))
    }

    /// Once its time has come, the news that a date ended is of no use.
    async fn date_ended(&self, due: &Due, known: bool) -> Result<Written, StoreError> {
        let told = match DateEnded::read(&due.data) {
            Ok(told) => told,
            Err(error) => return Ok(never(error)),
        };
        if told.starts_at <= self.clock.now() {
            return Ok(Written::TooLate);
        }
        let contact = match self.contact(due, known).await? {
            Ok(contact) => contact,
            Err(reason) => return Ok(Written::Later(reason)),
        };
        let composed = self.composer.compose_date_ended(due.id, &told, &contact, due.created_at);
        Ok(composed.map_or_else(never, |mail| Written::Ready(Box::new(mail))))
    }

    /// Where the person can be reached, or why that is not known.
    async fn contact(&self, due: &Due, known: bool) -> Result<Result<Contact, String>, StoreError> {
        if !known {
            return Ok(Err(CONTACT_UNKNOWN.to_owned()));
        }
        let Some(sealed) = contacts::find(self.database.connection(), due.person).await? else {
            return Ok(Err(CONTACT_UNKNOWN.to_owned()));
        };
        let opened = self.person_data.open(&sealed, &due.person.to_string());
        let contact = opened.ok().and_then(|plain| Contact::decode(&*plain).ok());
        Ok(contact.ok_or_else(|| "the contact cannot be decrypted".to_owned()))
    }
}

fn never(error: impl std::fmt::Display) -> Written {
    Written::Never(error.to_string())
}
