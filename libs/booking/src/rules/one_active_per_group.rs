//! One person has at most one active booking in a service group.
//!
//! A promise, not a choice: it always holds. This check is only the early and friendly answer.
//! Two guards stand behind it: the person's mark that every hold looks at, and the partial unique
//! index `bookings_one_active` of the database, which decides.
//!
//! It is what makes identity worth something: without it, one person could hold many
//! appointments and sell them. ZMS limits appointments per e-mail address and location, which a
//! second address undoes.
//!
//! One that is over counts until the desk has noted what became of it, or until it is closed
//! ([`NOTED_WITHIN`](crate::state::NOTED_WITHIN)).
//!
//! A booking that this visit replaces does not count: moving is not having two. A hold is no
//! booking; that a person has one hold at a time in a group is for the hold store to see.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Attempt, CitizenText, CitizenTexts, Refusal, Rule, RuleProblem, RuleProblemKind};

/// The rule `oneActivePerGroup`.
pub struct OneActivePerGroup;

/// One person has at most one active booking in a service group. Always holds; there is nothing to
/// set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OneActivePerGroup")]
pub struct Settings {}

impl Rule for OneActivePerGroup {
    type Settings = Settings;

    const KEY: &'static str = "oneActivePerGroup";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "already-booked",
        title: "This person already has an active booking in this service group.",
        advice: "Move it (a hold with `replaces`) or cancel it first.",
        kind: RuleProblemKind::Conflict,
        arguments: &[],
        texts: &TEXTS,
    };

    const ALWAYS: bool = true;

    /// The refusal carries `booking`, the person's own, so that the portal can offer to move or
    /// cancel it. Staff are not exempt.
    fn check(_: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        match attempt.person.and_then(|person| person.other_active_booking) {
            None => Ok(()),
            Some(booking) => Err(Refusal::new(
                Self::PROBLEM,
                "One person can have one appointment at a time in this group of services.",
            )
            .with("booking", booking.to_string().as_str())),
        }
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Sie haben schon einen Termin für diese Art von Anliegen",
        what: "Jede Person kann hier nur einen Termin haben, damit genug für alle da sind.",
        advice: "Bevor er beginnt, können Sie Ihren Termin verschieben oder absagen. Ist er vorbei? Dann können Sie spätestens 12 Stunden nach seinem Ende wieder buchen.",
    },
    en: CitizenText {
        title: "You already have an appointment for this kind of service",
        what: "Each person can have only one, so that there are enough for all.",
        advice: "Before it begins you can move or cancel your appointment. Is it over? Then you can book again 12 hours after its end at the latest.",
    },
    de_easy: CitizenText {
        title: "Sie haben schon einen Termin",
        what: "Jeder Mensch bekommt nur einen Termin von dieser Art. So reicht es für alle.",
        advice: "Sie können Ihren Termin verschieben. Oder absagen. Ist der Termin vorbei? Dann warten Sie. Nach 12 Stunden können Sie wieder buchen.",
    },
    tr: CitizenText {
        title: "Bu işlem türü için zaten randevunuz var",
        what: "Herkese yetsin diye her kişinin yalnızca bir randevusu olabilir.",
        advice: "Başlamadan önce randevunuzu erteleyebilir veya iptal edebilirsiniz. Randevunuz bitti mi? O zaman bitişinden en geç 12 saat sonra yeniden randevu alabilirsiniz.",
    },
    uk: CitizenText {
        title: "У вас уже є запис на цей вид послуги",
        what: "Кожна особа може мати тут лише один запис, щоб вистачило всім.",
        advice: "До початку прийому ви можете перенести або скасувати свій запис. Прийом уже минув? Тоді ви зможете записатися знову щонайпізніше через 12 годин після його кінця.",
    },
    ar: CitizenText {
        title: "لديك موعد بالفعل لهذا النوع من الخدمات",
        what: "لكل شخص موعد واحد فقط كي تكفي المواعيد للجميع.",
        advice: "يمكنك تغيير موعدك أو إلغاؤه قبل أن يبدأ. هل انتهى الموعد؟ إذن يمكنك الحجز من جديد بعد انتهائه بـ 12 ساعة على الأكثر.",
    },
};

#[cfg(test)]
mod tests {
    use ids::BookingId;
    use vocabulary::Language;

    use super::*;
    use crate::{
        rules::{Fact, Person, attempt::example},
        state::NOTED_WITHIN,
    };

    #[test]
    fn everybody_reads_how_long_an_appointment_that_is_over_counts() {
        let hours = NOTED_WITHIN.as_hours().to_string();
        for language in Language::SHIPPED {
            let advice = TEXTS.in_language(*language).advice;
            assert!(advice.contains(&hours), "{language}: {advice}");
        }
    }

    #[test]
    fn a_second_booking_is_refused_with_the_first_ones_id() {
        let booking = BookingId::from_bits(7);
        let person = Person { other_active_booking: Some(booking), ..Person::default() };
        let attempt = Attempt { person: Some(&person), ..example() };
        let refusal = OneActivePerGroup::check(&Settings {}, &attempt).unwrap_err();
        assert_eq!(refusal.facts, [("booking", Fact::Text(booking.to_string()))]);
        let attempt = Attempt { person: Some(&Person::default()), ..example() };
        assert_eq!(OneActivePerGroup::check(&Settings {}, &attempt), Ok(()));
    }
}
