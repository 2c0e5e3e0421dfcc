//! Joins a waiting list, or changes what suits.

use std::borrow::Cow;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use client::{Booking, ClientError, Service, StandBy, WaitingEntry, WaitingList, WaitingRequest};
use ids::{AuthorityId, ServiceId};
use jiff::Timestamp;

use super::{again_from, filled::Filled, form, rejoin_days};
use crate::{
    directory::Offer,
    http::{
        application::Application,
        asked::{Asked, What},
        frame::Frame,
        page_error::PageError,
        request::{Authority, Person, Request},
        search::SearchCriteria,
        visit::{self, Name},
        visitor::go_to,
    },
    session::Session,
    text::local,
};

#[derive(Template)]
#[template(path = "waiting_join.html")]
struct JoinPage {
    frame: Frame,
    authority: AuthorityId,
    authority_name: Name,
    service: ServiceId,
    service_names: Vec<Name>,
    form: form::Form,
    /// How many wait, and the rules.
    list: Option<WaitingList>,
    /// For how many days whoever loses the place cannot join again online.
    rejoin_days: Option<u8>,
    /// The application that the service asks for.
    application: Option<Application>,
    /// From when on they can join again online, if they lost their place by offers and cannot now.
    again_from: Option<Cow<'static, str>>,
    /// When the appointment begins that the person has: they wait for an earlier one.
    booked: Option<Cow<'static, str>>,
    /// They are in line already.
    is_change: bool,
    back: String,
}

impl JoinPage {
    /// For how many minutes an offer at short notice stands, if the list makes them.
    fn stand_by_minutes(&self) -> Option<u16> {
        self.list.as_ref()?.stand_by_minutes
    }

    /// How many hours longer an offer by phone stands, if it does.
    fn phoned_hours(&self) -> Option<u16> {
        self.list.as_ref()?.phoned_hours.filter(|hours| *hours > 0)
    }
}

/// Which list.
pub(crate) struct Query {
    service: ServiceId,
    /// What was filled in and needed a log-in first.
    typed: Option<Filled>,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let typed = asked.typed().and_then(|typed| Filled::read(&typed).ok());
        Ok(Self { service: asked.required("service")?, typed })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        offer.service(&self.service).map(drop).ok_or(PageError::NotFound)
    }
}

pub(crate) async fn ask(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let Query { service, typed } = &request.asked;
    let service = demand(&request, service)?;
    let before = Before::read(&request, &service).await?;
    let today = local(request.visitor.now()).date();
    let known = before.entry.as_ref().map_or_else(Filled::nothing, |entry| {
        let stand_by = entry.stand_by.filter(|day| today <= *day);
        let stand_by = stand_by.map(|day| match day == today {
            true => StandBy::Today,
            false => StandBy::Tomorrow,
        });
        Filled::of(&entry.preferences, entry.people, stand_by)
    });
    let filled = typed.clone().unwrap_or(known);
    Ok(request.visitor.page(&page(&request, &service, &before, &filled, Fits::NotAsked).await))
}

/// Refuses early what the authority would refuse after everything was filled in.
fn demand<A: What>(
    request: &Request<Person, Authority, A>,
    id: &ServiceId,
) -> Result<Service, PageError> {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let service = offer.service(id).ok_or(PageError::NotFound)?;
    visitor.demand(visit::needed_level(offer, std::slice::from_ref(id)))?;
    if service.waiting_list {
        return Ok(service.clone());
    }
    let criteria = SearchCriteria::service(id.clone());
    Err(PageError::refused("no-waiting-list", visitor.links.days(&office.id, &criteria)))
}

/// What the person has in the group of the service.
struct Before {
    /// Their place in line.
    entry: Option<WaitingEntry>,
    /// Their appointment.
    booking: Option<Booking>,
    /// They lost their place by offers: from when on they can join again online.
    again_at: Option<Timestamp>,
}

impl Before {
    async fn read<A: What>(
        request: &Request<Person, Authority, A>,
        service: &Service,
    ) -> Result<Self, PageError> {
        let Authority { office, offer } = &request.authority;
        let token = request.token().await?;
        let own = (office.api.own_places(&token), office.api.bookings(&token));
        let (places, bookings) = futures_util::future::try_join(own.0, own.1).await?;
        let of_service = places.iter().filter(|place| place.service == service.id);
        let again_at = of_service.filter_map(|place| place.again_at).max();
        let mut places = places.into_iter().filter(WaitingEntry::is_in_line);
        let entry = places.find(|entry| entry.group == service.group);
        if entry.as_ref().is_some_and(|entry| entry.service != service.id) {
            let criteria = SearchCriteria::service(service.id.clone());
            let again = request.visitor.links.days(&office.id, &criteria);
            return Err(PageError::refused("already-waiting", again));
        }
        let is_in_group = |booking: &Booking| {
            let mut booked = booking.services.iter().filter_map(|id| offer.service(id));
            booked.any(|booked| booked.group == service.group)
        };
        let mut bookings = bookings.bookings.into_iter().filter(Booking::is_open);
        // Staff may have put them in line before that.
        let again_at = again_at.filter(|_| entry.is_none());
        Ok(Self { entry, booking: bookings.find(is_in_group), again_at })
    }
}

