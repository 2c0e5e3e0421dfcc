//! The appointment as a calendar file (RFC 5545).

use actix_web::{HttpResponse, http::header};
use calendar_file::Lines;
use client::Booking;
use ids::BookingId;
use jiff::Timestamp;

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
    let texts = visitor.texts;
    let name = authority.offer.name.get(visitor.language().tag());
    let title = texts.fill("calendar-summary", "authority", name);
    let code = appointment.booking.code.to_string();
    let description = texts.fill("calendar-description", "code", code);
    let place = &appointment.summary.place;
    let location = format!("{}, {}", place.name.text, place.address);
    let text = calendar(&appointment.booking, visitor.now(), &title, &description, &location);
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"termin.ics\""))
        .body(text))
}

/// The service stays out of the file: calendars are shared, and a service can reveal much about a
/// person.
fn calendar(
    booking: &Booking,
    now: Timestamp,
    title: &str,
    description: &str,
    location: &str,
) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Fairtermin//Portal//DE");
    lines.add("METHOD", "PUBLISH");
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &booking.calendar_uid());
    lines.add("SEQUENCE", &booking.sequence.to_string());
    lines.add_utc("DTSTAMP", now);
    lines.add_utc("DTSTART", booking.start);
    lines.add_utc("DTEND", booking.end);
    lines.add_text("SUMMARY", title);
    lines.add_text("DESCRIPTION", description);
    lines.add_text("LOCATION", location);
    lines.add("END", "VEVENT");
    lines.add("END", "VCALENDAR");
    lines.into_text()
}
