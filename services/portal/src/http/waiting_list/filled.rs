//! What a person filled in to join a waiting list. What is left empty excludes nothing.

use client::{Preference, StandBy};
use ids::LocationId;
use jiff::civil::{Date, Time};

use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
};

/// Preferences of one person, at most: the API takes no more.
pub(crate) const MOST: usize = 20;
/// Days that can be excluded, at most: the API takes no more.
const MOST_DAYS: usize = 200;

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filled {
    /// The best first; without those that were left empty.
    pub(crate) choices: Vec<Choice>,
    /// Anything else is welcome too.
    pub(crate) any: bool,
    /// Not before this day; of every preference, as are the next two.
    pub(crate) from: TypedDay,
    /// Not after this day.
    pub(crate) until: TypedDay,
    /// Not on these days.
    pub(crate) except: Vec<TypedDay>,
    pub(crate) people: u16,
    /// Until when they can come at once.
    pub(crate) stand_by: Option<StandBy>,
}

/// Seats that are equally welcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    /// 1 is Monday.
    pub(crate) weekdays: Vec<i8>,
    pub(crate) time: PartOfDay,
    pub(crate) locations: Vec<LocationId>,
}

/// A part of the day; in its field `-12:00` is until noon, `12:00-` from then on, and empty is any time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PartOfDay {
    /// The visit begins then or later.
    pub(crate) after: Option<Time>,
    /// It ends then or earlier.
    pub(crate) before: Option<Time>,
}

/// A day as it was typed: nothing typed is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TypedDay {
    pub(crate) text: String,
    pub(crate) date: Option<Date>,
}

/// What cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The id of the field.
    pub(crate) field: String,
    /// The text that says what is wrong.
    pub(crate) key: &'static str,
}

impl What for Filled {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let mut choices = Vec::new();
        for number in 1..=MOST {
            let choice = Choice {
                weekdays: asked.all(&format!("weekday-{number}"))?,
                time: PartOfDay::read(asked.trimmed(&format!("time-{number}")))?,
                locations: asked.all(&format!("place-{number}"))?,
            };
            if choice.weekdays.iter().any(|day| !(1..=7).contains(day)) {
                return Err(PageError::BadRequest);
            }
            if choice != Choice::default() {
                choices.push(choice);
            }
        }
        let except: Vec<String> = asked.all("except")?;
        let except = except.iter().map(|text| TypedDay::read(text));
        let people = match asked.field("people") {
            Some(_) => asked.required("people")?,
            None => 1,
        };
        Ok(Self {
            choices,
            any: asked.has("any"),
            from: TypedDay::read(asked.trimmed("from")),
            until: TypedDay::read(asked.trimmed("until")),
            except: except.filter(|day| !day.text.is_empty()).take(MOST_DAYS).collect(),
            people,
            stand_by: match asked.trimmed("stand-by") {
                "" => None,
                "today" => Some(StandBy::Today),
                "tomorrow" => Some(StandBy::Tomorrow),
                _ => return Err(PageError::BadRequest),
            },
        })
    }
}

impl Filled {
    /// Before anything was filled in.
    pub(crate) fn nothing() -> Self {
        Self {
            choices: Vec::new(),
            any: false,
            from: TypedDay::default(),
            until: TypedDay::default(),
            except: Vec::new(),
            people: 1,
            stand_by: None,
        }
    }

    /// What a place has already. A program may have given each preference days of its own; the form has
    /// those of the first.
    pub(crate) fn of(preferences: &[Preference], people: u16, stand_by: Option<StandBy>) -> Self {
        let choice = |wanted: &Preference| Choice {
            weekdays: wanted.weekdays.clone(),
            time: PartOfDay { after: wanted.after, before: wanted.before },
            locations: wanted.locations.clone(),
        };
        let mut choices: Vec<_> = preferences.iter().map(choice).collect();
        // After the one for anything no other one counts.
        let any = choices.iter().position(|choice| *choice == Choice::default());
        choices.truncate(any.unwrap_or(choices.len()));
        let first = preferences.first().cloned().unwrap_or_default();
        Self {
            any: any.is_some() && !choices.is_empty(),
            choices,
            from: TypedDay::of(first.from),
            until: TypedDay::of(first.until),
            except: first.except.iter().map(|day| TypedDay::of(Some(*day))).collect(),
            people,
            stand_by,
        }
    }

    /// What to ask for: a person who states nothing takes any seat.
    pub(crate) fn preferences(&self) -> Vec<Preference> {
        let anything = Preference {
            from: self.from.date,
            until: self.until.date,
            except: self.except.iter().filter_map(|day| day.date).collect(),
            ..Preference::default()
        };
        let meant = |choice: &Choice| Preference {
            locations: choice.locations.clone(),
            weekdays: choice.weekdays.clone(),
            after: choice.time.after,
            before: choice.time.before,
            ..anything.clone()
        };
        let mut all: Vec<_> = self.choices.iter().map(meant).collect();
        if (self.any || all.is_empty()) && all.len() < MOST {
            all.push(anything);
        }
        all
    }

