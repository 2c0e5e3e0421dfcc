//! A number with its 95 % interval.

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The best guess.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// How much wider a 99.9 % interval of the normal distribution is than one of 95 %.
const WIDER: f64 = 3.291 / 1.960;

impl Estimate {
    /// A number that is counted and not estimated.
    #[must_use]
    pub const fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    /// Whether `number` lies in the 99.9 % interval, or nearer than `tolerance`.
    ///
    /// Some hundred numbers are compared with their targets: with 95 % some would miss by chance.
    #[must_use]
    pub fn agrees_with(&self, number: f64, tolerance: f64) -> bool {
        let low = self.value - (self.value - self.low) * WIDER;
        let high = self.value + (self.high - self.value) * WIDER;
        (low..=high).contains(&number) || (self.value - number).abs() <= tolerance
    }

    /// The estimate of `factor` times the number; `factor` is not negative.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self { value: self.value * factor, low: self.low * factor, high: self.high * factor }
    }
}
