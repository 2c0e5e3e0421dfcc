//! From a notice to an e-mail.
//!
//! [`letter`] decides what is said, [`calendar`] writes the calendar file, [`mime`] puts both into
//! one e-mail, [`delivery`] hands it over.

pub(crate) mod calendar;
pub(crate) mod delivery;
pub(crate) mod letter;
pub(crate) mod mime;

use ids::{MessageId, Pseudonym};
use jiff::Timestamp;
use lettre::message::Mailbox;
use proto::person::v1::Contact;
use serde::{Deserialize, Serialize};

use self::{calendar::Invitation, letter::Letter};
use crate::{
    address_code::StatedAddress, date_ended::DateEnded, former_address::FormerAddress,
    not_drawn::NotDrawn, notice::Notice, paused_webhook::PausedWebhook, waiting::WaitingNews,
};

/// An e-mail ready to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mail {
    pub(crate) id: MessageId,
    /// Absent if it goes to an agency.
    pub(crate) person: Option<Pseudonym>,
    pub(crate) to: String,
    /// `Content-Language`.
    pub(crate) language: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) calendar: Option<CalendarFile>,
    /// When it was written, in milliseconds since the epoch.
    pub(crate) written_at_ms: i64,
}

/// A calendar file with the way in which a calendar should take it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CalendarFile {
    /// `REQUEST` or `CANCEL` (RFC 5546).
    pub(crate) method: String,
    pub(crate) content: String,
}

/// Writes e-mails in the name of one sender.
#[derive(Debug, Clone)]
pub(crate) struct Composer {
    pub(crate) from: Mailbox,
}

impl Composer {
    /// The e-mail that tells `notice` to a person. Written again it is the same, so that a repeated
    /// delivery can be recognised.
    pub(crate) fn compose(
        &self,
        id: MessageId,
        notice: &Notice,
        to: &Contact,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        let calendar =
            Invitation::of(notice).map(|invitation| invitation.file(self, &to.email, written_at));
        let person = notice.appointment().person;
        let letter = Letter::of(notice, &to.name);
        Ok(Mail { calendar, ..letter.mail(id, Some(person), &to.email, written_at)? })
    }

    /// The e-mail with the code that proves the address it goes to.
    pub(crate) fn compose_code(
        &self,
        id: MessageId,
        stated: &StatedAddress,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        Letter::with_code(stated).mail(id, Some(stated.person), &stated.email, written_at)
    }

    /// The e-mail to an address that messages no longer go to.
    pub(crate) fn compose_replaced(
        &self,
        id: MessageId,
        former: &FormerAddress,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        Letter::to_former(former).mail(id, Some(former.person), &former.email, written_at)
    }

    /// The e-mail to a person who got nothing in a draw.
    pub(crate) fn compose_not_drawn(
        &self,
        id: MessageId,
        told: &NotDrawn,
        to: &Contact,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        let letter = Letter::not_drawn(told, &to.name);
        letter.mail(id, Some(told.person), &to.email, written_at)
    }

    /// The e-mail to a person on a waiting list.
    pub(crate) fn compose_waiting(
        &self,
        id: MessageId,
        told: &WaitingNews,
        to: &Contact,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        let letter = Letter::waiting(told, &to.name);
        letter.mail(id, Some(told.person), &to.email, written_at)
    }

    /// The e-mail to a person whose given date ended.
    pub(crate) fn compose_date_ended(
        &self,
        id: MessageId,
        told: &DateEnded,
        to: &Contact,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        let letter = Letter::date_ended(told, &to.name);
        letter.mail(id, Some(told.person), &to.email, written_at)
    }

    /// The e-mail to an agency whose endpoint was paused.
    pub(crate) fn compose_paused(
        &self,
        id: MessageId,
        paused: &PausedWebhook,
        to: &str,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        Letter::paused(paused).mail(id, None, to, written_at)
    }

    /// The domain in message identifiers.
    pub(crate) fn domain(&self) -> &str {
        self.from.email.domain()
    }
}

impl Letter {
    /// As an e-mail without a calendar file.
    fn mail(
        self,
        id: MessageId,
        person: Option<Pseudonym>,
        to: &str,
        written_at: Timestamp,
    ) -> Result<Mail, askama::Error> {
        Ok(Mail {
            id,
            person,
            to: to.to_owned(),
            language: self.language.to_owned(),
            text: self.text()?,
            html: self.html()?,
            calendar: None,
            subject: self.subject,
            written_at_ms: written_at.as_millisecond(),
        })
    }
}
