//! Only people of a certain age on may book.
//!
//! ```yaml
//! rules:
//!   minimumAge: {years: 16}   # the 16th birthday on the day of the visit is enough
//! ```
//!
//! Some declarations can be made only from an age on (an application for an identity card from
//! 16, for example); a younger person would be sent away at the desk. If only the year or month
//! of birth is known, the greatest age that fits counts
//! ([`BirthDate::greatest_age_on`](super::BirthDate::greatest_age_on)).
//!
//! The rule is about the attendee, who comes, not about the person who books. It is the one to
//! copy for a new rule with a fact about the person (`libs/booking/README.md`).

use calendar::Channel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Finding, Needs, Refusal, Rule,
    RuleProblem, RuleProblemKind, RuleSettings,
};

/// The rule `minimumAge`.
pub struct MinimumAge;

/// Only people of a certain age on may book. The age on the day of the visit counts. If only a year or a
/// month of birth is known, it is read in the person's favour, and the desk decides. Staff may book
/// for younger people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MinimumAge")]
pub struct Settings {
    /// At least so many years old on the day of the visit, for example 16.
    #[schemars(range(min = 1, max = 120))]
    pub years: u8,
}

impl Rule for MinimumAge {
    type Settings = Settings;

    const KEY: &'static str = "minimumAge";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-young",
        title: "The person is too young for this service.",
        advice: "Let a legal guardian book, or ask the authority.",
        kind: RuleProblemKind::Forbidden,
        arguments: &[Argument { name: "years", kind: ArgumentKind::Number }],
        texts: &TEXTS,
    };

    /// Comes with the attendee at the confirm; until then the rule passes.
    fn needs(_: &Settings) -> Needs {
        Needs::BIRTH_DATE
    }

    /// The age on the local day of the visit: it may be reached between booking and visit.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let birth_date = attempt.person.and_then(|person| person.birth_date);
        let (Some(birth_date), false) = (birth_date, attempt.channel == Channel::Staff) else {
            return Ok(());
        };
        if birth_date.greatest_age_on(attempt.date) >= i16::from(settings.years) {
            return Ok(());
        }
        let detail = format!("One must be {} years old on the day of the visit.", settings.years);
        Err(Refusal::new(Self::PROBLEM, detail).with("years", u64::from(settings.years)))
    }

    /// Found here and not at `maximumAge`, so that the pair is remarked on once.
    fn lint(settings: &Settings, all: &RuleSettings) -> Vec<Finding> {
        match &all.maximum_age {
            Some(maximum) if maximum.years < settings.years => vec![Finding::new(
                "years",
                format!("nobody is {} and at most {} years old", settings.years, maximum.years),
                "make it smaller than `maximumAge.years`",
            )],
            _ => Vec::new(),
        }
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Für dieses Anliegen sind Sie noch zu jung",
        what: "Buchen kann, wer am Tag des Termins mindestens { $years } Jahre alt ist.",
        advice: "Ihre Eltern oder Ihre gesetzliche Vertretung können den Termin buchen. Sonst fragen Sie bei der Behörde: Sie entscheidet.",
    },
    en: CitizenText {
        title: "You are too young for this service",
        what: "You must be at least { $years } years old on the day of the appointment.",
        advice: "Your parents or your legal guardian can book it. Otherwise ask the authority: it decides.",
    },
    de_easy: CitizenText {
        title: "Sie sind noch zu jung",
        what: "Am Tag vom Termin müssen Sie { $years } Jahre alt sein. Oder älter.",
        advice: "Ihre Eltern können den Termin machen. Oder fragen Sie beim Amt.",
    },
    tr: CitizenText {
        title: "Bu işlem için yaşınız henüz küçük",
        what: "Randevu günü en az { $years } yaşında olmalısınız.",
        advice: "Randevuyu anne babanız veya yasal temsilciniz alabilir. Ya da daireye sorun: Kararı daire verir.",
    },
    uk: CitizenText {
        title: "Для цієї послуги ви ще замолоді",
        what: "У день візиту вам має виповнитися щонайменше стільки років: { $years }.",
        advice: "Записати вас можуть батьки або законний представник. Або запитайте в установі: вирішує вона.",
    },
    ar: CitizenText {
        title: "عمرك أقل من المطلوب لهذه الخدمة",
        what: "أقل عمر بالسنوات في يوم الموعد: { $years }.",
        advice: "يمكن لوالديك أو لممثلك القانوني حجز الموعد. أو اسأل الدائرة فالقرار لها.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Person, attempt::example};

    fn check(years: u8, birth_date: Option<&str>, channel: Channel) -> Result<(), Refusal> {
        let birth_date = birth_date.map(|text| text.parse().unwrap());
        let person = Person { birth_date, ..Person::default() };
        let attempt = Attempt { person: Some(&person), channel, ..example() };
        MinimumAge::check(&Settings { years }, &attempt)
    }

    #[test]
    fn who_has_the_birthday_on_the_day_of_the_visit_may_book() {
        assert_eq!(check(16, Some("2011-01-11"), Channel::Public), Ok(()));
        let refusal = check(16, Some("2011-01-12"), Channel::Phone).unwrap_err();
        assert_eq!(refusal.facts, [("years", 16.into())]);
        assert_eq!(check(16, Some("2011-01-12"), Channel::Staff), Ok(()));
    }

    #[test]
    fn a_partial_birth_date_is_read_in_the_persons_favour() {
        assert_eq!(check(16, Some("2011"), Channel::Public), Ok(()));
        assert_eq!(check(16, Some("2011-01"), Channel::Public), Ok(()));
        assert!(check(16, Some("2011-02"), Channel::Public).is_err());
        assert!(check(16, Some("2012"), Channel::Public).is_err());
    }

    #[test]
    fn what_is_not_known_yet_passes() {
        assert_eq!(check(16, None, Channel::Public), Ok(()));
        assert_eq!(MinimumAge::check(&Settings { years: 16 }, &example()), Ok(()));
    }

    #[test]
    fn ages_that_nobody_has_are_found() {
        let maximum_age = Some(crate::rules::maximum_age::Settings { years: 15 });
        let all = RuleSettings { maximum_age, ..RuleSettings::default() };
        assert_eq!(MinimumAge::lint(&Settings { years: 16 }, &all).len(), 1);
        assert!(MinimumAge::lint(&Settings { years: 15 }, &all).is_empty());
    }
}
