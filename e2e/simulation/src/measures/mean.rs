//! The mean of independent runs.

use super::Estimate;

/// Mean and variance, one observation at a time (Welford, Technometrics 4, 1962).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Mean {
    count: u64,
    mean: f64,
    squares: f64,
}

/// Student's t for 95 % with 1, 2, 3, ... degrees of freedom.
const STUDENT: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
];
/// With more of them.
const NORMAL: f64 = 1.960;

impl Mean {
    /// Adds an observation.
    pub fn add(&mut self, observation: f64) {
        self.count += 1;
        let away = observation - self.mean;
        self.mean += away / self.count as f64;
        self.squares += away * (observation - self.mean);
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Their mean, 0 without any.
    #[must_use]
    pub const fn value(&self) -> f64 {
        self.mean
    }

    /// Their variance around the mean.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.count < 2 { 0.0 } else { self.squares / (self.count - 1) as f64 }
    }

    /// The mean with its interval. The observations must be independent.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let freedom = usize::try_from(self.count.saturating_sub(1)).unwrap_or(usize::MAX);
        let student = match freedom.checked_sub(1) {
            None => f64::INFINITY,
            Some(at) => STUDENT.get(at).copied().unwrap_or(NORMAL),
        };
        let error = (self.variance() / self.count.max(1) as f64).sqrt();
        let margin = if error == 0.0 { 0.0 } else { student * error };
        Estimate { value: self.mean, low: self.mean - margin, high: self.mean + margin }
    }
}

impl FromIterator<f64> for Mean {
    fn from_iter<T: IntoIterator<Item = f64>>(observations: T) -> Self {
        observations.into_iter().fold(Self::default(), |mut mean, observation| {
            mean.add(observation);
            mean
        })
    }
}
