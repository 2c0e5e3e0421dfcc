//! A waiting period after many abandoned holds.
//!
//! ```yaml
//! rules:
//!   abandonedHolds: {max: 3, hours: 24}   # three are free, after the fourth the person waits
//! ```
//!
//! A hold keeps a seat from everybody for some minutes. A person who holds again and again without
//! booking keeps desks empty at no cost, by mistake or on purpose: a seller parks seats in this way
//! until a buyer comes. Most people abandon one hold at most, so the first never counts, whatever
//! is set.
//!
//! Counted are holds that were released and holds that expired; a hold that was refused at its
//! confirm is neither. It counts for all groups of the authority, unlike
//! [`cool_down`](super::cool_down), since the cost is the same everywhere. How *long* the seats
//! were is the matter of [`seat_minutes`](super::seat_minutes).

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Finding, History, HistoryKind,
    Needs, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings, limit,
};

/// The rule `abandonedHolds`.
pub struct AbandonedHolds;

/// A waiting period after many holds that expired or were released without booking. Counts
/// at all places and services of the authority. Never applies at the desk, where urgent visits are
/// booked, or to the only date of an entitled person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AbandonedHolds")]
pub struct Settings {
    /// So many given up holds are free; with one more the person waits. The first is always free.
    #[schemars(range(min = 1, max = 50))]
    pub max: u16,
    /// In the last so many hours.
    #[schemars(range(min = 1, max = 720))]
    pub hours: u16,
}

impl Settings {
    /// Hours of elapsed time, so a clock change does not move it.
    fn window(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.hours))
    }

    /// How many more holds can be given up or run out at `at`: with one more than these the person
    /// waits.
    #[must_use]
    pub fn free_left(&self, history: &History, at: Timestamp) -> u16 {
        limit::free_left(history, self.max, self.window(), KINDS, at)
    }
}

/// What counts.
const KINDS: &[HistoryKind] = &[HistoryKind::HoldAbandoned];

impl Rule for AbandonedHolds {
    type Settings = Settings;

    const KEY: &'static str = "abandonedHolds";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-many-abandoned-holds",
        title: "The person gave up too many holds and must wait before holding again.",
        advice: "Try again after `until`, or ask the authority: it decides, and staff can lift it.",
        kind: RuleProblemKind::Conflict,
        arguments: &[Argument { name: "until", kind: ArgumentKind::Instant }],
        texts: &TEXTS,
    };

    /// As far back as it counts, and no further.
    fn needs(settings: &Settings) -> Needs {
        Needs::history(settings.window())
    }

    /// Refuses if more than `max` were abandoned in the hours before the visit is judged, with
    /// the moment at which few enough of them are left in these hours. At exactly that moment
    /// the person may hold again.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let detail = "Too many holds were given up without a booking.";
        limit::check::<Self>(attempt, settings.max, settings.window(), KINDS, detail)
    }

    /// More than a week for a few abandoned holds is out of proportion: it is allowed and
    /// remarked on.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        let mut findings: Vec<_> = limit::lint_max(settings.max).into_iter().collect();
        if !(1..=7 * 24).contains(&settings.hours) {
            findings.push(Finding::new(
                "hours",
                format!("{} hours are no proportionate wait", settings.hours),
                "set 1 to 168 hours",
            ));
        }
        findings
    }
}

