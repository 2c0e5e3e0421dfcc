//! What a change would do.

use std::collections::BTreeMap;

use catalogue::{changes, changes_table, preview::parse_bookings};

use crate::office;

fn table(replacements: &[(&str, &str)], bookings: &str) -> String {
    let (before, after) = (office(&[]), office(replacements));
    let bookings = parse_bookings("bookings.json", bookings).unwrap();
    let by_location = BTreeMap::from([("mitte".parse().unwrap(), bookings)]);
    let range = ("2027-01-01".parse().unwrap(), "2027-01-12".parse().unwrap());
    changes_table(&changes(&before, &after, range, &by_location))
}

const BOOKINGS: &str = r#"[
    {"start": "2027-01-04T08:00", "slots": 1},
    {"start": "2027-01-04T08:30", "slots": 2, "desk": 3},
    {"start": "2027-01-11T08:50", "slots": 1, "desk": 4}
]"#;

#[test]
fn no_change_says_nothing() {
    assert_eq!(table(&[], BOOKINGS), "0 slots gained, 0 lost, 0 bookings no longer fit\n");
}

#[test]
fn slots_and_bookings_are_counted_by_day() {
    let report = [
        table(&[("monday: 08:00-09:00", "monday: 08:00-08:40")], BOOKINGS),
        table(&[("desks: {public: 3}", "desks: {public: 2, staff: 2}")], BOOKINGS),
        table(&[("slotMinutes: 10", "slotMinutes: 20")], BOOKINGS),
        table(&[("desks: 4", "desks: 4\n      closures: {x: {date: 2027-01-04}}")], BOOKINGS),
        table(&[("mitte:", "anderswo:")], BOOKINGS),
    ];
    insta::assert_snapshot!(report.join("\n"));
}
