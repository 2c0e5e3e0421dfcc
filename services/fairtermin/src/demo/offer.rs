//! What the demo changes in the presets.

use ids::AuthorityId;

/// A text of a preset, and what stands there in the demo.
type Change = (&'static str, &'static str);

/// One service is drawn: there is always a draw that can be entered. An hour longer than a week, since the week
/// in which summer time ends is an hour longer by the clock on the wall. Winners have two days to confirm.
const DRAWN: &[(&str, &[Change])] = &[(
    "buergeramt",
    &[(
        "\n    beglaubigung:\n",
        "\n    beglaubigung:\n      allocation: draw-then-immediate\n      draw: {opensOn: monday, opensAt: \"10:00\", entryHours: 169, \
         weeksAhead: 3, desks: 1, confirmWithin: 48}\n",
    )],
)];

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
    fn what_is_changed_stands_in_the_preset_once() {
        for (of, changes) in DRAWN.iter().chain(SCARCE) {
            let (_, preset) = PRESETS.iter().find(|(id, _)| id == of).unwrap();
            for (from, _) in *changes {
                assert_eq!(preset.matches(*from).count(), 1, "{of}: {from}");
            }
        }
    }
}
