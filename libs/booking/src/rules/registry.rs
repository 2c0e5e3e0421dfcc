//! The list of rules becomes the settings struct, the problem list, the needs, the check and
//! the lint.
//!
//! A macro, so that a rule is one line and none of the five can forget it. What it expands to
//! is ordinary code without dynamic dispatch: each rule's settings keep their own type, and
//! serde names a misspelt rule with its path.

/// A line is `module: Type`. The module's name in camel case must be the rule's `KEY`; a test
/// compares them.
macro_rules! registry {
    ($($module:ident: $rule:ident,)+) => {
        $(pub mod $module;)+

        /// The rules of one service, by name. A rule that is not mentioned does not apply, except
        /// for those that always do ([`Rule::ALWAYS`]).
        #[derive(Debug, Clone, Default, PartialEq, Serialize, serde::Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        pub struct RuleSettings {
            $(
                #[doc = concat!("Settings of the rule `", stringify!($module), "`.")]
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $module: Option<<$module::$rule as Rule>::Settings>,
            )+
        }

        /// What each rule is called in the catalogue, in the order of the checks.
        pub const KEYS: &[&str] = &[$(<$module::$rule as Rule>::KEY),+];

        /// The problem of each rule, in the order of the checks.
        pub const PROBLEMS: &[&RuleProblem] = &[$(<$module::$rule as Rule>::PROBLEM),+];

        impl RuleSettings {
            /// Whether all rules allow the visit.
            ///
            /// # Errors
            /// The first rule that does not.
            pub fn check(&self, attempt: &Attempt<'_>) -> Result<(), Refusal> {
                $(
                    let outcome = match &self.$module {
                        Some(settings) => $module::$rule::check(settings, attempt),
                        None if $module::$rule::ALWAYS => {
                            $module::$rule::check(&Default::default(), attempt)
                        }
                        None => Ok(()),
                    };
                    if let Err(refusal) = outcome {
                        debug_assert!(refusal.has_its_arguments(), "{refusal:?}");
                        return Err(refusal);
                    }
                )+
                Ok(())
            }

            /// What all rules together must know of a person.
            #[must_use]
            pub fn needs(&self) -> Needs {
                let mut needs = Needs::NOTHING;
                $(
                    if let Some(settings) = &self.$module {
                        needs = needs.and($module::$rule::needs(settings));
                    } else if $module::$rule::ALWAYS {
                        needs = needs.and($module::$rule::needs(&Default::default()));
                    }
                )+
                needs
            }

            /// What an admin has probably not meant; each path starts with the rule's name.
            #[must_use]
            pub fn lint(&self) -> Vec<Finding> {
                let mut findings = Vec::new();
                $(
                    if let Some(settings) = &self.$module {
                        findings.extend(
                            $module::$rule::lint(settings, self)
                                .into_iter()
                                .map(|finding| finding.below($module::$rule::KEY)),
                        );
                    }
                )+
                findings
            }
        }
    };
}

pub(super) use registry;
