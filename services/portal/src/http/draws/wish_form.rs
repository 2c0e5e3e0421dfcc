//! The form in which wishes are stated.
//!
//! A draw is of one week: days are ticked one by one, so that no weekdays and exceptions are
//! needed. What is left empty excludes nothing.

use std::borrow::Cow;

use client::{Announced, Preference, PublishedDraw};
use ids::LocationId;
use jiff::civil::{Date, Time};
use url::form_urlencoded::Serializer;

use crate::{
    directory::Offer,
    http::{
        asked::{Asked, What},
        page_error::PageError,
        visit::LocationSummary,
    },
    text::Texts,
};

/// Wishes of one entry, at most: the API takes no more.
const MOST: usize = 20;
/// Wishes that the form has room for, at least.
const ROOM: usize = 3;

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    /// The best first; without those that were left empty.
    wishes: Vec<FilledWish>,
    /// Anything else is welcome too.
    any: bool,
    people: u16,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct FilledWish {
    days: Vec<Date>,
    locations: Vec<LocationId>,
    after: Option<Time>,
    before: Option<Time>,
}

impl What for Filled {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let mut wishes = Vec::new();
        for number in 1..=MOST {
            let wish = FilledWish {
                days: asked.all(&format!("day-{number}"))?,
                locations: asked.all(&format!("place-{number}"))?,
                after: time(asked, &format!("after-{number}"))?,
                before: time(asked, &format!("before-{number}"))?,
            };
            if wish != FilledWish::default() {
                wishes.push(wish);
            }
        }
        let people = match asked.field("people") {
            Some(_) => asked.required("people")?,
            None => 1,
        };
        Ok(Self { wishes, any: asked.has("any"), people })
    }
}

fn time(asked: &Asked, name: &str) -> Result<Option<Time>, PageError> {
    let text = asked.trimmed(name);
    let read = |text| Time::strptime("%H:%M", text).map_err(|_| PageError::BadRequest);
    (!text.is_empty()).then(|| read(text)).transpose()
}

impl Filled {
    /// Before anything was filled in.
    pub(crate) const fn nothing() -> Self {
        Self { wishes: Vec::new(), any: false, people: 1 }
    }

    /// What an entry says already.
    pub(crate) fn of(wishes: &[Preference], people: u16, days: &[Date]) -> Self {
        let filled = |wish: &Preference| {
            let meant: Vec<_> = days.iter().copied().filter(|day| wish.admits(*day)).collect();
            FilledWish {
                days: if meant.len() < days.len() { meant } else { Vec::new() },
                locations: wish.locations.clone(),
                after: wish.after,
                before: wish.before,
            }
        };
        let mut wishes: Vec<_> = wishes.iter().map(filled).collect();
        // After the wish for anything no other one counts.
        let any = wishes.iter().position(|wish| *wish == FilledWish::default());
        wishes.truncate(any.unwrap_or(wishes.len()));
        Self { any: any.is_some(), wishes, people }
    }

    pub(crate) const fn people(&self) -> u16 {
        self.people
    }

    /// What to ask for: a person who states nothing takes any seat.
    pub(crate) fn wishes(&self, days: &[Date]) -> Vec<Preference> {
        let mut wishes: Vec<_> = self.wishes.iter().map(|wish| wish.meant(days)).collect();
        if (self.any || wishes.is_empty()) && wishes.len() < MOST {
            wishes.push(Preference::default());
        }
        wishes
    }

    /// Whether a wish ends before it begins: then it could never come true.
    pub(crate) fn is_impossible(&self) -> bool {
        self.wishes.iter().any(FilledWish::is_impossible)
    }

    /// Whether it names a day or a place that the draw does not have, or more people than can come.
    pub(crate) fn is_outside(&self, days: &[Date], places: &[LocationId], most: u16) -> bool {
        let is_elsewhere = |wish: &FilledWish| {
            wish.days.iter().any(|day| !days.contains(day))
                || wish.locations.iter().any(|place| !places.contains(place))
        };
        !(1..=most).contains(&self.people) || self.wishes.iter().any(is_elsewhere)
    }

