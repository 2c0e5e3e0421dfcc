//! A waiting period before the next draw after drawn seats that were kept for a person and not taken.
//!
//! ```yaml
//! rules:
//!   declinedSeats: {max: 1, days: 90}   # one is free, after the second the person enters no draw
//! ```
//!
//! Where winners must confirm, a drawn seat is kept from everybody for hours or days. A person who wins
//! again and again and takes nothing keeps desks empty at no cost. Most people have one good reason, so
//! the first never counts, whatever is set.
//!
//! Declining and silence count alike: both kept the seat. A seat that ended because its day was closed,
//! or because the person had an appointment by then, does not count. It counts in the group of
//! services in which it was drawn, and it closes draws alone: whoever waits can book what is free, wait
//! in a list, and be helped at the desk.
//!
//! An entitled person is no exception, other than for the limits of
//! [`Attempt::limited_person`](super::Attempt::limited_person): a drawn seat is one of the dates that they could have,
//! and they left two of them. Only where draws alone give dates to an application, nothing is counted at all
//! (`catalogue::declined_limit`): there the next draw is the only way to the only date.
//!
//! Not prevented: whoever accepts the seat and cancels the appointment in its last hour keeps the desk empty as long,
//! and so does one who books another appointment of the group and cancels that. Both are cancellations, and the
//! rule `cancellations` limits them where a service states it.

use calendar::Channel;
use ids::GroupId;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Finding, History, HistoryEvent,
    HistoryKind, Needs, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings, limit,
};

/// The rule `declinedSeats`.
pub struct DeclinedSeats;

/// A waiting period before the next draw of the group after drawn seats that were declined or not accepted
/// in time. Where winners must confirm (`draw.confirmWithin`) it holds with `{max: 1, days: 90}` if it is
/// not stated. Never applies at the desk, or beside the rule `entitlement` where `allocation: draw` gives dates to an
/// application by draws alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DeclinedSeats")]
pub struct Settings {
    /// So many declined or lapsed seats are free; with one more the person waits. The first is always free.
    #[schemars(range(min = 1, max = 50))]
    pub max: u16,
    /// In the last so many days (of 24 hours).
    #[schemars(range(min = 1, max = 365))]
    pub days: u16,
}

/// Two in three months, as two declined offers cost a place in a waiting list.
impl Default for Settings {
    fn default() -> Self {
        Self { max: 1, days: 90 }
    }
}

impl Settings {
    /// As far back as it counts: days of 24 hours.
    #[must_use]
    pub fn window(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.days))
    }

    /// How many more seats can be declined or lapse at `at`: with one more than these the person waits.
    #[must_use]
    pub fn free_left(&self, history: &History, group: &GroupId, at: Timestamp) -> u16 {
        let used = self.counted(history, group, at).filter(|(until, _)| *until > at).count();
        self.max.max(1).saturating_sub(u16::try_from(used).unwrap_or(u16::MAX))
    }

    /// Until when the person can enter no draw of the group, by what they did until `at`; `None`: they can.
    #[must_use]
    pub fn left_out_until(
        &self,
        history: &History,
        group: &GroupId,
        at: Timestamp,
    ) -> Option<Timestamp> {
        limit::within_again(at, u32::from(self.max.max(1)), self.counted(history, group, at))
    }

    /// The seats of the group that were not taken until `at`, each with the moment at which it stops
    /// counting.
    fn counted<'h>(
        &self,
        history: &'h History,
        group: &'h GroupId,
        at: Timestamp,
    ) -> impl Iterator<Item = (Timestamp, u32)> + use<'h> {
        let window = self.window();
        let declined = move |event: &&HistoryEvent| {
            event.kind == HistoryKind::SeatDeclined && event.group == *group
        };
        history.counted(at).filter(declined).map(move |event| (event.at + window, 1))
    }
}

impl Rule for DeclinedSeats {
    type Settings = Settings;

