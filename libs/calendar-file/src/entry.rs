//! One appointment in a person's calendar, the same in a message and in a download.
//!
//! iCalendar (RFC 5545) says what an entry is, iTIP (RFC 5546) how a change of it reaches another
//! calendar, iMIP (RFC 6047) how it does so by mail. Calendars match entries by UID and order them
//! by SEQUENCE, then DTSTAMP: a message that was late cannot undo a newer one.

use jiff::Timestamp;

use crate::{Lines, quoted};

/// When the calendar reminds: a day ahead is time to gather documents, and to cancel in time.
const ALARM: &str = "-P1D";

/// An appointment as a calendar shows it.
///
/// What it is about stays out of every text: calendars are shared, and a service can tell much about a
/// person.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The same through all moves of the appointment: so one entry moves and none is left behind.
    pub uid: &'a str,
    /// Grows with each change (RFC 5545 section 3.8.7.4).
    pub sequence: u32,
    /// When this file was written. Of two files with the same sequence the later one counts (RFC 5546
    /// section 2.1.5).
    pub written_at: Timestamp,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Its title; the alarm says it too.
    pub summary: &'a str,
    /// What to know.
    pub description: &'a str,
    /// Place and address.
    pub location: &'a str,
    /// Where to see, move or cancel it.
    pub url: Option<&'a str>,
}

/// What the file is for.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// The person opens it themselves. It is no scheduling message, so it has no method and nobody who
    /// invites (RFC 5546 asks for both or for none).
    Personal {
        /// The appointment was cancelled or moved away.
        is_over: bool,
    },
    /// By mail: enter it, or move it if it is there (`REQUEST`).
    Invitation(Scheduling<'a>),
    /// By mail: remove it (`CANCEL`).
    Cancellation(Scheduling<'a>),
}

/// Between whom a scheduling message goes.
///
/// Both are mail addresses. Calendars tend to ignore an invitation whose attendee is not the
/// mailbox that got it, so this is the address that the message goes to.
#[derive(Debug, Clone, Copy)]
pub struct Scheduling<'a> {
    /// What the sender is called.
    pub organizer_name: &'a str,
    /// The address that the message comes from.
    pub organizer: &'a str,
    /// The address that it goes to.
    pub attendee: &'a str,
}

impl Purpose<'_> {
    /// The `METHOD`, which the content type of a message names too (RFC 6047 section 2.4).
    #[must_use]
    pub const fn method(&self) -> Option<&'static str> {
        match self {
            Self::Personal { .. } => None,
            Self::Invitation(_) => Some("REQUEST"),
            Self::Cancellation(_) => Some("CANCEL"),
        }
    }

    /// Whether the appointment does not take place any more at this time.
    const fn is_over(&self) -> bool {
        match self {
            Self::Personal { is_over } => *is_over,
            Self::Invitation(_) => false,
            Self::Cancellation(_) => true,
        }
    }

    /// The parties, if it is a message from one to the other.
    const fn scheduling(&self) -> Option<&Scheduling<'_>> {
        match self {
            Self::Personal { .. } => None,
            Self::Invitation(scheduling) | Self::Cancellation(scheduling) => Some(scheduling),
        }
    }
}

