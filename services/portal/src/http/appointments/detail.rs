//! One appointment: also the page on which a booking ends well.

use std::borrow::Cow;

use actix_web::{HttpResponse, web};
use askama::Template;
use client::Contact;
use ids::{AuthorityId, BookingId};

use super::{Appointment, find};
use crate::http::{
    form::{Query, field},
    link::SearchCriteria,
    page_error::PageError,
    visitor::{Frame, Visitor},
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

pub(crate) async fn show(
    visitor: Visitor,
    path: web::Path<(String, AuthorityId, BookingId)>,
    Query(fields): Query,
) -> Result<HttpResponse, PageError> {
    let (_, authority, booking) = path.into_inner();
    let (office, offer, booking) = find(&visitor, &authority, booking, false).await?;
    let just_booked = field(&fields, "booked").is_some();
    let contact = contact(&visitor, &authority).await;
    let just_cancelled = field(&fields, "cancelled").is_some();
    let just_proven = field(&fields, "proven").is_some() && contact.email.is_some();
    let title = match (just_booked, just_cancelled) {
        _ if just_proven => "email-proven",
        (true, _) if booking.replaces.is_some() => "appointment-rebooked-title",
        (true, _) => "appointment-booked-title",
        (_, true) => "appointment-cancelled-title",
        _ => "appointment-title",
    };
    let criteria = SearchCriteria {
        services: booking.services.clone(),
        replaces: Some(booking.id),
        ..SearchCriteria::default()
    };
    let page = DetailPage {
        frame: visitor.frame(visitor.texts.text(title)),
        just_booked,
        just_proven,
        gets_email: just_booked && contact.email.is_some(),
        unproven_email: contact.unproven,
        just_cancelled,
        booked_at: visitor.texts.moment(booking.created_at),
        rebook: visitor.links.days(&authority, &criteria),
        appointment: Appointment::new(visitor.texts, &office, &offer, booking),
    };
    Ok(visitor.page(&page))
}

/// Where messages go. If that cannot be learnt, better promise nothing.
async fn contact(visitor: &Visitor, authority: &AuthorityId) -> Contact {
    let Ok(token) = visitor.token(authority, false).await else { return Contact::default() };
    visitor.portal.identity.contact(&token).await.unwrap_or_default()
}
