//! Previews: what the rules yield and what is free.

use catalogue::preview::{Query, Row, json, parse_bookings, preview, table};

use crate::office;

const MONDAY: &str = "2027-01-04";
const BEFORE: &str = "2026-12-30T12:00:00+01:00";

struct Trial<'a> {
    service: &'a str,
    days: (&'a str, &'a str),
    now: &'a str,
    bookings: &'a str,
}

impl Default for Trial<'_> {
    fn default() -> Self {
        Self { service: "kurz", days: (MONDAY, MONDAY), now: BEFORE, bookings: "[]" }
    }
}

fn rows(trial: &Trial<'_>, office_changes: &[(&str, &str)]) -> Vec<Row> {
    let query = Query {
        location: &"mitte".parse().unwrap(),
        service: &trial.service.parse().unwrap(),
        from: trial.days.0.parse().unwrap(),
        to: trial.days.1.parse().unwrap(),
        now: trial.now.parse().unwrap(),
        bookings: &parse_bookings("bookings.json", trial.bookings).unwrap(),
    };
    preview(&office(office_changes), &query).unwrap()
}

/// `HH:MM free` in Berlin.
fn free(trial: &Trial<'_>, office_changes: &[(&str, &str)]) -> Vec<String> {
    let zone = ambient::berlin();
    let text = |row: &Row| {
        let local = row.start.to_zoned_datetime(zone.clone());
        format!("{} {}", local.strftime("%H:%M"), row.free)
    };
    rows(trial, office_changes).iter().map(text).collect()
}

#[test]
fn an_empty_morning_is_free_at_every_public_desk() {
    let times = ["08:00 3", "08:10 3", "08:20 3", "08:30 3", "08:40 3", "08:50 3"];
    assert_eq!(free(&Trial::default(), &[]), times);
    // Two slots must end by closing time; a rare service has one public desk.
    let long = Trial { service: "lang", ..Trial::default() };
    assert_eq!(free(&long, &[]), ["08:00 3", "08:10 3", "08:20 3", "08:30 3", "08:40 3"]);
    let rare = Trial { service: "selten", ..Trial::default() };
    assert_eq!(free(&rare, &[]), ["08:00 1", "08:10 1", "08:20 1", "08:30 1", "08:40 1"]);
}

#[test]
fn a_booking_takes_its_slots_and_what_would_run_into_them() {
    let bookings = r#"[{"start": "2027-01-04T08:20:00+01:00", "slots": 2, "desk": 1}]"#;
    let one = Trial { bookings, ..Trial::default() };
    assert_eq!(free(&one, &[]), ["08:00 3", "08:10 3", "08:20 2", "08:30 2", "08:40 3", "08:50 3"]);
    let two = Trial { service: "lang", ..one };
    assert_eq!(free(&two, &[]), ["08:00 3", "08:10 2", "08:20 2", "08:30 2", "08:40 3"]);
}

