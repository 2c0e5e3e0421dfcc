//! How many of all.

use super::Estimate;

/// How many of all trials came true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that did.
    pub hits: u64,
    /// All.
    pub of: u64,
}

/// The normal distribution's quantile for 95 %.
const Z: f64 = 1.959_964;

impl Share {
    /// Counts one trial.
    pub fn count(&mut self, hit: bool) {
        self.count_all(usize::from(hit), 1);
    }

    /// Counts `of` trials, `hits` of which came true.
    pub fn count_all(&mut self, hits: usize, of: usize) {
        self.hits += hits as u64;
        self.of += of as u64;
    }

    /// The share itself, 0 without trials.
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.hits as f64 / self.of as f64 }
    }

    /// With Wilson's interval (Journal of the American Statistical Association 22, 1927), which is
    /// right near 0 and 1, too.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        if self.of == 0 {
            return Estimate { value: 0.0, low: 0.0, high: 1.0 };
        }
        let (n, p) = (self.of as f64, self.value());
        let centre = p + Z * Z / (2.0 * n);
        let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        let (low, high) = ((centre - spread) / whole, (centre + spread) / whole);
        Estimate { value: p, low: low.min(p), high: high.max(p) }
    }
}
