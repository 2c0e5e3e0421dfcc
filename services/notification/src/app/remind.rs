//! When a person is reminded: never at night.

use ambient::berlin;
use jiff::{SignedDuration, Timestamp, civil::Time};

/// The day begins; no reminder is sent earlier.
const MORNING: Time = Time::constant(8, 0, 0, 0);
/// The day ends.
const EVENING: Time = Time::constant(20, 0, 0, 0);
/// When a reminder goes out that would fall into the following night.
const LAST_CALL: Time = Time::constant(19, 0, 0, 0);

/// When to remind of an appointment that begins at `starts_at`: `minutes_before`, or on the evening
/// before if that is at night. `None` if that moment is over.
pub(crate) fn reminder_at(
    starts_at: Timestamp,
    minutes_before: u32,
    now: Timestamp,
) -> Option<Timestamp> {
    let wished = starts_at.checked_sub(SignedDuration::from_mins(minutes_before.into())).ok()?;
    let local = wished.to_zoned_datetime(berlin());
    let at = match local.time() {
        time if time < MORNING => evening_of(local.date().yesterday().ok()?)?,
        time if time >= EVENING => evening_of(local.date())?,
        _ => wished,
    };
    (at > now).then_some(at)
}

/// Whether reminders wait until the morning.
pub(crate) fn is_night(now: Timestamp) -> bool {
    !(MORNING..EVENING).contains(&now.to_zoned_datetime(berlin()).time())
}

fn evening_of(date: jiff::civil::Date) -> Option<Timestamp> {
    Some(date.to_datetime(LAST_CALL).to_zoned_datetime(berlin()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const NOW: &str = "2027-01-01T09:00:00+01";

    #[test]
    fn a_reminder_by_day_comes_exactly_then() {
        let day_before = reminder_at(at("2027-01-13T10:30:00+01"), 24 * 60, at(NOW));
        assert_eq!(day_before, Some(at("2027-01-12T10:30:00+01")));
    }

    #[test]
    fn a_reminder_at_night_comes_the_evening_before() {
        let cases = [
            // One hour before eight in the morning.
            ("2027-01-13T08:00:00+01", 60, "2027-01-12T19:00:00+01"),
            // A day before half past seven.
            ("2027-01-13T07:30:00+01", 24 * 60, "2027-01-11T19:00:00+01"),
            // A day before nine in the evening.
            ("2027-01-13T21:00:00+01", 24 * 60, "2027-01-12T19:00:00+01"),
            // Across the change to summer time: a day is 24 hours, so 10:00 becomes 09:00.
            ("2027-03-28T10:00:00+02", 24 * 60, "2027-03-27T09:00:00+01"),
        ];
        for (starts, minutes, expected) in cases {
            assert_eq!(reminder_at(at(starts), minutes, at(NOW)), Some(at(expected)), "{starts}");
        }
    }

    #[test]
    fn there_is_no_reminder_of_a_moment_that_is_over() {
        let starts = at("2027-01-13T10:30:00+01");
        assert_eq!(reminder_at(starts, 24 * 60, at("2027-01-12T10:30:00+01")), None);
        assert_eq!(reminder_at(Timestamp::MIN, 1, at(NOW)), None);
    }

    #[test]
    fn whatever_the_setting_nobody_is_woken() {
        let starts = at("2027-03-20T09:00:00+01");
        for quarter in 0..4 * 24 * 14 {
            let starts = starts + SignedDuration::from_mins(15 * quarter);
            for minutes in [0, 15, 60, 600, 1440, 10_080] {
                let Some(reminder) = reminder_at(starts, minutes, at(NOW)) else { panic!() };
                let time = reminder.to_zoned_datetime(berlin()).time();
                assert!(MORNING <= time && time < EVENING, "{starts} {minutes}: {time}");
                assert!(reminder <= starts - SignedDuration::from_mins(minutes.into()));
            }
        }
    }

    #[test]
    fn a_night_is_from_eight_in_the_evening_to_eight_in_the_morning() {
        let nights = ["2027-01-12T20:00:00+01", "2027-01-13T00:00:00+01", "2027-07-13T07:59:59+02"];
        let days = ["2027-01-12T08:00:00+01", "2027-01-12T12:00:00+01", "2027-07-12T19:59:59+02"];
        assert!(nights.map(at).into_iter().all(is_night));
        assert!(!days.map(at).into_iter().any(is_night));
    }
}
