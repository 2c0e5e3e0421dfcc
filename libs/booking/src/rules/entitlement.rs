//! Only entitled persons may book.
//!
//! ```yaml
//! rules:
//!   entitlement: {}
//! ```
//!
//! For services that make sense only after something else: a residence title can be discussed
//! once an application is on file. Without the rule, seats are taken by people who are sent
//! away at the desk.
//!
//! An entitlement is posted by the authority's own program, or proven by the person with
//! reference number and date of birth. Which ones there are and how long they hold is the slot
//! service's matter (`services/slot/src/store/entitlements.rs`); the rule sees only yes or no.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, CitizenText, CitizenTexts, Needs, Refusal, Rule, RuleProblem, RuleProblemKind};

/// The rule `entitlement`.
pub struct Entitlement;

/// Only entitled persons may book, for example after an application was filed (ZMS knows none).
/// Write `entitlement: {}`; the authority's programs post entitlements over the API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EntitlementRule")]
pub struct Settings {}

impl Rule for Entitlement {
    type Settings = Settings;

    const KEY: &'static str = "entitlement";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "entitlement-required",
        title: "This service needs an entitlement.",
        advice: "Prove it with reference number and date of birth, or ask the authority.",
        kind: RuleProblemKind::Forbidden,
        arguments: &[],
        texts: &TEXTS,
    };

    /// One look-up for all services of the visit.
    fn needs(_: &Settings) -> Needs {
        Needs::ENTITLEMENT
    }

    /// Availability shows the slots to everybody: that they exist is no secret, and a person
    /// can plan. At hold and confirm the entitlement must be there; one that ended in between
    /// refuses the confirm.
    fn check(_: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        if attempt.person.is_none_or(|person| person.entitled) {
            return Ok(());
        }
        Err(Refusal::new(Self::PROBLEM, "No entitlement of this person is on file."))
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Für diesen Termin brauchen Sie zuerst einen Antrag",
        what: "Diese Behörde vergibt Termine erst, wenn ein Antrag vorliegt.",
        advice: "Stellen Sie den Antrag bei der Behörde. Sie bekommen dann eine Nummer, mit der Sie buchen können.",
    },
    en: CitizenText {
        title: "You need an application first",
        what: "This authority gives appointments only when an application was filed.",
        advice: "File the application with the authority. You then get a number with which you can book.",
    },
    de_easy: CitizenText {
        title: "Sie brauchen zuerst einen Antrag",
        what: "Ohne Antrag gibt es hier keinen Termin.",
        advice: "Stellen Sie einen Antrag beim Amt.",
    },
    tr: CitizenText {
        title: "Önce başvuru gerekir",
        what: "Bu daire yalnızca başvuru varsa randevu verir.",
        advice: "Daireye başvurun. Randevu için bir numara alırsınız.",
    },
    uk: CitizenText {
        title: "Спершу потрібна заява",
        what: "Ця установа записує лише тоді, коли є заява.",
        advice: "Подайте заяву до установи. Ви отримаєте номер для запису.",
    },
    ar: CitizenText {
        title: "تحتاج إلى طلب أولا",
        what: "تمنح هذه الدائرة المواعيد فقط بعد تقديم طلب.",
        advice: "قدم الطلب لدى الدائرة. ستحصل على رقم للحجز.",
    },
};

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
