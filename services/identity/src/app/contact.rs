//! Where a person can be reached.

use ::store::StoreError;
use ids::PersonId;
use messaging::{SealError, Transaction};

use super::Context;
use crate::store::contacts::{self, Contact};

/// A contact cannot be read or kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ContactError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Keeps the address if it is one and another than before.
pub(crate) async fn remember_contact(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    email: Option<&str>,
) -> Result<(), ContactError> {
    let Some(email) = email.filter(|email| is_address(email)) else { return Ok(()) };
    let whose = person.to_string();
    if address_of(context, transaction, person).await?.as_deref() == Some(email) {
        return Ok(());
    }
    let sealed_email = context.secrets.data.seal(email.as_bytes(), &whose, &*context.entropy)?;
    let contact = Contact { sealed_email, changed_at: context.now() };
    contacts::put(transaction, person, &contact).await?;
    Ok(())
}

/// The person's address, if there is one.
pub(crate) async fn address_of(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
) -> Result<Option<String>, ContactError> {
    let Some(stored) = contacts::find(transaction, person).await? else { return Ok(None) };
    let opened = context.secrets.data.open(&stored.sealed_email, &person.to_string())?;
    String::from_utf8(opened).map(Some).map_err(|_| ContactError::Seal(SealError::Open))
}

/// Enough to keep nonsense out; whether mail arrives is the only proof.
pub(crate) fn is_address(text: &str) -> bool {
    let plain = text.len() <= 254 && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain
        && matches!(text.rsplit_once('@'), Some((local, domain)) if !local.is_empty() && domain.contains('.'))
}
