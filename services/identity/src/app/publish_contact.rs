//! Publishes a person's contact to an authority's notification service.

use ids::{AuthorityId, PersonId};
use jiff::Timestamp;
use messaging::{Event, Transaction, UnitOfWork};
use prost::Message as _;
use proto::person::v1::{Contact as ContactMessage, ContactBound, ContactChanged};

use super::{Context, OAuthError, evidence, issue::Audience};
use crate::store::{
    contacts::{self, Contact, ContactUpdate, KnownAuthority},
    sessions::Who,
};

/// Publishes the contact of the person who is logged in for an authority that does not know it yet, or knows an older
/// one. It leaves with the token, so it is there before the first booking.
pub(crate) async fn publish_contact(
    context: &Context,
    who: &Who,
    audience: &Audience,
) -> Result<(), OAuthError> {
    let (Audience::Authority(authority), Who::Person(person)) = (audience, who) else {
        return Ok(());
    };
    // Mostly nothing has changed, which a read without a transaction shows.
    let db = context.database.connection();
    if contacts::pending_update(db, *person, authority).await?.is_none() {
        return Ok(());
    }
    let mut unit = context.begin().await?;
    if publish_contact_within(context, &mut unit, *person, authority).await? {
        unit.commit().await?;
    }
    Ok(())
}

/// The same for one person within the caller's unit of work. `false` if there was nothing new.
pub(crate) async fn publish_contact_within(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    person: PersonId,
    authority: &AuthorityId,
) -> Result<bool, OAuthError> {
    let Some(ContactUpdate { contact, published }) =
        contacts::pending_update(unit.transaction(), person, authority).await?
    else {
        return Ok(false);
    };
    let contact_of = contact.as_ref().map(|contact| contact.changed_at);
    let known = KnownAuthority {
        authority: authority.clone(),
        pseudonym: context.secrets.pseudonym(authority, person),
        contact_of,
    };
    contacts::upsert_known_authority(unit.transaction(), person, &known).await?;
    if let Some(contact) = contact {
        let message = message(context, unit.transaction(), person, &contact).await?;
        let event = event(context, &known, &message, contact.changed_at, published)?;
        unit.publish(&event).await?;
    }
    Ok(true)
}

/// The address, and the name by which messages greet the person there. Without an address there is
/// no message, and no name leaves.
async fn message(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    contact: &Contact,
) -> Result<ContactMessage, OAuthError> {
    let email = context.secrets.data.open(&contact.sealed_email, &person.to_string());
    let email =
        String::from_utf8(email.map_err(OAuthError::server)?).map_err(OAuthError::server)?;
    if email.is_empty() {
        return Ok(ContactMessage::default());
    }
    let best = evidence::best(context, transaction, person).await.map_err(OAuthError::server)?;
    let name = best.map_or_else(String::new, |best| best.written_name());
    Ok(ContactMessage { email, name })
}

fn event(
    context: &Context,
    known: &KnownAuthority,
    contact: &ContactMessage,
    changed_at: Timestamp,
    published: Option<Timestamp>,
) -> Result<Event, OAuthError> {
    let entropy = &*context.entropy;
    let (authority, pseudonym) = (&known.authority, known.pseudonym.to_string());
    let sealed_contact = context
        .secrets
        .contact
        .seal(&contact.encode_to_vec(), &pseudonym, entropy)
        .map_err(OAuthError::server)?;
    let clock = &*context.clock;
    Ok(match published {
        None => {
            let message = ContactBound { pseudonym: pseudonym.clone(), sealed_contact };
            Event::new(authority, pseudonym, &message, clock, entropy)
        }
        Some(_) => {
            let changed_at_ms = changed_at.as_millisecond();
            let message =
                ContactChanged { pseudonym: pseudonym.clone(), sealed_contact, changed_at_ms };
            Event::new(authority, pseudonym, &message, clock, entropy)
        }
    })
}
