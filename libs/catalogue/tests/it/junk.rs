//! Whatever stands in a values file, the answer is a catalogue or a message, never a crash.

use std::collections::BTreeMap;

use calendar::Channel;
use catalogue::{
    Catalogue, changes, check, conflicts,
    preview::{Query, parse_bookings, preview},
    reserved_by,
};
use proptest::{prelude::*, sample::select};

use crate::{OFFICE, office};

const JUNK: [&str; 24] = [
    "0",
    "1",
    "-1",
    "64",
    "65",
    "255",
    "256",
    "65535",
    "65536",
    "4294967295",
    "1e9",
    "",
    "~",
    "[]",
    "{}",
    "true",
    "00:00-24:00",
    "23:55-24:00, 24:00-24:00",
    "2027-01-04",
    "0000-01-01",
    "9999-12-31",
    "\"0-0\"",
    "[1, \"2-64\"]",
    "ß",
];

/// The texts in [`OFFICE`] that stand for a value.
fn values() -> Vec<&'static str> {
    let separators = |c: char| c.is_whitespace() || "{}[],".contains(c);
    OFFICE.split(separators).filter(|word| !word.is_empty() && !word.ends_with(':')).collect()
}

fn any_bookings() -> impl Strategy<Value = String> {
    let booking = (0..1440u32, select(vec![0u32, 1, 2, 48, 65_535, 65_536]), 0..=66u8).prop_map(
        |(minute, slots, desk)| {
            let time = format!("{:02}:{:02}", minute / 60, minute % 60);
            format!(r#"{{"start": "2027-01-04T{time}", "slots": {slots}, "desk": {desk}}}"#)
        },
    );
    proptest::collection::vec(booking, 0..4).prop_map(|all| format!("[{}]", all.join(",")))
}

proptest! {
    #[test]
    fn nothing_crashes(
        swaps in proptest::collection::vec((select(values()), select(JUNK.to_vec())), 1..3),
        extra in select(vec!["validFrom", "validTo", "everyNthWeek", "weeksOfMonth", "multipleSlots", "bookable"]),
        junk in select(JUNK.to_vec()),
        bookings in any_bookings(),
    ) {
        let mut text = OFFICE.replace("slotMinutes: 10", &format!("slotMinutes: 10, {extra}: {junk}"));
        for (from, to) in swaps {
            text = text.replacen(from, to, 1);
        }
        let Ok(catalogue) = Catalogue::parse("amt.yaml", &text) else { return Ok(()) };
        let _ = check(&catalogue);
        let bookings = parse_bookings("bookings.json", &bookings).unwrap_or_default();
        for (location, place) in catalogue.locations() {
            for service in place.services.keys() {
                let query = Query {
                    location,
                    services: std::slice::from_ref(service),
                    people: 1,
                    channel: Channel::Public,
                    person: None,
                    moves: None,
                    from: "2027-01-04".parse().unwrap(),
                    to: "2027-01-05".parse().unwrap(),
                    now: "2026-12-30T12:00Z".parse().unwrap(),
                    bookings: &bookings,
                };
                let _ = preview(&catalogue, &query);
            }
            let by_location = BTreeMap::from([(location.clone(), bookings.clone())]);
            let range = ("2027-01-04".parse().unwrap(), "2027-01-05".parse().unwrap());
            let now = "2026-12-30T12:00Z".parse().unwrap();
            let _ = changes(&office(&[]), &catalogue, range, now);
            let (reserved, _) = reserved_by(&office(&[]), &by_location);
            let _ = conflicts(&office(&[]), &catalogue, reserved).report();
        }
    }

    /// Each booking takes one place from those that are free, until none is left.
    #[test]
    fn a_booking_takes_one_place(count in 0..5usize, slot in 0..5u16) {
        let start = format!("2027-01-04T08:{}0", slot);
        let booking = format!(r#"{{"start": "{start}", "slots": 2}}"#);
        let bookings = format!("[{}]", vec![booking; count].join(","));
        let query = Query {
            location: &"mitte".parse().unwrap(),
            services: &["lang".parse().unwrap()],
            people: 1,
            channel: Channel::Public,
            person: None,
            moves: None,
            from: "2027-01-04".parse().unwrap(),
            to: "2027-01-04".parse().unwrap(),
            now: "2026-12-30T12:00Z".parse().unwrap(),
            bookings: &parse_bookings("bookings.json", &bookings).unwrap(),
        };
        for (index, row) in preview(&office(&[]), &query).unwrap()[0].rows.iter().enumerate() {
            let touches = index.abs_diff(usize::from(slot)) <= 1;
            let expected = if touches { 3usize.saturating_sub(count) } else { 3 };
            prop_assert_eq!(row.free as usize, expected);
        }
    }
}
