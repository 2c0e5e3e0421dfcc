//! The address in the form of a held slot: where the confirmation goes.

use std::borrow::Cow;

use client::{AccessToken, ClientError, Refusal, Stated};
use ids::HoldId;
use jiff::Timestamp;

use super::{
    own_contact::{OwnContact, Untold},
    page_error::{PageError, ends_login},
    visitor::Visitor,
};

/// The status of a refusal that is about the log-in and not about the address.
const FORBIDDEN: u16 = 403;

/// The field and what stands in it.
pub(super) struct EmailField {
    /// The address that messages go to whatever is entered, since an empty field changes nothing.
    pub(super) known: Option<String>,
    /// Instead of the field, for a log-in that neither sees nor changes the address.
    pub(super) untold: Option<Untold>,
    /// What stands in the field.
    pub(super) text: String,
    /// Why it was refused.
    pub(super) mistake: Option<Cow<'static, str>>,
}

impl EmailField {
    /// With what is known of the person, or what was entered last for this hold: refused, or `typed` before a
    /// log-in that it needed. A person whose log-in is below the level at which they were proven before has no
    /// field, and books without it.
    pub(super) async fn of(
        visitor: &Visitor,
        token: &AccessToken,
        hold: HoldId,
        typed: Option<String>,
    ) -> Result<Self, PageError> {
        let contact = match OwnContact::read(visitor, token).await? {
            OwnContact::Told(contact) => contact,
            OwnContact::Untold(untold) => return Ok(Self::without(untold)),
        };
        let entered = visitor.session.read().entered;
        let entered = entered.filter(|entered| entered.form == hold.to_string());
        // In another language the same text stays refused.
        let is_other = |text: &String| entered.as_ref().is_none_or(|entered| entered.text != *text);
        let (text, mistake) = match (typed.filter(is_other), entered) {
            (Some(text), _) => (text, None),
            (None, Some(entered)) => (entered.text, Some(visitor.texts.text(&entered.mistake))),
            (None, None) => (contact.unproven.unwrap_or_default(), None),
        };
        Ok(Self { known: contact.email, untold: None, text, mistake })
    }

    /// No field, and why.
    const fn without(untold: Untold) -> Self {
        Self { known: None, untold: Some(untold), text: String::new(), mistake: None }
    }
}

/// Why an address was not kept, and nothing is booked yet.
pub(super) enum Error {
    /// It is none that mail can be sent to; the key of the sentence that says why.
    NoAddress(&'static str),
    /// Something else.
    Failed(PageError),
}

/// What became of the address in the form.
pub(super) enum Kept {
    /// It was stated, or there was none.
    Stated(Stated),
    /// This log-in may not change it: messages go where they went before, and the booking is made.
    Unchanged,
}

/// Keeps the address if it is new: then a code goes there. An empty field changes nothing: it is
/// voluntary. The booking never waits for it.
pub(super) async fn keep_email(
    visitor: &Visitor,
    token: &AccessToken,
    email: &str,
) -> Result<Kept, Error> {
    if email.is_empty() {
        return Ok(Kept::Stated(Stated::Known));
    }
    let error = match try_state(visitor, token, email).await {
        Ok(stated) => return Ok(Kept::Stated(stated)),
        Err(error) => error,
    };
    if let Some(key) = no_address_key(&error) {
        return Err(Error::NoAddress(key));
    }
    let is_about_login =
        |refusal: &Refusal| refusal.status == FORBIDDEN && !ends_login(&refusal.code);
    match error.refusal().is_some_and(is_about_login) {
        true => Ok(Kept::Unchanged),
        false => Err(Error::Failed(visitor.contact_refused(error))),
    }
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
    stated.map_err(|error| visitor.contact_refused(error))
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
