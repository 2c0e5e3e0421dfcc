//! Sums of a month.
//!
//! The one sum over days is that of a [`MonthBlock`]: one service at one location in one month. Every
//! total is made of blocks, and only of what may be published of them, so that it tells nothing more.

use std::collections::BTreeMap;

use ids::{LocationId, ServiceId};
use serde::{Deserialize, Serialize};

use super::{
    counts::{ServiceCounts, place},
    day::share,
    small_counts::{Cell, suppress_small, suppress_small_parts},
};
use crate::domain::Binding;

/// What stands in a total for a suppressed count.
const ESTIMATE: u32 = 2;

/// One service at one location in one month, as exactly as may be told (`Cell::sum`). Small counts are
/// still in it, so it is published as a [`MonthTotal`] only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u32; 8]", into = "[u32; 8]")]
pub struct MonthBlock {
    booked: u32,
    missed: u32,
    by_phone: u32,
    cancelled: u32,
    walk_ins: u32,
    /// Booked on days whose count is published: what is told of waiting is about these alone, since
    /// together with the suppressed ones it would tell how many those are.
    told: u32,
    /// Of these: no more than 14 full days before.
    soon: u32,
    /// Full days that these waited, on average.
    waited_days: u32,
}

/// A block, and where and what it is about.
pub type LocationBlock = (LocationId, ServiceId, MonthBlock);

/// What is published of one block, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthTotal {
    booked: u32,
    missed: u32,
    by_phone: u32,
    cancelled: u32,
    walk_ins: u32,
    told: u32,
    soon: u32,
    /// Days that these waited together.
    waited_days: u64,
}

impl MonthBlock {
    /// The sum of these days of one service at one location.
    #[must_use]
    pub fn of_days<'a>(days: impl Iterator<Item = &'a ServiceCounts> + Clone) -> Self {
        let total = |part: fn(&ServiceCounts) -> Cell| Cell::sum(days.clone().map(part));
        let booked = total(|day| Cell::of(day.booked()));
        let told_days = days.clone().filter(|day| suppress_small(day.booked()).is_some());
        let told: u32 = told_days.clone().map(ServiceCounts::booked).sum();
        let waited: u64 = told_days.clone().map(|day| day.waiting.total_days).sum();
        let average = (waited + u64::from(told) / 2).checked_div(told.into()).unwrap_or_default();
        Self {
            booked,
            missed: total(missed_on).min(booked),
            by_phone: total(by_phone_on).min(booked),
            cancelled: total(|day| Cell::of(day.given_up)),
            walk_ins: total(|day| Cell::of(day.walk_ins)),
            told,
            soon: told_days.map(|day| day.waiting.soon).sum(),
            waited_days: u32::try_from(average).unwrap_or(u32::MAX),
        }
    }
}

fn missed_on(day: &ServiceCounts) -> Cell {
    let [_, published, _] = suppress_small_parts([day.served, day.missed, day.open]);
    Cell::of_part(day.missed, published, day.booked())
}

fn by_phone_on(day: &ServiceCounts) -> Cell {
    let phone = place(Binding::Phone);
    Cell::of_part(day.bound[phone], suppress_small_parts(day.bound)[phone], day.booked())
}

impl MonthTotal {
    /// The totals of a month by whatever `key` makes of location and service.
    pub fn by<'a, K: Ord>(
        blocks: &'a [LocationBlock],
        key: impl Fn(&'a LocationId, &'a ServiceId) -> K,
    ) -> BTreeMap<K, Self> {
        let mut totals = BTreeMap::<K, Self>::new();
        for (location, service, block) in blocks {
            let total = totals.entry(key(location, service)).or_default();
            *total = total.with(*block);
        }
        totals
    }

    /// With one more block. A small count, and a part of which few are left out, goes in as an estimate
    /// that is off by 2 at most.
    fn with(self, block: MonthBlock) -> Self {
        let part = |part| match suppress_small(block.booked) {
            Some(booked) => estimated_part(part, booked),
            None => 0,
        };
        Self {
            booked: self.booked + estimated(block.booked),
            missed: self.missed + part(block.missed),
            by_phone: self.by_phone + part(block.by_phone),
            cancelled: self.cancelled + estimated(block.cancelled),
            walk_ins: self.walk_ins + estimated(block.walk_ins),
            told: self.told + block.told,
            soon: self.soon + estimated_part(block.soon, block.told),
            waited_days: self.waited_days + u64::from(block.waited_days) * u64::from(block.told),
        }
    }

    /// Appointments that were not given up.
    #[must_use]
    pub fn booked(&self) -> Option<u32> {
        suppress_small(self.booked)
    }

    /// Of these: missed.
    #[must_use]
    pub fn missed(&self) -> Option<u32> {
        part(self.missed, self.booked)
    }

    /// Of these: by phone.
    #[must_use]
    pub fn by_phone(&self) -> Option<u32> {
        part(self.by_phone, self.booked)
    }

    /// Appointments that were cancelled or exchanged for another.
    #[must_use]
    pub fn cancelled(&self) -> Option<u32> {
        suppress_small(self.cancelled)
    }

    /// People without an appointment who were served.
    #[must_use]
    pub fn walk_ins_served(&self) -> Option<u32> {
        suppress_small(self.walk_ins)
    }

    /// How many of those with an appointment did not come.
    #[must_use]
    pub fn missed_share(&self) -> Option<f64> {
        share(self.missed(), self.booked)
    }

    /// How many of the appointments were booked no more than 14 full days before. This and the average
    /// are about the days on which a service was booked 5 times or more at a location.
    #[must_use]
    pub fn within_14_days_share(&self) -> Option<f64> {
        share(part(self.soon, self.told), self.told)
    }

    /// Full days from booking to appointment, on average, to a tenth.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a month has fewer days of waiting than 2^52")]
    pub fn waiting_days_mean(&self) -> Option<f64> {
        let mean = || (self.waited_days as f64 * 10.0 / f64::from(self.told)).round() / 10.0;
        (self.told > 0).then(mean)
    }
}

/// A part, unless it, the rest or the total is small.
fn part(part: u32, total: u32) -> Option<u32> {
    let [part, _] = suppress_small_parts([part, total.checked_sub(part)?]);
    part
}

/// The count, or nearly so if it is small.
fn estimated(count: u32) -> u32 {
    suppress_small(count).unwrap_or(ESTIMATE)
}

/// The part, unless it or the rest is small.
fn estimated_part(part: u32, total: u32) -> u32 {
    match (suppress_small(part), suppress_small(total - part)) {
        (Some(part), Some(_)) => part,
        (None, _) => ESTIMATE,
        (Some(_), None) => total - ESTIMATE,
    }
}

impl From<[u32; 8]> for MonthBlock {
    fn from(counts: [u32; 8]) -> Self {
        let [booked, missed, by_phone, cancelled, walk_ins, told, soon, waited_days] = counts;
        Self { booked, missed, by_phone, cancelled, walk_ins, told, soon, waited_days }
    }
}

impl From<MonthBlock> for [u32; 8] {
    fn from(it: MonthBlock) -> Self {
        let MonthBlock { booked, missed, by_phone, cancelled, walk_ins, told, soon, waited_days } =
            it;
        [booked, missed, by_phone, cancelled, walk_ins, told, soon, waited_days]
    }
}

#[cfg(test)]
mod tests;
