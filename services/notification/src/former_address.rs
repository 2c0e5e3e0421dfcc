//! The address that messages went to until now.

use ids::Pseudonym;
use messaging::SealingKey;
use prost::Message as _;
use proto::person::v1::{Contact, ContactReplaced};

use crate::{
    appointment::InvalidField,
    text::{Language, language_of},
};

/// The reader of an address that was replaced.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FormerAddress {
    pub(crate) person: Pseudonym,
    pub(crate) language: Language,
    pub(crate) email: String,
}

impl FormerAddress {
    /// Opens what the event carries for this service.
    pub(crate) fn read(data: &[u8], contact_seal: &SealingKey) -> Result<Self, InvalidField> {
        let event = ContactReplaced::decode(data).map_err(|_| InvalidField("data"))?;
        let sealed = |_| InvalidField("sealed_former");
        let opened = contact_seal.open(&event.sealed_former, &event.pseudonym).map_err(sealed)?;
        let contact = Contact::decode(&*opened).map_err(|_| InvalidField("sealed_former"))?;
        Ok(Self {
            person: event.pseudonym.parse().map_err(|_| InvalidField("pseudonym"))?,
            language: language_of(&event.language),
            email: contact.email,
        })
    }
}

impl std::fmt::Debug for FormerAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormerAddress").field("person", &self.person).finish_non_exhaustive()
    }
}
