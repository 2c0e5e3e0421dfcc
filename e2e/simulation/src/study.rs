//! A run of the simulator: its effort, its seed and its findings.

use crate::{
    chance::Chance,
    report::{Plot, Row, Table},
};

/// How much is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Seconds: for tests, which look at signs and not at digits.
    Short,
    /// Minutes: what is published.
    Full,
}

/// A run of the simulator.
#[derive(Debug, Clone, Copy)]
pub struct Study {
    /// How much is computed.
    pub effort: Effort,
    /// From which all randomness follows.
    pub seed: u64,
}

impl Study {
    /// The stream of random numbers of this name.
    #[must_use]
    pub fn chance(&self, name: &str) -> Chance {
        Chance::named(self.seed, name)
    }

    /// How often something is repeated that is repeated `full` times for publication.
    #[must_use]
    pub fn runs(&self, full: usize) -> usize {
        match self.effort {
            Effort::Short => (full / 100).max(10),
            Effort::Full => full,
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Numbers with their targets.
    pub rows: Vec<Row>,
    /// Numbers without.
    pub tables: Vec<Table>,
    /// Pictures.
    pub plots: Vec<Plot>,
}

impl Findings {
    /// Adds a number with its target.
    pub fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The row of this check whose text begins so.
    #[must_use]
    pub fn find(&self, check: &str, what: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.check == check && row.what.starts_with(what))
    }
}