/// Whether the wishes can come true.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    NotAsked,
    /// One of them fits no seat of the service.
    Nothing,
    /// All days are over, which nobody has to ask for.
    Over,
}

async fn page<A: What>(
    request: &Request<Person, Authority, A>,
    service: &Service,
    before: &Before,
    filled: &Filled,
    fits: Fits,
) -> JoinPage {
    let Request { visitor, authority: Authority { office, offer }, .. } = request;
    let texts = visitor.texts;
    let criteria = SearchCriteria::service(service.id.clone());
    // The rules are worth knowing, but the page does not wait for them.
    let lists = office.api.waiting_lists().await.unwrap_or_default();
    let title = texts.text(if before.entry.is_some() {
        "waiting-change-title"
    } else {
        "waiting-join-title"
    });
    let mut form = form::Form::new(texts, offer, service, filled);
    match fits {
        Fits::NotAsked => {}
        Fits::Nothing => form.say_unfit(texts),
        Fits::Over => form.say_over(texts),
    }
    let title = match form.mistakes.is_empty() {
        true => title,
        false => texts.fill("waiting-mistake-title", "title", title.into_owned()),
    };
    // Whether it was proven in another session only the authority knows, so who joins is told.
    let application = Application::of(visitor, &office.id, offer, &criteria);
    let list = lists.into_iter().find(|list| list.service == service.id);
    let is_only_date = service.entitlement_required && before.booking.is_none();
    JoinPage {
        frame: visitor.frame(title),
        application: application.filter(|_| before.entry.is_none()),
        authority: office.id.clone(),
        authority_name: Name::of(&offer.name, texts),
        service_names: visit::service_names(texts, offer, std::slice::from_ref(&service.id)),
        form,
        rejoin_days: list.as_ref().and_then(|list| rejoin_days(list, is_only_date)),
        list,
        again_from: before.again_at.map(|at| again_from(texts, at)),
        booked: before.booking.as_ref().map(|booking| texts.moment(booking.start)),
        is_change: before.entry.is_some(),
        back: match &before.entry {
            Some(entry) => visitor.links.waiting_place(&office.id, &entry.id),
            None => visitor.links.days(&office.id, &criteria),
        },
        service: service.id.clone(),
    }
}

/// The form of the page.
pub(crate) struct Form {
    service: ServiceId,
    filled: Filled,
}

impl What for Form {
    const IS_TYPED: bool = true;

    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self { service: asked.required("service")?, filled: Filled::read(asked)? })
    }

    fn check(&self, offer: &Offer) -> Result<(), PageError> {
        offer.service(&self.service).map(drop).ok_or(PageError::NotFound)
    }
}

pub(crate) async fn join(
    request: Request<Person, Authority, Form>,
) -> Result<HttpResponse, PageError> {
    let Request { visitor, authority, asked: Form { service, filled }, .. } = &request;
    let service = demand(&request, service)?;
    if !filled.mistakes().is_empty() {
        return asked_again(&request, &service, Fits::NotAsked).await;
    }
    if filled.is_over(local(visitor.now()).date()) {
        return asked_again(&request, &service, Fits::Over).await;
    }
    let token = request.token().await?;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let wanted = WaitingRequest {
        service: service.id.clone(),
        preferences: filled.preferences(),
        people: filled.people,
        stand_by: filled.stand_by,
        attendee: attendee.map_err(PageError::identity_down)?,
        language: authority.offer.tells_in(visitor.language()),
    };
    // Joining again with the same changes nothing, so each press may have its own key.
    let key = visitor.portal.unguessable();
    match authority.office.api.join_waiting_list(&token, &key, &wanted).await {
        Ok(entry) => {
            let place = visitor.links.waiting_place(&authority.office.id, &entry.id);
            Ok(go_to(format!("{place}?joined")))
        }
        // What the form offers can be read: something fits no seat.
        Err(error) if error.code() == Some("invalid-request") => {
            asked_again(&request, &service, Fits::Nothing).await
        }
        Err(error) => refused(&request, &service.id, error),
    }
}

/// The form with what was filled in, and what is wrong with it.
async fn asked_again(
    request: &Request<Person, Authority, Form>,
    service: &Service,
    fits: Fits,
) -> Result<HttpResponse, PageError> {
    let before = Before::read(request, service).await?;
    let page = page(request, service, &before, &request.asked.filled, fits).await;
    Ok(request.visitor.page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// A person who must prove first that an application is on file is led there; everybody else reads
/// the reason.
fn refused(
    request: &Request<Person, Authority, Form>,
    service: &ServiceId,
    error: ClientError,
) -> Result<HttpResponse, PageError> {
    let (visitor, authority) = (&request.visitor, &request.authority.office.id);
    let criteria = SearchCriteria::service(service.clone());
    if error.code() == Some("entitlement-required") {
        let forget = |session: &mut Session| session.forget_claims(authority, &criteria.services);
        visitor.session.change(forget);
        return Ok(go_to(visitor.links.entitlement(authority, &criteria)));
    }
    let again = visitor.links.days(authority, &criteria);
    Err(visitor.office_refused(error).choose_again_at(again))
}
