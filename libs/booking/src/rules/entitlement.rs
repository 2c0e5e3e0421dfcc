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

use super::{
    Attempt, CitizenText, CitizenTexts, Needs, Refusal, Rule, RuleProblem, RuleProblemKind,
};

/// The rule `entitlement`.
pub struct Entitlement;

/// Only entitled persons may book, for example after an application was filed (ZMS has none).
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
        advice: "Prove it with its reference (`POST /v1/entitlements/claim`), or ask the authority. One serves for one appointment unless the authority says otherwise; a cancelled one gives its use back.",
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
        Err(not_entitled())
    }
}

/// The refusal of a person without an entitlement that has a use left: at hold and confirm, and when the
/// database is the one who knows.
#[must_use]
pub fn not_entitled() -> Refusal {
    let detail = "This person has no entitlement on file with a use left.";
    Refusal::new(Entitlement::PROBLEM, detail)
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Für diesen Termin brauchen Sie zuerst einen Antrag",
        what: "Diese Behörde vergibt Termine erst, wenn ein Antrag vorliegt. Für einen Antrag gibt es einen Termin.",
        advice: "Stellen Sie den Antrag bei der Behörde. Sie bekommen dann eine Nummer, mit der Sie buchen können. Brauchen Sie noch einen Termin für denselben Antrag? Fragen Sie die Behörde.",
    },
    en: CitizenText {
        title: "You need an application first",
        what: "This authority gives appointments only when your application is on file. There is one appointment for one application.",
        advice: "File the application with the authority. You then get a number with which you can book. Do you need another appointment for the same application? Ask the authority.",
    },
    de_easy: CitizenText {
        title: "Sie brauchen zuerst einen Antrag",
        what: "Ohne Antrag gibt es hier keinen Termin. Für einen Antrag gibt es einen Termin.",
        advice: "Stellen Sie einen Antrag beim Amt. Oder fragen Sie beim Amt nach.",
    },
    tr: CitizenText {
        title: "Önce başvuru gerekir",
        what: "Bu daire yalnızca başvuru varsa randevu verir. Bir başvuru için bir randevu vardır.",
        advice: "Başvurunuzu daireye yapın. Sonra randevu almak için bir numara alırsınız. Aynı başvuru için bir randevu daha gerekiyorsa daireye sorun.",
    },
    uk: CitizenText {
        title: "Спершу потрібна заява",
        what: "Ця установа записує лише тоді, коли є заява. За кожною заявою можна отримати один запис.",
        advice: "Подайте заяву до установи. Ви отримаєте номер для запису. Потрібен ще один запис за тією самою заявою? Запитайте установу.",
    },
    ar: CitizenText {
        title: "تحتاج إلى طلب أولًا",
        what: "تمنح هذه الدائرة المواعيد فقط بعد تقديم طلب. لكل طلب موعد واحد.",
        advice: "قدّم الطلب لدى الدائرة. ستحصل على رقم للحجز. إذا احتجت إلى موعد آخر للطلب نفسه فاسأل الدائرة.",
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