#[test]
fn a_booking_without_desk_takes_the_lowest_free_one_that_does_the_service() {
    let bookings =
        r#"[{"start": "2027-01-04T08:00", "slots": 1}, {"start": "2027-01-04T08:00", "slots": 1}]"#;
    let common = Trial { bookings, ..Trial::default() };
    assert_eq!(free(&common, &[])[0], "08:00 1");
    let rare = Trial { service: "selten", bookings, ..Trial::default() };
    assert_eq!(free(&rare, &[])[0], "08:00 0");
    // Four bookings fill all four desks; a fifth finds none and changes nothing.
    let five = [r#"{"start": "2027-01-04T08:00", "slots": 1}"#; 5].join(",");
    let full = Trial { bookings: &format!("[{five}]"), ..Trial::default() };
    assert_eq!(free(&full, &[])[..2], ["08:00 0", "08:10 3"]);
}

#[test]
fn a_desk_that_the_public_does_not_use_takes_nothing_from_the_public() {
    let bookings = r#"[{"start": "2027-01-04T08:00", "slots": 3, "desk": 4}]"#;
    assert_eq!(free(&Trial { bookings, ..Trial::default() }, &[])[0], "08:00 3");
}

#[test]
fn what_has_begun_is_not_listed() {
    let now = "2027-01-04T08:20:00+01:00";
    assert_eq!(free(&Trial { now, ..Trial::default() }, &[])[0], "08:30 3");
    let now = "2027-01-04T08:19:59+01:00";
    assert_eq!(free(&Trial { now, ..Trial::default() }, &[])[0], "08:20 3");
}

#[test]
fn lead_time_and_both_ends_of_the_window_count() {
    let lead = [("kurz: {name", "kurz: {rules: {leadTime: {minutes: 30}}, name")];
    let now = "2027-01-04T08:00:00+01:00";
    assert_eq!(free(&Trial { now, ..Trial::default() }, &lead)[0], "08:30 3");
    // 60 days before 4 January is 5 November; a new day opens when the doors open.
    for (now, listed) in [("2026-11-05T07:59:59+01:00", 0), ("2026-11-05T08:00:00+01:00", 6)] {
        assert_eq!(free(&Trial { now, ..Trial::default() }, &[]).len(), listed, "{now}");
    }
    let tomorrow = [("fromDays: 0", "fromDays: 1")];
    for (now, listed) in [("2027-01-03T23:59:59+01:00", 6), ("2027-01-04T00:00:00+01:00", 0)] {
        assert_eq!(free(&Trial { now, ..Trial::default() }, &tomorrow).len(), listed, "{now}");
    }
}

#[test]
fn closed_days_and_holidays_yield_nothing() {
    let weeks =
        Trial { days: ("2027-03-22", "2027-04-05"), now: "2027-03-01T12:00Z", ..Trial::default() };
    // 29 March 2027 is Easter Monday.
    assert_eq!(rows(&weeks, &[]).len(), 12);
    let closed = [("desks: 4", "desks: 4\n      closures: {x: {date: 2027-03-22}}")];
    assert_eq!(rows(&weeks, &closed).len(), 6);
}

#[test]
fn a_rule_for_single_slots_gives_long_services_one_slot() {
    let single = [("slotMinutes: 10", "slotMinutes: 10, multipleSlots: false")];
    let long = Trial { service: "lang", ..Trial::default() };
    assert_eq!(free(&long, &single).len(), 6);
}

#[test]
fn adjacent_rules_do_not_join_and_rules_on_other_desks_add_up() {
    let later =
        "desks: {public: 3}}\n        spaet: {hours: {monday: 09:00-09:20}, slotMinutes: 10}\n#";
    let long = Trial { service: "lang", ..Trial::default() };
    let times = ["08:00 3", "08:10 3", "08:20 3", "08:30 3", "08:40 3", "09:00 4"];
    assert_eq!(free(&long, &[("desks: {public: 3}}", later)]), times);
    let beside = "desks: {only: [1]}}\n        neben: {hours: {monday: 08:30-09:30}, slotMinutes: 10, desks: {only: [2, 3]}}\n#";
    let both = free(&Trial::default(), &[("desks: {public: 3}}", beside)]);
    assert_eq!(both[2..5], ["08:20 1", "08:30 3", "08:40 3"]);
    assert_eq!(both.last().unwrap(), "09:20 2");
}

#[test]
fn both_clock_changes_are_right() {
    let night = [
        ("{monday: 08:00-09:00}", "{sunday: 01:00-04:00}"),
        ("slotMinutes: 10", "slotMinutes: 60"),
    ];
    let spring =
        Trial { days: ("2027-03-28", "2027-03-28"), now: "2027-03-01T12:00Z", ..Trial::default() };
    assert_eq!(free(&spring, &night), ["01:00 3", "03:00 3"]);
    let autumn =
        Trial { days: ("2027-10-31", "2027-10-31"), now: "2027-10-01T12:00Z", ..Trial::default() };
    assert_eq!(free(&autumn, &night), ["01:00 3", "02:00 3", "02:00 3", "03:00 3"]);
    let text = json(&rows(&autumn, &night));
    assert!(
        text.contains("2027-10-31T02:00:00+02:00") && text.contains("2027-10-31T02:00:00+01:00")
    );
}

#[test]
fn the_renderings_are_stable() {
    let bookings = r#"[{"start": "2027-01-04T08:00", "slots": 6, "desk": 1}]"#;
    let trial =
        Trial { service: "selten", days: (MONDAY, "2027-01-11"), bookings, ..Trial::default() };
    let rows = rows(&trial, &[]);
    insta::assert_snapshot!(format!("{}\n{}", table(&rows), json(&rows[..2])));
}

#[test]
fn bad_input_is_named() {
    for text in [
        "",
        "{}",
        "[{}]",
        r#"[{"start": "morgen", "slots": 1}]"#,
        r#"[{"start": "2027-01-04T08:00Z", "slots": 0}]"#,
        r#"[{"start": "2027-01-04T08:00Z", "slots": 1, "desk": 0}]"#,
        r#"[{"start": "2027-01-04T08:00Z", "slots": 1, "dsk": 1}]"#,
        "[] x",
    ] {
        let message = parse_bookings("bookings.json", text).unwrap_err().to_string();
        assert!(message.starts_with("bookings.json: ") && message.contains("write ["), "{message}");
    }
    let query = |location: &str, service: &str, to: &str| {
        let (location, service) = (location.parse().unwrap(), service.parse().unwrap());
        let query = Query {
            location: &location,
            service: &service,
            from: MONDAY.parse().unwrap(),
            to: to.parse().unwrap(),
            now: BEFORE.parse().unwrap(),
            bookings: &[],
        };
        preview(&office(&[]), &query).unwrap_err().to_string()
    };
    assert_eq!(query("mittte", "kurz", MONDAY), "there is no location `mittte`; there are: mitte");
    assert_eq!(
        query("mitte", "kuerz", MONDAY),
        "there is no service `kuerz`; there are: kurz, lang, selten"
    );
    assert!(query("mitte", "kurz", "2027-01-03").contains("before the first day"));
    assert!(query("mitte", "kurz", "2029-01-03").contains("at most 366"));
}
