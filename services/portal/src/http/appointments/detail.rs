//! One appointment: also the page on which a booking ends well.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::{Booking, BookingChange, BookingEvent, BookingStatus, Contact};
use ids::BookingId;
use url::Url;

use super::{
    appointment::{Appointment, find},
    consequences::is_late,
    qr_code::QrCode,
};
use crate::{
    http::{
        asked::{Asked, What},
        barring::{OpenBooking, look_for_booking, words},
        draws::earlier::{EarlierDraw, earlier_draws},
        frame::Frame,
        other_booking::OtherBooking,
        own_contact::{OwnContact, Untold},
        page_error::PageError,
        person_name::name_of,
        request::{Authority, Person, Request},
        search::SearchCriteria,
        visit::LocationSummary,
        visitor::Visitor,
    },
    text::Texts,
};

/// Where addresses are shown on a map, with nothing about the person in the link.
const MAP: &str = "https://www.openstreetmap.org/search";

/// In the address of the page: the e-mail address that was entered with the booking could not be kept.
pub(in crate::http) const UNCHANGED: &str = "address-unchanged";

#[derive(Template)]
#[template(path = "appointment.html")]
struct DetailPage {
    frame: Frame,
    appointment: Appointment,
    /// The person for whom it is.
    name: Option<String>,
    qr_code: Option<QrCode>,
    map: Option<String>,
    /// It was made a moment ago.
    just_booked: bool,
    /// The address was proven a moment ago.
    just_proven: bool,
    /// A confirmation is on its way.
    gets_email: bool,
    /// An address was entered with the booking that this log-in may not state.
    is_address_unchanged: bool,
    /// Where messages go.
    email: Option<String>,
    /// In the place of it, if it is not told.
    untold: Option<Untold>,
    /// An address that waits for its code.
    unproven_email: Option<String>,
    /// It was cancelled a moment ago.
    just_cancelled: bool,
    /// What became of it, if it does not stand any more.
    ended_key: Option<&'static str>,
    /// The appointment of the kind that the person has instead.
    now: Option<OtherBooking>,
    /// From when on the person can book again after they have cancelled it.
    must_wait: Option<Cow<'static, str>>,
    /// It was given up so late that it counts as half a miss.
    was_late: bool,
    booked_at: Cow<'static, str>,
    /// What happened to it, and when.
    history: Vec<Event>,
    rebook: String,
    /// Another appointment for the same.
    again: String,
    /// The waiting list for an earlier one.
    earlier: Option<String>,
    /// Draws in which an earlier one can be won.
    draws: Vec<EarlierDraw>,
    address: String,
}

/// A line of the history.
struct Event {
    at: Cow<'static, str>,
    what: Cow<'static, str>,
}

/// The booking, and what happened to it a moment ago.
pub(crate) struct Query {
    booking: BookingId,
    booked: bool,
    unchanged: bool,
    proven: bool,
    cancelled: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            booking: asked.path("booking")?,
            booked: asked.has("booked"),
            unchanged: asked.has(UNCHANGED),
            proven: asked.has("proven"),
            cancelled: asked.has("cancelled"),
        })
    }
}

pub(crate) async fn show(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let appointment = find(&request, request.asked.booking).await?;
    let contact = OwnContact::beside(&request).await;
    let Request { visitor, authority, .. } = &request;
    let draws = earlier_draws(visitor, authority, &appointment.booking).await;
    let now = match ended_key(&appointment.booking) {
        Some(_) => present(visitor, authority, &appointment.booking).await,
        None => None,
    };
    let page = DetailPage { draws, now, ..page(&request, appointment, contact) };
    Ok(request.visitor.page(&page))
}

/// The text that says that an appointment was moved or cancelled.
const fn ended_key(booking: &Booking) -> Option<&'static str> {
    match booking.status {
        Some(BookingStatus::Rebooked) => Some("appointment-is-moved"),
        Some(BookingStatus::Cancelled) => Some("appointment-is-cancelled"),
        _ => None,
    }
}

/// The open appointment of the kind of one that does not stand any more.
async fn present(
    visitor: &Visitor,
    authority: &Authority,
    ended: &Booking,
) -> Option<OtherBooking> {
    match look_for_booking(visitor, authority, &ended.services).await {
        OpenBooking::Is(booking) => Some(words(visitor, authority, &booking, &ended.services)),
        OpenBooking::None | OpenBooking::Unknown => None,
    }
}

