//! What the demo changes in the presets.

use ambient::berlin;
use ids::AuthorityId;
use jiff::{Timestamp, ToSpan as _, civil::Time};

/// A text of a preset, and what stands there in the demo.
type Change = (&'static str, &'static str);

/// One service of each of these is drawn: there is always a draw that can be entered. An hour longer than a week,
/// since the week in which summer time ends is an hour longer by the clock on the wall. Winners at the Bürgeramt have
/// two days to confirm. LEA draws earlier appointments: on Saturday evening for the week after next, so its week
/// begins in one to nine days on any day of the demo. Two weeks are bookable, so there are later appointments.
const DRAWN: &[(&str, &[Change])] = &[
    (
        "buergeramt",
        &[(
            "\n    beglaubigung:\n",
            "\n    beglaubigung:\n      allocation: draw-then-immediate\n      draw: {opensOn: monday, opensAt: \"10:00\", entryHours: 169, \
             weeksAhead: 3, desks: 1, confirmWithin: 48}\n",
        )],
    ),
    (
        "lea",
        &[(
            "draw: {opensOn: monday, opensAt: \"10:00\", desks: 2, entrants: with-appointment}",
            "draw: {opensOn: saturday, opensAt: \"20:00\", entryHours: 169, weeksAhead: 2, desks: 2, entrants: with-appointment}",
        )],
    ),
];

/// So few desks that some hundred people fill the next days; and at the immigration office two weeks
/// ahead instead of eight, with a waiting list for two services of the place that is full.
const SCARCE: &[(&str, &[Change])] = &[
    (
        "lea",
        &[
            ("{public: 16, phone: 16, staff: 20}", "{public: 1, phone: 2, staff: 20}"),
            ("{fromDays: 1, toDays: 56, ", "{fromDays: 1, toDays: 14, "),
            ("\n    blaue-karte-eu:\n", "\n    blaue-karte-eu:\n      waitingList: {}\n"),
            (
                "\n    aufenthaltserlaubnis-beschaeftigung:\n",
                "\n    aufenthaltserlaubnis-beschaeftigung:\n      waitingList: {}\n",
            ),
        ],
    ),
    (
        "buergeramt",
        &[
            ("{public: 6, phone: 7, staff: 8}", "{public: 2, phone: 3, staff: 8}"),
            ("{public: 4, phone: 5, staff: 6}", "{public: 1, phone: 2, staff: 6}"),
        ],
    ),
    ("kfz", &[("{public: 10, phone: 11, staff: 12}", "{public: 1, phone: 2, staff: 12}")]),
];

/// An hour after the draw of earlier appointments closes. Its result is known then.
const RESULT: Time = Time::constant(22, 0, 0, 0);
/// Saturday, counted from Monday.
const SATURDAY: i64 = 5;

/// After how many hours the result of the draw of earlier appointments is known, and all its seats still lie ahead.
pub fn hours_to_result(now: Timestamp) -> i64 {
    let today = berlin().to_datetime(now).date();
    let ahead = SATURDAY - i64::from(today.weekday().to_monday_zero_offset());
    let until = |days: i64| {
        let day = today.saturating_add(days.days());
        let result = berlin().to_ambiguous_timestamp(day.to_datetime(RESULT)).compatible();
        result.unwrap_or(Timestamp::MAX).duration_since(now)
    };
    let next = [ahead, ahead + 7].into_iter().map(until).find(|wait| wait.is_positive());
    // What has begun counts as an hour.
    next.map_or(0, |wait| wait.as_hours() + 1)
}

/// Whether an authority has a draw that can be entered at any time.
pub fn has_draws(authority: &AuthorityId) -> bool {
    DRAWN.iter().any(|(of, _)| *of == authority.as_str())
}

/// The preset of an authority as the demo runs it.
pub fn catalogue(authority: &AuthorityId, preset: &str, is_scarce: bool) -> String {
    let scarce: &[(&str, &[Change])] = if is_scarce { SCARCE } else { &[] };
    let mut text = preset.to_owned();
    for (of, changes) in DRAWN.iter().chain(scarce) {
        if *of == authority.as_str() {
            for (from, to) in *changes {
                text = text.replacen(*from, to, 1);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::places::PRESETS;

    #[test]
    fn the_result_is_known_on_saturday_at_ten_in_the_evening() {
        let hours = |now: &str| hours_to_result(now.parse().unwrap());
        assert_eq!(hours("2027-01-11T10:30:00+01:00"), 132);
        assert_eq!(hours("2027-01-16T21:59:00+01:00"), 1);
        assert_eq!(hours("2027-01-16T22:30:00+01:00"), 168);
        assert_eq!(hours("2027-01-17T22:00:00+01:00"), 6 * 24 + 1);
    }

    #[test]
    fn what_is_changed_stands_in_the_preset_once() {
        for (of, changes) in DRAWN.iter().chain(SCARCE) {
            let (_, preset) = PRESETS.iter().find(|(id, _)| id == of).unwrap();
            for (from, _) in *changes {
                assert_eq!(preset.matches(*from).count(), 1, "{of}: {from}");
            }
        }
    }
}
