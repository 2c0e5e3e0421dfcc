//! The dates of a place that wait for an answer: their list, and each in words.

use std::borrow::Cow;

use client::{AccessToken, OpenDate};
use ids::{AuthorityId, LocationId};

use super::{
    fields::{ChoiceField, Fields, Mistake},
    trouble::Trouble,
};
use crate::{
    directory::{Offer, Office},
    http::{
        page_error::PageError,
        visit::{LocationSummary, Name, service_names},
        visitor::Visitor,
    },
    text::Texts,
};

/// The list, below the form that gives a date.
pub(super) struct OpenDates {
    pub(super) places: ChoiceField,
    /// `None` before a place was chosen.
    pub(super) dates: Option<Vec<OpenDatePart>>,
    /// Title and body of why the list of this place is not shown.
    pub(super) trouble: Option<(Cow<'static, str>, Cow<'static, str>)>,
}

/// A date in words, without the person's name.
pub(super) struct OpenDatePart {
    pub(super) service: Vec<Name>,
    pub(super) when: Cow<'static, str>,
    pub(super) place: Name,
    pub(super) until: Cow<'static, str>,
    /// For ids of the page.
    pub(super) id: String,
    /// Where it is accepted for its person.
    pub(super) accept: String,
    /// Where it is taken back.
    pub(super) link: String,
}

impl OpenDatePart {
    pub(super) fn new(
        visitor: &Visitor,
        authority: &AuthorityId,
        offer: &Offer,
        open: &OpenDate,
    ) -> Self {
        let (texts, date) = (visitor.texts, &open.date);
        Self {
            service: service_names(texts, offer, std::slice::from_ref(&date.service)),
            when: texts.moment(date.start),
            place: LocationSummary::find(offer, &date.location, texts).name,
            until: texts.moment(date.answer_by),
            id: date.id.to_string(),
            accept: visitor.links.accept_date_at_desk(authority, &date.id, &date.location),
            link: visitor.links.take_date_back(authority, &date.id, &date.location),
        }
    }
}

impl OpenDates {
    /// Before a place was chosen. The server notes who read a list, so none is chosen beforehand.
    pub(super) fn unread(texts: Texts, offer: &Offer, place: Option<&LocationId>) -> Self {
        Self::with_mistakes(texts, offer, place, &[])
    }

    /// The list of no place was asked for.
    pub(super) fn without_place(texts: Texts, offer: &Offer) -> Self {
        Self::with_mistakes(texts, offer, None, &[("place", "desk-wrong-date-place")])
    }

    fn with_mistakes(
        texts: Texts,
        offer: &Offer,
        place: Option<&LocationId>,
        mistakes: &[Mistake],
    ) -> Self {
        let places = Fields { texts, mistakes }.places("place", "desk-place", offer, place);
        Self { places, dates: None, trouble: None }
    }

    /// Whether the page says that something is wrong with the list.
    pub(super) fn is_wrong(&self) -> bool {
        self.trouble.is_some() || self.places.mistake.is_some()
    }

    /// Those of `place`. A place of others is said to be one.
    ///
    /// # Errors
    /// The authority does not answer, or refuses it for another reason.
    pub(super) async fn read(
        visitor: &Visitor,
        office: &Office,
        offer: &Offer,
        token: &AccessToken,
        place: &LocationId,
    ) -> Result<Self, PageError> {
        let unread = Self::unread(visitor.texts, offer, Some(place));
        match office.api.open_dates_at_desk(token, place).await {
            Ok(open) => {
                let part = |open| OpenDatePart::new(visitor, &office.id, offer, open);
                let dates = open.iter().map(part).collect();
                Ok(Self { dates: Some(dates), ..unread })
            }
            Err(error) if error.code() == Some("forbidden") => {
                // No button belongs to it.
                let trouble = Trouble::OtherPlace.words(visitor.texts, "desk-save");
                Ok(Self { trouble, ..unread })
            }
            Err(error) => Err(error.into()),
        }
    }
}
