//! One appointment: also the page on which a booking ends well.

use std::borrow::Cow;

use actix_web::HttpResponse;
use askama::Template;
use client::Contact;
use ids::BookingId;

use super::appointment::{Appointment, find};
use crate::http::{
    asked::{Asked, What},
    frame::Frame,
    page_error::PageError,
    request::{Authority, Person, Request},
    search::SearchCriteria,
};

#[derive(Template)]
#[template(path = "appointment.html")]
struct DetailPage {
    frame: Frame,
    appointment: Appointment,
    /// It was made a moment ago.
    just_booked: bool,
    /// The address was proven a moment ago.
    just_proven: bool,
    /// A confirmation is on its way.
    gets_email: bool,
    /// An address that waits for its code.
    unproven_email: Option<String>,
    /// It was cancelled a moment ago.
    just_cancelled: bool,
    booked_at: Cow<'static, str>,
    rebook: String,
}

/// The booking, and what happened to it a moment ago.
pub(crate) struct Query {
    booking: BookingId,
    booked: bool,
    proven: bool,
    cancelled: bool,
}

impl What for Query {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            booking: asked.path("booking")?,
            booked: asked.has("booked"),
            proven: asked.has("proven"),
            cancelled: asked.has("cancelled"),
        })
    }
}

pub(crate) async fn show(
    request: Request<Person, Authority, Query>,
) -> Result<HttpResponse, PageError> {
    let appointment = find(&request, request.asked.booking).await?;
    let contact = contact(&request).await;
    let Request { visitor, asked, .. } = request;
    let booking = &appointment.booking;
    let just_proven = asked.proven && contact.email.is_some();
    let title = match (asked.booked, asked.cancelled) {
        _ if just_proven => "email-proven",
        (true, _) if booking.replaces.is_some() => "appointment-rebooked-title",
        (true, _) => "appointment-booked-title",
        (_, true) => "appointment-cancelled-title",
        _ => "appointment-title",
    };
    let instead = SearchCriteria::instead_of(booking);
    let page = DetailPage {
        frame: visitor.frame(visitor.texts.text(title)),
        just_booked: asked.booked,
        just_proven,
        gets_email: asked.booked && contact.email.is_some(),
        unproven_email: contact.unproven,
        just_cancelled: asked.cancelled,
        booked_at: visitor.texts.moment(booking.created_at),
        rebook: visitor.links.days(&appointment.authority, &instead),
        appointment,
    };
    Ok(visitor.page(&page))
}

/// Where messages go. If that cannot be learnt, better promise nothing.
async fn contact(request: &Request<Person, Authority, Query>) -> Contact {
    let Ok(token) = request.token().await else { return Contact::default() };
    request.visitor.portal.identity.contact(&token).await.unwrap_or_default()
}
