//! What staff booked for a person: to be printed for them, with what to bring.

use actix_web::HttpResponse;
use askama::Template;
use client::Booking;
use ids::AuthorityId;

use super::book_for_person::Form;
use crate::http::{
    frame::Frame,
    request::{Authority, Request, Staff},
    visit::Summary,
};

/// No address has the person's name: the page answers the form.
#[derive(Template)]
#[template(path = "desk_booked.html")]
struct BookedPage {
    frame: Frame,
    authority: AuthorityId,
    code: String,
    person: String,
    summary: Summary,
}

/// The page that says it.
pub(super) fn booked(request: &Request<Staff, Authority, Form>, booking: &Booking) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, asked: form, .. } = request;
    let texts = visitor.texts;
    let span = (booking.start, booking.end);
    let page = BookedPage {
        frame: visitor.frame(texts.text("desk-call-accepted")),
        authority: office.id.clone(),
        code: booking.code.to_string(),
        person: form.person.name(),
        summary: Summary::new(texts, offer, &booking.services, &booking.location, span),
    };
    visitor.page(&page)
}
