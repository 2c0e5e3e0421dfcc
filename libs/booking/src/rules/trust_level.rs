//! The trust level that a booking needs.
//!
//! ```yaml
//! rules:
//!   trustLevel: {atLeast: substantial}
//! ```
//!
//! The higher the level, the harder it is to book under a stranger's name, and the more people
//! are kept out: so a service states what it needs and no more. Levels are those of eIDAS
//! article 8; which log-in yields which is the identity service's matter.
//!
//! The rule judges the log-in of the person who books, at hold and at confirm. It does not
//! apply to what is shown, so everybody can look for slots before they log in.

use calendar::Channel;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Attempt, CitizenText, CitizenTexts, Person, Refusal, Rule, RuleProblem, RuleProblemKind,
};
use crate::TrustLevel as Level;

/// The rule `trustLevel`. Not the level itself, which is [`crate::TrustLevel`].
pub struct TrustLevel;

/// The trust level that a booking needs. A document checked by staff counts as the highest. By phone
/// nothing is proven yet; the document is compared at the visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "TrustLevelRule")]
pub struct Settings {
    /// The lowest level of log-in that is enough.
    pub at_least: Level,
}

impl Rule for TrustLevel {
    type Settings = Settings;

    const KEY: &'static str = "trustLevel";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "level-too-low",
        title: "The person must log in at a higher trust level.",
        advice: "Log in again with `acr_values` set to `required_level`.",
        kind: RuleProblemKind::Forbidden,
        arguments: &[],
        texts: &TEXTS,
    };

    /// A refusal carries `required_level`, which the portal puts into `acr_values` of a new
    /// authorization request. At the desk the level comes from the document that staff looked
    /// at.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let is_proven_later = attempt.channel == Channel::Phone;
        let is_proven = |person: &Person| person.level >= settings.at_least;
        if is_proven_later || attempt.person.is_none_or(is_proven) {
            return Ok(());
        }
        Err(level_too_low(settings.at_least))
    }
}

/// The refusal of a log-in below `at_least`: at hold and confirm, and for whatever else is done to a
/// booking of such a service.
///
/// So whatever asks for the level of a booking (see `required_level.rs` in the slot service)
/// says so alike.
#[must_use]
pub fn level_too_low(at_least: Level) -> Refusal {
    let detail = format!("This service needs a log-in of level {at_least}.");
    Refusal::new(TrustLevel::PROBLEM, detail).with("required_level", at_least.as_str())
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Für dieses Anliegen ist eine sicherere Anmeldung nötig",
        what: "Wir müssen sicherer wissen, wer Sie sind.",
        advice: "Melden Sie sich mit dem Online-Ausweis an. Danach geht es hier weiter.",
    },
    en: CitizenText {
        title: "This service needs a more secure login",
        what: "We need to be more certain who you are.",
        advice: "Log in with the online ID card. You then continue here.",
    },
    de_easy: CitizenText {
        title: "Melden Sie sich sicherer an",
        what: "Wir müssen ganz sicher wissen, wer Sie sind.",
        advice: "Melden Sie sich mit dem Online-Ausweis an.",
    },
    tr: CitizenText {
        title: "Bu işlem için daha güvenli bir giriş gerekir",
        what: "Kim olduğunuz daha kesin bilinmelidir.",
        advice: "Çevrim içi kimlikle giriş yapın. Sonra buradan devam edersiniz.",
    },
    uk: CitizenText {
        title: "Для цієї послуги потрібен надійніший вхід",
        what: "Треба надійніше підтвердити, хто ви.",
        advice: "Увійдіть з онлайн-посвідченням. Потім ви продовжите тут.",
    },
    ar: CitizenText {
        title: "تحتاج هذه الخدمة إلى تسجيل دخول أكثر أمانًا",
        what: "يجب أن نتحقق من هويتك بيقين أكبر.",
        advice: "سجّل الدخول بالهوية الإلكترونية. ثم تتابع من هنا.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Person, attempt::example};

    #[test]
    fn by_phone_the_level_is_proven_at_the_visit() {
        let settings = Settings { at_least: Level::High };
        let person = Person { level: Level::Basic, ..Person::default() };
        let attempt = Attempt { person: Some(&person), ..example() };
        assert!(TrustLevel::check(&settings, &attempt).is_err());
        let by_phone = Attempt { channel: Channel::Phone, ..attempt };
        assert_eq!(TrustLevel::check(&settings, &by_phone), Ok(()));
    }

    #[test]
    fn a_level_below_is_refused_and_everybody_may_look() {
        let settings = Settings { at_least: Level::Substantial };
        assert_eq!(TrustLevel::check(&settings, &example()), Ok(()));
        for (level, enough) in
            [(Level::Basic, false), (Level::Substantial, true), (Level::High, true)]
        {
            let person = Person { level, ..Person::default() };
            let attempt = Attempt { person: Some(&person), ..example() };
            assert_eq!(TrustLevel::check(&settings, &attempt).is_ok(), enough, "{level}");
        }
    }
}
