//! Calendar files (RFC 5545) that book, move and remove one entry in a person's calendar
//! (RFC 5546).

use ambient::{BERLIN, berlin};
use jiff::Timestamp;

use super::{CalendarFile, Composer};
use crate::{app::notice::Notice, appointment::Appointment, text::Texts};

/// Longest line in octets, without the line break (RFC 5545 section 3.1).
const LINE: usize = 75;

/// Berlin's clock changes since 1996 (directive 2000/84/EC).
const TIME_ZONE: &str = "BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE";

/// What a calendar is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    /// Enter it, or move it if it is there.
    Request,
    /// Remove it.
    Cancel,
}

/// An entry for a person's calendar.
#[derive(Debug)]
pub(crate) struct Invitation<'a> {
    method: Method,
    appointment: &'a Appointment,
}

impl<'a> Invitation<'a> {
    /// The entry that goes with a notice, if any: a reminder changes nothing.
    pub(crate) fn of(notice: &'a Notice) -> Option<Self> {
        let method = match notice {
            Notice::Confirmed(_) | Notice::Rebooked { .. } => Method::Request,
            Notice::Cancelled(_) | Notice::CancelledByOffice { .. } => Method::Cancel,
            Notice::Reminder(_) => return None,
        };
        Some(Self { method, appointment: notice.appointment() })
    }

    pub(crate) fn file(
        &self,
        composer: &Composer,
        to: &str,
        written_at: Timestamp,
    ) -> CalendarFile {
        let (method, status) = match self.method {
            Method::Request => ("REQUEST", "CONFIRMED"),
            Method::Cancel => ("CANCEL", "CANCELLED"),
        };
        let mut lines = Lines::default();
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", "-//Fairtermin//Notification//DE");
        lines.add("METHOD", method);
        TIME_ZONE.lines().for_each(|line| lines.fold(line));
        self.event(&mut lines, composer, to, written_at, status);
        lines.add("END", "VCALENDAR");
        CalendarFile { method: method.to_owned(), content: lines.0 }
    }

    fn event(
        &self,
        lines: &mut Lines,
        composer: &Composer,
        to: &str,
        written_at: Timestamp,
        status: &str,
    ) {
        let appointment = self.appointment;
        let texts = Texts::of(appointment.language);
        let language = appointment.language;
        let place = appointment.place.get(language);
        let authority = appointment.authority.get(language);
        let services: Vec<_> =
            appointment.services.iter().map(|service| service.name.get(language)).collect();
        lines.add("BEGIN", "VEVENT");
        // The series: rebooking and cancelling find the entry that confirming made. The portal's
        // download has the same identifier.
        lines.add("UID", &format!("{}@fairtermin", appointment.series));
        lines.add("SEQUENCE", &appointment.sequence.to_string());
        lines.add("DTSTAMP", &written_at.strftime("%Y%m%dT%H%M%SZ").to_string());
        lines.add(&format!("DTSTART;TZID={BERLIN}"), &local(appointment.starts_at));
        lines.add(&format!("DTEND;TZID={BERLIN}"), &local(appointment.ends_at));
        lines.add("STATUS", status);
        lines.add_text("SUMMARY", &format!("{}: {}", authority, services.join(", ")));
        lines.add_text("LOCATION", &format!("{place}, {}", appointment.address));
        let code = format!("{}: {}", texts.text("code"), appointment.code);
        let description = match &appointment.manage_url {
            Some(url) => format!("{code}\n{}: {url}", texts.text("manage")),
            None => code,
        };
        lines.add_text("DESCRIPTION", &description);
        if let Some(url) = &appointment.manage_url {
            lines.add("URL", url);
        }
        let organizer = composer.from.name.as_deref().unwrap_or(authority);
        let organizer = format!("ORGANIZER;CN=\"{}\"", parameter(organizer));
        lines.add(&organizer, &format!("mailto:{}", composer.from.email));
        // The person has accepted by booking; nobody waits for an answer.
        let attendee =
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
        lines.add(attendee, &format!("mailto:{to}"));
        lines.add("TRANSP", "OPAQUE");
        lines.add("CLASS", "PRIVATE");
        lines.add("END", "VEVENT");
    }
}

/// Content lines, folded and ended as the format asks.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value needs no escaping.
    fn add(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", one_line(value)));
    }

    /// A property of type TEXT (section 3.3.11).
    fn add_text(&mut self, name: &str, text: &str) {
        let escaped = text
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace(',', "\\,")
            .replace("\r\n", "\n")
            .replace(['\n', '\r'], "\\n");
        self.add(name, &escaped);
    }

    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// No control character may end a line early and start a property of its own.
fn one_line(value: &str) -> String {
    value.chars().filter(|character| !character.is_control()).collect()
}

/// A quoted parameter value has no quotes (section 3.2).
fn parameter(value: &str) -> String {
    one_line(value).replace('"', "'")
}

fn local(at: Timestamp) -> String {
    at.to_zoned_datetime(berlin()).strftime("%Y%m%dT%H%M%S").to_string()
}
