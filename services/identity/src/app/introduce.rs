//! An authority's notifications learn where a person can be reached.

use ::store::StoreError;
use ids::{AuthorityId, PersonId};
use jiff::Timestamp;
use messaging::{Event, Outbox};
use prost::Message as _;
use proto::person::v1::{Contact as ContactMessage, ContactBound, ContactChanged};

use super::{Context, OAuthError, issue::Audience};
use crate::store::{
    contacts::{self, Contact},
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
    let person = *person;
    let db = context.database.connection();
    let Some(contact) = contacts::find(db, person).await? else { return Ok(()) };
    let told = contacts::told(db, person, authority).await?;
    if told.is_some_and(|told| told >= contact.changed_at) {
        return Ok(());
    }
    let event = event(context, person, authority, &contact, told)?;
    let transaction = context.database.begin().await?;
    contacts::note_told(&transaction, person, authority, contact.changed_at).await?;
    Outbox::enqueue(&transaction, &event).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    context.wake.wake();
    Ok(())
}

fn event(
    context: &Context,
    person: PersonId,
    authority: &AuthorityId,
    contact: &Contact,
    told: Option<Timestamp>,
) -> Result<Event, OAuthError> {
    let (secrets, entropy) = (&context.secrets, &*context.entropy);
    let email = secrets.data.open(&contact.sealed_email, &person.to_string());
    let email =
        String::from_utf8(email.map_err(OAuthError::server)?).map_err(OAuthError::server)?;
    let pseudonym = secrets.pseudonym(authority, person).to_string();
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
