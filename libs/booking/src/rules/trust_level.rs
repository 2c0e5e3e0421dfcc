//! How sure we must be who the person is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, Refusal, Rule, RuleProblem, RuleProblemKind};
use crate::TrustLevel as Level;

/// See the module.
pub struct TrustLevel;

/// How sure we must be who the person is. Staff who looked at a document are sure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "TrustLevelRule")]
pub struct Settings {
    /// The lowest level of log-in that is enough.
    pub at_least: Level,
}

impl Rule for TrustLevel {
    type Settings = Settings;

    const KEY: &'static str = "trustLevel";

    const PROBLEM: RuleProblem = RuleProblem {
        code: "level-too-low",
        title: "The person must log in at a higher trust level.",
        advice: "Log in again with `acr_values` set to `required_level`.",
        kind: RuleProblemKind::Forbidden,
    };

    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        if attempt.person.is_none_or(|person| person.level >= settings.at_least) {
            return Ok(());
        }
        let detail = format!("This service needs a log-in of level {}.", settings.at_least);
        Err(Refusal::new(Self::PROBLEM, detail).with("required_level", settings.at_least.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Person, attempt::example};

    #[test]
    fn a_level_below_is_refused_and_everybody_may_look() {
        let settings = Settings { at_least: Level::Substantial };
        assert_eq!(TrustLevel::check(&settings, &example()), Ok(()));
        for (level, enough) in
            [(Level::Basic, false), (Level::Substantial, true), (Level::High, true)]
        {
            let person = Person { level, ..Person::default() };
            let attempt = Attempt { person: Some(&person), ..example() };
            assert_eq!(TrustLevel::check(&settings, &attempt).is_ok(), enough, "{level}");
        }
    }
}