/// Says who decides and where urgent cases go: a person who is kept out by a program must be
/// able to reach a human.
const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Sie können gerade keinen Termin reservieren",
        what: "Sie haben in kurzer Zeit mehrere Termine reserviert und nicht gebucht. Andere konnten sie so lange nicht nehmen.",
        advice: "Wieder buchen können Sie ab: { $until }. Halten Sie das für falsch? Die Behörde entscheidet darüber und kann die Wartezeit aufheben. In dringenden Fällen rufen Sie 115 an.",
    },
    en: CitizenText {
        title: "You cannot reserve an appointment at the moment",
        what: "In a short time you reserved several appointments and did not book them. Others could not take them meanwhile.",
        advice: "You can book again from: { $until }. Do you think this is wrong? The authority decides and can lift the waiting time. In urgent cases call 115.",
    },
    de_easy: CitizenText {
        title: "Sie müssen noch warten",
        what: "Sie haben mehrere Termine ausgewählt. Sie haben die Termine nicht gebucht. Andere Menschen brauchen auch Termine.",
        advice: "Sie können wieder buchen ab: { $until }. Ist das falsch? Fragen Sie beim Amt. Das Amt entscheidet. Ist es eilig? Rufen Sie an: 115.",
    },
    tr: CitizenText {
        title: "Şu anda randevu ayırtamazsınız",
        what: "Kısa sürede birkaç randevu ayırttınız ama almadınız. Bu sürede başkaları onları alamadı.",
        advice: "Yeniden randevu alabileceğiniz zaman: { $until }. Yanlış olduğunu mu düşünüyorsunuz? Kararı daire verir ve bekleme süresini kaldırabilir. Acil durumda 115 numarasını arayın.",
    },
    uk: CitizenText {
        title: "Зараз ви не можете резервувати",
        what: "За короткий час ви зарезервували кілька записів і не скористалися ними. Інші тим часом не могли їх узяти.",
        advice: "Знову записатися можна з такого часу: { $until }. Вважаєте це помилкою? Вирішує установа, вона може скасувати очікування. У терміновому разі телефонуйте 115.",
    },
    ar: CitizenText {
        title: "لا يمكنك حفظ موعد حاليًا",
        what: "حفظت عدة مواعيد في وقت قصير ولم تؤكدها. ولم يستطع الآخرون أخذها في هذه الأثناء.",
        advice: "يمكنك الحجز من جديد ابتداءً من: { $until }. هل تظن أن هذا خطأ؟ القرار للدائرة ويمكنها إلغاء مدة الانتظار. في الحالات العاجلة اتصل بالرقم 115.",
    },
};

#[cfg(test)]
mod tests {
    use calendar::Channel;

    use super::*;
    use crate::rules::{Fact, History, Person, Phase, attempt::example, history};

    fn abandoned(minutes_ago: &[i64]) -> Person {
        let event = |minutes: &i64| {
            history::example(HistoryKind::HoldAbandoned, SignedDuration::from_mins(*minutes))
        };
        Person { history: History::new(minutes_ago.iter().map(event)), ..Person::default() }
    }

    fn check(max: u16, minutes_ago: &[i64]) -> Result<(), Refusal> {
        let person = abandoned(minutes_ago);
        let attempt = Attempt { person: Some(&person), ..example() };
        AbandonedHolds::check(&Settings { max, hours: 24 }, &attempt)
    }

    #[test]
    fn the_first_never_counts_and_the_wait_ends_when_the_oldest_leaves_the_window() {
        assert_eq!(check(0, &[5]), Ok(()));
        assert_eq!(check(1, &[5]), Ok(()));
        assert_eq!(check(2, &[5, 60]), Ok(()));
        // Twice, and the limit begins; it ends a day after the older one.
        let refusal = check(1, &[5, 60]).unwrap_err();
        assert!(refusal.has_its_arguments());
        assert!(refusal.facts.contains(&("until", Fact::at("2027-01-05T06:00:00Z"))));
        assert!(refusal.facts.contains(&("rule", "abandonedHolds".into())));
        assert_eq!(check(1, &[5, 24 * 60]), Ok(()));
    }

    #[test]
    fn it_never_applies_at_the_desk() {
        let person = abandoned(&[1, 2, 3, 4]);
        let check = |channel| {
            let attempt = Attempt { channel, person: Some(&person), ..example() };
            AbandonedHolds::check(&Settings { max: 1, hours: 24 }, &attempt).is_ok()
        };
        assert!(!check(Channel::Public) && !check(Channel::Phone));
        assert!(check(Channel::Staff));
    }

    #[test]
    fn it_never_applies_to_the_only_date_of_an_entitled_person() {
        for entitled_only_date in [true, false] {
            let person = Person { entitled_only_date, ..abandoned(&[1, 2, 3]) };
            let attempt = Attempt { person: Some(&person), ..example() };
            let outcome = AbandonedHolds::check(&Settings { max: 2, hours: 24 }, &attempt);
            assert_eq!(outcome.is_ok(), entitled_only_date);
        }
    }

    #[test]
    fn what_happens_while_a_slot_is_held_does_not_spoil_its_confirm() {
        let person = abandoned(&[5, 20]);
        let check = |minutes| {
            let held_at = example().now - SignedDuration::from_mins(minutes);
            let phase = Phase::Confirm { held_at };
            let attempt = Attempt { phase, person: Some(&person), ..example() };
            AbandonedHolds::check(&Settings { max: 1, hours: 24 }, &attempt)
        };
        assert_eq!(check(10), Ok(()));
        assert!(check(2).is_err());
    }
}
