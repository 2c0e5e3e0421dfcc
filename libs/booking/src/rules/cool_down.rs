//! A waiting period after an appointment that was missed without cancelling.
//!
//! ```yaml
//! rules:
//!   coolDown: {days: 14, lateCancellationHours: 12}
//! ```
//!
//! An appointment that is missed helps nobody; one that is cancelled in time helps the next
//! person. The wait makes the difference felt, and only in the group of services of what was
//! missed: an identity card that was not fetched is no reason to keep somebody from registering
//! a home.
//!
//! With `lateCancellationHours`, giving up a seat so late that it cannot be used again is half
//! a miss. One is forgiven, two within the wait are one miss. So a person who is ill once loses
//! nothing.
//!
//! A miss is what staff say it is: it begins when they mark the booking, and goes away if the
//! person comes after all. A booking that a job closes because the desk left it open is none.
//! The slot service remembers history for 366 days at most, so longer waits end then.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Finding, HistoryEvent, HistoryKind,
    Needs, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings, limit,
};

/// The rule `coolDown`.
pub struct CoolDown;

/// A waiting period in the group of an appointment that was missed without cancelling (ZMS has
/// none). Never applies at the desk, where urgent visits are booked, or to the only date of an
/// entitled person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "CoolDown")]
pub struct Settings {
    /// How many days (of 24 hours) from the moment at which staff marked it as missed.
    #[schemars(range(min = 1, max = 365))]
    pub days: u16,
    /// Cancelling or moving less than so many hours before the start is half a miss: two within
    /// `days` count as one miss, from the second on. Default: it never is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 168))]
    pub late_cancellation_hours: Option<u16>,
}

impl Settings {
    /// Days of 24 hours of elapsed time.
    fn wait(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.days))
    }

    /// Measured from the act to the start of the visit. Exactly so many hours ahead is still in
    /// time. Never, if the setting is left out.
    fn is_late_cancellation(&self, event: &HistoryEvent) -> bool {
        let given_up = matches!(event.kind, HistoryKind::Cancelled | HistoryKind::Moved);
        let notice = event.starts_at.duration_since(event.at);
        given_up
            && self
                .late_cancellation_hours
                .is_some_and(|hours| notice < SignedDuration::from_hours(i64::from(hours)))
    }
}

impl Rule for CoolDown {
    type Settings = Settings;

    const KEY: &'static str = "coolDown";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "cooling-down",
        title: "The person missed an appointment and must wait before booking again.",
        advice: "Book after `until`, or ask the authority: it decides, and staff can lift it.",
        kind: RuleProblemKind::Conflict,
        arguments: &[Argument { name: "until", kind: ArgumentKind::Instant }],
        texts: &TEXTS,
    };

    /// The half is looked for only if late cancellations count.
    fn needs(settings: &Settings) -> Needs {
        // The first half of a miss is up to one wait older than the second.
        let waits = if settings.late_cancellation_hours.is_some() { 2 } else { 1 };
        Needs::history(settings.wait() * waits)
    }

    /// The later of the last miss and the second half of the last pair begins the wait; it ends
    /// `days` after that, to the second. Pairs are neighbours in time: three late
    /// cancellations, each within the wait of the one before, renew it.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let Some(person) = attempt.limited_person() else { return Ok(()) };
        let at = attempt.judged_at();
        let in_group = || {
            let events = person.history.counted(at);
            events.filter(|event| event.group == *attempt.group)
        };
        let missed = in_group().filter(|event| event.kind == HistoryKind::Missed);
        let missed = missed.map(|event| event.at).max();
        let late: Vec<Timestamp> = in_group()
            .filter(|event| settings.is_late_cancellation(event))
            .map(|event| event.at)
            .collect();
        let halves = late
            .array_windows()
            .filter(|[first, second]| second.duration_since(*first) < settings.wait());
        let Some(last) = missed.max(halves.map(|[_, second]| *second).max()) else {
            return Ok(());
        };
        let until = last.saturating_add(settings.wait()).unwrap_or(Timestamp::MAX);
        if at >= until {
            return Ok(());
        }
        let detail = "An appointment in this group was missed without cancelling, or two were \
                      cancelled very late.";
        Err(limit::refuse::<Self>(detail, until))
    }

    /// Longer than three months is allowed and remarked on.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        if (1..=92).contains(&settings.days) {
            return Vec::new();
        }
        vec![Finding::new(
            "days",
            format!("{} days are no proportionate wait", settings.days),
            "set 1 to 92 days, or leave the rule out",
        )]
    }
}

