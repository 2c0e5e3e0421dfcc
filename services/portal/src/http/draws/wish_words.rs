//! A wish as a sentence.

use client::Preference;
use jiff::civil::{Date, Time};

use crate::{directory::Offer, text::Texts};

/// A wish in words: days, time of day, places.
pub(super) fn in_words(texts: Texts, offer: &Offer, days: &[Date], wish: &Preference) -> String {
    let meant: Vec<_> = days.iter().filter(|day| wish.admits(**day)).collect();
    let mut parts = Vec::new();
    if meant.len() < days.len() {
        let names: Vec<_> = meant.iter().map(|day| texts.date(**day)).collect();
        parts.push(texts.long_details(&names));
    }
    parts.extend(time_of_day(texts, wish.after, wish.before));
    let tag = texts.language().tag();
    let place = |id| match offer.location(id) {
        Some(location) => location.name.get(tag).to_owned(),
        None => id.to_string(),
    };
    if !wish.locations.is_empty() {
        let places: Vec<_> = wish.locations.iter().map(place).collect();
        parts.push(texts.long_details(&places));
    }
    if parts.is_empty() { texts.text("draw-any").into_owned() } else { parts.join(" · ") }
}

/// `None` for any time.
pub(crate) fn time_of_day(
    texts: Texts,
    after: Option<Time>,
    before: Option<Time>,
) -> Option<String> {
    let clock = |time: Time| time.strftime("%H:%M").to_string();
    let text = match (after.map(clock), before.map(clock)) {
        (None, None) => return None,
        (Some(after), None) => texts.fill("draw-time-after", "time", after),
        (None, Some(before)) => texts.fill("draw-time-before", "time", before),
        (Some(after), Some(before)) => {
            texts.fill_all("time-span", &[("start", &after), ("end", &before)])
        }
    };
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn a_wish_names_what_it_asks_for_and_nothing_else() {
        let texts = Texts::of(Language::English);
        let offer = Offer {
            name: client::Names::default(),
            languages: Vec::new(),
            services: Vec::new(),
            groups: Vec::new(),
            locations: Vec::new(),
            index: search::Index::default(),
        };
        let days: Vec<Date> = ["2027-01-18", "2027-01-19"].map(|day| day.parse().unwrap()).into();
        let words = |wish: &Preference| in_words(texts, &offer, &days, wish);
        assert_eq!(words(&Preference::default()), "Any appointment");
        let wish = Preference {
            weekdays: vec![2],
            before: Some(Time::constant(12, 0, 0, 0)),
            locations: vec!["mitte".parse().unwrap()],
            ..Preference::default()
        };
        assert_eq!(words(&wish), "Tuesday, 19 January 2027 · finished by 12:00 · mitte");
        let all = Preference { weekdays: vec![1, 2, 3], ..Preference::default() };
        assert_eq!(words(&all), "Any appointment");
    }
}
