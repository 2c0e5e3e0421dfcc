//! The telephone number of an entrant without e-mail: who must confirm would hear of a kept appointment nowhere
//! else.

use client::{CallMe, Draw, DrawEntry};
use ids::LocationId;

use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        page_error::PageError,
        request::{Authority, Person, Request},
        visit::Name,
    },
    text::Texts,
};

/// The fields of the form.
pub(super) struct PhoneForm {
    /// The places that can phone: id, name, and whether it is chosen.
    pub(super) places: Vec<(String, String, bool)>,
    /// A number was stated before. It is not shown, and is stated again.
    pub(super) is_known: bool,
    /// The number was refused.
    pub(super) is_wrong: bool,
}

impl PhoneForm {
    /// `None` if winners need not confirm, or the person has an address to write to. What cannot be learnt is
    /// asked for: a number that is not needed harms less than one that is missing.
    pub(super) async fn of<A: What>(
        request: &Request<Person, Authority, A>,
        draw: &Draw,
        entry: Option<&DrawEntry>,
        is_wrong: bool,
    ) -> Result<Option<Self>, PageError> {
        if draw.confirm_within.is_none() {
            return Ok(None);
        }
        let (visitor, token) = (&request.visitor, request.token().await?);
        let contact = visitor.portal.identity.contact(&token).await;
        if contact.is_ok_and(|contact| contact.email.is_some()) {
            return Ok(None);
        }
        let known = entry.and_then(|entry| entry.phoned_by.as_ref());
        let places = places(&request.authority.offer, visitor.texts, known);
        Ok(Some(Self { places, is_known: known.is_some(), is_wrong }))
    }
}

fn places(offer: &Offer, texts: Texts, chosen: Option<&LocationId>) -> Vec<(String, String, bool)> {
    let place = |place: &client::Location| {
        let name = Name::of(&place.name, texts).text;
        (place.id.to_string(), name, Some(&place.id) == chosen)
    };
    offer.locations.iter().map(place).collect()
}

/// What was typed; `None` without a number.
pub(super) fn typed(asked: &Asked) -> Result<Option<CallMe>, PageError> {
    let number = texts::plain_digits(asked.trimmed("phone"));
    if number.is_empty() {
        return Ok(None);
    }
    Ok(Some(CallMe { location: asked.required("phoned-by")?, number }))
}
