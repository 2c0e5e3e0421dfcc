//! What is free, as values: by day, by start, and first of all.

use ids::LocationId;
use jiff::{Timestamp, ToSpan as _, civil::Date};

use super::{LONGEST_RANGE_DAYS, free::Visits};

/// A day with something free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeDay {
    /// The local day.
    pub date: Date,
    /// Where, and how many places, summed over the starts of the day: visits that overlap count
    /// each. Only locations that have any.
    pub locations: Vec<(LocationId, u32)>,
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
    /// Days with something free, earliest first.
    pub fn days(&self, from: Date, to: Date) -> Vec<FreeDay> {
        let dates = from.series(1.day()).take_while(|date| *date <= to);
        let days = dates.map(|date| {
            let counts = self
                .needs
                .iter()
                .map(|(location, need)| ((*location).clone(), self.count(location, need, date)));
            FreeDay { date, locations: counts.filter(|(_, free)| *free > 0).collect() }
        });
        days.filter(|day| !day.locations.is_empty()).collect()
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
