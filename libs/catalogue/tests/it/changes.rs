//! What a new catalogue offers more and less.

use catalogue::{changes, changes_table, edits};

use crate::office;

/// As if it were noon on New Year's Day.
fn table_until(last: &str, replacements: &[(&str, &str)]) -> String {
    let (before, after) = (office(&[]), office(replacements));
    let range = ("2027-01-01".parse().unwrap(), last.parse().unwrap());
    changes_table(&changes(&before, &after, range, "2027-01-01T12:00+01:00".parse().unwrap()))
}

fn table(replacements: &[(&str, &str)]) -> String {
    table_until("2027-01-12", replacements)
}

#[test]
fn no_change_says_nothing() {
    let nothing = "0 slots gained, 0 lost; bookable now: 0 gained, 0 lost\n";
    assert_eq!(table(&[]), nothing);
    let renamed = [("mitte:", "anderswo:\n      formerly: [mitte]")];
    assert_eq!(table(&renamed), nothing);
}

#[test]
fn slots_are_counted_by_day() {
    let shorter = table(&[("monday: 08:00-09:00", "monday: 08:00-08:40")]);
    let fewer = table(&[("desks: {public: 3}", "desks: {public: 2, staff: 2}")]);
    let longer_slots = table(&[("slotMinutes: 10", "slotMinutes: 20")]);
    let closed = table(&[("desks: 4", "desks: 4\n      closures: {x: {date: 2027-01-04}}")]);
    let elsewhere = table(&[("mitte:", "anderswo:")]);
    let report = [shorter, fewer, longer_slots, closed, elsewhere];
    insta::assert_snapshot!(report.join("\n"));
}

#[test]
fn a_booking_window_that_shrinks_or_opens_later_loses_what_was_bookable_now() {
    let far = |changes: &[_]| table_until("2027-03-16", changes);
    // Nine Mondays until 1 March, 18 slots each.
    let shrunk = far(&[("toDays: 60", "toDays: 2")]);
    assert!(
        shrunk.ends_with("0 slots gained, 0 lost; bookable now: 0 gained, 162 lost\n"),
        "{shrunk}"
    );
    // 1 March is 59 days ahead.
    let later = far(&[("toDays: 60", "toDays: 59, opensAt: \"23:59\"")]);
    assert!(
        later.ends_with("0 slots gained, 0 lost; bookable now: 0 gained, 18 lost\n"),
        "{later}"
    );
    let earlier = far(&[("toDays: 60", "toDays: 73")]);
    // 8 March is a holiday in Berlin.
    assert_eq!(
        earlier,
        "2027-03-15  mitte: 0 slots gained, 0 lost; bookable now: 18 gained, 0 lost\n\
         0 slots gained, 0 lost; bookable now: 18 gained, 0 lost\n"
    );
}

#[test]
fn windows_releases_and_texts_that_change_are_named_with_what_follows() {
    let lines = |replacements: &[(&str, &str)]| -> Vec<String> {
        let edits = edits(&office(&[]), &office(replacements));
        edits.iter().map(ToString::to_string).collect()
    };
    assert_eq!(lines(&[]), [""; 0]);
    let changed = lines(&[
        ("toDays: 60", "toDays: 2, opensAt: \"23:59\""),
        ("slots: 2, combinable", "slots: 2, release: {maxMinutes: 60}, combinable"),
        ("{de: Kurz}", "{de: Anders}"),
        ("desks: 4", "desks: 4\n      closures: {x: {date: 2027-01-04}}"),
    ]);
    for (start, word) in [
        ("catalogue.locations.mitte.bookable.opensAt is new", "counted below"),
        ("catalogue.locations.mitte.bookable.toDays: 60 becomes 2", "counted below"),
        ("catalogue.locations.mitte.closures.x is new", "no e-mail goes out until"),
        ("catalogue.services.kurz.name.de: \"Kurz\" becomes \"Anders\"", "no e-mail goes out"),
        ("catalogue.services.lang.release.maxMinutes: 240 becomes 60", "from now on"),
    ] {
        let is_it = |line: &&String| line.starts_with(&format!("changed: {start}"));
        let line = changed.iter().find(is_it);
        assert!(line.is_some_and(|line| line.contains(word)), "{start}: {changed:?}");
    }
    assert_eq!(changed.len(), 5, "{changed:?}");
}
