//! A waiting period after many cancelled or moved bookings.
//!
//! ```yaml
//! rules:
//!   cancellations: {max: 5, days: 30}   # five are free, after the sixth the person waits
//! ```
//!
//! Cancelling is what we ask of people who cannot come, so it must stay easy: the rule refuses
//! no cancellation and begins to count where a person plainly shops around. Moving is counted,
//! too, since it gives up a seat and takes another. A cancellation by the authority is not
//! remembered at all.
//!
//! Not here: cancelling so late that nobody else can come, which is half a miss in
//! [`cool_down`](super::cool_down).

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Finding, History, HistoryKind,
    Needs, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings, limit,
};

/// The rule `cancellations`.
pub struct Cancellations;

/// A waiting period after many cancelled or moved bookings. Cancelling itself is never refused.
/// Counts at all places and services of the authority. Never applies at the desk, where urgent visits are
/// booked, or to the only date of an entitled person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Cancellations")]
pub struct Settings {
    /// So many cancelled or moved bookings are free; with one more the person waits.
    #[schemars(range(min = 1, max = 50))]
    pub max: u16,
    /// In the last so many days (of 24 hours).
    #[schemars(range(min = 1, max = 365))]
    pub days: u16,
}

impl Settings {
    /// Days of 24 hours: the wait ends at the same second for all, a clock change moves it on
    /// the wall.
    fn window(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.days))
    }

    /// How many more bookings can be cancelled or moved at `at`: with one more than these the person
    /// waits.
    #[must_use]
    pub fn free_left(&self, history: &History, at: Timestamp) -> u16 {
        limit::free_left(history, self.max, self.window(), KINDS, at)
    }
}

/// What counts.
const KINDS: &[HistoryKind] = &[HistoryKind::Cancelled, HistoryKind::Moved];

impl Rule for Cancellations {
    type Settings = Settings;

