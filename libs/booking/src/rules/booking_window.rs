//! When a slot can be booked: the opening rule's window, and a narrower one per service.
//!
//! ```yaml
//! rules:
//!   bookingWindow: {fromDays: 2, toDays: 30}   # from the day after tomorrow up to 30 days ahead
//! ```
//!
//! Two windows, two owners. The location's opening rule says when its slots are given out at
//! all ([`calendar::BookingWindow`], with the time of day at which a new day opens); a service
//! that needs more preparation, or is too popular to be given out far ahead, narrows it here. A
//! slot must be in both.
//!
//! The rule always holds, since the opening rule's window does. Days are local ones, counted
//! from midnight; for minutes before the start see [`lead_time`](super::lead_time).

use std::sync::LazyLock;

use calendar::Channel;
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Attempt, CitizenText, CitizenTexts, Finding, Refusal, Rule, RuleProblem, RuleProblemKind,
    RuleSettings,
};

/// The rule `bookingWindow`. Not the window itself, which is [`calendar::BookingWindow`].
pub struct BookingWindow;

/// The service can be booked so many days ahead. The opening rule has a window too (ZMS:
/// `startInDays`, `endInDays`); a slot must be in both. Staff may book from today on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[schemars(rename = "BookingWindow")]
pub struct Settings {
    /// At least so many days ahead. 0: today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_days: Option<u16>,
    /// At most so many days ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_days: Option<u16>,
}

impl Rule for BookingWindow {
    type Settings = Settings;

    const KEY: &'static str = "bookingWindow";

    const PROBLEM: &'static RuleProblem = &RuleProblem {
        code: "outside-booking-window",
        title: "This slot cannot be booked now.",
        advice: "Choose a `start` from `GET /v1/availability/slots`. If this one is not open yet, `from` tells since when it will be.",
        kind: RuleProblemKind::Invalid,
        arguments: &[],
        texts: &TEXTS,
    };

    const ALWAYS: bool = true;

    /// In this order: past, not yet, no longer, too far ahead, too soon. For staff the end of
    /// the opening rule's window and `fromDays` do not count, its beginning and `toDays` do:
    /// seats that are not given out yet cannot be booked.
    ///
    /// What is not open yet carries `from`, the moment at which both windows are open, so that
    /// a person can come back then. What has passed carries `closed` if the opening rule closed
    /// it.
    fn check(settings: &Settings, attempt: &Attempt<'_>) -> Result<(), Refusal> {
        let staff = attempt.channel == Channel::Staff;
        if attempt.start <= attempt.now {
            return Err(refuse("The slot lies in the past."));
        }
        if attempt.now < attempt.window.opens {
            let refusal = refuse("The slot cannot be booked yet.");
            return Err(refusal.with("from", opens(settings, attempt)));
        }
        if !staff && attempt.judged_at() >= attempt.window.closes {
            return Err(
                refuse("The slot can no longer be booked.").with("closed", attempt.window.closes)
            );
        }
        let ahead = days_between(attempt.today, attempt.date);
        if settings.to_days.is_some_and(|days| ahead > i32::from(days)) {
            let refusal = refuse("This service cannot be booked so far ahead.");
            return Err(refusal.with("from", opens(settings, attempt)));
        }
        if !staff && settings.from_days.is_some_and(|days| ahead < i32::from(days)) {
            return Err(refuse("This service must be booked further ahead."));
        }
        Ok(())
    }

    /// A window that never opens makes a service that cannot be booked.
    fn lint(settings: &Settings, _: &RuleSettings) -> Vec<Finding> {
        match (settings.from_days, settings.to_days) {
            (Some(from), Some(to)) if from > to => vec![Finding::new(
                "",
                format!("nobody can book from {from} days ahead and up to {to} days ahead"),
                "make `fromDays` smaller than `toDays`",
            )],
            _ => Vec::new(),
        }
    }
}

/// The one refusal of this rule, with the reason for developers.
fn refuse(detail: &str) -> Refusal {
    Refusal::new(BookingWindow::PROBLEM, detail)
}

/// From when on both windows let people book the slot: the service's opens at a local midnight.
///
/// In Europe/Berlin: a day of 23 or 25 hours does not move that midnight.
fn opens(settings: &Settings, attempt: &Attempt<'_>) -> Timestamp {
    static BERLIN: LazyLock<TimeZone> = LazyLock::new(ambient::berlin);
    let first_day =
        settings.to_days.map(|days| attempt.date.saturating_sub(i64::from(days).days()));
    let midnight = first_day.and_then(|day| day.to_zoned_datetime(BERLIN.clone()).ok());
    let service = midnight.map_or(Timestamp::MIN, |midnight| midnight.timestamp());
    service.max(attempt.window.opens)
}

/// Calendar days: from today 23:59 to tomorrow 00:01 is one. Negative if `date` is past.
fn days_between(today: Date, date: Date) -> i32 {
    // Both are days of our time: far fewer than `i32::MAX` lie between them.
    date.duration_since(today).as_hours().div_euclid(24).try_into().unwrap_or(i32::MAX)
}

