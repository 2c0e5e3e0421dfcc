//! The calendar of free days: one table per month, and a list of the first ones.
//!
//! What sets a day apart is said in words, in the cell and to screen readers: today, nearly full, full,
//! closed. Colour only repeats it.

use std::{borrow::Cow, collections::BTreeMap};

use client::{DayFree, Days};
use jiff::{ToSpan, civil::Date};

use crate::text::Texts;

/// With at most so many times a day is nearly full.
const FEW: u32 = 5;

/// How many days the list shows.
const LISTED: usize = 8;

/// One month.
pub(crate) struct Month {
    pub(crate) title: Cow<'static, str>,
    /// Monday to Sunday; `None` where another month's day would stand.
    pub(crate) weeks: Vec<[Option<Day>; 7]>,
}

/// A day in a table.
pub(crate) struct Day {
    pub(crate) number: i8,
    /// A word for the cell.
    pub(crate) mark: Option<Cow<'static, str>>,
    /// Free times and the way to them.
    pub(crate) free: Option<FreeDay>,
}

/// The way to a day's times.
pub(crate) struct FreeDay {
    pub(crate) link: String,
    pub(crate) label: String,
}

/// A day in the list.
pub(crate) struct ListedDay {
    pub(crate) date: Cow<'static, str>,
    /// "today" or "tomorrow".
    pub(crate) soon: Option<Cow<'static, str>>,
    pub(crate) times: Cow<'static, str>,
    pub(crate) is_few: bool,
    pub(crate) link: String,
}

/// What the calendar shows.
pub(crate) struct Calendar<'a, L: Fn(Date) -> String> {
    texts: Texts,
    today: Date,
    free: BTreeMap<Date, &'a DayFree>,
    closed: &'a [Date],
    /// Where a day's times are.
    link: L,
}

impl<'a, L: Fn(Date) -> String> Calendar<'a, L> {
    pub(crate) fn new(texts: Texts, today: Date, found: &'a Days, link: L) -> Self {
        let free = found.days.iter().filter(|day| day.free > 0).map(|day| (day.date, day));
        Self { texts, today, free: free.collect(), closed: &found.closed, link }
    }

    /// How many days have something free.
    pub(crate) fn free_days(&self) -> usize {
        self.free.len()
    }

    /// The first free days.
    pub(crate) fn list(&self) -> Vec<ListedDay> {
        self.free.iter().take(LISTED).map(|(date, free)| self.listed(*date, free)).collect()
    }

    fn listed(&self, date: Date, free: &DayFree) -> ListedDay {
        ListedDay {
            date: self.texts.date(date),
            soon: self.soon(date),
            times: self.times(free),
            is_few: is_few(free),
            link: (self.link)(date),
        }
    }

    /// One table per month from the first to the last free day.
    pub(crate) fn months(&self) -> Vec<Month> {
        let (Some(first), Some(last)) = (self.free.keys().next(), self.free.keys().next_back())
        else {
            return Vec::new();
        };
        let first_month = first.first_of_month();
        std::iter::successors(Some(first_month), |month| month.checked_add(1.month()).ok())
            .take_while(|month| month <= last)
            .map(|month| {
                let mut weeks = weeks(month, |date| self.day(date));
                // Weeks that are over only push the free days down.
                let first_week = weeks.iter().position(|week| is_ahead(week, month, *first));
                weeks.drain(..first_week.unwrap_or(0));
                // And so do weeks after the last free day.
                let after = |week: &[Option<Day>; 7]| !begins_by(week, month, *last);
                let over = weeks.iter().position(after).unwrap_or(weeks.len());
                weeks.truncate(over);
                Month { title: self.texts.month(month), weeks }
            })
            .collect()
    }

    fn day(&self, date: Date) -> Day {
        let free = self.free.get(&date);
        Day {
            number: date.day(),
            mark: self.mark(date),
            free: free
                .map(|free| FreeDay { link: (self.link)(date), label: self.label(date, free) }),
        }
    }

    /// A word for the cell. Days before the first and after the last free one say nothing: perhaps
    /// they cannot be booked yet, or no longer.
    fn mark(&self, date: Date) -> Option<Cow<'static, str>> {
        let free = self.free.get(&date);
        let is_between = self.free.keys().next().is_some_and(|first| *first < date)
            && self.free.keys().next_back().is_some_and(|last| date < *last);
        let key = if date == self.today {
            "days-mark-today"
        } else if free.is_some_and(|free| is_few(free)) {
            "days-mark-few"
        } else if free.is_some() || !is_between {
            return None;
        } else if self.closed.contains(&date) {
            "days-mark-closed"
        } else {
            "days-mark-full"
        };
        Some(self.texts.text(key))
    }

    fn soon(&self, date: Date) -> Option<Cow<'static, str>> {
        if date == self.today {
            Some(self.texts.text("days-today"))
        } else if self.today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            Some(self.texts.text("days-tomorrow"))
        } else {
            None
        }
    }

    /// How many times there are to choose from, if the authority counts them.
    fn times(&self, free: &DayFree) -> Cow<'static, str> {
        match free.starts {
            Some(starts) => self.texts.fill("days-times", "count", starts),
            None => self.texts.text("days-some-times"),
        }
    }

    /// All that is known of a free day, for those who do not see the table.
    ///
    /// It contains what stands in the cell, so that people who speak to their device can say what
    /// they see (WCAG 2.5.3).
    fn label(&self, date: Date, free: &DayFree) -> String {
        let few = is_few(free).then(|| self.texts.text("days-few"));
        let parts = self.soon(date).into_iter().chain([self.times(free)]).chain(few);
        let known = self.texts.details(&parts.collect::<Vec<_>>());
        let date_in_words = self.texts.date(date);
        let cell = self.mark(date).map(|mark| format!("{} {mark}", date.day()));
        let day = self.texts.details(&[cell.as_deref().unwrap_or_default(), &*date_in_words]);
        format!("{day}: {known}")
    }
}

