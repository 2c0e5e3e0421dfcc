//! How many people may come in one visit.
//!
//! ```yaml
//! rules:
//!   partySize: {max: 5}
//! ```
//!
//! The number of people lengthens a visit (`slotsPerFurtherPerson`), so without a bound one
//! person could take a desk for a whole day. It always holds, with one person, since most
//! services are for one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Attempt, CitizenText, CitizenTexts, Finding, Refusal, Rule, RuleProblem, RuleProblemKind,
    RuleSettings,
};

/// The rule `partySize`.
pub struct PartySize;

/// How many people may come in one visit (ZMS: `maxQuantity`). One, unless stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PartySize")]
pub struct Settings {
    /// At most so many people, for example 5 for a family.
    #[schemars(range(min = 1, max = 25))]
    pub max: u16,
}

/// For services that do not mention the rule.
impl Default for Settings {
    fn default() -> Self {
        Self { max: 1 }
    }
}

impl Rule for PartySize {
    type Settings = Settings;

    const KEY: &'static str = "partySize";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-many-people",
        title: "So many people cannot come in one visit.",
        advice: "Book for at most `max` people.",
        kind: RuleProblemKind::Invalid,
        arguments: &[],
        texts: &TEXTS,
    };

    const ALWAYS: bool = true;

    /// Of several services in a visit, each has its own bound, so the smallest decides. Staff
    /// are not exempt: they book a second visit.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        if attempt.people <= settings.max {
            return Ok(());
        }
        let detail = format!("At most {} people can come in one visit.", settings.max);
        Err(Refusal::new(Self::PROBLEM, detail).with("max", u64::from(settings.max)))
    }

    /// With 0 no visit is possible. The schema refuses it too, but a file need not be checked against it.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        if settings.max > 0 {
            return Vec::new();
        }
        vec![Finding::new("max", "nobody may come", "set it to 1 or more")]
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Das sind zu viele Personen für einen Termin",
        what: "So viele Personen kann die Behörde bei einem Besuch nicht bedienen.",
        advice: "Buchen Sie für die anderen Personen eigene Termine.",
    },
    en: CitizenText {
        title: "There are too many people for one appointment",
        what: "The authority cannot serve so many people in one visit.",
        advice: "Book appointments of their own for the others.",
    },
    de_easy: CitizenText {
        title: "Das sind zu viele Menschen",
        what: "So viele Menschen gehen nicht an einem Termin.",
        advice: "Machen Sie mehr Termine.",
    },
    tr: CitizenText {
        title: "Bir randevu için çok fazla kişi",
        what: "Daire bir ziyarette daha az kişiye hizmet verebilir.",
        advice: "Diğer kişiler için ayrı randevu alın.",
    },
    uk: CitizenText {
        title: "Забагато осіб на один запис",
        what: "За один візит установа може прийняти менше людей.",
        advice: "Запишіть інших окремо.",
    },
    ar: CitizenText {
        title: "عدد الأشخاص كبير لموعد واحد",
        what: "تستطيع الدائرة خدمة عدد أقل في زيارة واحدة.",
        advice: "احجز مواعيد منفصلة للآخرين.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::attempt::example;

    #[test]
    fn one_person_too_many_is_refused() {
        let check =
            |max, people| PartySize::check(&Settings { max }, &Attempt { people, ..example() });
        assert_eq!(check(5, 5), Ok(()));
        assert_eq!(check(5, 6).unwrap_err().facts, [("max", 5.into())]);
        assert!(
            PartySize::check(&Settings::default(), &Attempt { people: 2, ..example() }).is_err()
        );
    }
}
