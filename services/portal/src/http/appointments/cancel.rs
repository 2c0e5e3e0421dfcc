//! Cancels an appointment, after asking once and saying what follows.

use actix_web::HttpResponse;
use askama::Template;
use client::{AccessToken, BookingStatus, SlotApi};
use futures_util::future::join;
use ids::BookingId;
use jiff::Timestamp;

use super::{
    appointment::{Appointment, find},
    consequences::Consequences,
};
use crate::http::{
    another_time::AnotherTime,
    draws::earlier::entry_that_replaces,
    frame::Frame,
    next_appointment::NextAppointment,
    own_contact::OwnContact,
    page_error::PageError,
    request::{Authority, Person, Request},
    search::SearchCriteria,
    visitor::go_to,
};

#[derive(Template)]
#[template(path = "cancel.html")]
struct CancelPage {
    frame: Frame,
    appointment: Appointment,
    consequences: Consequences,
    /// To the entry in a draw that wins nothing without this appointment.
    entry: Option<String>,
    /// When another appointment is free next, where people choose it.
    wait: Option<String>,
    /// Another time instead.
    rebook: String,
}

pub(crate) async fn ask(
    request: Request<Person, Authority, BookingId>,
) -> Result<HttpResponse, PageError> {
    let appointment = find(&request, request.asked).await?;
    let (visitor, offer) = (&request.visitor, &request.authority.offer);
    let booking = &appointment.booking;
    if !appointment.can_change() {
        return Ok(go_to(visitor.links.appointment(&appointment.authority, &booking.id)));
    }
    let instead = SearchCriteria::instead_of(booking);
    let (contact, wait) =
        join(OwnContact::beside(&request), wait(&request, &appointment, &instead)).await;
    let gets_mail = contact.gets_mail();
    let token = request.token().await?;
    let (id, services) = (booking.id, &booking.services);
    let page = CancelPage {
        frame: visitor.frame(visitor.texts.text("cancel-title")),
        consequences: Consequences::of(visitor.texts, offer, booking, visitor.now(), gets_mail),
        entry: entry_that_replaces(visitor, &request.authority, &token, id, services).await,
        wait,
        rebook: visitor.links.days(&appointment.authority, &instead),
        appointment,
    };
    Ok(visitor.page(&page))
}

/// When another appointment is free next, where people choose it.
async fn wait(
    Request { visitor, authority, .. }: &Request<Person, Authority, BookingId>,
    appointment: &Appointment,
    instead: &SearchCriteria,
) -> Option<String> {
    if !appointment.another_time.is_chosen() {
        return None;
    }
    let (next, _) = NextAppointment::of(visitor, authority, instead).await;
    Some(next.sentence(visitor.texts))
}

pub(crate) async fn cancel(
    request: Request<Person, Authority, BookingId>,
) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let must_wait = must_wait(&request, &token).await;
    let Request { visitor, authority: Authority { office, .. }, asked: booking, .. } = request;
    let cancelled = office.api.cancel(&token, booking).await;
    if let Err(error) = cancelled {
        // The second click of a double click: what was wanted is done.
        let is_second = error.code() == Some("booking-not-active")
            && is_cancelled(&office.api, &token, booking).await;
        if !is_second {
            return Err(visitor.office_refused(error));
        }
    }
    if let Some(until) = must_wait {
        visitor.session.change(|session| session.note_must_wait(booking, until));
    }
    Ok(go_to(format!("{}?cancelled", visitor.links.appointment(&office.id, &booking))))
}

/// Until when the person must wait once they have cancelled, which the authority says only before.
async fn must_wait(
    Request { authority: Authority { office, offer }, asked: booking, .. }: &Request<
        Person,
        Authority,
        BookingId,
    >,
    token: &AccessToken,
) -> Option<Timestamp> {
    let booking = office.api.booking(token, *booking).await.ok()?;
    // A date that the authority gives is accepted whatever was given up before.
    let is_limited = !AnotherTime::of(offer, &booking.services).is_given();
    booking.giving_up?.rebook_from.filter(|_| is_limited)
}

async fn is_cancelled(api: &SlotApi, token: &AccessToken, booking: BookingId) -> bool {
    let booking = api.booking(token, booking).await;
    booking.is_ok_and(|booking| booking.status == Some(BookingStatus::Cancelled))
}
