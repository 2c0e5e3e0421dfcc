//! A number with its target, and the verdict.

use crate::measures::Estimate;

/// What a number should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// This, within the 99.9 % interval or nearer than the tolerance.
    Is {
        /// The target.
        number: f64,
        /// Half a unit of the last digit in which the target was stated, or what else is near
        /// enough.
        tolerance: f64,
    },
    /// The whole 95 % interval lies within.
    Within {
        /// From here.
        low: f64,
        /// To here.
        high: f64,
    },
    /// The whole 95 % interval lies at or below.
    AtMost(f64),
    /// The whole 95 % interval lies at or above.
    AtLeast(f64),
}

/// What the comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Met,
    /// The target is wrong, for this reason, and the corrected one is met.
    Corrected(&'static str),
    /// Neither.
    Missed,
}

/// A number with its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Of which check.
    pub check: &'static str,
    /// What it is.
    pub what: String,
    /// What it should be.
    pub target: Target,
    /// What it is.
    pub value: Estimate,
    /// What it should be instead, and why.
    pub correction: Option<(Target, &'static str)>,
}

impl Target {
    /// This number, as it was rounded to `digits` digits after the point.
    #[must_use]
    pub fn rounded(number: f64, digits: i32) -> Self {
        Self::Is { number, tolerance: 0.5 * 10_f64.powi(-digits) }
    }

    /// Whether an estimate meets it.
    #[must_use]
    pub fn is_met(&self, value: &Estimate) -> bool {
        match *self {
            Self::Is { number, tolerance } => value.agrees_with(number, tolerance),
            Self::Within { low, high } => low <= value.low && value.high <= high,
            Self::AtMost(most) => value.high <= most,
            Self::AtLeast(least) => value.low >= least,
        }
    }
}

impl Row {
    /// A number with its target.
    #[must_use]
    pub fn new(
        check: &'static str,
        what: impl Into<String>,
        target: Target,
        value: Estimate,
    ) -> Self {
        Self { check, what: what.into(), target, value, correction: None }
    }

    /// If the target is not met: what is right instead, and why.
    #[must_use]
    pub fn corrected(mut self, target: Target, why: &'static str) -> Self {
        self.correction = Some((target, why));
        self
    }

    /// What the comparison says.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.correction {
            _ if self.target.is_met(&self.value) => Verdict::Met,
            Some((target, why)) if target.is_met(&self.value) => Verdict::Corrected(why),
            _ => Verdict::Missed,
        }
    }
}