    const KEY: &'static str = "cancellations";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-many-cancellations",
        title: "The person cancelled or moved too many bookings and must wait before booking again.",
        advice: "Try again after `until`, or ask the authority: it decides, and staff can lift it.",
        kind: RuleProblemKind::Conflict,
        arguments: &[Argument { name: "until", kind: ArgumentKind::Instant }],
        texts: &TEXTS,
    };

    /// As far back as it counts.
    fn needs(settings: &Settings) -> Needs {
        Needs::history(settings.window())
    }

    /// Refuses a new hold if more than `max` bookings were given up in the days before the
    /// visit is judged, with the moment at which few enough of them are left in these days.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let detail = "Too many bookings were cancelled or moved.";
        limit::check::<Self>(attempt, settings.max, settings.window(), KINDS, detail)
    }

    /// Three months are the longest wait that is not remarked on.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        let mut findings: Vec<_> = limit::lint_max(settings.max).into_iter().collect();
        if !(1..=92).contains(&settings.days) {
            findings.push(Finding::new(
                "days",
                format!("{} days are no proportionate wait", settings.days),
                "set 1 to 92 days",
            ));
        }
        findings
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Sie können gerade keinen neuen Termin buchen",
        what: "Sie haben in letzter Zeit mehrere Termine abgesagt oder verschoben. Danach gilt eine Wartezeit, damit genug Termine für alle da sind.",
        advice: "Wieder buchen können Sie ab: { $until }. Halten Sie das für falsch? Die Behörde entscheidet darüber und kann die Wartezeit aufheben. In dringenden Fällen rufen Sie 115 an.",
    },
    en: CitizenText {
        title: "You cannot book a new appointment at the moment",
        what: "You cancelled or moved several appointments lately. After that there is a waiting time, so that there are enough for all.",
        advice: "You can book again from: { $until }. Do you think this is wrong? The authority decides and can lift the waiting time. In urgent cases call 115.",
    },
    de_easy: CitizenText {
        title: "Sie müssen noch warten",
        what: "Sie haben mehrere Termine abgesagt. Oder verschoben. Darum müssen Sie eine Zeit lang warten.",
        advice: "Sie können wieder buchen ab: { $until }. Ist das falsch? Fragen Sie beim Amt. Das Amt entscheidet. Ist es eilig? Rufen Sie an: 115.",
    },
    tr: CitizenText {
        title: "Şu anda yeni randevu alamazsınız",
        what: "Son zamanlarda birkaç randevuyu iptal ettiniz veya ertelediniz. Herkese yetsin diye bir bekleme süresi vardır.",
        advice: "Yeniden randevu alabileceğiniz zaman: { $until }. Yanlış olduğunu mu düşünüyorsunuz? Kararı daire verir ve bekleme süresini kaldırabilir. Acil durumda 115 numarasını arayın.",
    },
    uk: CitizenText {
        title: "Зараз ви не можете записатися",
        what: "Останнім часом ви скасували або перенесли кілька записів. Тому діє час очікування, щоб вистачило всім.",
        advice: "Знову записатися можна з такого часу: { $until }. Вважаєте це помилкою? Вирішує установа, вона може скасувати очікування. У терміновому разі телефонуйте 115.",
    },
    ar: CitizenText {
        title: "لا يمكنك حجز موعد جديد حاليًا",
        what: "ألغيت أو غيّرت عدة مواعيد في الفترة الأخيرة. لذلك هناك مدة انتظار كي تكفي المواعيد للجميع.",
        advice: "يمكنك الحجز من جديد ابتداءً من: { $until }. هل تظن أن هذا خطأ؟ القرار للدائرة ويمكنها إلغاء مدة الانتظار. في الحالات العاجلة اتصل بالرقم 115.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Fact, History, Person, Phase, attempt::example, history};

    fn check(kinds: &[(HistoryKind, i64)]) -> Result<(), Refusal> {
        let event = |(kind, days): &(HistoryKind, i64)| {
            history::example(*kind, SignedDuration::from_hours(24 * days))
        };
        let history = History::new(kinds.iter().map(event));
        let person = Person { history, ..Person::default() };
        let attempt = Attempt { person: Some(&person), ..example() };
        Cancellations::check(&Settings { max: 2, days: 30 }, &attempt)
    }

    #[test]
    fn cancellations_and_moves_count_together_until_the_oldest_leaves_the_window() {
        use HistoryKind::{Cancelled, HoldAbandoned, Missed, Moved};
        assert_eq!(check(&[(Cancelled, 1), (Moved, 2), (HoldAbandoned, 3), (Missed, 4)]), Ok(()));
        let refusal = check(&[(Cancelled, 1), (Moved, 2), (Cancelled, 29)]).unwrap_err();
        assert!(refusal.has_its_arguments());
        assert!(refusal.facts.contains(&("until", Fact::at("2027-01-05T07:00:00Z"))));
        assert!(refusal.facts.contains(&("decided_by", "authority".into())));
        assert_eq!(check(&[(Cancelled, 1), (Moved, 2), (Cancelled, 30)]), Ok(()));
    }

    #[test]
    fn what_is_left_free_is_what_the_check_lets_pass() {
        let event =
            |days: i64| history::example(HistoryKind::Moved, SignedDuration::from_hours(24 * days));
        let settings = Settings { max: 2, days: 30 };
        let now = example().now;
        let cases: [(&[i64], u16); 4] = [(&[], 2), (&[1, 30], 1), (&[1, 29], 0), (&[1, 2, 3], 0)];
        for (days_ago, left) in cases {
            let history = History::new(days_ago.iter().map(|days| event(*days)));
            assert_eq!(settings.free_left(&history, now), left, "{days_ago:?}");
            let more = (0..=left).map(|_| event(0));
            let history = History::new(days_ago.iter().map(|days| event(*days)).chain(more));
            let person = Person { history, ..Person::default() };
            let attempt = Attempt { person: Some(&person), ..example() };
            assert!(Cancellations::check(&settings, &attempt).is_err(), "{days_ago:?}");
        }
    }

    #[test]
    fn what_is_done_while_a_slot_is_held_does_not_spoil_its_confirm() {
        let event = || history::example(HistoryKind::Cancelled, SignedDuration::ZERO);
        let history = History::new([event(), event(), event()]);
        let person = Person { history, ..Person::default() };
        let held_at = example().now - SignedDuration::from_mins(1);
        for (phase, allowed) in [(Phase::Confirm { held_at }, true), (Phase::Hold, false)] {
            let attempt = Attempt { phase, person: Some(&person), ..example() };
            let outcome = Cancellations::check(&Settings { max: 2, days: 30 }, &attempt);
            assert_eq!(outcome.is_ok(), allowed);
        }
    }
}