    /// What cannot be meant, in the order of the page.
    pub(crate) fn mistakes(&self) -> Vec<Mistake> {
        let unreadable = |field: String| Mistake { field, key: "waiting-day-unreadable" };
        let mut all = Vec::new();
        if self.from.is_unreadable() {
            all.push(unreadable("from".to_owned()));
        }
        if self.until.is_unreadable() {
            all.push(unreadable("until".to_owned()));
        }
        if self.from.date.zip(self.until.date).is_some_and(|(from, until)| from > until) {
            all.push(Mistake { field: "until".to_owned(), key: "waiting-until-before-from" });
        }
        for (number, day) in (1..).zip(&self.except) {
            if day.is_unreadable() {
                all.push(unreadable(format!("except-{number}")));
            }
        }
        all
    }

    /// Whether it asks for days before `today` only.
    pub(crate) fn is_over(&self, today: Date) -> bool {
        self.until.date.is_some_and(|until| until < today)
    }
}

impl PartOfDay {
    fn read(field: &str) -> Result<Self, PageError> {
        if field.is_empty() {
            return Ok(Self::default());
        }
        let (after, before) = field.split_once('-').ok_or(PageError::BadRequest)?;
        let time = |text: &str| {
            let read = |text| Time::strptime("%H:%M", text).map_err(|_| PageError::BadRequest);
            (!text.is_empty()).then(|| read(text)).transpose()
        };
        Ok(Self { after: time(after)?, before: time(before)? })
    }

    /// As its field has it.
    pub(crate) fn field(self) -> String {
        let time = |time: Option<Time>| time.map(|time| time.strftime("%H:%M").to_string());
        match (time(self.after), time(self.before)) {
            (None, None) => String::new(),
            (after, before) => {
                format!("{}-{}", after.unwrap_or_default(), before.unwrap_or_default())
            }
        }
    }
}

impl TypedDay {
    /// As browsers send it, or as people write it where a browser has no field for days.
    fn read(text: &str) -> Self {
        let text = text.trim();
        let date = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
            .iter()
            .find_map(|form| Date::strptime(form, text).ok());
        let text: String = text.chars().take(40).collect();
        Self { text, date }
    }

    fn of(date: Option<Date>) -> Self {
        Self { text: date.map(|date| date.to_string()).unwrap_or_default(), date }
    }

    fn is_unreadable(&self) -> bool {
        !self.text.is_empty() && self.date.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Filled {
        let fields =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Filled::read(&Asked { fields, ..Asked::default() }).unwrap()
    }

    #[test]
    fn who_states_nothing_takes_anything() {
        for form in [&[][..], &[("any", "on")], &[("time-1", ""), ("except", " ")]] {
            assert_eq!(read(form).preferences(), [Preference::default()], "{form:?}");
        }
    }

    #[test]
    fn mornings_at_these_places_and_not_on_christmas_eve() {
        let filled = read(&[
            ("weekday-1", "2"),
            ("weekday-1", "4"),
            ("time-1", "-12:00"),
            ("place-1", "mitte"),
            ("place-1", "wedding"),
            ("time-3", "16:00-"),
            ("until", "2027-01-29"),
            ("except", "24.12.2026"),
            ("except", ""),
            ("any", "on"),
            ("stand-by", "today"),
        ]);
        assert!(filled.mistakes().is_empty());
        let meant = filled.preferences();
        let noon = Some(Time::constant(12, 0, 0, 0));
        assert_eq!((meant.len(), &meant[0].weekdays[..], meant[0].before), (3, &[2, 4][..], noon));
        assert_eq!(meant[0].locations.len(), 2);
        assert_eq!(meant[1].after, Some(Time::constant(16, 0, 0, 0)));
        for each in &meant {
            assert_eq!(each.except, [Date::constant(2026, 12, 24)]);
            assert_eq!(each.until, Some(Date::constant(2027, 1, 29)));
        }
        // What is sent comes back into the same form, but for how a day is written.
        let mut again = Filled::of(&meant, 1, Some(StandBy::Today));
        again.except[0].text = "24.12.2026".to_owned();
        assert_eq!(again, filled);
    }

    #[test]
    fn a_day_that_cannot_be_read_is_named_and_kept() {
        let filled = read(&[
            ("from", "2027-02-01"),
            ("until", "2027-01-01"),
            ("except", "2026-12-24"),
            ("except", "Heiligabend"),
        ]);
        let wrong: Vec<_> = filled.mistakes().into_iter().map(|mistake| mistake.field).collect();
        assert_eq!(wrong, ["until", "except-2"]);
        assert_eq!(filled.except[1].text, "Heiligabend");
    }

    #[test]
    fn what_no_form_of_ours_sends_is_refused() {
        for (name, value) in [
            ("weekday-1", "8"),
            ("weekday-2", "monday"),
            ("time-1", "noon"),
            ("time-1", "25:00-"),
            ("place-1", "no place"),
            ("people", "-1"),
            ("stand-by", "next week"),
        ] {
            let fields = vec![(name.to_owned(), value.to_owned())];
            let asked = Asked { fields, ..Asked::default() };
            assert!(Filled::read(&asked).is_err(), "{name}={value}");
        }
    }
}
