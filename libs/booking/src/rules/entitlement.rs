//! Only entitled persons may book.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, CitizenText, CitizenTexts, Needs, Refusal, Rule, RuleProblem, RuleProblemKind};

/// See the module.
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

    fn needs(_: &Settings) -> Needs {
        Needs::ENTITLEMENT
    }

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
