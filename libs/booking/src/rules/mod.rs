//! Booking rules: what an authority may demand of a visit, each in a file of its own.
//!
//! To add one: write `my_rule.rs` with a unit struct that implements [`Rule`] (its settings with
//! their schema, its check, its problem, its tests), and add one line to `registry!` below. The
//! catalogue's schema, `fairtermin check` and the API's problem types follow by themselves.

mod attempt;
mod finding;
mod refusal;
mod registry;

use std::fmt::Debug;

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

pub use attempt::{Attempt, Person};
pub use finding::Finding;
pub use refusal::{Fact, Refusal, RuleProblem, RuleProblemKind};

/// One booking rule.
pub trait Rule {
    /// What an admin can set. Every field documented, unknown fields refused.
    type Settings: Debug + Clone + Default + PartialEq + Serialize + DeserializeOwned + JsonSchema;

    /// What the rule is called in the catalogue.
    const KEY: &'static str;

    /// The problem that a refusal is reported as.
    const PROBLEM: RuleProblem;

    /// Whether the rule holds, with default settings, for services that do not mention it.
    const ALWAYS: bool = false;

    /// Whether the visit is allowed.
    ///
    /// The same check decides what availability shows to everybody ([`Attempt::person`] is `None`;
    /// rules about persons then pass) and whether one person may hold the slot.
    ///
    /// # Errors
    /// The visit breaks the rule.
    fn check(settings: &Self::Settings, attempt: &Attempt<'_>) -> Result<(), Refusal>;

    /// What an admin has probably not meant.
    #[must_use]
    fn lint(settings: &Self::Settings, all: &RuleSettings) -> Vec<Finding> {
        let _ = (settings, all);
        Vec::new()
    }
}

// In the order of the checks: what depends on nothing but the visit comes first.
registry::registry! {
    booking_window: BookingWindow,
    lead_time: LeadTime,
    party_size: PartySize,
    services_per_visit: ServicesPerVisit,
    trust_level: TrustLevel,
    entitlement: Entitlement,
    cool_down: CoolDown,
    one_active_per_group: OneActivePerGroup,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_rule_is_known_by_its_key_and_has_a_problem_of_its_own() {
        assert_eq!(KEYS.len(), PROBLEMS.len());
        let schema = schemars::schema_for!(RuleSettings);
        let properties = schema.get("properties").and_then(|value| value.as_object()).unwrap();
        let keys: HashSet<_> = properties.keys().map(String::as_str).collect();
        assert_eq!(keys, KEYS.iter().copied().collect());
        let codes: HashSet<_> = PROBLEMS.iter().map(|problem| problem.code).collect();
        assert_eq!(codes.len(), PROBLEMS.len());
        for problem in PROBLEMS {
            assert!(problem.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            assert!(problem.title.ends_with('.') && problem.advice.ends_with('.'));
        }
    }

    #[test]
    fn without_settings_only_the_rules_that_always_hold_are_checked() {
        let attempt = attempt::example();
        assert_eq!(RuleSettings::default().check(&attempt), Ok(()));
        let two = Attempt { people: 2, ..attempt };
        let refusal = RuleSettings::default().check(&two).unwrap_err();
        assert_eq!(refusal.problem.code, "too-many-people");
    }
}
