//! The telephone number of an entrant without e-mail: who must confirm would hear of a kept appointment nowhere
//! else.

use client::{CallMe, Draw, DrawEntry};
use ids::LocationId;

use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        own_contact::OwnContact,
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
    /// What was typed before a log-in; else empty.
    pub(super) number: String,
    /// A number was stated or typed before and is not shown: it is stated again.
    pub(super) is_again: bool,
    /// The number was refused.
    pub(super) is_wrong: bool,
    /// Whether the person has an address is not told to this log-in.
    pub(super) is_untold: bool,
}

/// What became of the number that was typed into the form before.
pub(crate) enum TypedPhone {
    /// None was typed.
    None,
    /// It was kept over a log-in.
    Kept(CallMe),
    /// The form is asked again by its address, which must not hold a number.
    Again {
        /// The place that was chosen with it.
        place: Option<LocationId>,
        /// It was refused.
        is_wrong: bool,
    },
}

impl TypedPhone {
    /// What was typed before a log-in is newer than the address.
    pub(super) fn read(asked: &Asked) -> Self {
        let kept = asked.typed().map(|fields| typed(&fields).ok().flatten());
        let is_wrong = asked.has("phone-wrong");
        match (kept, asked.field("phone-again")) {
            (Some(Some(kept)), _) => Self::Kept(kept),
            (Some(None), _) => Self::None,
            (None, Some(place)) => Self::Again { place: place.parse().ok(), is_wrong },
            (None, None) if is_wrong => Self::Again { place: None, is_wrong },
            (None, None) => Self::None,
        }
    }

    /// Whether it was refused.
    pub(super) const fn is_wrong(&self) -> bool {
        matches!(self, Self::Again { is_wrong: true, .. })
    }

    /// The place that was chosen with it.
    const fn place(&self) -> Option<&LocationId> {
        match self {
            Self::None => None,
            Self::Kept(kept) => Some(&kept.location),
            Self::Again { place, .. } => place.as_ref(),
        }
    }
}

impl PhoneForm {
    /// `None` if winners need not confirm, or the person has an address to write to. What cannot be learnt is
    /// asked for: a number that is not needed harms less than one that is missing.
    pub(super) async fn of<A: What>(
        request: &Request<Person, Authority, A>,
        draw: &Draw,
        entry: Option<&DrawEntry>,
        typed: &TypedPhone,
    ) -> Result<Option<Self>, PageError> {
        if draw.confirm_within.is_none() {
            return Ok(None);
        }
        let visitor = &request.visitor;
        let gets_mail = OwnContact::beside(request).await.gets_mail();
        if gets_mail == Some(true) {
            return Ok(None);
        }
        let is_untold = gets_mail.is_none();
        let known = entry.and_then(|entry| entry.phoned_by.as_ref());
        let places = places(&request.authority.offer, visitor.texts, typed.place().or(known));
        let (number, is_again) = match typed {
            TypedPhone::Kept(kept) => (kept.number.clone(), false),
            TypedPhone::Again { .. } => (String::new(), true),
            TypedPhone::None => (String::new(), known.is_some()),
        };
        Ok(Some(Self { places, number, is_again, is_wrong: typed.is_wrong(), is_untold }))
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
