//! The address in the form of a held slot: where the confirmation goes.

use std::borrow::Cow;

use client::{AccessToken, ClientError, Contact, Stated};
use ids::HoldId;
use jiff::Timestamp;

use super::{page_error::PageError, visitor::Visitor};

/// The field and what stands in it.
pub(super) struct EmailField {
    /// The address that messages go to whatever is entered, since an empty field changes nothing.
    pub(super) known: Option<String>,
    /// What stands in the field.
    pub(super) text: String,
    /// Why it was refused.
    pub(super) mistake: Option<Cow<'static, str>>,
}

impl EmailField {
    /// With what is known of the person, or what was entered last for this hold: refused, or `typed` before a
    /// log-in that it needed. A person whose log-in is below the level at which they were proven before sees no
    /// address, and can book without one.
    pub(super) async fn of(
        visitor: &Visitor,
        token: &AccessToken,
        hold: HoldId,
        typed: Option<String>,
    ) -> Result<Self, PageError> {
        let contact = match visitor.portal.identity.contact(token).await {
            Ok(contact) => contact,
            Err(error) => match visitor.identity_refused(error) {
                PageError::LevelTooLow { .. } => Contact::default(),
                failure => return Err(failure),
            },
        };
        let entered = visitor.session.read().entered;
        let entered = entered.filter(|entered| entered.form == hold.to_string());
        // In another language the same text stays refused.
        let is_other = |text: &String| entered.as_ref().is_none_or(|entered| entered.text != *text);
        if let Some(text) = typed.filter(is_other) {
            return Ok(Self { known: contact.email, text, mistake: None });
        }
        Ok(match entered {
            Some(entered) => Self {
                known: contact.email,
                text: entered.text,
                mistake: Some(visitor.texts.text(&entered.mistake)),
            },
            None => Self {
                known: contact.email,
                text: contact.unproven.unwrap_or_default(),
                mistake: None,
            },
        })
    }
}

/// Why an address was not kept.
pub(super) enum Error {
    /// It is none that mail can be sent to; the key of the sentence that says why.
    NoAddress(&'static str),
    /// Something else.
    Failed(PageError),
}

/// Keeps the address if it is new: then a code goes there. An empty field changes nothing: it is
/// voluntary. The booking never waits for it.
pub(super) async fn keep_email(
    visitor: &Visitor,
    token: &AccessToken,
    email: &str,
) -> Result<Stated, Error> {
    if email.is_empty() {
        return Ok(Stated::Known);
    }
    let stated = try_state(visitor, token, email).await;
    stated.map_err(|error| match no_address_key(&error) {
        Some(key) => Error::NoAddress(key),
        None => Error::Failed(visitor.identity_refused(error)),
    })
}

/// The sentence that says why mail cannot be sent to an address, if that is what `error` says.
pub(super) fn no_address_key(error: &ClientError) -> Option<&'static str> {
    let refusal = error.refusal().filter(|refusal| refusal.code == "invalid-request")?;
    let reason = refusal.extensions.get("reason").and_then(|reason| reason.as_str());
    Some(match reason {
        Some("local-part-letters") => "confirm-email-letters",
        _ => "confirm-email-invalid",
    })
}

/// States an address that waits for its proof already.
pub(super) async fn state(
    visitor: &Visitor,
    token: &AccessToken,
    email: &str,
) -> Result<Stated, PageError> {
    let stated = try_state(visitor, token, email).await;
    stated.map_err(|error| visitor.identity_refused(error))
}

/// States an address. That there were enough codes is no failure: it is said from when on there is one.
pub(super) async fn try_state(
    visitor: &Visitor,
    token: &AccessToken,
    email: &str,
) -> Result<Stated, ClientError> {
    let language = visitor.language().tag();
    let stated = visitor.portal.identity.state_contact(token, email, language).await;
    stated.or_else(|error| match error.code() {
        Some("rate-limited") => Ok(Stated::NotSent { next_at: next_at(&error) }),
        _ => Err(error),
    })
}

/// From when on another code can be had, as the refusal says.
fn next_at(error: &ClientError) -> Option<Timestamp> {
    error.refusal()?.extensions.get("next_at")?.as_str()?.parse().ok()
}
