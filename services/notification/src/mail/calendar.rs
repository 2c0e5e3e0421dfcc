//! Calendar files (RFC 5545) that book, move and remove one entry in a person's calendar
//! (RFC 5546).

use calendar_file::{Lines, quoted};
use jiff::Timestamp;

use super::{CalendarFile, Composer};
use crate::{appointment::Appointment, notice::Notice, text::Texts};

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
            Notice::Confirmed(_) | Notice::Rebooked { .. } | Notice::Changed(_) => Method::Request,
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
        lines.add_time_zone();
        self.event(&mut lines, composer, to, written_at, status);
        lines.add("END", "VCALENDAR");
        CalendarFile { method: method.to_owned(), content: lines.into_text() }
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
        lines.add_utc("DTSTAMP", written_at);
        lines.add_berlin("DTSTART", appointment.starts_at);
        lines.add_berlin("DTEND", appointment.ends_at);
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
        let organizer = format!("ORGANIZER;CN={}", quoted(organizer));
        lines.add(&organizer, &format!("mailto:{}", composer.from.email));
        // The person has accepted by booking; no reply is needed.
        let attendee =
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
        lines.add(attendee, &format!("mailto:{to}"));
        lines.add("TRANSP", "OPAQUE");
        lines.add("CLASS", "PRIVATE");
        lines.add("END", "VEVENT");
    }
}
