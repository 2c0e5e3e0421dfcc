//! What suits a person, as a sentence.

use client::Preference;

use super::filled::PartOfDay;
use crate::{directory::Offer, http::draws::wish_words, text::Texts};

/// In words: days of the week, time of day, places, and the days that frame it.
pub(crate) fn in_words(texts: Texts, offer: &Offer, wanted: &Preference) -> String {
    let mut parts = Vec::new();
    let names = texts.weekdays();
    let weekdays = (1..).zip(&names).filter(|(day, _)| wanted.weekdays.contains(day));
    let weekdays: Vec<_> = weekdays.map(|(_, (_, long))| &**long).collect();
    if !weekdays.is_empty() {
        parts.push(texts.long_details(&weekdays));
    }
    parts.extend(time_of_day(texts, PartOfDay { after: wanted.after, before: wanted.before }));
    let tag = texts.language().tag();
    let place = |id| match offer.location(id) {
        Some(location) => location.name.get(tag).to_owned(),
        None => id.to_string(),
    };
    if !wanted.locations.is_empty() {
        let places: Vec<_> = wanted.locations.iter().map(place).collect();
        parts.push(texts.long_details(&places));
    }
    if parts.is_empty() {
        parts.push(texts.text("waiting-any").into_owned());
    }
    parts.extend(days(texts, wanted));
    parts.join(" · ")
}

/// In which time, and on which days not.
fn days(texts: Texts, wanted: &Preference) -> Vec<String> {
    let mut parts = Vec::new();
    let day = |key, date| texts.fill(key, "date", texts.date(date).into_owned()).into_owned();
    parts.extend(wanted.from.map(|date| day("waiting-words-from", date)));
    parts.extend(wanted.until.map(|date| day("waiting-words-until", date)));
    if !wanted.except.is_empty() {
        let dates: Vec<_> = wanted.except.iter().map(|date| texts.date(*date)).collect();
        let dates = texts.long_details(&dates);
        parts.push(texts.fill("waiting-words-except", "dates", dates).into_owned());
    }
    parts
}

/// `None` for any time.
pub(super) fn time_of_day(texts: Texts, part: PartOfDay) -> Option<String> {
    wish_words::time_of_day(texts, part.after, part.before)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, Time};

    use super::*;
    use crate::text::Language;

    #[test]
    fn it_names_what_is_asked_for_and_nothing_else() {
        let texts = Texts::of(Language::English);
        let offer = Offer {
            name: client::Names::default(),
            languages: Vec::new(),
            services: Vec::new(),
            groups: Vec::new(),
            locations: Vec::new(),
            index: search::Index::default(),
        };
        let words = |wanted: &Preference| in_words(texts, &offer, wanted);
        assert_eq!(words(&Preference::default()), "Any appointment");
        let wanted = Preference {
            weekdays: vec![2, 4],
            before: Some(Time::constant(12, 0, 0, 0)),
            locations: vec!["mitte".parse().unwrap()],
            except: vec![Date::constant(2026, 12, 24)],
            ..Preference::default()
        };
        assert_eq!(
            words(&wanted),
            "Tuesday; Thursday · finished by 12:00 · mitte · not on Thursday, 24 December 2026"
        );
        let late = Preference { from: Some(Date::constant(2027, 2, 1)), ..Preference::default() };
        assert_eq!(words(&late), "Any appointment · from Monday, 1 February 2027");
    }
}
