//! A date that the authority gave is accepted in two steps: what it is, then the appointment.

use actix_web::HttpResponse;
use client::{Allocation, DateAcceptance};
use ids::AssignedDateId;

use crate::http::{
    barring::{OpenBooking, look_for_booking, words},
    kept_seat::KeptSeatPage,
    page_error::PageError,
    request::{Authority, Person, Request},
    visit::{self, Summary},
    visitor::go_to,
};

type Answering = Request<Person, Authority, AssignedDateId>;

pub(crate) async fn ask(request: Answering) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked: wanted, .. } = &request;
    let dates = office.api.assigned_dates(&token).await?;
    let date = dates.into_iter().find(|date| date.id == *wanted);
    let Some(date) = date else { return Err(missing(&request).await) };
    let services = std::slice::from_ref(&date.service);
    visitor.demand(visit::needed_level(offer, services))?;
    let texts = visitor.texts;
    Ok(visitor.page(&KeptSeatPage {
        frame: visitor.frame(texts.text("waiting-accept-title")),
        summary: Summary::new(texts, offer, services, &date.location, (date.start, date.end)),
        people: visit::people(texts, date.people),
        until: texts.moment(date.answer_by),
        accept: visitor.links.assigned_date(&office.id, &date.id),
        decline: visitor.links.decline_date(&office.id, &date.id),
        declining: vec![texts.text("assigned-declining")],
        later: visitor.links.appointments(),
    }))
}

/// Why there is no such date to be answered: of one that was accepted there is an appointment.
async fn missing(request: &Answering) -> PageError {
    let Request { visitor, authority, .. } = request;
    let given = authority.offer.services.iter().filter(|it| it.allocation == Allocation::Assign);
    let given: Vec<_> = given.map(|service| service.id.clone()).collect();
    match look_for_booking(visitor, authority, &given).await {
        OpenBooking::Is(booking) => PageError::refused("date-accepted", visitor.links.start())
            .because_of(words(visitor, authority, &booking, &booking.services)),
        OpenBooking::None | OpenBooking::Unknown => {
            PageError::not_there("date-not-found", visitor.links.appointments())
        }
    }
}

/// Makes the date an appointment. Pressed twice it is the same one.
pub(crate) async fn accept(request: Answering) -> Result<HttpResponse, PageError> {
    let token = request.token().await?;
    let Request { visitor, authority: Authority { office, offer }, asked: date, .. } = request;
    let attendee = visitor.portal.identity.attendee(&token).await;
    let attendee = attendee.map_err(PageError::identity_down)?;
    let language = offer.tells_in(visitor.language());
    let acceptance = DateAcceptance { attendee, language };
    let booking = office.api.accept_date(&token, date, &acceptance).await;
    let booking = booking.map_err(|error| visitor.office_refused(error))?;
    Ok(go_to(format!("{}?booked", visitor.links.appointment(&office.id, &booking.id))))
}
