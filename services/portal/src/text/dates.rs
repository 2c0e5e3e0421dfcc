//! Days and times as people say them. All times are Berlin's.

use std::borrow::Cow;

use ambient::berlin;
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};

use super::locales::Texts;

impl Texts {
    /// For example `Montag, 4. Januar 2027`.
    pub(crate) fn date(self, date: Date) -> Cow<'static, str> {
        // Some languages decline the month after a day number.
        let month_in_date = self.text(&format!("month-{}.in-date", date.month()));
        self.compose(
            "date",
            &[
                ("weekday", &self.weekday(date.weekday().to_monday_one_offset())),
                ("day", &date.day().to_string()),
                ("month", &month_in_date),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// For example `Montag, 4. Januar 2027, 08:00 Uhr`.
    pub(crate) fn moment(self, at: Timestamp) -> Cow<'static, str> {
        let (date, time) = (self.date(local(at).date()), self.time(at));
        self.compose("date-and-time", &[("date", &date), ("time", &time)])
    }

    /// For example `08:00 Uhr`.
    pub(crate) fn time(self, at: Timestamp) -> Cow<'static, str> {
        self.compose("time-of-day", &[("time", &clock_face(at))])
    }

    /// For example `08:00 bis 08:20 Uhr`.
    pub(crate) fn span(self, start: Timestamp, end: Timestamp) -> Cow<'static, str> {
        let (start, end) = (clock_face(start), clock_face(end));
        self.compose("time-span", &[("start", &start), ("end", &end)])
    }

    /// For example `Januar 2027`.
    pub(crate) fn month(self, date: Date) -> Cow<'static, str> {
        let (month, year) = (self.month_name(date), date.year().to_string());
        self.compose("month-and-year", &[("month", &month), ("year", &year)])
    }

    /// For example `4. Januar 2027`; of a month or a year only that is said. What is none of the
    /// three is shown as it is.
    pub(crate) fn as_of(self, text: &str) -> Cow<'static, str> {
        if let Ok(day) = text.parse::<Date>() {
            let month = self.text(&format!("month-{}.in-date", day.month()));
            let (number, year) = (day.day().to_string(), day.year().to_string());
            return self.fill_all(
                "date-without-weekday",
                &[("day", &number), ("month", &month), ("year", &year)],
            );
        }
        match format!("{text}-01").parse::<Date>() {
            Ok(month) => self.month(month),
            Err(_) => Cow::Owned(text.to_owned()),
        }
    }

    /// From Monday to Sunday, for example `(Mo, Montag)`.
    pub(crate) fn weekdays(self) -> [(Cow<'static, str>, Cow<'static, str>); 7] {
        [1, 2, 3, 4, 5, 6, 7].map(|number| (self.short_weekday(number), self.weekday(number)))
    }

    /// For example `Montag`; 1 is Monday.
    fn weekday(self, number: i8) -> Cow<'static, str> {
        self.text(&format!("weekday-{number}"))
    }

    /// For example `Mo`; 1 is Monday.
    fn short_weekday(self, number: i8) -> Cow<'static, str> {
        self.text(&format!("weekday-{number}.short"))
    }

    fn month_name(self, date: Date) -> Cow<'static, str> {
        self.text(&format!("month-{}", date.month()))
    }
}

/// For example `08:00`.
pub(crate) fn clock_face(at: Timestamp) -> String {
    local(at).strftime("%H:%M").to_string()
}

/// The wall clock in Berlin.
pub(crate) fn local(at: Timestamp) -> DateTime {
    berlin().to_datetime(at)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use texts::Language;

    /// Isolates within isolates would turn the order around.
    #[test]
    fn an_arabic_date_has_no_isolates_of_its_own_and_is_isolated_as_a_whole() {
        let texts = Texts::of(Language::Arabic);
        let moment = texts.moment("2027-01-05T08:00:00Z".parse().unwrap());
        assert!(!moment.contains(['\u{2068}', '\u{2069}']), "{moment:?}");
        let title = texts.fill("day-title", "date", moment.as_ref());
        assert!(title.contains(&format!("\u{2068}{moment}\u{2069}")), "{title:?}");
    }

    #[test]
    fn a_day_a_month_and_a_year_are_said_as_exactly_as_they_are_known() {
        let texts = Texts::of(Language::German);
        for (text, said) in [
            ("2027-01-04", "4. Januar 2027"),
            ("2027-03", "März 2027"),
            ("2027", "2027"),
            ("bald", "bald"),
        ] {
            assert_eq!(texts.as_of(text), said);
        }
    }

    #[test]
    fn a_date_is_said_as_the_language_says_it() {
        let monday = date(2027, 1, 4);
        let at = "2027-03-28T06:05:00Z".parse().unwrap();
        let cases = [
            (Language::German, "Montag, 4. Januar 2027", "Sonntag, 28. März 2027, 08:05 Uhr"),
            (Language::English, "Monday, 4 January 2027", "Sunday, 28 March 2027, 08:05"),
            (Language::Turkish, "4 Ocak 2027 Pazartesi", "28 Mart 2027 Pazar, 08:05"),
            (
                Language::Ukrainian,
                "понеділок, 4 січня 2027 року",
                "неділя, 28 березня 2027 року, 08:05",
            ),
        ];
        for (language, day, moment) in cases {
            let texts = Texts::of(language);
            assert_eq!(texts.date(monday), day);
            assert_eq!(texts.moment(at), moment);
        }
    }
}
