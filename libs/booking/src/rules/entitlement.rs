//! Only who is entitled may book.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, Refusal, Rule, RuleProblem, RuleProblemKind};

/// See the module.
pub struct Entitlement;

/// Only who is entitled may book, for example after an application was filed (ZMS knows none).
/// Write `entitlement: {}`; the authority's programs post entitlements over the API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EntitlementRule")]
pub struct Settings {}

impl Rule for Entitlement {
    type Settings = Settings;

    const KEY: &'static str = "entitlement";

    const PROBLEM: RuleProblem = RuleProblem {
        code: "entitlement-required",
        title: "This service needs an entitlement.",
        advice: "Prove it with reference number and date of birth, or ask the authority.",
        kind: RuleProblemKind::Forbidden,
    };

    fn check(_: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        if attempt.person.is_none_or(|person| person.entitled) {
            return Ok(());
        }
        Err(Refusal::new(Self::PROBLEM, "No entitlement of this person is on file."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Person, attempt::example};

    #[test]
    fn who_is_not_entitled_may_look_and_not_book() {
        assert_eq!(Entitlement::check(&Settings {}, &example()), Ok(()));
        for entitled in [true, false] {
            let person = Person { entitled, ..Person::default() };
            let attempt = Attempt { person: Some(&person), ..example() };
            assert_eq!(Entitlement::check(&Settings {}, &attempt).is_ok(), entitled);
        }
    }
}