fn page(
    request: &Request<Person, Authority, Query>,
    appointment: Appointment,
    contact: OwnContact,
) -> DetailPage {
    let (contact, untold) = match contact {
        OwnContact::Told(contact) => (contact, None),
        OwnContact::Untold(untold) => (Contact::default(), Some(untold)),
    };
    let Request { visitor, asked, authority, .. } = request;
    let (texts, links, booking) = (visitor.texts, visitor.links, &appointment.booking);
    let just_proven = asked.proven && contact.email.is_some();
    // An address is kept, reloaded and gone back to: it says only what is still true.
    let just_booked = asked.booked && appointment.is_open();
    let just_cancelled = asked.cancelled && booking.status == Some(BookingStatus::Cancelled);
    let title = match (just_booked, just_cancelled) {
        _ if just_proven => "email-proven",
        (true, _) if booking.replaces.is_some() => "appointment-rebooked-title",
        (true, _) => "appointment-booked-title",
        (_, true) => "appointment-cancelled-title",
        _ => "appointment-title",
    };
    let own = links.appointment(&appointment.authority, &booking.id);
    let instead = SearchCriteria::instead_of(booking);
    let anew = SearchCriteria { replaces: None, ..instead.clone() };
    DetailPage {
        frame: visitor.frame(texts.text(title)),
        name: booking.person.as_ref().map(|name| name_of(&name.given_name, &name.family_name)),
        qr_code: QrCode::of(&booking.code.to_string()),
        map: map(&appointment.summary.place),
        just_booked,
        just_proven,
        gets_email: just_booked && contact.email.is_some(),
        is_address_unchanged: just_booked && asked.unchanged,
        untold,
        email: contact.email,
        unproven_email: contact.unproven,
        ended_key: ended_key(booking).filter(|_| !just_cancelled),
        now: None,
        just_cancelled,
        must_wait: visitor
            .session
            .read()
            .must_wait_after(booking.id, visitor.now())
            .map(|at| texts.fill("cancelled-wait", "time", texts.moment(at).into_owned())),
        was_late: given_up(&booking.history)
            .is_some_and(|event| is_late(&authority.offer, booking, event.at)),
        booked_at: texts.moment(booking.created_at),
        history: booking.history.iter().filter_map(|event| Event::of(texts, event)).collect(),
        rebook: links.days(&appointment.authority, &instead),
        again: links.days(&appointment.authority, &anew),
        earlier: earlier(request, &appointment),
        draws: Vec::new(),
        address: links.address(&appointment.authority, &own),
        appointment,
    }
}

/// The place on a map; a place without an address is on none.
fn map(place: &LocationSummary) -> Option<String> {
    if place.address.is_empty() {
        return None;
    }
    let link = Url::parse_with_params(MAP, [("query", place.address.as_str())]);
    link.ok().map(String::from)
}

/// The waiting list, where the service has one and the appointment can still be moved.
fn earlier(
    request: &Request<Person, Authority, Query>,
    appointment: &Appointment,
) -> Option<String> {
    let [service] = appointment.booking.services.as_slice() else { return None };
    let has_list = request.authority.offer.service(service)?.waiting_list;
    (has_list && appointment.can_change())
        .then(|| request.visitor.links.join_waiting_list(&appointment.authority, service))
}

/// That the person gave the appointment up.
fn given_up(history: &[BookingEvent]) -> Option<&BookingEvent> {
    let is_own =
        |event: &&BookingEvent| event.what == Some(BookingChange::Cancelled) && !event.by_office;
    history.iter().rfind(is_own)
}

impl Event {
    /// `None` for what this portal does not know yet.
    fn of(texts: Texts, event: &BookingEvent) -> Option<Self> {
        let start = || texts.moment(event.start);
        let what = match (event.what?, event.by_office) {
            (BookingChange::Booked, _) => {
                texts.fill("history-booked", "time", start().into_owned())
            }
            (BookingChange::Moved, _) => texts.fill("history-moved", "time", start().into_owned()),
            (BookingChange::Cancelled, false) => texts.text("history-cancelled"),
            (BookingChange::Cancelled, true) => texts.text("history-cancelled-office"),
            (BookingChange::Served, _) => texts.text("history-served"),
            (BookingChange::Missed, _) => texts.text("history-missed"),
            (BookingChange::Closed, _) => texts.text("history-closed"),
        };
        Some(Self { at: texts.moment(event.at), what })
    }
}
