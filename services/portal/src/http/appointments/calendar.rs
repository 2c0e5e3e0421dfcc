//! The appointment as a calendar file, which the person opens themselves (`libs/calendar-file`).

use actix_web::{HttpResponse, http::header};
use calendar_file::{Entry, Purpose};
use client::BookingStatus;
use ids::BookingId;

use super::appointment::find;
use crate::http::{
    page_error::PageError,
    request::{Authority, Person, Request},
};

pub(crate) async fn file(
    request: Request<Person, Authority, BookingId>,
) -> Result<HttpResponse, PageError> {
    let appointment = find(&request, request.asked).await?;
    let Request { visitor, authority, .. } = request;
    let (texts, booking) = (visitor.texts, &appointment.booking);
    let name = authority.offer.name.get(visitor.language().tag());
    let place = &appointment.summary.place;
    let own_page = visitor.links.appointment(&appointment.authority, &booking.id);
    let own_page = visitor.portal.public_url.join(&own_page).ok();
    let entry = Entry {
        uid: &booking.calendar_uid(),
        sequence: booking.sequence,
        written_at: visitor.now(),
        starts_at: booking.start,
        ends_at: booking.end,
        summary: &texts.fill("calendar-summary", "authority", name),
        description: &texts.fill("calendar-description", "code", booking.code.to_string()),
        location: &texts.details(&[&place.name.text, &place.address]),
        url: own_page.as_ref().map(url::Url::as_str),
    };
    let is_over =
        matches!(booking.status, Some(BookingStatus::Cancelled | BookingStatus::Rebooked));
    let purpose = Purpose::Personal { is_over };
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"termin.ics\""))
        .body(entry.file("-//Fairtermin//Portal//DE", &purpose)))
}
