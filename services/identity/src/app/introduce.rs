//! An authority's notifications learn where a person can be reached.

use ::store::StoreError;
use ids::{AuthorityId, PersonId};
use jiff::Timestamp;
use messaging::{Event, Outbox, Transaction};
use prost::Message as _;
use proto::person::v1::{Contact as ContactMessage, ContactBound, ContactChanged};

use super::{Context, OAuthError, issue::Audience};
use crate::store::{
    contacts::{self, Acquaintance, Contact, News},
    sessions::Who,
};

/// Publishes the contact of the person who is logged in for an authority that does not know it yet, or knows an older
/// one. It leaves with the token, so it is there before the first booking.
pub(crate) async fn introduce(
    context: &Context,
    who: &Who,
    audience: &Audience,
) -> Result<(), OAuthError> {
    let (Audience::Authority(authority), Who::Person(person)) = (audience, who) else {
        return Ok(());
    };
    // Mostly there is nothing to tell, and no transaction needed to know that.
    let db = context.database.connection();
    if contacts::news(db, *person, authority).await?.is_none() {
        return Ok(());
    }
    let transaction = context.database.begin().await?;
    if !introduce_person(context, &transaction, *person, authority).await? {
        return Ok(());
    }
    transaction.commit().await.map_err(StoreError::from)?;
    context.wake.wake();
    Ok(())
}

/// The same for one person within the caller's transaction. `false` if there was nothing new.
pub(crate) async fn introduce_person(
    context: &Context,
    transaction: &Transaction,
    person: PersonId,
    authority: &AuthorityId,
) -> Result<bool, OAuthError> {
    let Some(News { contact, told }) = contacts::news(transaction, person, authority).await? else {
        return Ok(false);
    };
    let contact_of = contact.as_ref().map(|contact| contact.changed_at);
    let acquaintance = Acquaintance {
        authority: authority.clone(),
        pseudonym: context.secrets.pseudonym(authority, person),
        contact_of,
    };
    contacts::note_acquaintance(transaction, person, &acquaintance).await?;
    if let Some(contact) = contact {
        let event = event(context, person, &acquaintance, &contact, told)?;
        Outbox::enqueue(transaction, &event).await?;
    }
    Ok(true)
}

fn event(
    context: &Context,
    person: PersonId,
    known: &Acquaintance,
    contact: &Contact,
    told: Option<Timestamp>,
) -> Result<Event, OAuthError> {
    let (secrets, entropy) = (&context.secrets, &*context.entropy);
    let email = secrets.data.open(&contact.sealed_email, &person.to_string());
    let email =
        String::from_utf8(email.map_err(OAuthError::server)?).map_err(OAuthError::server)?;
    let (authority, pseudonym) = (&known.authority, known.pseudonym.to_string());
    let sealed_contact = secrets
        .contact
        .seal(&ContactMessage { email }.encode_to_vec(), &pseudonym, entropy)
        .map_err(OAuthError::server)?;
    let clock = &*context.clock;
    Ok(match told {
        None => {
            let message = ContactBound { pseudonym: pseudonym.clone(), sealed_contact };
            Event::new(authority, pseudonym, &message, clock, entropy)
        }
        Some(_) => {
            let changed_at_ms = contact.changed_at.as_millisecond();
            let message =
                ContactChanged { pseudonym: pseudonym.clone(), sealed_contact, changed_at_ms };
            Event::new(authority, pseudonym, &message, clock, entropy)
        }
    })
}