    const KEY: &'static str = "declinedSeats";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-many-declined-seats",
        title: "The person did not take too many drawn seats and must wait before entering a draw again.",
        advice: "Enter a draw after `until`, or ask the authority: it decides, and staff can lift it.",
        kind: RuleProblemKind::Conflict,
        arguments: &[Argument { name: "until", kind: ArgumentKind::Instant }],
        texts: &TEXTS,
    };

    /// As far back as it counts.
    fn needs(settings: &Settings) -> Needs {
        Needs::history(settings.window())
    }

    /// Refuses an entry in a draw if more than `max` seats of the group were not taken in the days before,
    /// with the moment at which few enough of them are left in these days. Whatever else the person books is
    /// not refused.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let enters_online = attempt.enters_draw && attempt.channel != Channel::Staff;
        let Some(person) = attempt.person.filter(|_| enters_online) else { return Ok(()) };
        match settings.left_out_until(&person.history, attempt.group, attempt.judged_at()) {
            None => Ok(()),
            Some(until) => {
                let detail = "Drawn seats were declined, or not accepted in time.";
                Err(limit::refuse::<Self>(detail, until))
            }
        }
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
        title: "Sie können gerade online an keiner Verlosung teilnehmen",
        what: "Sie wurden mehrmals gezogen und haben den reservierten Termin nicht angenommen. So lange konnten ihn andere nicht bekommen. Danach gilt eine Wartezeit.",
        advice: "Online teilnehmen können Sie wieder ab: { $until }. Halten Sie das für falsch? Die Behörde entscheidet darüber und kann die Wartezeit aufheben. In dringenden Fällen rufen Sie 115 an.",
    },
    en: CitizenText {
        title: "You cannot enter a draw online at the moment",
        what: "You were drawn more than once and did not accept the appointment that was reserved for you. Others could not have it meanwhile. After that there is a waiting time.",
        advice: "You can enter online again from: { $until }. Do you think this is wrong? The authority decides and can lift the waiting time. In urgent cases call 115.",
    },
    de_easy: CitizenText {
        title: "Sie müssen noch warten",
        what: "Sie hatten bei der Verlosung Glück. Das war mehrmals so. Sie haben den Termin nicht genommen. Andere Menschen brauchen auch Termine.",
        advice: "Sie können im Internet wieder mitmachen ab: { $until }. Ist das falsch? Fragen Sie beim Amt. Das Amt entscheidet. Ist es eilig? Rufen Sie an: 115.",
    },
    tr: CitizenText {
        title: "Şu anda kuraya çevrim içi katılamazsınız",
        what: "Kurada adınız birkaç kez çıktı ve sizin için ayrılan randevuyu kabul etmediniz. Bu sürede başkaları onu alamadı. Bundan sonra bir bekleme süresi vardır.",
        advice: "Yeniden çevrim içi katılabileceğiniz zaman: { $until }. Yanlış olduğunu mu düşünüyorsunuz? Kararı daire verir ve bekleme süresini kaldırabilir. Acil durumda 115 numarasını arayın.",
    },
    uk: CitizenText {
        title: "Зараз ви не можете взяти участь у жеребкуванні онлайн",
        what: "Жереб випадав вам кілька разів, але ви не погодилися на запис, зарезервований для вас. Інші тим часом не могли його взяти. Тому діє час очікування.",
        advice: "Знову взяти участь онлайн можна з такого часу: { $until }. Вважаєте це помилкою? Вирішує установа, вона може скасувати очікування. У терміновому разі телефонуйте 115.",
    },
    ar: CitizenText {
        title: "لا يمكنك المشاركة في أي قرعة عبر الإنترنت حاليًا",
        what: "وقعت القرعة عليك أكثر من مرة ولم تقبل الموعد المحفوظ لك. ولم يستطع الآخرون أخذه في هذه الأثناء. بعد ذلك هناك مدة انتظار.",
        advice: "يمكنك المشاركة عبر الإنترنت من جديد ابتداءً من: { $until }. هل تظن أن هذا خطأ؟ القرار للدائرة ويمكنها إلغاء مدة الانتظار. في الحالات العاجلة اتصل بالرقم 115.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Fact, Person, attempt::example, history};

    const RULE: Settings = Settings { max: 1, days: 90 };

    fn declined(days_ago: i64) -> HistoryEvent {
        history::example(HistoryKind::SeatDeclined, SignedDuration::from_hours(24 * days_ago))
    }

    fn person(days_ago: &[i64]) -> Person {
        let history = History::new(days_ago.iter().map(|days| declined(*days)));
        Person { history, ..Person::default() }
    }

    fn enter(person: &Person) -> Result<(), Refusal> {
        let attempt = Attempt { enters_draw: true, person: Some(person), ..example() };
        DeclinedSeats::check(&RULE, &attempt)
    }

    #[test]
    fn one_is_free_and_after_the_second_one_waits_until_the_first_leaves_the_window() {
        assert_eq!(enter(&person(&[])), Ok(()));
        assert_eq!(enter(&person(&[1])), Ok(()));
        assert_eq!(enter(&person(&[1, 90])), Ok(()));
        let refusal = enter(&person(&[1, 89])).unwrap_err();
        assert!(refusal.has_its_arguments());
        assert!(refusal.facts.contains(&("until", Fact::at("2027-01-05T07:00:00Z"))));
        assert!(refusal.facts.contains(&("decided_by", "authority".into())));
    }

    #[test]
    fn nothing_but_an_entry_in_a_draw_is_refused() {
        let often = person(&[1, 2, 3]);
        let books = Attempt { person: Some(&often), ..example() };
        assert_eq!(DeclinedSeats::check(&RULE, &books), Ok(()));
        let at_desk = Attempt { channel: Channel::Staff, enters_draw: true, ..books };
        assert_eq!(DeclinedSeats::check(&RULE, &at_desk), Ok(()));
    }

    #[test]
    fn an_entitled_person_waits_as_well() {
        let entitled = Person { entitled: true, entitled_only_date: true, ..person(&[1, 2]) };
        assert!(enter(&entitled).is_err());
    }

    #[test]
    fn another_group_another_deed_and_what_staff_lifted_do_not_count() {
        let others = [
            HistoryEvent { group: "cars".parse().unwrap(), ..declined(1) },
            HistoryEvent { kind: HistoryKind::Cancelled, ..declined(2) },
            HistoryEvent { lifted: true, ..declined(3) },
            declined(4),
        ];
        let history = History::new(others);
        assert_eq!(enter(&Person { history, ..Person::default() }), Ok(()));
    }

    #[test]
    fn what_is_left_free_is_what_the_check_lets_pass() {
        let (group, now) = (example().group, example().now);
        let cases: [(&[i64], u16); 4] = [(&[], 1), (&[90], 1), (&[89], 0), (&[1, 2], 0)];
        for (days_ago, left) in cases {
            let history = person(days_ago).history;
            assert_eq!(RULE.free_left(&history, group, now), left, "{days_ago:?}");
            let one_more: Vec<_> = days_ago.iter().copied().chain([0]).collect();
            assert_eq!(enter(&person(&one_more)).is_ok(), left > 0, "{days_ago:?}");
        }
    }

    #[test]
    fn the_usual_numbers_are_not_remarked_on() {
        let all = RuleSettings::default();
        assert!(DeclinedSeats::lint(&RULE, &all).is_empty());
        assert_eq!(DeclinedSeats::lint(&Settings { max: 0, days: 93 }, &all).len(), 2);
    }
}
