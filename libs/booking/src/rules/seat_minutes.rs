//! How much desk time one person may keep from others in a day.
//!
//! ```yaml
//! rules:
//!   seatMinutes: {max: 240}
//! ```
//!
//! [`abandoned_holds`](super::abandoned_holds) and [`cancellations`](super::cancellations)
//! count how often; this counts how much. A person who holds for a family of five and gives up
//! keeps up to five times as much from others as one who comes alone. Without it, few and long
//! holds would slip through both.
//!
//! A seat counts on each local day on which others could not have it: on the day on which it
//! was given up, and until its last possible return. The limit begins anew at midnight in
//! Berlin, because "today" is what people understand. A missed appointment is the matter of
//! [`cool_down`](super::cool_down), a drawn seat that is not taken that of
//! [`declined_seats`](super::declined_seats).

use ambient::berlin;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Argument, ArgumentKind, Attempt, CitizenText, CitizenTexts, Finding, HistoryEvent, HistoryKind,
    Needs, Refusal, Rule, RuleProblem, RuleProblemKind, RuleSettings, limit,
};

/// The rule `seatMinutes`.
pub struct SeatMinutes;

/// One person keeps at most so much desk time a day from others by holds and bookings that are
/// given up or moved. Companions count, because they make visits longer, and so does each day on
/// which the seat is still returning. Counts at all places and services of the authority; one single
/// visit that is given up never counts. Never applies at the desk, where urgent visits are
/// booked, or to the only date of an entitled person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SeatMinutes")]
pub struct Settings {
    /// So many minutes in a local day are free; with more the person waits for the next day.
    #[schemars(range(min = 15, max = 960))]
    pub max: u32,
}

impl Rule for SeatMinutes {
    type Settings = Settings;

    const KEY: &'static str = "seatMinutes";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "too-many-seat-minutes",
        title: "The person kept too much desk time from others and must wait before holding again.",
        advice: "Try again after `until`, or ask the authority: it decides, and staff can lift it.",
        kind: RuleProblemKind::Conflict,
        arguments: &[Argument { name: "until", kind: ArgumentKind::Instant }],
        texts: &TEXTS,
    };

    /// Not the day alone: what was given up days ago may be returning still.
    fn needs(_: &Settings) -> Needs {
        Needs::history(LONGEST_RETURN)
    }

    /// Refuses if more than `max` minutes count and they come from more than one visit, with
    /// the midnight at which few enough are left.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let Some(person) = attempt.limited_person() else { return Ok(()) };
        let at = attempt.judged_at();
        let kept: Vec<_> = person
            .history
            .counted(at)
            .filter(|event| match event.kind {
                HistoryKind::HoldAbandoned | HistoryKind::Cancelled | HistoryKind::Moved => true,
                HistoryKind::Missed | HistoryKind::SeatDeclined => false,
            })
            .map(|event| (end_of_last_day(event), event.seat_minutes))
            .filter(|(until, _)| *until > at)
            .collect();
        match limit::within_again(at, settings.max, kept.iter().copied()) {
            Some(until) if kept.len() > 1 => {
                let detail = "Too much desk time was held or booked and given up again.";
                Err(limit::refuse::<Self>(detail, until))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The schema says the same to files that it sees.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        if settings.max >= 15 {
            return Vec::new();
        }
        vec![Finding::new(
            "max",
            format!("{} minutes are less than two short visits", settings.max),
            "set 15 minutes or more",
        )]
    }
}

/// How far back a seat that is still returning can have been given up: the longest release that a
/// catalogue can state, and the day itself.
const LONGEST_RETURN: SignedDuration = SignedDuration::from_hours(8 * 24);

/// The last local day on which the seat was kept from others ends then.
///
/// Midnight in Europe/Berlin, the day may have 23, 24 or 25 hours.
fn end_of_last_day(event: &HistoryEvent) -> Timestamp {
    let last = berlin().to_datetime(event.returned_by.max(event.at)).date();
    last.tomorrow()
        .and_then(|day| berlin().to_timestamp(day.at(0, 0, 0, 0)))
        .unwrap_or(Timestamp::MAX)
}

