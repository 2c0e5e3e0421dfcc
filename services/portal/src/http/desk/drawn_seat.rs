//! What was drawn for a winner whom the place phones: pages ask with it before something is noted.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{AccessToken, Attendee, ClientError, WinnersCalls};
use ids::{DrawId, EntryId, LocationId, ServiceId};
use jiff::Timestamp;

use super::{calls::winners_calls, trouble::Trouble};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        person_name::name_of,
        request::{Authority, Request, Staff},
        visit::{LocationSummary, Name, service_names},
        visitor::Visitor,
    },
    text::Texts,
};

/// Which winner, and the place that phones, to show its calls again.
pub(crate) struct AskedSeat {
    pub(super) draw: DrawId,
    pub(super) entry: EntryId,
    pub(super) place: LocationId,
}

impl What for AskedSeat {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            draw: asked.path("draw")?,
            entry: asked.path("entry")?,
            place: asked.required("location")?,
        })
    }
}

impl AskedSeat {
    pub(super) fn is(&self, draw: DrawId, entry: EntryId) -> bool {
        (self.draw, self.entry) == (draw, entry)
    }
}

/// The calls of the place that is asked for; none at a place of others, whose page says so.
pub(super) async fn calls_of(
    request: &Request<Staff, Authority, AskedSeat>,
    token: &AccessToken,
) -> Result<WinnersCalls, ClientError> {
    let api = &request.authority.office.api;
    match winners_calls(api, token, &request.asked.place).await {
        Err(error) if error.code() == Some("forbidden") => Ok(WinnersCalls::default()),
        calls => calls,
    }
}

/// A seat in words, and whose it is.
pub(super) struct DrawnSeatPart {
    person: String,
    service: Vec<Name>,
    when: Cow<'static, str>,
    place: Name,
}

impl DrawnSeatPart {
    pub(super) fn new(
        texts: Texts,
        offer: &Offer,
        person: &Attendee,
        services: &[ServiceId],
        (start, place): (Timestamp, &LocationId),
    ) -> Self {
        Self {
            person: name_of(&person.given_name, &person.family_name),
            service: service_names(texts, offer, services),
            when: texts.moment(start),
            place: LocationSummary::find(offer, place, texts).name,
        }
    }
}

/// What is asked of a seat.
pub(super) struct Question {
    /// The text of the title.
    pub(super) title: &'static str,
    /// The text that says when the answer is yes.
    pub(super) lead: &'static str,
    pub(super) seat: DrawnSeatPart,
    /// What follows.
    pub(super) follows: Vec<Cow<'static, str>>,
    /// Where the form is sent, and what it says.
    pub(super) action: String,
    pub(super) fields: Vec<(&'static str, String)>,
    /// The text of the button.
    pub(super) button: &'static str,
    /// The calls that led here.
    pub(super) back: String,
}

#[derive(Template)]
#[template(path = "desk_drawn.html")]
struct QuestionPage {
    frame: Frame,
    /// Title and body of why it was not done.
    trouble: Option<(Cow<'static, str>, Cow<'static, str>)>,
    question: Question,
}

impl Question {
    /// The page that asks, after `trouble` once more.
    pub(super) fn page(self, visitor: &Visitor, trouble: Option<&Trouble>) -> HttpResponse {
        let texts = visitor.texts;
        let frame = visitor.frame(texts.text(self.title));
        let is_refused = trouble.is_some();
        let page = QuestionPage {
            frame: if is_refused { frame.of_error() } else { frame },
            trouble: trouble.and_then(|trouble| trouble.words(texts, self.button)),
            question: self,
        };
        let status = if is_refused { StatusCode::CONFLICT } else { StatusCode::OK };
        visitor.page_with_status(status, &page)
    }
}
