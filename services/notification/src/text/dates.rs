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
        self.compose(
            "date",
            &[("weekday", &weekday), ("day", &day), ("month", &month), ("year", &year)],
        )
    }

    /// For example `Montag, 4. Januar 2027, 08:00 Uhr`.
    pub(crate) fn moment(self, at: Timestamp) -> String {
        self.compose("date-and-time", &[("date", &self.date(at)), ("time", &self.time(at))])
    }

    /// For example `08:00 Uhr`.
    pub(crate) fn time(self, at: Timestamp) -> String {
        self.compose("time", &[("time", &clock_face(at))])
    }

    /// For example `08:00 bis 08:20 Uhr`.
    pub(crate) fn span(self, start: Timestamp, end: Timestamp) -> String {
        self.compose("time-span", &[("start", &clock_face(start)), ("end", &clock_face(end))])
    }
}

fn clock_face(at: Timestamp) -> String {
    at.to_zoned_datetime(berlin()).strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use texts::Language;

    use super::*;

    /// Fault: isolates within isolates in the subject of Arabic messages, in which the order turned around.
    #[test]
    fn an_arabic_subject_has_no_isolate_within_another() {
        let texts = Texts::of(Language::Arabic);
        let at = "2027-01-19T08:40:00+01:00".parse().unwrap();
        let (date, time) = (texts.date(at), texts.time(at));
        let subject = texts.fill("confirmed-subject", &[("date", &date), ("time", &time)]);
        let mut depth = 0;
        for letter in subject.chars() {
            match letter {
                '\u{2068}' => depth += 1,
                '\u{2069}' => depth -= 1,
                _ => {}
            }
            assert!((0..=1).contains(&depth), "{subject:?}");
        }
        assert!(!texts.span(at, at).contains('\u{2068}'));
    }

    /// Fault: a comma of ours stood in Arabic messages.
    #[test]
    fn what_stands_between_is_of_the_language() {
        let at = "2027-01-19T08:40:00+01:00".parse().unwrap();
        let (german, arabic) = (Texts::of(Language::German), Texts::of(Language::Arabic));
        assert_eq!(german.moment(at), "Dienstag, 19. Januar 2027, 08:40 Uhr");
        assert!(arabic.moment(at).contains('،') && !arabic.moment(at).contains(','));
        assert_eq!(german.details(&["Rathaus", "Markt 1"]), "Rathaus, Markt 1");
        assert_eq!(arabic.details(&["Rathaus", "Markt 1"]), "Rathaus، Markt 1");
        assert_eq!(arabic.details(&["Rathaus", ""]), "Rathaus");
    }
}
