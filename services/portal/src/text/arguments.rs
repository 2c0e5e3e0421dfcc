//! The values of a refusal, mostly by a booking rule, as its texts show them.

use booking::rules::{self, Argument, ArgumentKind};
use client::Refusal;
use jiff::Timestamp;
use texts::Value;

use super::locales::Texts;

/// Refusals by no booking rule whose texts show a value, too.
const FURTHER: &[(&str, Argument)] = &[
    ("rejoin-too-soon", Argument { name: "again_at", kind: ArgumentKind::Instant }),
    ("held-by-staff", Argument { name: "expires_at", kind: ArgumentKind::Instant }),
    ("not-today", Argument { name: "noted_from", kind: ArgumentKind::Instant }),
    ("booking-not-begun", Argument { name: "noted_from", kind: ArgumentKind::Instant }),
];

impl Texts {
    /// The values of a refusal, as its texts show them. `None` if the refusal lacks one, as that of
    /// an older or newer service may.
    pub(crate) fn arguments(
        self,
        refusal: &Refusal,
    ) -> Option<Vec<(&'static str, Value<'static>)>> {
        let problem = rules::PROBLEMS.iter().find(|problem| problem.code == refusal.code);
        let arguments = problem.map_or([].as_slice(), |problem| problem.arguments);
        let further = FURTHER.iter().filter(|(code, _)| *code == refusal.code);
        let arguments = arguments.iter().chain(further.map(|(_, argument)| argument));
        arguments.map(|argument| self.argument(argument, refusal)).collect()
    }

    fn argument(
        self,
        argument: &Argument,
        refusal: &Refusal,
    ) -> Option<(&'static str, Value<'static>)> {
        let value = refusal.extensions.get(argument.name)?;
        let shown = match argument.kind {
            // A number, so that it chooses its plural form.
            ArgumentKind::Number => value.as_u64()?.into(),
            ArgumentKind::Instant => self.moment(value.as_str()?.parse::<Timestamp>().ok()?).into(),
        };
        Some((argument.name, shown))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use texts::Language;

    fn refusal(members: serde_json::Value) -> Refusal {
        serde_json::from_value(members).unwrap()
    }

    /// Fluent would show a missing value as `{$until}`, and a service must not go without texts.
    #[test]
    fn every_rule_is_explained_in_every_language_with_its_values() {
        for language in Language::SHIPPED {
            let texts = Texts::of(*language);
            for problem in rules::PROBLEMS {
                let mut members = json!({ "code": problem.code, "status": 409 });
                for argument in problem.arguments {
                    members[argument.name] = match argument.kind {
                        ArgumentKind::Number => json!(16),
                        ArgumentKind::Instant => json!("2027-01-05T06:30:00Z"),
                    };
                }
                let values = texts.arguments(&refusal(members)).unwrap();
                for part in ["", ".what", ".do"] {
                    let key = format!("problem-{}{part}", problem.code);
                    let text = texts.fill_values(&key, &values);
                    assert!(!text.contains(['{', '[']), "{key} in {language}: {text}");
                }
            }
        }
    }

    #[test]
    fn who_must_wait_reads_until_when() {
        let until =
            json!({ "code": "cooling-down", "status": 409, "until": "2027-01-05T06:30:00Z" });
        let texts = Texts::of(Language::German);
        let values = texts.arguments(&refusal(until)).unwrap();
        let text = texts.fill_values("problem-cooling-down.do", &values);
        assert!(text.contains("ab: Dienstag, 5. Januar 2027, 07:30 Uhr."), "{text}");
    }

    /// Fault: a number came as a text, and a text chooses no plural form.
    #[test]
    fn a_number_stays_a_number() {
        let texts = Texts::of(Language::Arabic);
        let young = json!({ "code": "too-young", "status": 403, "years": 16 });
        assert_eq!(texts.arguments(&refusal(young)), Some(vec![("years", Value::from(16))]));
    }

    #[test]
    fn what_can_be_done_later_says_from_when_in_every_language() {
        for language in Language::SHIPPED {
            let texts = Texts::of(*language);
            for (code, argument) in FURTHER {
                let mut members = json!({ "code": code, "status": 409 });
                assert_eq!(texts.arguments(&refusal(members.clone())), None, "{code}");
                members[argument.name] = json!("2027-01-05T07:30:00+01:00");
                let values = texts.arguments(&refusal(members)).unwrap();
                let shown = texts.moment("2027-01-05T07:30:00+01:00".parse().unwrap());
                let text = texts.fill_values(&format!("problem-{code}.do"), &values);
                assert!(text.contains(shown.as_ref()), "{code} in {language}: {text}");
            }
        }
    }

    #[test]
    fn a_refusal_that_lacks_a_value_is_not_explained_with_a_gap() {
        let texts = Texts::of(Language::German);
        for until in [json!(null), json!(5), json!("soon")] {
            let members = json!({ "code": "cooling-down", "status": 409, "until": until });
            assert_eq!(texts.arguments(&refusal(members)), None);
        }
        let other = json!({ "code": "slot-taken", "status": 409 });
        assert_eq!(texts.arguments(&refusal(other)), Some(Vec::new()));
    }
}
