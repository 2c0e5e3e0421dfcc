//! What is free, as values: by day, by start, and first of all.

use ids::LocationId;
use jiff::{Timestamp, ToSpan as _, civil::Date};

use super::{LONGEST_RANGE_DAYS, free::Visits};

/// What is free in a range of days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreeDays {
    /// Days with something free, earliest first.
    pub days: Vec<FreeDay>,
    /// Days on which no location that was asked about opens, earliest first: there is nothing to
    /// wait for.
    pub closed: Vec<Date>,
}

/// A day with something free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeDay {
    /// The local day.
    pub date: Date,
    /// Only locations that have anything free.
    pub locations: Vec<FreeLocation>,
}

/// How much is free at a location on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeLocation {
    /// The location.
    pub location: LocationId,
    /// How many places, summed over the starts of the day: visits that overlap count each.
    pub free: u32,
    /// How many starts have a free place, however many places each has.
    pub starts: u32,
}

/// A start at which something is free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSlot {
    /// The location.
    pub location: LocationId,
    /// When the visit begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// How many places are free.
    pub free: u32,
}

impl Visits<'_> {
    /// Days with something free, and days that are closed.
    pub fn days(&self, from: Date, to: Date) -> FreeDays {
        let mut found = FreeDays::default();
        for date in from.series(1.day()).take_while(|date| *date <= to) {
            let plans: Vec<_> = self
                .needs
                .iter()
                .filter_map(|(location, need)| Some((*location, need, self.plan(location, date)?)))
                .collect();
            if plans.iter().all(|(_, _, plan)| plan.is_closed()) {
                found.closed.push(date);
                continue;
            }
            let counts =
                plans.iter().map(|(location, need, plan)| self.count(location, need, plan));
            let locations: Vec<_> = counts.filter(|count| count.free > 0).collect();
            if !locations.is_empty() {
                found.days.push(FreeDay { date, locations });
            }
        }
        found
    }

    /// The free starts of a day, by start, then by location; none on a day that is not shown.
    pub fn slots(&self, date: Date) -> Vec<FreeSlot> {
        if date < self.today || date > self.shown_until() {
            return Vec::new();
        }
        let mut slots: Vec<_> = self
            .needs
            .iter()
            .flat_map(|(location, need)| self.free_starts(location, need, date))
            .collect();
        slots.sort_by(|a, b| (a.start, &a.location, a.end).cmp(&(b.start, &b.location, b.end)));
        slots
    }

    /// The first free start as far as days are shown.
    pub fn earliest(&self) -> Option<FreeSlot> {
        let until = self.shown_until();
        let dates = self.today.series(1.day()).take_while(|date| *date <= until);
        dates.into_iter().find_map(|date| {
            let firsts = self.needs.iter().filter_map(|(location, need)| {
                self.free_starts(location, need, date).into_iter().next()
            });
            firsts.min_by(|a, b| (a.start, &a.location).cmp(&(b.start, &b.location)))
        })
    }

    /// The last day that is shown.
    fn shown_until(&self) -> Date {
        self.today.saturating_add(LONGEST_RANGE_DAYS.days())
    }
}