fn is_few(free: &DayFree) -> bool {
    free.starts.unwrap_or(free.free) <= FEW
}

fn is_ahead(week: &[Option<Day>; 7], month: Date, first_free: Date) -> bool {
    let last = week.iter().flatten().last();
    last.is_some_and(|day| month.saturating_add((day.number - 1).days()) >= first_free)
}

fn begins_by(week: &[Option<Day>; 7], month: Date, last_free: Date) -> bool {
    let first = week.iter().flatten().next();
    first.is_some_and(|day| month.saturating_add((day.number - 1).days()) <= last_free)
}

fn weeks(month: Date, day: impl Fn(Date) -> Day) -> Vec<[Option<Day>; 7]> {
    let before = i64::from(month.weekday().to_monday_zero_offset());
    let length = i64::from(month.days_in_month());
    (0..(before + length).div_euclid(7) + 1)
        .map(|week| {
            std::array::from_fn(|weekday| {
                let number = week * 7 + i64::try_from(weekday).unwrap_or(0) - before;
                let within = (0..length).contains(&number);
                within.then(|| day(month.saturating_add(number.days())))
            })
        })
        .filter(|week: &[Option<Day>; 7]| week.iter().any(Option::is_some))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use texts::Language;

    use super::*;

    #[test]
    fn a_month_is_laid_out_from_monday_to_sunday() {
        // February 2027 begins on a Monday and has exactly four weeks.
        for (month, rows, first) in
            [(date(2027, 2, 1), 4, 0), (date(2027, 1, 1), 5, 4), (date(2027, 5, 1), 6, 5)]
        {
            let day = |date: Date| Day { number: date.day(), mark: None, free: None };
            let weeks = weeks(month, day);
            assert_eq!(weeks.len(), rows, "{month}");
            assert_eq!(weeks[0].iter().position(Option::is_some), Some(first), "{month}");
            let days: Vec<_> = weeks.iter().flatten().flatten().map(|day| day.number).collect();
            assert_eq!(days, (1..=month.days_in_month()).collect::<Vec<_>>(), "{month}");
        }
    }

    fn days() -> Days {
        let day = |day: i8, starts: u32| DayFree {
            date: date(2027, 1, day),
            free: starts * 3,
            starts: Some(starts),
            locations: Vec::new(),
        };
        Days { days: vec![day(5, 40), day(8, 2), day(12, 9)], closed: vec![date(2027, 1, 9)] }
    }

    #[test]
    fn each_kind_of_day_has_its_word() {
        let days = days();
        let texts = Texts::of(Language::English);
        let calendar = Calendar::new(texts, date(2027, 1, 7), &days, |date| date.to_string());
        let months = calendar.months();
        let words: Vec<String> = months
            .iter()
            .flat_map(|month| month.weeks.iter().flatten().flatten())
            .filter_map(|day| Some(format!("{} {}", day.number, day.mark.as_deref()?)))
            .collect();
        assert_eq!(words, ["6 full", "7 today", "8 few", "9 closed", "10 full", "11 full"]);
        // Two weeks are enough: nothing is free before the 5th or after the 12th.
        assert_eq!(months.iter().map(|month| month.weeks.len()).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_day_is_called_by_what_stands_in_its_cell() {
        let days = days();
        for today in [date(2027, 1, 5), date(2027, 1, 8), date(2027, 1, 11)] {
            let texts = Texts::of(Language::German);
            let calendar = Calendar::new(texts, today, &days, |date| date.to_string());
            let months = calendar.months();
            for day in months.iter().flat_map(|month| month.weeks.iter().flatten().flatten()) {
                let Some(free) = &day.free else { continue };
                let mark = day.mark.iter().map(|mark| format!(" {mark}"));
                let cell: String = [day.number.to_string()].into_iter().chain(mark).collect();
                assert!(free.label.contains(&cell), "{cell} is not in {}", free.label);
            }
        }
    }

    /// Fault: a comma stood in Arabic labels.
    #[test]
    fn a_label_has_the_commas_of_its_language() {
        let days = days();
        let texts = Texts::of(Language::Arabic);
        let calendar = Calendar::new(texts, date(2027, 1, 8), &days, |date| date.to_string());
        let label = calendar.label(date(2027, 1, 8), &days.days[1]);
        assert!(label.contains('،') && !label.contains(','), "{label}");
    }

    #[test]
    fn times_are_counted_once_however_many_desks_are_free() {
        let days = days();
        let texts = Texts::of(Language::English);
        let list = Calendar::new(texts, date(2027, 1, 4), &days, |date| date.to_string()).list();
        let said =
            list.iter().map(|day| (&*day.date, day.soon.as_deref(), &*day.times, day.is_few));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [
                ("Tuesday, 5 January 2027", Some("tomorrow"), "40 free times", false),
                ("Friday, 8 January 2027", None, "2 free times", true),
                ("Tuesday, 12 January 2027", None, "9 free times", false),
            ]
        );
    }
}