/// "Today", since the limit is of a day; `until` may still be a later midnight.
const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Sie können heute keinen weiteren Termin reservieren",
        what: "Sie haben mehrere Termine reserviert oder gebucht und wieder aufgegeben. Diese Zeit konnten andere nicht nutzen.",
        advice: "Wieder buchen können Sie ab: { $until }. Halten Sie das für falsch? Die Behörde entscheidet darüber und kann die Wartezeit aufheben. In dringenden Fällen rufen Sie 115 an.",
    },
    en: CitizenText {
        title: "You cannot reserve another appointment today",
        what: "You reserved or booked several appointments and gave them up again. Others could not use this time.",
        advice: "You can book again from: { $until }. Do you think this is wrong? The authority decides and can lift the waiting time. In urgent cases call 115.",
    },
    de_easy: CitizenText {
        title: "Sie müssen noch warten",
        what: "Sie haben mehrere Termine genommen. Und wieder abgegeben. Andere Menschen brauchen auch Termine.",
        advice: "Sie können wieder buchen ab: { $until }. Ist das falsch? Fragen Sie beim Amt. Das Amt entscheidet. Ist es eilig? Rufen Sie an: 115.",
    },
    tr: CitizenText {
        title: "Bugün başka randevu ayırtamazsınız",
        what: "Birkaç randevu ayırttınız veya aldınız ve sonra vazgeçtiniz. Bu zaman başkalarına kalmadı.",
        advice: "Yeniden randevu alabileceğiniz zaman: { $until }. Yanlış olduğunu mu düşünüyorsunuz? Kararı daire verir ve bekleme süresini kaldırabilir. Acil durumda 115 numarasını arayın.",
    },
    uk: CitizenText {
        title: "Сьогодні ви більше не можете резервувати",
        what: "Ви зарезервували або оформили кілька записів і відмовилися від них. Цього часу бракує іншим.",
        advice: "Знову записатися можна з такого часу: { $until }. Вважаєте це помилкою? Вирішує установа, вона може скасувати очікування. У терміновому разі телефонуйте 115.",
    },
    ar: CitizenText {
        title: "لا يمكنك حفظ موعد آخر اليوم",
        what: "حفظت أو حجزت عدة مواعيد ثم تخليت عنها. وهذا الوقت ينقص الآخرين.",
        advice: "يمكنك الحجز من جديد ابتداءً من: { $until }. هل تظن أن هذا خطأ؟ القرار للدائرة ويمكنها إلغاء مدة الانتظار. في الحالات العاجلة اتصل بالرقم 115.",
    },
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::{Fact, History, Person, attempt::example, history};

    fn given_up(minutes: u32, returned_by: &str) -> HistoryEvent {
        let event = history::example(HistoryKind::HoldAbandoned, SignedDuration::from_hours(1));
        HistoryEvent { seat_minutes: minutes, returned_by: returned_by.parse().unwrap(), ..event }
    }

    fn check(max: u32, events: Vec<HistoryEvent>) -> Option<Fact> {
        let person = Person { history: History::new(events), ..Person::default() };
        let attempt = Attempt { person: Some(&person), ..example() };
        let refusal = SeatMinutes::check(&Settings { max }, &attempt).err()?;
        assert!(refusal.has_its_arguments());
        refusal.facts.into_iter().find(|(name, _)| *name == "until").map(|(_, until)| until)
    }

    #[test]
    fn who_kept_too_much_waits_for_the_next_local_day() {
        let today = "2027-01-04T06:10:00Z";
        assert_eq!(check(60, vec![given_up(30, today), given_up(30, today)]), None);
        let until = check(60, vec![given_up(30, today), given_up(31, today)]);
        assert_eq!(until, Some(Fact::at("2027-01-04T23:00:00Z")));
    }

    #[test]
    fn one_visit_that_is_given_up_never_counts_however_long_it_is() {
        assert_eq!(check(60, vec![given_up(300, "2027-01-04T06:10:00Z")]), None);
    }

    #[test]
    fn a_seat_counts_for_as_long_as_it_is_returning() {
        let events = || {
            vec![
                given_up(40, "2027-01-04T06:10:00Z"),
                given_up(40, "2027-01-05T22:59:59Z"),
                given_up(40, "2027-01-05T23:00:00Z"),
            ]
        };
        assert_eq!(check(90, events()), Some(Fact::at("2027-01-04T23:00:00Z")));
        assert_eq!(check(60, events()), Some(Fact::at("2027-01-05T23:00:00Z")));
        assert_eq!(check(30, events()), Some(Fact::at("2027-01-06T23:00:00Z")));
    }

    #[test]
    fn what_was_missed_is_the_cool_downs_matter() {
        let missed =
            || HistoryEvent { kind: HistoryKind::Missed, ..given_up(90, "2027-01-04T06:10:00Z") };
        assert_eq!(check(60, vec![missed(), missed()]), None);
    }

    proptest! {
        #[test]
        fn a_day_never_counts_longer_than_until_its_midnight_in_berlin(hours in 0_i64..24 * 400) {
            let moment = example().now + SignedDuration::from_hours(hours);
            let event = HistoryEvent { returned_by: moment, ..given_up(1, "2027-01-04T07:00:00Z") };
            let end = berlin().to_datetime(end_of_last_day(&event));
            let day = berlin().to_datetime(moment).date();
            prop_assert_eq!(end, day.tomorrow().unwrap().to_datetime(jiff::civil::Time::midnight()));
        }
    }
}
