//! Somebody whom staff entered into a draw asks what came of it, with the number of the entry on their paper.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{EntryAtDesk, EntryStatus};
use ids::{AuthorityId, EntryId};
use jiff::Timestamp;

use super::{fields::is_unsent, status::status_key};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        draws::facts::DrawFacts,
        frame::Frame,
        page_error::PageError,
        request::{Authority, Request, Staff},
        visit::{LocationSummary, Name},
    },
    text::Texts,
};

#[derive(Template)]
#[template(path = "desk_entry.html")]
struct FoundPage {
    frame: Frame,
    authority: AuthorityId,
    /// What stands in the field.
    typed: String,
    mistake: Option<Cow<'static, str>>,
    found: Option<FoundPart>,
}

/// The entry in words. It has no name: the paper is shown, and no identity document.
struct FoundPart {
    draw: DrawFacts,
    number: EntryId,
    /// What came of it.
    outcome: Cow<'static, str>,
    seat: Option<SeatPart>,
}

/// The appointment, or what is kept.
struct SeatPart {
    when: Cow<'static, str>,
    place: Name,
    /// What the person says at the desk, and the text that says how the visit stands.
    booked: Option<(String, &'static str)>,
    /// Until when the person can accept.
    until: Option<Cow<'static, str>>,
}

impl SeatPart {
    fn of(texts: Texts, offer: &Offer, entry: &EntryAtDesk, now: Timestamp) -> Option<Self> {
        let place = |id| LocationSummary::find(offer, id, texts).name;
        if let Some(booking) = &entry.booking {
            return Some(Self {
                when: texts.moment(booking.start),
                place: place(&booking.location),
                booked: Some((booking.code.to_string(), status_key(booking, now))),
                until: None,
            });
        }
        entry.offer.as_ref().map(|seat| Self {
            when: texts.moment(seat.start),
            place: place(&seat.location),
            booked: None,
            until: Some(texts.moment(seat.answer_by)),
        })
    }
}

/// What came of an entry, in words.
fn outcome(texts: Texts, draw: &DrawFacts, status: Option<EntryStatus>) -> Cow<'static, str> {
    match status {
        Some(EntryStatus::Entered) => {
            texts.fill("desk-entry-open", "time", draw.result_not_before())
        }
        Some(EntryStatus::Offered) => texts.text("desk-entry-kept"),
        Some(EntryStatus::Booked) => texts.text("desk-entry-won"),
        Some(EntryStatus::Without) => texts.text("desk-entry-without"),
        Some(EntryStatus::NotBooked) => texts.text("desk-entry-not-booked"),
        Some(EntryStatus::Declined) => texts.text("desk-entry-declined"),
        Some(EntryStatus::Lapsed) => texts.text("desk-entry-lapsed"),
        None => texts.text("desk-is-unknown"),
    }
}

/// The number, as it was typed.
pub(crate) enum Query {
    /// The page was opened.
    Opened,
    /// It only went along into another language.
    Unsent(String),
    Sent(String),
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = texts::plain_digits(asked.trimmed("number")).to_lowercase();
        Ok(match (asked.has("number"), is_unsent(asked)) {
            (false, _) => Self::Opened,
            (true, true) => Self::Unsent(typed),
            (true, false) => Self::Sent(typed),
        })
    }
}

impl Query {
    fn typed(&self) -> &str {
        match self {
            Self::Opened => "",
            Self::Unsent(typed) | Self::Sent(typed) => typed,
        }
    }
}

pub(crate) async fn show(
    request: Request<Staff, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked: query, .. } = &request;
    let Ok(number) = query.typed().parse::<EntryId>() else {
        let (status, mistake) = match query {
            Query::Sent(_) => (StatusCode::UNPROCESSABLE_ENTITY, Some("desk-entry-malformed")),
            Query::Opened | Query::Unsent(_) => (StatusCode::OK, None),
        };
        return Ok(page(&request, status, mistake, None));
    };
    let entry = match office.api.draw_entry_at_desk(&token, number).await {
        Ok(entry) => entry,
        Err(error) if matches!(error.code(), Some("entry-not-found" | "draw-not-found")) => {
            return Ok(page(&request, StatusCode::NOT_FOUND, Some("desk-entry-unknown"), None));
        }
        Err(error) => return Err(error.into()),
    };
    let published = office.api.draw(entry.draw).await?;
    let draw = DrawFacts::new(visitor, &office.id, offer, &published.draw);
    let found = FoundPart {
        outcome: outcome(visitor.texts, &draw, entry.status),
        seat: SeatPart::of(visitor.texts, offer, &entry, visitor.now()),
        draw,
        number,
    };
    Ok(page(&request, StatusCode::OK, None, Some(found)))
}

fn page(
    request: &Request<Staff, Authority, Query>,
    status: StatusCode,
    mistake: Option<&'static str>,
    found: Option<FoundPart>,
) -> HttpResponse {
    let Request { visitor, authority, asked: query, .. } = request;
    let frame = visitor.frame(visitor.texts.text("desk-entry"));
    let page = FoundPage {
        frame: if mistake.is_some() { frame.of_error() } else { frame },
        authority: authority.office.id.clone(),
        typed: query.typed().to_owned(),
        mistake: mistake.map(|key| visitor.texts.text(key)),
        found,
    };
    visitor.page_with_status(status, &page)
}
