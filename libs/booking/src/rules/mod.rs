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

registry::registry! {
    lead_time: LeadTime,
}
