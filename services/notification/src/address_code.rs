//! The code that proves an address.

use ids::Pseudonym;
use jiff::Timestamp;
use messaging::SealingKey;
use prost::Message as _;
use proto::person::v1::{AddressCode, ContactStated};

use crate::{
    appointment::{InvalidField, timestamp},
    text::{Language, language_of},
};

/// A code on its way to the address that it proves.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StatedAddress {
    pub(crate) person: Pseudonym,
    pub(crate) language: Language,
    pub(crate) email: String,
    /// Six digits.
    pub(crate) code: String,
    /// Until when the code is accepted.
    pub(crate) expires_at: Timestamp,
}

impl StatedAddress {
    /// Opens what the event carries for this service.
    pub(crate) fn read(data: &[u8], contact_seal: &SealingKey) -> Result<Self, InvalidField> {
        let event = ContactStated::decode(data).map_err(|_| InvalidField("data"))?;
        let sealed = |_| InvalidField("sealed_code");
        let opened = contact_seal.open(&event.sealed_code, &event.pseudonym).map_err(sealed)?;
        let code = AddressCode::decode(&*opened).map_err(|_| InvalidField("sealed_code"))?;
        Ok(Self {
            person: event.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&event.language),
            email: code.email,
            code: code.code,
            expires_at: timestamp("expires_at_ms", event.expires_at_ms)?,
        })
    }
}

impl std::fmt::Debug for StatedAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StatedAddress").field("person", &self.person).finish_non_exhaustive()
    }
}
