//! The appointment as a calendar file (RFC 5545).

use std::fmt::Write as _;

use actix_web::{HttpResponse, http::header, web};
use client::Booking;
use ids::{AuthorityId, BookingId};
use jiff::Timestamp;

use super::{Appointment, find};
use crate::http::{failure::Failure, visitor::Visitor};

pub(crate) async fn file(
    visitor: Visitor,
    path: web::Path<(String, AuthorityId, BookingId)>,
) -> Result<HttpResponse, Failure> {
    let (_, authority, booking) = path.into_inner();
    let (office, offer, booking) = find(&visitor, &authority, booking, false).await?;
    let title = visitor.texts.fill(
        "calendar-summary",
        "authority",
        offer.name.get(visitor.language().tag()),
    );
    let description = visitor.texts.fill("calendar-description", "code", booking.code.to_string());
    let appointment = Appointment::new(visitor.texts, &office, &offer, booking);
    let place = &appointment.summary.place;
    let location = format!("{}, {}", place.name.text, place.address);
    let text = calendar(&appointment.booking, visitor.now(), &title, &description, &location);
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"termin.ics\""))
        .body(text))
}

/// The service stays out of the file: calendars are shared, and a service can tell much about a
/// person.
fn calendar(
    booking: &Booking,
    now: Timestamp,
    title: &str,
    description: &str,
    location: &str,
) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Fairtermin//Portal//DE".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", booking.calendar_uid()),
        format!("SEQUENCE:{}", booking.sequence),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(booking.start)),
        format!("DTEND:{}", utc(booking.end)),
        format!("SUMMARY:{}", escaped(title)),
        format!("DESCRIPTION:{}", escaped(description)),
        format!("LOCATION:{}", escaped(location)),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    let mut text = String::new();
    for line in &lines {
        fold(line, &mut text);
    }
    text
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545 section 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}

/// RFC 5545 section 3.1: no line is longer than 75 bytes; a blank begins its continuation.
fn fold(line: &str, out: &mut String) {
    let mut length = 0;
    for character in line.chars() {
        if length + character.len_utf8() > 74 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(character);
        length += character.len_utf8();
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_text_is_escaped() {
        let mut out = String::new();
        fold(&format!("SUMMARY:{}", "ä".repeat(100)), &mut out);
        let lines: Vec<_> = out.split_terminator("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75), "{lines:?}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "ä".repeat(100)));
        assert_eq!(escaped("a,b;c\\d\r\ne"), "a\\,b\\;c\\\\d\\ne");
    }
}