    /// The same as the query of an address, so that it stays when the language changes.
    pub(crate) fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        for (place, wish) in self.wishes.iter().enumerate() {
            let number = place + 1;
            for day in &wish.days {
                query.append_pair(&format!("day-{number}"), &day.to_string());
            }
            for location in &wish.locations {
                query.append_pair(&format!("place-{number}"), location.as_str());
            }
            for (name, time) in [("after", wish.after), ("before", wish.before)] {
                if let Some(time) = time {
                    let time = time.strftime("%H:%M").to_string();
                    query.append_pair(&format!("{name}-{number}"), &time);
                }
            }
        }
        if self.any {
            query.append_pair("any", "on");
        }
        query.append_pair("people", &self.people.to_string()).finish()
    }
}

impl FilledWish {
    fn is_impossible(&self) -> bool {
        self.after.zip(self.before).is_some_and(|(after, before)| before <= after)
    }

    fn meant(&self, days: &[Date]) -> Preference {
        let is_any_day = days.iter().all(|day| self.days.contains(day));
        let weekday = |day: &Date| day.weekday().to_monday_one_offset();
        Preference {
            locations: self.locations.clone(),
            weekdays: if is_any_day { Vec::new() } else { self.days.iter().map(weekday).collect() },
            after: self.after,
            before: self.before,
            ..Preference::default()
        }
    }
}

/// One wish of the form.
pub(crate) struct WishPart {
    pub(crate) number: usize,
    pub(crate) is_filled: bool,
    /// It ends before it begins.
    pub(crate) is_impossible: bool,
    /// It may be what fits no appointment.
    pub(crate) is_unfit: bool,
    pub(crate) days: Vec<DayChoice>,
    pub(crate) places: Vec<PlaceChoice>,
    pub(crate) after: Vec<HourChoice>,
    pub(crate) before: Vec<HourChoice>,
}

pub(crate) struct DayChoice {
    pub(crate) date: Date,
    pub(crate) label: Cow<'static, str>,
    pub(crate) chosen: bool,
}

pub(crate) struct PlaceChoice {
    pub(crate) place: LocationSummary,
    pub(crate) chosen: bool,
}

pub(crate) struct HourChoice {
    pub(crate) value: String,
    pub(crate) chosen: bool,
}

/// The form as it is shown: with what was filled in, and room for more.
pub(crate) struct WishForm {
    pub(crate) parts: Vec<WishPart>,
    pub(crate) any: bool,
    /// That any other appointment is welcome, as whoever fills it in says it.
    pub(crate) any_label: Cow<'static, str>,
    /// How many come; one choice if no companions are allowed.
    pub(crate) people: Vec<(u16, bool)>,
}

impl WishPart {
    /// Whether a time is chosen: then it is seen from the start.
    pub(crate) fn names_times(&self) -> bool {
        self.after.iter().chain(&self.before).any(|hour| hour.chosen)
    }

    /// The same of places.
    pub(crate) fn names_places(&self) -> bool {
        self.places.iter().any(|choice| choice.chosen)
    }
}

impl WishForm {
    /// The first field that makes a wish impossible.
    pub(crate) fn mistake(&self) -> Option<String> {
        let wrong = self.parts.iter().find(|part| part.is_impossible)?;
        Some(format!("after-{}", wrong.number))
    }

    /// With these of the announced days: those that whoever fills it in can wish for.
    pub(crate) fn new(
        texts: Texts,
        offer: &Offer,
        published: &PublishedDraw,
        (announced, days): (&Announced, &[Date]),
        filled: &Filled,
    ) -> Self {
        let room = (filled.wishes.len() + 1).clamp(ROOM, MOST);
        let part = |at: usize| {
            let wish = filled.wishes.get(at).cloned().unwrap_or_default();
            let day = |date: &Date| DayChoice {
                date: *date,
                label: texts.date(*date),
                chosen: wish.days.contains(date),
            };
            let place = |id: &LocationId| PlaceChoice {
                place: LocationSummary::find(offer, id, texts),
                chosen: wish.locations.contains(id),
            };
            WishPart {
                number: at + 1,
                is_filled: wish != FilledWish::default(),
                is_impossible: wish.is_impossible(),
                is_unfit: false,
                days: days.iter().map(day).collect(),
                places: published.locations.iter().map(place).collect(),
                after: hours(announced, wish.after),
                before: hours(announced, wish.before),
            }
        };
        let people = 1..=announced.most_people();
        Self {
            parts: (0..room).map(part).collect(),
            any: filled.any,
            any_label: texts.text("draw-wish-any"),
            people: people.map(|count| (count, count == filled.people)).collect(),
        }
    }

