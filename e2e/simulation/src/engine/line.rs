//! The waiting list of the slot service: its places in line and its rule for offers.

use std::collections::BTreeMap;

use ids::Pseudonym;
use jiff::civil::Date;
use slot::{DayKey, Place};

use super::person;
use crate::chance::Chance;

/// People in line, numbered by the caller.
#[derive(Debug)]
pub struct Line {
    today: Date,
    key: DayKey,
    line: BTreeMap<Place, usize>,
}

impl Line {
    /// An empty line on the day `today`.
    #[must_use]
    pub fn new(today: Date, chance: &Chance) -> Self {
        Self { today, key: DayKey(chance.bytes()), line: BTreeMap::new() }
    }

    /// A new day begins, with a key of its own.
    pub fn next_day(&mut self, chance: &Chance) {
        self.today = self.today.tomorrow().unwrap_or(self.today);
        self.key = DayKey(chance.bytes());
    }

    /// Adds a person. The place within a day comes from the engine's key, so the time of joining has no effect.
    pub fn join(&mut self, number: usize, pseudonym: Pseudonym) {
        self.line.insert(self.key.place(self.today, pseudonym), number);
    }

    /// Takes the first in line.
    pub fn first(&mut self) -> Option<usize> {
        self.line.pop_first().map(|(_, number)| number)
    }

    /// Lets a new person join, whose pseudonym is random as identity's are.
    pub fn join_somebody(&mut self, number: usize, chance: &Chance) {
        self.join(number, person(u128::from_le_bytes(chance.bytes())));
    }
}
