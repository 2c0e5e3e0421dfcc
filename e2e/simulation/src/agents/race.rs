//! A race at the engine's counter: people by hand against programs that react at once.

use ids::Pseudonym;

use crate::{chance::Chance, engine::Counter, measures::Share};

/// A competitor for a seat.
#[derive(Debug, Clone, Copy)]
pub struct Racer {
    /// The person who would get it.
    pub who: Pseudonym,
    /// Seconds from the opening to the first request.
    pub delay: f64,
    /// Whether the trader's program acts for them.
    pub pays: bool,
}

/// Which of them got a seat.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Served {
    /// People who pay.
    pub customers: Share,
    /// All others.
    pub others: Share,
}

impl Racer {
    /// A person who looks from time to time, in the mean each `interval` seconds.
    #[must_use]
    pub fn by_hand(who: Pseudonym, interval: f64, chance: &Chance) -> Self {
        Self { who, delay: chance.exponential(interval), pays: false }
    }

    /// A person for whom a program asks within a second.
    #[must_use]
    pub fn by_program(who: Pseudonym, chance: &Chance) -> Self {
        Self { who, delay: chance.unit(), pays: true }
    }
}

/// Everybody asks in the order of their speed.
pub fn race(counter: &mut Counter, mut racers: Vec<Racer>, served: &mut Served) {
    racers.sort_by(|a, b| a.delay.total_cmp(&b.delay));
    for racer in racers {
        let got = counter.book(racer.who).is_ok();
        let share = if racer.pays { &mut served.customers } else { &mut served.others };
        share.count(got);
    }
}
