//! What staff booked for a person: to be printed for them or said on the phone, with what to bring.

use actix_web::HttpResponse;
use askama::Template;
use client::Booking;
use ids::AuthorityId;

use super::{book_for_person::Form, visit_search::Reached};
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
    /// The text that says what to do with this page.
    body: &'static str,
    code: String,
    person: String,
    summary: Summary,
    /// Whether a document is still to be compared.
    is_provisional: bool,
}

/// The page that says it.
pub(super) fn booked(request: &Request<Staff, Authority, Form>, booking: &Booking) -> HttpResponse {
    let Request { visitor, authority: Authority { office, offer }, asked: form, .. } = request;
    let texts = visitor.texts;
    let (body, is_provisional) = match form.search.reached {
        Reached::AtDesk => ("desk-done-body", false),
        Reached::ByPhone => ("desk-call-accepted-body", true),
    };
    let span = (booking.start, booking.end);
    let page = BookedPage {
        frame: visitor.frame(texts.text("desk-call-accepted")),
        authority: office.id.clone(),
        body,
        code: booking.code.to_string(),
        person: form.person.name(),
        summary: Summary::new(texts, offer, &booking.services, &booking.location, span),
        is_provisional,
    };
    visitor.page(&page)
}
