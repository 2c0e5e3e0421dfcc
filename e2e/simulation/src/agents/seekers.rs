//! People who need an appointment.

use crate::chance::Chance;

/// What an appointment is worth to each of `n` people, evenly from 0 to 1, the highest first.
#[must_use]
pub fn values(n: usize, chance: &Chance) -> Vec<f64> {
    let mut values: Vec<f64> = (0..n).map(|_| chance.unit()).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}
