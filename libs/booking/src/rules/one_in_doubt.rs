//! A person whose identity is in doubt has one active booking at the authority.
//!
//! A promise, not a choice: it always holds. Identity could not tell whether the person is known
//! already, and staff decide with the document; until then a case forbids nothing, and is worth one
//! booking however many accounts, cards and spellings open one. This check is only the early and
//! friendly answer: the partial unique index [`INDEX`] of the database decides.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, CitizenText, CitizenTexts, Refusal, Rule, RuleProblem, RuleProblemKind};

/// The unique index that refuses a second active booking in one doubt.
pub const INDEX: &str = "bookings_one_in_doubt";

/// The rule that a person whose identity is in doubt has one booking.
pub struct OneInDoubt;

/// A person whose identity is in doubt has one active booking at the authority. Always holds; there
/// is nothing to set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OneInDoubt")]
pub struct Settings {}

impl Rule for OneInDoubt {
    type Settings = Settings;

    const KEY: &'static str = "oneInDoubt";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "identity-in-doubt",
        title: "It is unresolved whether this person is known already; one active booking is possible until then.",
        advice: "Keep, move or cancel that booking, or have staff look at the document: they resolve the case.",
        kind: RuleProblemKind::Conflict,
        arguments: &[],
        texts: &TEXTS,
    };

    const ALWAYS: bool = true;

    fn check(_: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        match attempt.person {
            Some(person) if person.booked_in_doubt => Err(identity_in_doubt()),
            _ => Ok(()),
        }
    }
}

/// The refusal of a second booking while the identity is in doubt, also when the database gives it.
#[must_use]
pub fn identity_in_doubt() -> Refusal {
    // Says nothing of whose booking it is: two humans may be in one doubt.
    Refusal::new(OneInDoubt::PROBLEM, "There is an active booking in this doubt.")
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Vor einem weiteren Termin muss ein Amt Ihren Ausweis sehen",
        what: "Wir wissen nicht sicher, ob wir Sie schon kennen. Bis das geklärt ist, können Sie bei dieser Behörde nur einen Termin haben.",
        advice: "Zeigen Sie Ihren Ausweis bei Ihrem Termin oder an einem Schalter, oder rufen Sie 115 an. Danach können Sie wie alle anderen buchen.",
    },
    en: CitizenText {
        title: "Before another appointment, an office must see your identity document",
        what: "We cannot tell for sure whether we know you already. Until that is settled, you can have only one appointment at this authority.",
        advice: "Show your identity document at your appointment or at a desk, or call 115. After that you can book like everybody else.",
    },
    de_easy: CitizenText {
        title: "Ein Amt muss zuerst Ihren Ausweis sehen",
        what: "Wir wissen nicht sicher: Kennen wir Sie schon? Darum bekommen Sie bei diesem Amt jetzt nur einen Termin.",
        advice: "Zeigen Sie Ihren Ausweis beim Termin. Oder am Schalter. Oder rufen Sie an: 115. Danach können Sie weitere Termine buchen.",
    },
    tr: CitizenText {
        title: "Başka bir randevudan önce bir daire kimliğinizi görmelidir",
        what: "Sizi tanıyıp tanımadığımızdan emin değiliz. Bu açıklığa kavuşana kadar yalnızca bir randevu alınabilir.",
        advice: "Kimliğinizi randevunuzda veya bir gişede gösterin ya da 115 numarasını arayın. Sonra herkes gibi randevu alabilirsiniz.",
    },
    uk: CitizenText {
        title: "Перед наступним записом установа має побачити ваш документ",
        what: "Ми не знаємо напевно, чи вже знаємо вас. Доки це не зʼясовано, можливий лише один запис.",
        advice: "Покажіть документ на своєму прийомі чи на рецепції або зателефонуйте 115. Після цього ви зможете записуватися, як усі.",
    },
    ar: CitizenText {
        title: "قبل موعد آخر يجب أن ترى إحدى الدوائر وثيقة هويتك",
        what: "لا نعلم يقينًا إن كنا نعرفك من قبل. وإلى أن يتضح ذلك يمكن حجز موعد واحد فقط.",
        advice: "أظهر وثيقة هويتك في موعدك أو عند الشباك أو اتصل بالرقم 115. بعد ذلك يمكنك الحجز كالجميع.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Person, attempt::example};

    #[test]
    fn whoever_is_in_doubt_has_one_booking_and_everybody_else_any() {
        for booked_in_doubt in [true, false] {
            let person = Person { booked_in_doubt, ..Person::default() };
            let attempt = Attempt { person: Some(&person), ..example() };
            let outcome = OneInDoubt::check(&Settings {}, &attempt);
            assert_eq!(outcome.is_err(), booked_in_doubt);
        }
        assert_eq!(OneInDoubt::check(&Settings {}, &example()), Ok(()));
    }
}
