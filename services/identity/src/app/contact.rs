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

/// Enough to keep nonsense and slips out; whether mail arrives is the only proof. Lengths: RFC 5321
/// section 4.5.3.1. Quoted local parts are not accepted: what people type in quotes is a mistake.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let labels: Vec<_> = domain.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>@[\\]".contains(c);
    text.len() <= 254
        && (1..=64).contains(&local.len())
        && !local.contains(is_odd)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && labels.len() >= 2
        && labels.iter().all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_noticed_and_real_addresses_are_not_refused() {
        for good in [
            "erika.mustermann@example.org",
            "o'neil+amt@mail.example.co.uk",
            "zoë@müller-lüdenscheidt.de",
            "x@1und1.de",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "erika",
            "@example.org",
            "erika@",
            "erika@example",
            "erika@example.",
            "erika@.org",
            "erika@exam ple.org",
            "erika@@example.org",
            "erika,max@example.org",
            "<erika@example.org>",
            "erika.@example.org",
            "erika@-example.org",
            "erika@example.org\r\nBcc: all@example.org",
        ] {
            assert!(!is_address(bad), "{bad:?}");
        }
        assert!(!is_address(&format!("{}@example.org", "x".repeat(65))));
    }
}