    /// A wish fits no appointment of the draw. The authority does not say which, so each is marked that was filled in.
    pub(crate) fn unfit(mut self) -> Self {
        for part in &mut self.parts {
            part.is_unfit = part.is_filled;
        }
        self
    }

    /// The first field of the first wish that is marked.
    pub(crate) fn unfit_field(&self) -> String {
        let marked = self.parts.iter().find(|part| part.is_unfit).or(self.parts.first());
        let day = marked.and_then(|part| Some((part.number, part.days.first()?.date)));
        day.map_or_else(|| "any".to_owned(), |(number, date)| format!("day-{number}-{date}"))
    }

    /// The same form for staff, who say what suits somebody else.
    pub(crate) fn for_staff(self, texts: Texts) -> Self {
        Self { any_label: texts.text("desk-any"), ..self }
    }
}

/// The full hours of the draw, and the one that is chosen if it is no full hour.
fn hours(announced: &Announced, chosen: Option<Time>) -> Vec<HourChoice> {
    let mut times: Vec<_> =
        announced.hours().filter_map(|hour| Time::new(hour, 0, 0, 0).ok()).chain(chosen).collect();
    times.sort_unstable();
    times.dedup();
    let choice = |time: Time| HourChoice {
        value: time.strftime("%H:%M").to_string(),
        chosen: chosen == Some(time),
    };
    times.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> Vec<Date> {
        ["2027-01-18", "2027-01-19", "2027-01-20"].map(|day| day.parse().unwrap()).into()
    }

    fn read(fields: &[(&str, &str)]) -> Filled {
        let fields =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Filled::read(&Asked { fields, ..Asked::default() }).unwrap()
    }

    #[test]
    fn who_states_nothing_takes_anything() {
        for form in [&[][..], &[("any", "on")], &[("after-1", ""), ("before-3", "")]] {
            assert_eq!(read(form).wishes(&days()), [Preference::default()], "{form:?}");
        }
    }

    #[test]
    fn wishes_keep_their_order_and_empty_ones_do_not_count() {
        let filled = read(&[
            ("day-3", "2027-01-19"),
            ("place-1", "mitte"),
            ("before-1", "12:00"),
            ("any", "on"),
            ("people", "2"),
        ]);
        let wishes = filled.wishes(&days());
        assert_eq!(wishes.len(), 3);
        assert_eq!(wishes[0].locations[0].as_str(), "mitte");
        assert_eq!(wishes[1].weekdays, [2]);
        assert_eq!((&wishes[2], filled.people()), (&Preference::default(), 2));
        // What is sent comes back into the same form.
        assert_eq!(Filled::of(&wishes, 2, &days()), filled);
        let query = filled.query();
        let fields = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        assert_eq!(Filled::read(&Asked { fields, ..Asked::default() }).unwrap(), filled);
    }

    #[test]
    fn all_days_are_any_day() {
        let all = [("day-1", "2027-01-18"), ("day-1", "2027-01-19"), ("day-1", "2027-01-20")];
        assert_eq!(read(&all).wishes(&days()), [Preference::default()]);
    }

    #[test]
    fn a_wish_must_begin_before_it_ends() {
        assert!(read(&[("after-2", "12:00"), ("before-2", "12:00")]).is_impossible());
        assert!(!read(&[("after-2", "12:00"), ("before-1", "09:00")]).is_impossible());
        let nonsense = [("day-1".to_owned(), "tomorrow".to_owned())];
        let asked = Asked { fields: nonsense.into(), ..Asked::default() };
        assert!(Filled::read(&asked).is_err());
    }
}
