//! The people without e-mail whom a place has to phone: a seat is offered to them, they are asked whether they still
//! wait, or they won and do not know it.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{
    AccessToken, ClientError, DueCall, OfferNotice, SlotApi, UntoldWinner, WaitingOffer,
    WinnersCall, WinnersCalls,
};
use ids::{AuthorityId, DrawId, EntryId, LocationId, OfferId, WaitingId};

use super::{
    called::Called,
    fields::{ChoiceField, Fields, Mistake, PLACE_MISSING},
    trouble::{Refused, Trouble},
    untold::UntoldPart,
};
use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        request::{Authority, Request, Staff},
        visit::{LocationSummary, Name, service_names},
        visitor::Visitor,
    },
    text::Texts,
};

#[derive(Template)]
#[template(path = "desk_calls.html")]
struct CallsPage {
    frame: Frame,
    authority: AuthorityId,
    places: ChoiceField,
    /// The place whose calls these are; empty before one was chosen.
    place: String,
    /// `None` before a place was chosen.
    calls: Option<Vec<CallPart>>,
    /// Winners of draws who must confirm.
    winners: Vec<WinnerPart>,
    /// Winners of draws who are booked.
    untold: Vec<UntoldPart>,
    /// Title and body of why something was not taken.
    trouble: Option<(Cow<'static, str>, Cow<'static, str>)>,
}

/// All calls of a place.
#[derive(Default)]
struct Due {
    waiting: Vec<CallPart>,
    winners: Vec<WinnerPart>,
    untold: Vec<UntoldPart>,
}

/// A call in words.
struct CallPart {
    entry: WaitingId,
    called: Called,
    service: Vec<Name>,
    /// What is offered; `None` if the question is whether they still wait.
    offer: Option<OfferPart>,
    /// Until then they can say that they still wait.
    answer_by: Option<Cow<'static, str>>,
    declines_left: u16,
}

/// A call to a winner in words.
struct WinnerPart {
    entry: EntryId,
    draw: DrawId,
    called: Called,
    service: Vec<Name>,
    when: Cow<'static, str>,
    place: Name,
    until: Cow<'static, str>,
    /// Until when they can enter no draw if they decline.
    left_out_until: Option<Cow<'static, str>>,
    /// Where staff are asked before they decline for the person.
    decline: String,
}

impl WinnerPart {
    fn new(
        visitor: &Visitor,
        authority: &Authority,
        place: &LocationId,
        call: WinnersCall,
    ) -> Self {
        let (texts, Authority { office, offer }) = (visitor.texts, authority);
        Self {
            entry: call.entry,
            draw: call.draw,
            called: Called::new(call.attendee, call.phone, call.language),
            service: service_names(texts, offer, std::slice::from_ref(&call.service)),
            when: texts.moment(call.offer.start),
            place: LocationSummary::find(offer, &call.offer.location, texts).name,
            until: texts.moment(call.offer.answer_by),
            left_out_until: call.offer.left_out_until.map(|until| texts.moment(until)),
            decline: visitor.links.decline_drawn(&office.id, &call.draw, &call.entry, place),
        }
    }
}

/// An offer in words.
struct OfferPart {
    id: OfferId,
    when: Cow<'static, str>,
    place: Name,
    until: Cow<'static, str>,
    /// It stands for minutes only, and not to answer it costs nothing.
    is_short: bool,
}

impl CallPart {
    fn new(texts: Texts, offer: &Offer, call: DueCall) -> Self {
        Self {
            entry: call.entry,
            called: Called::new(call.attendee, call.phone, call.language),
            service: service_names(texts, offer, std::slice::from_ref(&call.service)),
            offer: call.offer.map(|seat| OfferPart::new(texts, offer, &seat)),
            answer_by: call.answer_by.map(|at| texts.moment(at)),
            declines_left: call.declines_left,
        }
    }
}

impl OfferPart {
    fn new(texts: Texts, offer: &Offer, seat: &WaitingOffer) -> Self {
        Self {
            id: seat.id,
            when: texts.moment(seat.start),
            place: LocationSummary::find(offer, &seat.location, texts).name,
            until: texts.moment(seat.valid_until),
            is_short: seat.notice == OfferNotice::Short,
        }
    }
}

/// Which place phones. The server notes who read the numbers, so none is chosen beforehand.
pub(crate) enum Query {
    /// Nothing was asked for yet.
    None,
    /// No place was chosen.
    Missing,
    Of(LocationId),
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let place = asked.field("location").map(|id| id.parse().ok());
        Ok(match place {
            None => Self::None,
            Some(None) => Self::Missing,
            Some(Some(place)) => Self::Of(place),
        })
    }
}