const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Sie können gerade keinen neuen Termin buchen",
        what: "Sie sind zu einem Termin nicht gekommen oder haben mehrmals sehr spät abgesagt oder verschoben. Danach gilt eine Wartezeit, damit Termine nicht verfallen.",
        advice: "Wieder buchen können Sie ab: { $until }. Halten Sie das für falsch? Die Behörde entscheidet darüber und kann die Wartezeit aufheben. In dringenden Fällen rufen Sie 115 an.",
    },
    en: CitizenText {
        title: "You cannot book a new appointment at the moment",
        what: "You missed an appointment, or cancelled or moved very late more than once. After that there is a waiting time, so that appointments are not wasted.",
        advice: "You can book again from: { $until }. Do you think this is wrong? The authority decides and can lift the waiting time. In urgent cases call 115.",
    },
    de_easy: CitizenText {
        title: "Sie müssen noch warten",
        what: "Sie hatten einen Termin. Sie sind nicht gekommen. Oder Sie haben sehr spät abgesagt oder verschoben. Darum müssen Sie eine Zeit lang warten.",
        advice: "Sie können wieder buchen ab: { $until }. Ist das falsch? Fragen Sie beim Amt. Das Amt entscheidet. Ist es eilig? Rufen Sie an: 115.",
    },
    tr: CitizenText {
        title: "Şu anda yeni randevu alamazsınız",
        what: "Bir randevuya gelmediniz veya birkaç kez çok geç iptal ettiniz ya da ertelediniz. Randevular boşa gitmesin diye bir bekleme süresi vardır.",
        advice: "Yeniden randevu alabileceğiniz zaman: { $until }. Yanlış olduğunu mu düşünüyorsunuz? Kararı daire verir ve bekleme süresini kaldırabilir. Acil durumda 115 numarasını arayın.",
    },
    uk: CitizenText {
        title: "Зараз ви не можете записатися",
        what: "Ви не прийшли на прийом або кілька разів надто пізно скасували чи перенесли його. Тому діє час очікування, щоб місця не пропадали.",
        advice: "Знову записатися можна з такого часу: { $until }. Вважаєте це помилкою? Вирішує установа, вона може скасувати очікування. У терміновому разі телефонуйте 115.",
    },
    ar: CitizenText {
        title: "لا يمكنك حجز موعد جديد حاليًا",
        what: "لم تحضر موعدًا أو ألغيت أو غيّرت موعدك أكثر من مرة في وقت متأخر جدًا. لذلك هناك مدة انتظار كي لا تضيع المواعيد.",
        advice: "يمكنك الحجز من جديد ابتداءً من: { $until }. هل تظن أن هذا خطأ؟ القرار للدائرة ويمكنها إلغاء مدة الانتظار. في الحالات العاجلة اتصل بالرقم 115.",
    },
};

#[cfg(test)]
mod tests {
    use calendar::Channel;

    use super::*;
    use crate::rules::{Fact, History, Person, attempt::example, history};

    const HOUR: SignedDuration = SignedDuration::from_hours(1);
    const FORTNIGHT: SignedDuration = SignedDuration::from_hours(14 * 24);

    fn check(
        events: impl IntoIterator<Item = HistoryEvent>,
        channel: Channel,
    ) -> Result<(), Refusal> {
        let person = Person { history: History::new(events), ..Person::default() };
        let attempt = Attempt { person: Some(&person), channel, ..example() };
        CoolDown::check(&Settings { days: 14, late_cancellation_hours: Some(24) }, &attempt)
    }

    fn cancelled(ago: SignedDuration, notice: SignedDuration) -> HistoryEvent {
        let event = history::example(HistoryKind::Cancelled, ago);
        HistoryEvent { starts_at: event.at + notice, ..event }
    }

    #[test]
    fn who_missed_waits_to_the_second_and_staff_may_help() {
        let missed = |ago| history::example(HistoryKind::Missed, ago);
        assert_eq!(check([missed(FORTNIGHT)], Channel::Public), Ok(()));
        let just = missed(FORTNIGHT - SignedDuration::from_secs(1));
        let refusal = check([just], Channel::Public).unwrap_err();
        assert!(refusal.has_its_arguments());
        assert!(refusal.facts.contains(&("until", Fact::at("2027-01-04T07:00:01Z"))));
        assert_eq!(check([missed(SignedDuration::ZERO)], Channel::Staff), Ok(()));
        assert_eq!(check([], Channel::Public), Ok(()));
    }

    #[test]
    fn a_miss_in_another_group_does_not_count() {
        let missed = history::example(HistoryKind::Missed, HOUR);
        let elsewhere = HistoryEvent { group: "plates".parse().unwrap(), ..missed };
        assert_eq!(check([elsewhere], Channel::Public), Ok(()));
    }

    #[test]
    fn two_late_cancellations_are_one_miss_from_the_second_on() {
        let day = HOUR * 24;
        assert_eq!(check([cancelled(HOUR, HOUR)], Channel::Public), Ok(()));
        // Early enough: a whole day before.
        assert_eq!(check([cancelled(day, HOUR), cancelled(HOUR, day)], Channel::Public), Ok(()));
        let two = check([cancelled(day, HOUR), cancelled(HOUR, HOUR)], Channel::Public);
        let until = ("until", Fact::at("2027-01-18T06:00:00Z"));
        assert!(two.unwrap_err().facts.contains(&until));
        // Further apart than the wait: each is forgotten before the next.
        let apart = [cancelled(FORTNIGHT + HOUR, HOUR), cancelled(HOUR, HOUR)];
        assert_eq!(check(apart, Channel::Public), Ok(()));
    }

    #[test]
    fn who_cancels_late_once_a_wait_is_over_is_free() {
        let old = [cancelled(FORTNIGHT + HOUR, HOUR), cancelled(FORTNIGHT, HOUR)];
        assert_eq!(check(old, Channel::Public), Ok(()));
    }

    #[test]
    fn the_history_reaches_as_far_back_as_the_first_half_of_a_miss() {
        let needs = |late_cancellation_hours| {
            CoolDown::needs(&Settings { days: 14, late_cancellation_hours }).history
        };
        assert_eq!(needs(None), Some(FORTNIGHT));
        assert_eq!(needs(Some(24)), Some(FORTNIGHT * 2));
    }
}
