//! Booking rules: what an authority may demand of a visit, each in a file of its own.
//!
//! To add one: write `my_rule.rs` with a unit struct that implements [`Rule`] (its settings with
//! their schema, what it needs to know, its check, its problem with the citizens' texts, its tests),
//! and add one line to `registry!` below. The catalogue's schema, `fairtermin check`, the API's
//! problem types and the portal's pages follow by themselves.
//!
//! Each rule is asked twice, with the same check: when a slot is held and when the hold is
//! confirmed ([`Phase`]).
//!
//! In the order of reading: [`Rule`] (what a rule is), [`Attempt`] (what it sees), [`Needs`]
//! (what must be found out first), [`Refusal`] and [`RuleProblem`] (what it answers),
//! [`CitizenTexts`] (what a person reads), [`Finding`] (what an admin reads), [`RuleSettings`]
//! (all of them together).
//!
//! Rules restrict; none grants anything. So the order of the checks decides only which refusal
//! a person sees first, and a rule that is left out makes a service easier to book.

mod attempt;
mod birth_date;
mod finding;
mod history;
mod limit;
mod limited_until;
mod needs;
mod refusal;
mod registry;
mod texts;

use std::fmt::Debug;

use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

pub use attempt::{Attempt, Person, Phase};
pub use birth_date::{BirthDate, InvalidBirthDate};
pub use entitlement::not_entitled;
pub use finding::Finding;
pub use history::{History, HistoryEvent, HistoryKind};
pub use limited_until::limited_until;
pub use needs::Needs;
pub use one_in_doubt::identity_in_doubt;
pub use refusal::{Argument, ArgumentKind, Fact, Refusal, RuleProblem, RuleProblemKind};
pub use texts::{CitizenText, CitizenTexts};
pub use trust_level::level_too_low;

/// One booking rule.
///
/// Functions without `self`: a rule has no state, and what it knows comes in by its arguments.
/// Most services state few rules; those that are not stated are not asked.
pub trait Rule {
    /// What an admin can set. Every field documented, unknown fields refused.
    ///
    /// `Default` is for rules that always hold, and for tests; a catalogue that names a rule
    /// states its required fields.
    type Settings: Debug + Clone + Default + PartialEq + Serialize + DeserializeOwned + JsonSchema;

    /// What the rule is called in the catalogue.
    ///
    /// In camel case; the same as the field of [`RuleSettings`] in YAML. Released: catalogues
    /// contain it.
    const KEY: &'static str;

    /// The problem that a refusal is reported as, with what a citizen reads.
    ///
    /// One per rule, so that its code tells a program which rule refused.
    const PROBLEM: &'static RuleProblem;

    /// Whether the rule holds, with default settings, for services that do not mention it.
    ///
    /// For what is a promise of the whole system and no choice of an authority.
    const ALWAYS: bool = false;

    /// What must be known of the person. Only needed facts are gathered.
    #[must_use]
    fn needs(settings: &Self::Settings) -> Needs {
        let _ = settings;
        Needs::NOTHING
    }

    /// Whether the visit is allowed.
    ///
    /// The same check decides what availability shows to everybody ([`Attempt::person`] is `None`;
    /// rules about persons then pass), whether one person may hold the slot, and whether the hold
    /// may become a booking. A fact that is not known yet passes; it is known at the confirm.
    ///
    /// # Errors
    /// The visit breaks the rule.
    ///
    /// It must not depend on anything but its arguments, and must not be expensive:
    /// availability asks it for each slot of each day that is shown.
    fn check(settings: &Self::Settings, attempt: &Attempt<'_>) -> Result<(), Refusal>;

    /// What an admin has probably not meant.
    ///
    /// What is a contradiction, so that the catalogue cannot work, is refused in `catalogue`
    /// instead. Paths are relative to the rule's settings.
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
    minimum_age: MinimumAge,
    maximum_age: MaximumAge,
    abandoned_holds: AbandonedHolds,
    cancellations: Cancellations,
    seat_minutes: SeatMinutes,
    cool_down: CoolDown,
    declined_seats: DeclinedSeats,
    one_active_per_group: OneActivePerGroup,
    one_in_doubt: OneInDoubt,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use vocabulary::Language;

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
    fn every_problem_is_explained_in_every_language_with_values_that_it_has() {
        for problem in PROBLEMS {
            let known: Vec<_> = problem.arguments.iter().map(|argument| argument.name).collect();
            let german: HashSet<_> = problem.texts.de.placeholders().collect();
            for language in Language::SHIPPED {
                let text = problem.texts.in_language(*language);
                let place = format!("{} in {language}", problem.code);
                for sentence in text.sentences() {
                    assert!(!sentence.is_empty() && !sentence.contains('\n'), "{place}");
                    let braces = sentence.matches('{').count() + sentence.matches('}').count();
                    let whole = sentence.matches("{ $").count() + sentence.matches(" }").count();
                    assert_eq!(braces, whole, "{place}: {sentence}");
                }
                let placeholders: HashSet<_> = text.placeholders().collect();
                assert!(placeholders.iter().all(|name| known.contains(name)), "{place}");
                assert_eq!(placeholders, german, "{place}");
            }
        }
    }

    #[test]
    fn the_needs_of_a_service_are_those_of_its_rules() {
        assert_eq!(RuleSettings::default().needs(), Needs::NOTHING);
        let rules = RuleSettings {
            entitlement: Some(entitlement::Settings {}),
            abandoned_holds: Some(abandoned_holds::Settings { max: 2, hours: 24 }),
            cool_down: Some(cool_down::Settings { days: 7, late_cancellation_hours: None }),
            ..RuleSettings::default()
        };
        let week = jiff::SignedDuration::from_hours(7 * 24);
        assert_eq!(rules.needs(), Needs::ENTITLEMENT.and(Needs::history(week)));
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