pub(crate) async fn show(
    request: Request<Staff, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    match &request.asked {
        Query::Of(place) => with_calls(&request, &token, place, None).await,
        Query::Missing => Ok(unread(&request, StatusCode::UNPROCESSABLE_ENTITY, &[PLACE_MISSING])),
        Query::None => Ok(unread(&request, StatusCode::OK, &[])),
    }
}

/// The page with the calls of a place, and why an answer was not taken.
async fn with_calls<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    place: &LocationId,
    trouble: Option<Trouble>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    match office.api.due_calls(token, place).await {
        Ok(calls) => {
            let status = trouble.as_ref().map_or(StatusCode::OK, |_| StatusCode::CONFLICT);
            let part = |call| CallPart::new(visitor.texts, offer, call);
            let has_draws = offer.services.iter().any(|service| service.allocation.is_drawn());
            let drawn = match has_draws {
                true => winners_calls(&office.api, token, place).await?,
                false => WinnersCalls::default(),
            };
            let winner = |call| WinnerPart::new(visitor, &request.authority, place, call);
            let untold = |call: UntoldWinner| {
                let link = visitor.links.ask_told(&office.id, &call.draw, &call.entry, place);
                UntoldPart::new(visitor.texts, offer, call, link)
            };
            let due = Due {
                waiting: calls.into_iter().map(part).collect(),
                winners: drawn.calls.into_iter().map(winner).collect(),
                untold: drawn.untold.into_iter().map(untold).collect(),
            };
            Ok(page(request, place, status, Some(due), trouble))
        }
        Err(error) if error.code() == Some("forbidden") => {
            let other = Some(Trouble::OtherPlace);
            Ok(page(request, place, StatusCode::FORBIDDEN, None, other))
        }
        Err(error) => Err(error.into()),
    }
}

/// The winners whom the place has to phone; none at a slot service of an earlier version, which does not know of
/// such calls: those to people who wait must be made while it is replaced.
pub(super) async fn winners_calls(
    api: &SlotApi,
    token: &AccessToken,
    place: &LocationId,
) -> Result<WinnersCalls, ClientError> {
    match api.winners_calls(token, place).await {
        Err(error) if error.code() == Some("not-found") => Ok(WinnersCalls::default()),
        calls => calls,
    }
}

/// The same after a refusal, unless that is explained on a page of its own.
pub(super) async fn refused<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    place: &LocationId,
    error: ClientError,
) -> Result<HttpResponse, PageError> {
    let refused = Refused::Authority(error);
    match Trouble::of(&refused) {
        Some(trouble) => with_calls(request, token, place, Some(trouble)).await,
        None => Err(ClientError::from(refused).into()),
    }
}

/// The same where the seat that was asked about does not wait for an answer any more.
pub(super) async fn over<A: What>(
    request: &Request<Staff, Authority, A>,
    token: &AccessToken,
    place: &LocationId,
) -> Result<HttpResponse, PageError> {
    with_calls(request, token, place, Some(Trouble::OfferOver)).await
}

/// The page before the calls of a place are read.
fn unread(
    request: &Request<Staff, Authority, Query>,
    status: StatusCode,
    mistakes: &[Mistake],
) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let texts = visitor.texts;
    let frame = visitor.frame(texts.text("desk-calls"));
    let page = CallsPage {
        frame: if mistakes.is_empty() { frame } else { frame.of_error() },
        authority: office.id.clone(),
        places: Fields { texts, mistakes }.places("location", "desk-place", offer, None),
        place: String::new(),
        calls: None,
        winners: Vec::new(),
        untold: Vec::new(),
        trouble: None,
    };
    visitor.page_with_status(status, &page)
}

fn page<A: What>(
    request: &Request<Staff, Authority, A>,
    place: &LocationId,
    status: StatusCode,
    due: Option<Due>,
    trouble: Option<Trouble>,
) -> HttpResponse {
    let is_read = due.is_some();
    let Due { waiting, winners, untold } = due.unwrap_or_default();
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let texts = visitor.texts;
    let frame = visitor.frame(texts.text("desk-calls"));
    let fields = Fields { texts, mistakes: &[] };
    let page = CallsPage {
        frame: if trouble.is_some() { frame.of_error() } else { frame },
        authority: office.id.clone(),
        places: fields.places("location", "desk-place", offer, Some(place)),
        place: place.to_string(),
        calls: is_read.then_some(waiting),
        winners,
        untold,
        trouble: trouble.and_then(|trouble| trouble.words(texts, "desk-call-accept")),
    };
    visitor.page_with_status(status, &page)
}