impl Entry<'_> {
    /// The file. `product` is the program that writes it, as `PRODID` names it.
    #[must_use]
    pub fn file(&self, product: &str, purpose: &Purpose<'_>) -> String {
        let mut lines = Lines::default();
        lines.add("BEGIN", "VCALENDAR");
        lines.add("VERSION", "2.0");
        lines.add("PRODID", product);
        if let Some(method) = purpose.method() {
            lines.add("METHOD", method);
        }
        lines.add_time_zone();
        lines.add("BEGIN", "VEVENT");
        self.event(&mut lines, purpose);
        lines.add("END", "VEVENT");
        lines.add("END", "VCALENDAR");
        lines.into_text()
    }

    /// The properties of the one `VEVENT`. Times are local with a `VTIMEZONE`, so that an entry
    /// stays at its hour on the wall if the law about summer time changes.
    fn event(&self, lines: &mut Lines, purpose: &Purpose<'_>) {
        lines.add("UID", self.uid);
        lines.add("SEQUENCE", &self.sequence.to_string());
        lines.add_utc("DTSTAMP", self.written_at);
        lines.add_berlin("DTSTART", self.starts_at);
        lines.add_berlin("DTEND", self.ends_at);
        let is_over = purpose.is_over();
        lines.add("STATUS", if is_over { "CANCELLED" } else { "CONFIRMED" });
        lines.add_text("SUMMARY", self.summary);
        lines.add_text("LOCATION", self.location);
        lines.add_text("DESCRIPTION", self.description);
        if let Some(url) = self.url {
            lines.add("URL", url);
        }
        if let Some(scheduling) = purpose.scheduling() {
            let organizer = format!("ORGANIZER;CN={}", quoted(scheduling.organizer_name));
            lines.add(&organizer, &format!("mailto:{}", scheduling.organizer));
            // The person has accepted by booking; no reply is needed.
            let attendee =
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE";
            lines.add(attendee, &format!("mailto:{}", scheduling.attendee));
        }
        // A program that keeps a cancelled entry shows the time as free.
        lines.add("TRANSP", if is_over { "TRANSPARENT" } else { "OPAQUE" });
        lines.add("CLASS", "PRIVATE");
        // After the times: Outlook refuses a file whose alarm stands before them. None in what is
        // cancelled (RFC 5546 section 3.2.5).
        if !is_over {
            lines.add("BEGIN", "VALARM");
            lines.add("ACTION", "DISPLAY");
            lines.add("TRIGGER", ALARM);
            lines.add_text("DESCRIPTION", self.summary);
            lines.add("END", "VALARM");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULING: Scheduling<'static> = Scheduling {
        organizer_name: "Terminservice",
        organizer: "termine@example.org",
        attendee: "mina@example.org",
    };

    fn entry(sequence: u32, starts_at: &str) -> Entry<'static> {
        let starts_at: Timestamp = starts_at.parse().unwrap();
        Entry {
            uid: "bkg_1@fairtermin",
            sequence,
            written_at: "2027-01-04T08:00:00Z".parse().unwrap(),
            starts_at,
            ends_at: starts_at + jiff::SignedDuration::from_mins(20),
            summary: "Termin: Amt; Nord",
            description: "Terminnummer K7QD-3XHM",
            location: "Amt, Weg 1",
            url: Some("https://termine.example.org/de/appointments"),
        }
    }

    /// The names and values of the entry's own lines, and whether it has an alarm.
    fn read(file: &str) -> (Option<String>, Vec<(String, String)>, bool) {
        let unfolded = file.replace("\r\n ", "");
        let lines: Vec<_> =
            unfolded.split("\r\n").filter_map(|line| line.split_once(':')).collect();
        let method = lines.iter().find(|(name, _)| *name == "METHOD");
        let from = lines.iter().position(|line| *line == ("BEGIN", "VEVENT")).unwrap();
        let event = &lines[from + 1..];
        let until = event.iter().position(|(name, _)| ["BEGIN", "END"].contains(name)).unwrap();
        let own = event[..until]
            .iter()
            .map(|(name, value)| (name.split(';').next().unwrap().to_owned(), (*value).to_owned()));
        let has_alarm = event.contains(&("BEGIN", "VALARM"));
        (method.map(|(_, value)| (*value).to_owned()), own.collect(), has_alarm)
    }

    fn count(lines: &[(String, String)], name: &str) -> usize {
        lines.iter().filter(|(known, _)| known == name).count()
    }

    fn value<'l>(lines: &'l [(String, String)], name: &str) -> &'l str {
        &lines.iter().find(|(known, _)| known == name).unwrap().1
    }

    /// RFC 5546 section 3.2: which properties each method must, may and must not have.
    #[test]
    fn each_method_has_what_it_must_have_and_nothing_that_it_must_not() {
        for (purpose, method, is_over) in [
            (Purpose::Personal { is_over: false }, None, false),
            (Purpose::Personal { is_over: true }, None, true),
            (Purpose::Invitation(SCHEDULING), Some("REQUEST"), false),
            (Purpose::Cancellation(SCHEDULING), Some("CANCEL"), true),
        ] {
            let file = entry(1, "2027-01-19T07:40:00Z").file("-//Fairtermin//Test//DE", &purpose);
            let (found, lines, has_alarm) = read(&file);
            assert_eq!(found.as_deref(), method);
            for once in ["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"] {
                assert_eq!(count(&lines, once), 1, "{once} in {file}");
            }
            // ORGANIZER and ATTENDEE belong to scheduling; without a method there is none.
            let people = usize::from(method.is_some());
            assert_eq!(count(&lines, "ORGANIZER"), people, "{file}");
            assert_eq!(count(&lines, "ATTENDEE"), people, "{file}");
            let status = if is_over { "CANCELLED" } else { "CONFIRMED" };
            assert_eq!(value(&lines, "STATUS"), status);
            // REQUEST may have alarms, CANCEL must not.
            assert_eq!(has_alarm, !is_over, "{file}");
            assert!(file.find("DTSTART;TZID") < file.find("BEGIN:VALARM").or(Some(usize::MAX)));
            // RFC 5546 requires an organizer. No reply is asked for, so it is the sender.
            assert!(!file.contains("RSVP=TRUE") && !file.contains("RECURRENCE-ID"));
            if method.is_some() {
                assert_eq!(value(&lines, "ORGANIZER"), "mailto:termine@example.org");
                assert_eq!(value(&lines, "ATTENDEE"), "mailto:mina@example.org");
            }
        }
    }

    /// RFC 5546 section 2.1.5: the same UID, and what is newer has the higher sequence.
    #[test]
    fn one_entry_is_made_moved_and_removed() {
        let times = ["2027-01-19T07:40:00Z", "2027-06-08T12:00:00Z", "2027-06-08T12:00:00Z"];
        let purposes = [
            Purpose::Invitation(SCHEDULING),
            Purpose::Invitation(SCHEDULING),
            Purpose::Cancellation(SCHEDULING),
        ];
        let files = (0..).zip(times).zip(purposes).map(|((sequence, time), purpose)| {
            read(&entry(sequence, time).file("-//Fairtermin//Test//DE", &purpose)).1
        });
        let files: Vec<_> = files.collect();
        for lines in &files {
            assert_eq!(value(lines, "UID"), "bkg_1@fairtermin");
        }
        let sequences: Vec<_> = files.iter().map(|lines| value(lines, "SEQUENCE")).collect();
        assert_eq!(sequences, ["0", "1", "2"]);
        assert_eq!(value(&files[1], "DTSTART"), "20270608T140000");
        // A download of the same state is the same entry, so that the two agree.
        let own = Purpose::Personal { is_over: false };
        let download = read(&entry(1, times[1]).file("-//Fairtermin//Test//DE", &own)).1;
        for name in ["UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION"] {
            assert_eq!(value(&download, name), value(&files[1], name), "{name}");
        }
    }
}
