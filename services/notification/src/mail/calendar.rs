//! Calendar files that book, move and remove one entry in a person's calendar (`libs/calendar-file`).

use calendar_file::{Entry, Purpose, Scheduling};
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
            Notice::Confirmed(_)
            | Notice::Rebooked { .. }
            | Notice::WonEarlier { .. }
            | Notice::Changed(_)
            | Notice::Present(_) => Method::Request,
            Notice::Cancelled(_)
            | Notice::CancelledByOffice { .. }
            | Notice::CancelledAsSecond { .. } => Method::Cancel,
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
        let appointment = self.appointment;
        let language = appointment.language;
        let texts = Texts::of(language);
        let authority = appointment.authority.get(language);
        let organizer = composer.from.email.to_string();
        let scheduling = Scheduling {
            organizer_name: composer.from.name.as_deref().unwrap_or(authority),
            organizer: &organizer,
            attendee: to,
        };
        let purpose = match self.method {
            Method::Request => Purpose::Invitation(scheduling),
            Method::Cancel => Purpose::Cancellation(scheduling),
        };
        let code = format!("{}: {}", texts.text("code"), appointment.code);
        let description = match &appointment.manage_url {
            Some(url) => format!("{code}\n{}: {url}", texts.text("manage")),
            None => code,
        };
        let entry = Entry {
            // The series: rebooking and cancelling find the entry that confirming made. The portal's
            // download has the same identifier.
            uid: &format!("{}@fairtermin", appointment.series),
            sequence: appointment.sequence,
            written_at,
            starts_at: appointment.starts_at,
            ends_at: appointment.ends_at,
            summary: &texts.fill("calendar-summary", &[("authority", authority)]),
            description: &description,
            location: &texts.details(&[appointment.place.get(language), &appointment.address]),
            url: appointment.manage_url.as_deref(),
        };
        let content = entry.file("-//Fairtermin//Notification//DE", &purpose);
        CalendarFile { method: purpose.method().unwrap_or_default().to_owned(), content }
    }
}
