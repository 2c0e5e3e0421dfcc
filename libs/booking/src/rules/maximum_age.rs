//! Only people up to a certain age may book.
//!
//! ```yaml
//! rules:
//!   maximumAge: {years: 15}   # 15 on the day of the visit is allowed, the 16th birthday is not
//! ```
//!
//! For services that end at an age, such as a document for children. The mirror image of
//! [`minimum_age`](super::minimum_age), with the other end of the range where the birth date is
//! known in part ([`BirthDate::least_age_on`](super::BirthDate::least_age_on)).

use calendar::Channel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Needs, Refusal, Rule, RuleProblem,
    RuleProblemKind,
};

/// The rule `maximumAge`.
pub struct MaximumAge;

/// Only people up to a certain age may book. The age on the day of the visit counts. If only a year or a
/// month of birth is known, it is read in the person's favour, and the desk decides. Staff may book
/// for older people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MaximumAge")]
pub struct Settings {
    /// At most so many years old on the day of the visit, for example 15.
    #[schemars(range(min = 1, max = 120))]
    pub years: u8,
}

impl Rule for MaximumAge {
    type Settings = Settings;

    const KEY: &'static str = "maximumAge";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-old",
        title: "The person is too old for this service.",
        advice: "Choose another service, or ask the authority.",
        kind: RuleProblemKind::Forbidden,
        arguments: &[Argument { name: "years", kind: ArgumentKind::Number }],
        texts: &TEXTS,
    };

    /// Comes with the attendee at the confirm; until then the rule passes.
    fn needs(_: &Settings) -> Needs {
        Needs::BIRTH_DATE
    }

    /// The age is that of the attendee on the local day of the visit, not of the booking. Staff
    /// are exempt: they see the document.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let birth_date = attempt.person.and_then(|person| person.birth_date);
        let (Some(birth_date), false) = (birth_date, attempt.channel == Channel::Staff) else {
            return Ok(());
        };
        if birth_date.least_age_on(attempt.date) <= i16::from(settings.years) {
            return Ok(());
        }
        let detail =
            format!("One can be at most {} years old on the day of the visit.", settings.years);
        Err(Refusal::new(Self::PROBLEM, detail).with("years", u64::from(settings.years)))
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Dieses Anliegen ist für jüngere Menschen",
        what: "Buchen kann, wer am Tag des Termins höchstens { $years } Jahre alt ist.",
        advice: "Wählen Sie ein anderes Anliegen. Sonst fragen Sie bei der Behörde: Sie entscheidet.",
    },
    en: CitizenText {
        title: "This service is for younger people",
        what: "You can be at most { $years } years old on the day of the appointment.",
        advice: "Choose another service. Otherwise ask the authority: it decides.",
    },
    de_easy: CitizenText {
        title: "Das ist für jüngere Menschen",
        what: "Am Tag vom Termin dürfen Sie { $years } Jahre alt sein. Oder jünger.",
        advice: "Wählen Sie etwas anderes aus. Oder fragen Sie beim Amt.",
    },
    tr: CitizenText {
        title: "Bu işlem daha genç kişiler içindir",
        what: "Randevu günü en fazla { $years } yaşında olabilirsiniz.",
        advice: "Başka bir işlem seçin. Ya da daireye sorun: Kararı daire verir.",
    },
    uk: CitizenText {
        title: "Ця послуга для молодших людей",
        what: "У день візиту вам може бути щонайбільше стільки років: { $years }.",
        advice: "Виберіть іншу послугу. Або запитайте в установі: вирішує вона.",
    },
    ar: CitizenText {
        title: "هذه الخدمة لمن هم أصغر سنًا",
        what: "أكبر عمر بالسنوات في يوم الموعد: { $years }.",
        advice: "اختر خدمة أخرى. أو اسأل الدائرة فالقرار لها.",
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
        MaximumAge::check(&Settings { years }, &attempt)
    }

    #[test]
    fn the_day_before_the_next_birthday_is_the_last() {
        assert_eq!(check(15, Some("2011-01-12"), Channel::Public), Ok(()));
        let refusal = check(15, Some("2011-01-11"), Channel::Public).unwrap_err();
        assert_eq!(refusal.facts, [("years", 15.into())]);
        assert_eq!(check(15, Some("2011-01-11"), Channel::Staff), Ok(()));
    }

    #[test]
    fn a_partial_birth_date_is_read_in_the_persons_favour() {
        assert_eq!(check(15, Some("2011"), Channel::Public), Ok(()));
        assert!(check(15, Some("2010"), Channel::Public).is_err());
    }

    #[test]
    fn what_is_not_known_yet_passes() {
        assert_eq!(check(15, None, Channel::Public), Ok(()));
        assert_eq!(MaximumAge::check(&Settings { years: 15 }, &example()), Ok(()));
    }
}
