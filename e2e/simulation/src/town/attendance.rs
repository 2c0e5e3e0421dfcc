//! The end of each booking, and the people who come on the day.

use super::{
    assumptions::{CANCELS, COMES_BACK, POOL, REMINDED, REMINDED_CANCEL, REMINDER_DAYS, no_show},
    tally::{Tally, index},
};
use crate::Chance;

/// What becomes of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is cancelled on this day.
    Cancelled(i32),
    /// The person does not come; whether they need another one.
    Missed(bool),
    /// The person comes.
    Comes,
}

impl Fate {
    /// Of a booking that is made on `made` for `date`.
    pub fn of(made: i32, date: i32, reminders: bool, chance: &Chance) -> Self {
        let lead = date - made;
        if lead >= 2 && chance.happens(CANCELS) {
            let days = chance.below(index(lead - 1));
            return Self::Cancelled(made + 1 + i32::try_from(days).unwrap_or(0));
        }
        if !chance.happens(no_show(lead)) {
            return Self::Comes;
        }
        if !(reminders && chance.happens(REMINDED)) {
            return Self::Missed(chance.happens(COMES_BACK));
        }
        if lead > REMINDER_DAYS && chance.happens(REMINDED_CANCEL) {
            return Self::Cancelled(date - REMINDER_DAYS);
        }
        Self::Comes
    }
}

/// Who comes on one day, by site and half-day.
#[derive(Debug, Clone, Default)]
pub struct Day {
    /// Bookings that were not cancelled, and those that are missed.
    kept: u64,
    missed: u64,
    booked: usize,
    come: Vec<usize>,
}

impl Day {
    /// A day with so many half-days of [`POOL`] seats.
    pub fn of(pools: usize) -> Self {
        Self { come: vec![0; pools], ..Self::default() }
    }

    /// A booking that is kept or missed. Bookings are spread evenly over the half-days.
    pub fn add(&mut self, comes: bool) {
        let pool = self.booked % self.come.len().max(1);
        self.booked += 1;
        self.kept += 1;
        self.missed += u64::from(!comes);
        if let Some(come) = self.come.get_mut(pool) {
            *come += usize::from(comes);
        }
    }

    /// Bookings that were kept, and those of them that were missed.
    pub fn kept_and_missed(&self) -> (u64, u64) {
        (self.kept, self.missed)
    }

    /// The day is over: what to count. How many seats were empty.
    pub fn close(&self, tally: &mut Tally) -> usize {
        tally.kept += self.kept;
        tally.missed += self.missed;
        tally.seats += (self.come.len() * POOL) as u64;
        tally.half_days.0 += self.come.len() as u64;
        tally.half_days.1 += self.come.iter().filter(|come| **come > POOL).count() as u64;
        self.come.iter().map(|come| POOL.saturating_sub(*come)).sum()
    }
}
