//! Writes iCalendar files (RFC 5545): properties in, folded content lines out.
//!
//! Whatever a value holds, it stays within its own line: control characters are dropped, texts are
//! escaped. [`Entry`] is the one entry that a person has of an appointment; the README says why it is as
//! it is.
//!
//! ```
//! use calendar_file::Lines;
//!
//! let mut lines = Lines::default();
//! lines.add("BEGIN", "VCALENDAR");
//! lines.add_text("SUMMARY", "Reisepass, Tisch 3");
//! assert_eq!(lines.into_text(), "BEGIN:VCALENDAR\r\nSUMMARY:Reisepass\\, Tisch 3\r\n");
//! ```

mod entry;

use ambient::{BERLIN, berlin};
use jiff::Timestamp;

pub use entry::{Entry, Purpose, Scheduling};

/// Longest line in octets, without the line break (RFC 5545 section 3.1).
const LINE: usize = 75;

/// Berlin's clock changes since 1996 (directive 2000/84/EC).
///
/// Two recurring rules and no list of years: a reader needs no update unless the law changes.
/// Dates before 1996 would be wrong by an hour; none occur.
const CLOCK_CHANGES: &str = "BEGIN:DAYLIGHT
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
END:STANDARD";

/// Content lines, folded and ended as the format asks.
///
/// Lines appear in the order in which they are added; a component is a pair of `BEGIN` and
/// `END`.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// A property whose value needs no escaping.
    ///
    /// `name` is written as it is, with its parameters (see [`quoted`]): it comes from the
    /// program, never from a person. Control characters of the value are dropped.
    pub fn add(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", one_line(value)));
    }

    /// A property of type TEXT (section 3.3.11).
    ///
    /// Backslash, semicolon and comma are escaped, a line break becomes `\n` within the line.
    pub fn add_text(&mut self, name: &str, text: &str) {
        let escaped = text
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace(',', "\\,")
            .replace("\r\n", "\n")
            .replace(['\n', '\r'], "\\n");
        self.add(name, &escaped);
    }

    /// A property of type DATE-TIME in UTC (section 3.3.5, form 2).
    ///
    /// For `DTSTAMP` and other moments that no wall clock shows. Fractions of a second are cut
    /// off.
    pub fn add_utc(&mut self, name: &str, at: Timestamp) {
        self.add(name, &at.strftime("%Y%m%dT%H%M%SZ").to_string());
    }

    /// A property of type DATE-TIME in Berlin's local time (form 3); the file must have
    /// [`add_time_zone`](Self::add_time_zone).
    ///
    /// For the times that a person reads: a calendar then shows 14:00 in Berlin, wherever the
    /// reader is. The hour that occurs twice in October means the first one to a reader
    /// (section 3.3.5); no office is open then.
    pub fn add_berlin(&mut self, name: &str, at: Timestamp) {
        let local = at.to_zoned_datetime(berlin()).strftime("%Y%m%dT%H%M%S").to_string();
        self.add(&format!("{name};TZID={BERLIN}"), &local);
    }

    /// The component that says what Berlin's local time is.
    ///
    /// Call it once per file, before the first local time.
    pub fn add_time_zone(&mut self) {
        self.add("BEGIN", "VTIMEZONE");
        self.add("TZID", BERLIN);
        CLOCK_CHANGES.lines().for_each(|line| self.fold(line));
        self.add("END", "VTIMEZONE");
    }

    /// The file.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }

    /// A break comes between characters and never within one, though the limit counts octets; a
    /// continued line begins with a blank that counts, too.
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

/// A parameter's value in quotes; it can hold none itself (section 3.2).
///
/// Double quotes become single ones, since the format knows no escape for them.
#[must_use]
pub fn quoted(value: &str) -> String {
    format!("\"{}\"", one_line(value).replace('"', "'"))
}

/// No control character may end a line early and start a property of its own.
fn one_line(value: &str) -> String {
    value.chars().filter(|character| !character.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines::default();
        lines.add_text("SUMMARY", &"ä".repeat(100));
        let text = lines.into_text();
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "ä".repeat(100)));
    }

    #[test]
    fn nothing_in_a_value_begins_a_line() {
        let mut lines = Lines::default();
        lines.add_text("SUMMARY", "a,b;c\\d\r\ne\rf\u{7f}");
        lines.add("URL", "https://x\r\nATTACH:y");
        let organizer = format!("ORGANIZER;CN={}", quoted("the \"Amt\"\n"));
        lines.add(&organizer, "mailto:a@example.org");
        assert_eq!(
            lines.into_text(),
            "SUMMARY:a\\,b\\;c\\\\d\\ne\\nf\r\nURL:https://xATTACH:y\r\n\
             ORGANIZER;CN=\"the 'Amt'\":mailto:a@example.org\r\n"
        );
    }

    #[test]
    fn instants_are_told_in_utc_or_in_berlin() {
        let at: Timestamp = "2027-06-08T12:00:00Z".parse().unwrap();
        let mut lines = Lines::default();
        lines.add_utc("DTSTAMP", at);
        lines.add_berlin("DTSTART", at);
        let expected = "DTSTAMP:20270608T120000Z\r\nDTSTART;TZID=Europe/Berlin:20270608T140000\r\n";
        assert_eq!(lines.into_text(), expected);
    }
}
