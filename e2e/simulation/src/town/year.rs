//! The days of a year, and the bookings that fill them.

use jiff::{ToSpan as _, civil::Date};

use super::{
    assumptions::{LOAD_AT_FIRST, LOAD_LATER, POOL, SEATS_A_MONTH, STAND_BY},
    attendance::{Day, Fate},
    policy::Policy,
    tally::{Tally, index},
};
use crate::{Chance, engine::OfficeDays};

/// Days of a year of whole weeks: what is counted.
pub const DAYS: i32 = 52 * 7;
/// Days after it for which people may already have an appointment.
const AFTER: i32 = 70;
/// A Monday.
const FIRST: Date = Date::constant(2027, 1, 4);

/// Which days the offices are open, and how many seats they have then.
#[derive(Debug, Clone)]
pub struct Town {
    /// By day, whether offices are open.
    open: Vec<bool>,
    /// Half-days of a site per open day, of [`POOL`] seats.
    pub pools: usize,
}

impl Town {
    /// Berlin, or a part of it: one in `part`.
    pub fn of(days: &OfficeDays, part: usize) -> Self {
        let date = |day: i32| FIRST.saturating_add(day.days());
        let open: Vec<bool> = (0..DAYS + AFTER).map(|day| days.is_open(date(day))).collect();
        let open_days = open.iter().take(index(DAYS)).filter(|open| **open).count();
        let seats = SEATS_A_MONTH * 12 / open_days.max(1);
        Self { open, pools: (seats / POOL / part).max(1) }
    }

    /// Whether offices are open on this day.
    pub fn is_open(&self, day: i32) -> bool {
        day >= 0 && self.open.get(index(day)).copied().unwrap_or(false)
    }

    /// Seats of an open day.
    pub const fn seats(&self) -> usize {
        self.pools * POOL
    }

    /// New people that are expected on a day.
    fn demand(&self, day: i32) -> f64 {
        let open = self.open.iter().take(index(DAYS)).filter(|open| **open).count();
        let load = if day < DAYS / 4 { LOAD_AT_FIRST } else { LOAD_LATER };
        load * (open * self.seats()) as f64 / f64::from(DAYS)
    }
}

/// A year under one policy.
#[derive(Debug)]
pub struct Year<'a> {
    /// The offices.
    pub town: &'a Town,
    /// What is decided.
    pub policy: &'a Policy,
    /// All chance of this year.
    pub chance: &'a Chance,
    /// What is counted.
    pub tally: Tally,
    days: Vec<Day>,
    /// By day, the dates of the seats that are given back on it.
    freed: Vec<Vec<i32>>,
    /// By day, people who missed an appointment the day before and need another one.
    back: Vec<usize>,
}

impl<'a> Year<'a> {
    /// A year in which nothing is booked yet.
    pub fn new(town: &'a Town, policy: &'a Policy, chance: &'a Chance) -> Self {
        let days = town.open.iter().map(|open| Day::of(if *open { town.pools } else { 0 }));
        Self {
            days: days.collect(),
            freed: vec![Vec::new(); town.open.len()],
            back: vec![0; town.open.len() + 1],
            tally: Tally::default(),
            town,
            policy,
            chance,
        }
    }

    /// How many people begin to need an appointment on a day.
    pub fn arrivals(&self, day: i32) -> usize {
        self.chance.poisson(self.town.demand(day)) + self.back[index(day)]
    }

    /// A person who waits since `since` books on `made` a seat of `date`.
    pub fn book(&mut self, since: i32, made: i32, date: i32) {
        match Fate::of(made, date, self.policy.reminders, self.chance) {
            Fate::Cancelled(on) if on >= 0 => self.freed[index(on)].push(date),
            // It was taken before the year began.
            Fate::Cancelled(_) | Fate::Comes => {
                self.days[index(date)].add(true);
                self.serve(since, date);
            }
            Fate::Missed(again) => {
                self.days[index(date)].add(false);
                self.back[index(date) + 1] += usize::from(again);
            }
        }
    }

    /// A person who waits since `since` is served on `date`.
    fn serve(&mut self, since: i32, date: i32) {
        if date < DAYS {
            self.tally.served(date, date - since);
        }
    }

    /// The dates of the seats that are given back on a day.
    pub fn take_freed(&mut self, day: i32) -> Vec<i32> {
        std::mem::take(&mut self.freed[index(day)])
    }

    /// A day is over. `next` is asked for people who stand by, with how long they wait.
    pub fn close(&mut self, date: i32, mut next: impl FnMut() -> Option<i32>) {
        if !self.town.is_open(date) {
            return;
        }
        let mut empty = self.days[index(date)].close(&mut self.tally);
        if self.policy.stand_by {
            let takes = (0..empty).filter(|_| self.chance.happens(STAND_BY)).count();
            for _ in 0..takes {
                let Some(since) = next() else { break };
                self.serve(since, date);
                empty -= 1;
            }
        }
        self.tally.empty += empty as u64;
    }

    /// The share of no-shows in the four weeks before a day; 0 as long as nothing is known.
    pub fn measured_no_shows(&self, day: i32) -> f64 {
        let from = index((day - 28).max(0));
        let days = &self.days[from..index(day.max(0))];
        let counts = days.iter().map(Day::kept_and_missed);
        let (kept, missed) = counts.fold((0, 0), |all, day| (all.0 + day.0, all.1 + day.1));
        if kept == 0 { 0.0 } else { missed as f64 / kept as f64 }
    }
}
