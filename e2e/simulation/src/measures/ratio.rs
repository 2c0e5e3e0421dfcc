//! How much likelier one thing is than another.

use super::{Estimate, Share};

/// The ratio of two shares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratio {
    /// The share above.
    pub of: Share,
    /// The share below.
    pub to: Share,
}

impl Ratio {
    /// With the interval of Katz et al. (Biometrics 34, 1978): normal on the logarithm. Without hits
    /// on both sides everything is possible.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        if self.of.hits == 0 || self.to.hits == 0 {
            return Estimate { value: f64::NAN, low: 0.0, high: f64::INFINITY };
        }
        let part = |share: Share| (1.0 - share.value()) / share.hits as f64;
        let margin = 1.96 * (part(self.of) + part(self.to)).sqrt();
        let value = self.of.value() / self.to.value();
        Estimate { value, low: value * (-margin).exp(), high: value * margin.exp() }
    }
}
