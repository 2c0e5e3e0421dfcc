//! A person's own place in a waiting list: how it stands, what is offered, and what they can do.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{PlaceInLine, PlaceLost, WaitingEntry, WaitingStatus};
use ids::{AuthorityId, WaitingId};

use super::{Declinable, again_from, find, lost_key, status_colour, status_key, words};
use crate::{
    http::{
        asked::{Asked, What},
        frame::Frame,
        own_contact::{OwnContact, Untold},
        page_error::PageError,
        request::{Authority, Person, Request},
        search::SearchCriteria,
        visit::{self, Name, Summary},
        visitor::{Visitor, go_to},
    },
    text::local,
};

#[derive(Template)]
#[template(path = "waiting_place.html")]
struct PlacePage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    service: Vec<Name>,
    entry: WaitingEntry,
    /// In words, the best first.
    preferences: Vec<String>,
    joined: Cow<'static, str>,
    /// Until which day they can come at once.
    stand_by: Option<Cow<'static, str>>,
    /// How many are before them, in words.
    ahead: Option<Cow<'static, str>>,
    offer: Option<OfferPart>,
    /// Until when they can say that they still wait.
    answer_by: Option<Cow<'static, str>>,
    /// From when on they can join the list again online, if they cannot now.
    again_from: Option<Cow<'static, str>>,
    /// When the appointment begins that they give back for an earlier one.
    booked: Option<Cow<'static, str>>,
    /// It was joined or changed a moment ago.
    just_joined: bool,
    /// They said a moment ago that they still wait.
    just_answered: bool,
    /// They declined an offer a moment ago, and are still in line.
    just_declined: bool,
    /// Where offers are sent to; nowhere without a proven address.
    email: Option<String>,
    /// In the place of it, if it is not told.
    untold: Option<Untold>,
    change: String,
    days: String,
}

/// A seat that is offered.
struct OfferPart {
    summary: Summary,
    until: Cow<'static, str>,
    /// What it costs to decline.
    declining: Vec<Cow<'static, str>>,
    accept: String,
    decline: String,
}

impl PlacePage {
    fn status_key(&self) -> &'static str {
        status_key(self.entry.status)
    }

    fn status_colour(&self) -> &'static str {
        status_colour(self.entry.status)
    }

    fn is_booked(&self) -> bool {
        self.entry.status == Some(WaitingStatus::Booked)
    }

    /// Why the place is lost.
    fn lost_key(&self) -> Option<&'static str> {
        lost_key(&self.entry)
    }

    /// Whether the list is still there, and does not keep the person out for a time.
    fn can_join_again(&self) -> bool {
        self.entry.reason != Some(PlaceLost::ListEnded) && self.entry.again_at.is_none()
    }
}

/// The place, and what happened to it a moment ago.
pub(crate) struct Query {
    place: WaitingId,
    joined: bool,
    answered: bool,
    declined: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            place: asked.path("place")?,
            joined: asked.has("joined"),
            answered: asked.has("answered"),
            declined: asked.has("declined"),
        })
    }
}

pub(crate) async fn show(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let wanted = request.asked.place;
    let entry = find(&request, |entry| entry.id == wanted).await?;
    let Request { visitor, authority: Authority { office, offer }, asked, .. } = &request;
    let (texts, links) = (visitor.texts, visitor.links);
    let (contact, booked) =
        futures_util::future::join(OwnContact::beside(&request), booked(&request, &entry)).await;
    let (email, untold) = contact.email();
    let in_words = |wanted| words::in_words(texts, offer, wanted);
    let page = PlacePage {
        frame: visitor.frame(texts.text("waiting-place-title")),
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, texts),
        service: visit::service_names(texts, offer, std::slice::from_ref(&entry.service)),
        preferences: entry.preferences.iter().map(in_words).collect(),
        joined: texts.date(local(entry.joined_at).date()),
        stand_by: entry.stand_by.map(|day| texts.date(day)),
        ahead: entry.place.as_ref().map(|place| ahead(visitor, place)),
        offer: offer_part(visitor, &request.authority, &entry).await,
        answer_by: entry.answer_by.map(|until| texts.moment(until)),
        again_from: entry.again_at.map(|at| again_from(texts, at)),
        booked,
        just_joined: asked.joined && entry.is_in_line(),
        just_answered: asked.answered && entry.status == Some(WaitingStatus::Waiting),
        just_declined: asked.declined && entry.status == Some(WaitingStatus::Waiting),
        email,
        untold,
        change: links.join_waiting_list(&office.id, &entry.service),
        days: links.days(&office.id, &SearchCriteria::service(entry.service.clone())),
        entry,
    };
    Ok(visitor.page(&page))
}

fn ahead(visitor: &Visitor, place: &PlaceInLine) -> Cow<'static, str> {
    let texts = visitor.texts;
    let (least, most) = (place.ahead_at_least, place.ahead_at_most);
    if least == most {
        return texts.fill("waiting-ahead", "count", most);
    }
    texts.fill_values("waiting-ahead-between", &[("least", least.into()), ("most", most.into())])
}

async fn offer_part(
    visitor: &Visitor,
    authority: &Authority,
    entry: &WaitingEntry,
) -> Option<OfferPart> {
    let Authority { office, offer: catalogue } = authority;
    let offered = entry.offer.as_ref()?;
    let services = std::slice::from_ref(&entry.service);
    let time = (offered.start, offered.end);
    Some(OfferPart {
        summary: Summary::new(visitor.texts, catalogue, services, &offered.location, time),
        until: visitor.texts.moment(offered.valid_until),
        declining: Declinable::of(entry, offered).cost(visitor.texts, authority).await,
        accept: visitor.links.waiting_offer(&office.id, &offered.id),
        decline: visitor.links.decline_offer(&office.id, &offered.id),
    })
}

/// When the appointment begins that the person gives back, if they can still do so.
async fn booked(
    request: &Request<Person, Authority, Query>,
    entry: &WaitingEntry,
) -> Option<Cow<'static, str>> {
    let old = entry.replaces.filter(|_| entry.is_in_line())?;
    let token = request.token().await.ok()?;
    let booking = request.authority.office.api.booking(&token, old).await.ok()?;
    let (now, texts) = (request.visitor.now(), request.visitor.texts);
    booking.can_change(now).then(|| texts.moment(booking.start))
}

/// The person still waits, after an offer lapsed.
pub(crate) async fn still_waiting(
    request: Request<Person, Authority, WaitingId>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, .. }, asked: place, .. } = request;
    let answered = office.api.still_waiting(&token, place).await;
    answered.map_err(|error| visitor.office_refused(error))?;
    Ok(go_to(format!("{}?answered", visitor.links.waiting_place(&office.id, &place))))
}