/// One text for all five cases: another day helps in each.
const TEXTS: CitizenTexts = CitizenTexts {
    de: CitizenText {
        title: "Diesen Tag können Sie noch nicht oder nicht mehr buchen",
        what: "Die Behörde gibt ihre Termine erst einige Zeit vorher frei.",
        advice: "Wählen Sie einen anderen Tag.",
    },
    en: CitizenText {
        title: "You cannot book this day yet, or no longer",
        what: "The authority opens its appointments only some time ahead.",
        advice: "Choose another day.",
    },
    de_easy: CitizenText {
        title: "Diesen Tag können Sie nicht buchen",
        what: "Der Tag ist zu weit weg. Oder er ist vorbei.",
        advice: "Wählen Sie einen anderen Tag.",
    },
    tr: CitizenText {
        title: "Bu gün henüz veya artık alınamaz",
        what: "Randevular, randevu gününden belirli bir süre önce açılır.",
        advice: "Başka bir gün seçin.",
    },
    uk: CitizenText {
        title: "На цей день ще або вже не записують",
        what: "Записи відкривають за певну кількість днів до прийому.",
        advice: "Виберіть інший день.",
    },
    ar: CitizenText {
        title: "لا يمكن حجز هذا اليوم بعد أو لم يعد ممكنًا",
        what: "لا تُفتح المواعيد إلا قبل عدد محدد من الأيام.",
        advice: "اختر يومًا آخر.",
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Fact, Phase, attempt::example};

    /// In Berlin, in January 2027.
    fn midnight(day: &str) -> Timestamp {
        format!("2027-01-{day}T00:00:00+01:00").parse().unwrap()
    }

    fn check(
        from_days: Option<u16>,
        to_days: Option<u16>,
        attempt: &Attempt<'_>,
    ) -> Option<String> {
        BookingWindow::check(&Settings { from_days, to_days }, attempt).err().map(|r| r.detail)
    }

    #[test]
    fn a_service_can_narrow_the_window_at_both_ends() {
        let attempt = example();
        assert_eq!(check(None, None, &attempt), None);
        assert_eq!(check(Some(7), Some(7), &attempt), None);
        assert!(check(Some(8), None, &attempt).unwrap().contains("further ahead"));
        assert!(check(None, Some(6), &attempt).unwrap().contains("so far ahead"));
        let staff = Attempt { channel: Channel::Staff, ..attempt };
        assert_eq!(check(Some(8), None, &staff), None);
    }

    #[test]
    fn the_opening_rules_window_counts_first() {
        let attempt = example();
        let later = attempt.now + jiff::SignedDuration::from_secs(1);
        let not_yet = calendar::BookingWindow { opens: later, ..attempt.window };
        let refusal = check(None, None, &Attempt { window: not_yet, ..attempt.clone() });
        assert!(refusal.unwrap().contains("yet"));
        for (to_days, from) in [(None, later), (Some(30), later), (Some(6), midnight("05"))] {
            let attempt = Attempt { window: not_yet, ..attempt.clone() };
            let refusal = BookingWindow::check(&Settings { from_days: None, to_days }, &attempt);
            assert_eq!(refusal.unwrap_err().facts, [("from", Fact::Instant(from))]);
        }
        let settings = Settings { from_days: None, to_days: Some(5) };
        let refusal = BookingWindow::check(&settings, &attempt).unwrap_err();
        assert_eq!(refusal.facts, [("from", Fact::Instant(midnight("06")))]);
        let over = calendar::BookingWindow { closes: attempt.now, ..attempt.window };
        let late = Attempt { window: over, ..attempt };
        assert!(check(None, None, &late).unwrap().contains("no longer"));
        assert_eq!(check(None, None, &Attempt { channel: Channel::Staff, ..late }), None);
    }

    #[test]
    fn a_slot_held_in_time_can_be_confirmed_after_the_window_closed() {
        let attempt = example();
        let held_at = attempt.now - jiff::SignedDuration::from_secs(1);
        let window = calendar::BookingWindow { opens: held_at, closes: attempt.now };
        let confirm = Attempt { phase: Phase::Confirm { held_at }, window, ..attempt };
        assert_eq!(check(None, None, &confirm), None);
        let too_late = Attempt { phase: Phase::Confirm { held_at: confirm.now }, ..confirm };
        assert!(check(None, None, &too_late).unwrap().contains("no longer"));
    }

    #[test]
    fn the_past_is_past_even_for_staff() {
        let attempt = Attempt { channel: Channel::Staff, ..example() };
        let begun = Attempt { start: attempt.now, ..attempt };
        assert!(check(None, None, &begun).unwrap().contains("past"));
        let held_at = begun.now - jiff::SignedDuration::from_mins(5);
        let confirm = Attempt { phase: Phase::Confirm { held_at }, ..begun };
        assert!(check(None, None, &confirm).unwrap().contains("past"));
    }

    #[test]
    fn a_window_that_never_opens_is_found() {
        let settings = Settings { from_days: Some(9), to_days: Some(3) };
        assert_eq!(BookingWindow::lint(&settings, &RuleSettings::default()).len(), 1);
    }
}
