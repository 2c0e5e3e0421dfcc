//! How many services may be done in one visit.
//!
//! ```yaml
//! rules:
//!   servicesPerVisit: {max: 3}
//! ```
//!
//! Which services go together at all is not said here: they must be combinable and of one
//! group, and some desk must do them all (`catalogue::Catalogue::visit`). This bounds how many.
//! The same service for several people is one service with [`party_size`](super::party_size).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Attempt, CitizenText, CitizenTexts, Finding, Refusal, Rule, RuleProblem, RuleProblemKind,
    RuleSettings,
};

/// The rule `servicesPerVisit`.
pub struct ServicesPerVisit;

/// How many services may be done in one visit (ZMS: limits this only in the browser). As many as
/// can be combined, unless stated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ServicesPerVisit")]
pub struct Settings {
    /// At most so many different services, this one included.
    #[schemars(range(min = 1, max = 25))]
    pub max: u16,
}

impl Rule for ServicesPerVisit {
    type Settings = Settings;

    const KEY: &'static str = "servicesPerVisit";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-many-services",
        title: "So many services cannot be done in one visit.",
        advice: "Book at most `max` services in one visit.",
        kind: RuleProblemKind::Invalid,
        arguments: &[],
        texts: &TEXTS,
    };

    /// Each service of the visit may state another bound; the smallest decides. Staff are not
    /// exempt.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        if attempt.services <= settings.max {
            return Ok(());
        }
        let detail = format!("At most {} services can be done in one visit.", settings.max);
        Err(Refusal::new(Self::PROBLEM, detail).with("max", u64::from(settings.max)))
    }

    /// 0 would refuse the service itself.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        if settings.max > 0 {
            return Vec::new();
        }
        vec![Finding::new("max", "the service can never be booked", "set it to 1 or more")]
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Das sind zu viele Anliegen für einen Termin",
        what: "So viele Anliegen kann die Behörde bei einem Besuch nicht erledigen.",
        advice: "Buchen Sie mit weniger Anliegen.",
    },
    en: CitizenText {
        title: "There are too many services for one appointment",
        what: "The authority cannot do so many services in one visit.",
        advice: "Book with fewer services.",
    },
    de_easy: CitizenText {
        title: "Das ist zu viel für einen Termin",
        what: "So viele Sachen gehen nicht an einem Termin.",
        advice: "Wählen Sie weniger aus.",
    },
    tr: CitizenText {
        title: "Bir randevu için çok fazla işlem",
        what: "Daire bir ziyarette daha az işlem yapabilir.",
        advice: "Daha az işlemle randevu alın.",
    },
    uk: CitizenText {
        title: "Забагато послуг на один запис",
        what: "За один візит можна отримати менше послуг.",
        advice: "Запишіться на меншу кількість.",
    },
    ar: CitizenText {
        title: "عدد الخدمات كبير لموعد واحد",
        what: "تستطيع الدائرة إنجاز عدد أقل في زيارة واحدة.",
        advice: "احجز بعدد أقل من الخدمات.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::attempt::example;

    #[test]
    fn one_service_too_many_is_refused() {
        let check = |services| {
            ServicesPerVisit::check(&Settings { max: 3 }, &Attempt { services, ..example() })
        };
        assert_eq!(check(3), Ok(()));
        assert_eq!(check(4).unwrap_err().problem.code, "too-many-services");
    }
}
