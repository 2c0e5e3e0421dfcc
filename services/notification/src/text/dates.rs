//! Days and times as people say them. All times are Berlin's.

use ambient::berlin;
use jiff::Timestamp;

use super::Texts;

impl Texts {
    /// For example `Montag, 4. Januar 2027`.
    pub(crate) fn date(self, at: Timestamp) -> String {
        let date = at.to_zoned_datetime(berlin()).date();
        let weekday = self.text(&format!("weekday-{}", date.weekday().to_monday_one_offset()));
        let month = self.text(&format!("month-{}", date.month()));
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.fill(
            "date",
            &[("weekday", &weekday), ("day", &day), ("month", &month), ("year", &year)],
        )
    }

    /// For example `08:00 Uhr`.
    pub(crate) fn time(self, at: Timestamp) -> String {
        self.fill("time", &[("time", &clock_face(at))])
    }

    /// For example `08:00 bis 08:20 Uhr`.
    pub(crate) fn span(self, start: Timestamp, end: Timestamp) -> String {
        self.fill("time-span", &[("start", &clock_face(start)), ("end", &clock_face(end))])
    }
}

fn clock_face(at: Timestamp) -> String {
    at.to_zoned_datetime(berlin()).strftime("%H:%M").to_string()
}
