//! Where a person can be reached.

use ::store::StoreError;
use ids::PersonId;
use jiff::{Timestamp, ToSpan as _};
use messaging::{Event, SealError, Transaction, UnitOfWork};
use prost::Message as _;
use proto::person::v1::{Contact as ContactMessage, ContactReplaced};
use vocabulary::Language;

use super::{Context, email_address::EmailAddress};
use crate::{
    provider::Email,
    store::{
        contacts::{self, Contact, KnownAuthority},
        email_claims::{self, EmailClaim},
    },
};

/// What is kept, and published, of a person who wants no messages.
const NO_ADDRESS: &str = "";

/// A contact cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ContactError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// An address as a log-in brings it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProvidedEmail<'a> {
    pub(crate) email: &'a Email,
    /// The language of the log-in.
    pub(crate) language: Language,
}

/// Keeps what a provider says, in the caller's unit of work. An address that the person chose and
/// proved themselves stays; an unverified one is only kept to be proven; a vouched one replaces
/// what a provider vouched for before, and the former address gets a message.
pub(crate) async fn remember_contact(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    person: PersonId,
    provided: Option<ProvidedEmail<'_>>,
) -> Result<(), ContactError> {
    let Some(ProvidedEmail { email, language }) = provided else { return Ok(()) };
    let Ok(address) = EmailAddress::parse(&email.address) else { return Ok(()) };
    let address = address.as_str();
    let transaction = unit.transaction();
    let stored = contacts::find(transaction, person).await?;
    if stored.as_ref().is_some_and(|contact| contact.chosen) {
        return Ok(());
    }
    if !email.vouched {
        return match stored {
            Some(_) => Ok(()),
            None => suggest_address(context, transaction, person, address).await,
        };
    }
    let known = stored.map(|stored| open(context, person, &stored.sealed_email)).transpose()?;
    if known.as_deref() == Some(address) {
        return Ok(());
    }
    let claim = email_claims::find(transaction, person).await?;
    if claimed_address(context, person, claim.as_ref())?.as_deref() == Some(address) {
        email_claims::settle(transaction, person).await?;
    }
    keep_address(context, transaction, person, address, false).await?;
    match known {
        Some(former) => tell_former(context, unit, person, &former, language.tag()).await,
        None => Ok(()),
    }
}

/// Lets the reader of the former address know. The message comes from one of the authorities that
/// wrote there before; where none did, a message would not be recognised as ours.
pub(super) async fn tell_former(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    person: PersonId,
    former: &str,
    language: &str,
) -> Result<(), ContactError> {
    let known = contacts::known_authorities(unit.transaction(), person).await?;
    let Some(known) = known.first() else { return Ok(()) };
    let replaced = contact_replaced(context, known, former, language)?;
    Ok(unit.publish(&replaced).await?)
}

fn contact_replaced(
    context: &Context,
    known: &KnownAuthority,
    former: &str,
    language: &str,
) -> Result<Event, SealError> {
    let (clock, entropy) = (&*context.clock, &*context.entropy);
    let pseudonym = known.pseudonym.to_string();
    // Without a name: the former address may be another human's by now.
    let former = ContactMessage { email: former.to_owned(), ..ContactMessage::default() };
    let message = ContactReplaced {
        pseudonym: pseudonym.clone(),
        sealed_former: context.secrets.contact.seal(
            &former.encode_to_vec(),
            &pseudonym,
            entropy,
        )?,
        language: language.to_owned(),
        replaced_at_ms: context.now().as_millisecond(),
    };
    Ok(Event::new(&known.authority, pseudonym, &message, clock, entropy))
}

/// Keeps the address if it is another than before.
pub(super) async fn keep_address(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    address: &str,
    chosen: bool,
) -> Result<(), ContactError> {
    if address_of(context, transaction, person).await?.as_deref() == Some(address) {
        return Ok(());
    }
    let sealed_email = seal(context, person, address)?;
    let contact = Contact { sealed_email, changed_at: context.now(), chosen };
    Ok(contacts::put(transaction, person, &contact).await?)
}

/// Notes an address so that the person need not type it; a code is sent when they want it.
async fn suggest_address(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    address: &str,
) -> Result<(), ContactError> {
    let before = email_claims::find(transaction, person).await?;
    if before.as_ref().is_some_and(|claim| claim.sealed_email.is_some()) {
        return Ok(());
    }
    let now = context.now();
    let claim = EmailClaim {
        sealed_email: Some(seal(context, person, address)?),
        code_mac: None,
        expires_at: now,
        tries: 0,
        sent: before.as_ref().map_or(0, |claim| claim.sent),
        sent_at: before.as_ref().map_or(now, |claim| claim.sent_at),
        window_began_at: before.as_ref().map_or(now, |claim| claim.window_began_at),
    };
    // A concurrent log-in stored an equal address.
    email_claims::replace(transaction, person, before.as_ref(), &claim).await?;
    Ok(())
}

/// Keeps that the person wants no messages. It counts as an address that they chose, so nothing that a
/// provider says takes its place.
pub(super) async fn keep_none(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
) -> Result<(), ContactError> {
    let stored = contacts::find(transaction, person).await?;
    if stored.as_ref().is_some_and(|stored| stored.chosen)
        && address_of(context, transaction, person).await?.is_none()
    {
        return Ok(());
    }
    let contact = Contact {
        sealed_email: seal(context, person, NO_ADDRESS)?,
        changed_at: stored.map_or(context.now(), |stored| now_after(context, stored.changed_at)),
        chosen: true,
    };
    Ok(contacts::put(transaction, person, &contact).await?)
}

/// Makes the contact new to every authority that knows it: the name that goes with it has changed.
pub(super) async fn renew(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
) -> Result<(), StoreError> {
    let Some(stored) = contacts::find(transaction, person).await? else { return Ok(()) };
    let changed_at = now_after(context, stored.changed_at);
    contacts::put(transaction, person, &Contact { changed_at, ..stored }).await
}

/// Now, and later than `replaced` also within its millisecond: authorities compare the two.
fn now_after(context: &Context, replaced: Timestamp) -> Timestamp {
    let next = replaced.checked_add(1.millisecond());
    next.map_or(context.now(), |next| next.max(context.now()))
}

pub(super) fn seal(
    context: &Context,
    person: PersonId,
    address: &str,
) -> Result<Vec<u8>, ContactError> {
    let data = &context.secrets.data;
    Ok(data.seal(address.as_bytes(), &person.to_string(), &*context.entropy)?)
}

fn open(context: &Context, person: PersonId, sealed: &[u8]) -> Result<String, ContactError> {
    let opened = context.secrets.data.open(sealed, &person.to_string())?;
    String::from_utf8(opened).map_err(|_| ContactError::Seal(SealError::Open))
}

/// The person's address, if there is one that is proven and they want messages.
pub(crate) async fn address_of(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
) -> Result<Option<String>, ContactError> {
    let stored = contacts::find(transaction, person).await?;
    let address = stored.map(|stored| open(context, person, &stored.sealed_email)).transpose()?;
    Ok(address.filter(|address| address != NO_ADDRESS))
}

/// The address that waits for its proof.
pub(super) fn claimed_address(
    context: &Context,
    person: PersonId,
    claim: Option<&EmailClaim>,
) -> Result<Option<String>, ContactError> {
    let sealed = claim.and_then(|claim| claim.sealed_email.as_deref());
    sealed.map(|sealed| open(context, person, sealed)).transpose()
}
