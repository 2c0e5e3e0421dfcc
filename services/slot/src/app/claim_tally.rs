//! How claims of entitlements end, for Prometheus: an operator sees guessing, and spellings that an
//! agency has wrong. Nothing about a person.

use telemetry::{Counter, Metrics};

/// See the module.
#[derive(Debug)]
pub struct ClaimTally {
    /// The reference was the person's.
    pub claimed: Counter,
    /// The reference is on file, but for another person, or for another name or date of birth.
    pub mismatched: Counter,
    /// No such reference is in force.
    pub unknown: Counter,
    /// The person has reached the number of tries of a day.
    pub exhausted: Counter,
}

impl ClaimTally {
    /// Registers the numbers.
    pub fn new(metrics: &Metrics) -> Self {
        Self {
            claimed: metrics.counter("entitlement_claims", "Entitlements that were claimed"),
            mismatched: metrics.counter(
                "entitlement_mismatches",
                "Claims of a reference that is on file for another person",
            ),
            unknown: metrics.counter(
                "entitlement_unknown_references",
                "Claims of a reference that is not in force",
            ),
            exhausted: metrics.counter(
                "entitlement_tries_exhausted",
                "Persons who tried as many references as anybody may on a day",
            ),
        }
    }
}
