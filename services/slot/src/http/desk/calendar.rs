//! `GET /v1/desk/calendar`

use std::{fmt::Display, str::FromStr};

use actix_web::{HttpRequest, HttpResponse};
use auth::{Role, Staff};
use booking::state::BookingStatus;
use calendar_file::Lines;
use catalogue::{Catalogue, Texts};
use ids::LocationId;
use problem::Problem;
use vocabulary::Language;

use crate::{
    app::calendar_at_desk::calendar_at_desk,
    cached_body::CachedBody,
    domain::Booking,
    http::{
        Slots,
        conditional::{ResponseOptions, send},
        query::Query,
        values::whole_number,
    },
};

const ICALENDAR: ResponseOptions = ResponseOptions {
    media_type: "text/calendar; charset=utf-8",
    cache_control: "private, no-cache",
    vary: None,
    compressible: false,
};

/// How many days at once.
#[derive(Debug, Clone, Copy)]
struct Days(u8);

impl Days {
    const MAX_DAYS: u8 = 14;
}

impl FromStr for Days {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match whole_number(text) {
            Some(days @ 1..=Self::MAX_DAYS) => Ok(Self(days)),
            _ => Err(format!("is a number from 1 to {}", Self::MAX_DAYS)),
        }
    }
}

/// Bookings of a location as a calendar
///
/// For a clerk's own calendar program, which must send the token: an address that works without
/// one would end up in browser histories. An entry has booking code, service, desk and state, and
/// nothing about the person: calendars are shared. Its `UID` stays the same as long as the
/// booking lives; what was cancelled or moved is no longer in the file (RFC 5545, RFC 7986).
#[utoipa::path(
    get, path = "/v1/desk/calendar", tag = "Front desk", operation_id = "readDeskCalendar",
    params(
        ("location" = LocationId, Query, description = "Where."),
        ("date" = Option<String>, Query, format = Date, description = "The first local day; today if left out.", example = "2027-01-04"),
        ("days" = inline(Option<u8>), Query, minimum = 1, maximum = 14, description = "How many days; 7 if left out."),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` of the answer that is known."),
    ),
    responses(
        (status = 200, description = "One entry per booking, by start.", body = String, content_type = "text/calendar"),
        (status = 304, description = "Nothing changed."),
    ),
    security(("staff" = ["desk"])),
    extensions(("x-problems" = json!(["unknown-location"]))),
)]
pub(super) async fn read(
    slots: Slots,
    staff: Staff,
    request: HttpRequest,
    query: Query,
) -> Result<HttpResponse, Problem> {
    staff.require_one_of(&Role::FRONT_DESK)?;
    let query = query.only(&["location", "date", "days"])?;
    let location: LocationId = query.one("location")?;
    staff.require_location(&location)?;
    let first = query.optional_day("date")?;
    let first = first.unwrap_or_else(|| slots.local_date(slots.now()));
    let Days(days) = query.optional("days")?.unwrap_or(Days(7));
    let bookings = calendar_at_desk(&slots, &location, first, days).await?;
    let file = file(&slots.catalogue(), &location, &bookings);
    Ok(send(&request, CachedBody::new(file.into_bytes()), &ICALENDAR))
}

fn file(catalogue: &Catalogue, location: &LocationId, bookings: &[Booking]) -> String {
    let place = catalogue.location(location).map_or(location.as_str(), |it| german(&it.name));
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Fairtermin//Slot//DE");
    lines.add_text("NAME", place);
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT5M");
    bookings.iter().for_each(|booking| entry(&mut lines, catalogue, place, booking));
    lines.add("END", "VCALENDAR");
    lines.into_text()
}

fn entry(lines: &mut Lines, catalogue: &Catalogue, place: &str, booking: &Booking) {
    let services: Vec<_> = booking
        .services
        .iter()
        .map(|id| catalogue.service(id).map_or(id.as_str(), |service| german(&service.name)))
        .collect();
    let services = services.join(", ");
    let desk = format!("Tisch {}", booking.seat.desk);
    let state = state(booking.status);
    lines.add("BEGIN", "VEVENT");
    // Another UID than in the person's calendar: a member of staff may have both.
    lines.add("UID", &format!("desk-{}@fairtermin", booking.id));
    lines.add("SEQUENCE", &booking.sequence.to_string());
    // In a file without METHOD: when the entry changed last (RFC 5545 section 3.8.7.2).
    lines.add_utc("DTSTAMP", booking.changed_at);
    lines.add_utc("DTSTART", booking.seat.start);
    lines.add_utc("DTEND", booking.seat.end);
    lines.add_text("SUMMARY", &summary(&[&desk, &booking.code, &services, &state]));
    lines.add_text("LOCATION", &format!("{place}, {desk}"));
    lines.add_text("CATEGORIES", booking.status.as_str());
    lines.add("CLASS", "CONFIDENTIAL");
    lines.add("END", "VEVENT");
}

fn summary(parts: &[&dyn Display]) -> String {
    parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" · ")
}

fn german(texts: &Texts) -> &str {
    texts.get(Language::German)
}

/// What the desk says to it.
const fn state(status: BookingStatus) -> &'static str {
    match status {
        BookingStatus::Confirmed => "erwartet",
        BookingStatus::CheckedIn => "ist da",
        BookingStatus::Called => "aufgerufen",
        BookingStatus::Parked => "unterbrochen",
        BookingStatus::Served => "erledigt",
        BookingStatus::Missed => "nicht erschienen",
        BookingStatus::Cancelled => "abgesagt",
        BookingStatus::Rebooked => "verschoben",
    }
}
