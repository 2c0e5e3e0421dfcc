//! What a new catalogue offers more and less.

use calendar::Channel;
use catalogue::{changes, changes_table, edits, start_changes, starts_table};

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
fn another_state_closes_on_other_days_and_a_second_word_for_the_same_changes_nothing() {
    let named = |state: &str| {
        let holidays = format!("holidays: {state}\n  groups: {{pass");
        edits(&office(&[]), &office(&[("groups: {pass", &holidays)]))
    };
    assert!(named("berlin").is_empty() && named("DE-BE").is_empty());
    let lines: Vec<String> = named("DE-BB").iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "changed: catalogue.holidays: \"DE-BE\" becomes \"DE-BB\"; what can be booked now is counted below"
        ]
    );
    // 8 March is a holiday in Berlin and a Monday in Brandenburg.
    let holidays = ("groups: {pass", "holidays: DE-BB\n  groups: {pass");
    let opened = table_until("2027-03-16", &[holidays]);
    assert!(opened.starts_with("2027-03-08  mitte: 18 slots gained, 0 lost"), "{opened}");
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

/// What changes for a service on 4 January, by way of booking: gained, lost, room before and after.
fn starts(service: &str, replacements: &[(&str, &str)]) -> Vec<(Channel, [usize; 4])> {
    let (before, after) = (office(&[]), office(replacements));
    let range = ("2027-01-01".parse().unwrap(), "2027-01-12".parse().unwrap());
    let now = "2027-01-01T12:00+01:00".parse().unwrap();
    let changes = start_changes(&before, &after, range, now);
    let of_day = changes.iter().filter(|change| {
        change.service.as_str() == service && change.date.to_string() == "2027-01-04"
    });
    let numbers = of_day.map(|change| {
        let starts = change.starts;
        (change.channel, [starts.gained, starts.lost, change.room_before, change.room_after])
    });
    numbers.collect()
}

#[test]
fn changes_at_a_service_are_counted_in_starts() {
    let public = |numbers: [usize; 4]| vec![(Channel::Public, numbers)];
    // Three desks, six slots: five starts of two slots each, four of three.
    assert_eq!(
        starts("lang", &[("slots: 2, combinable", "slots: 3, combinable")])[0].1,
        [0, 3, 9, 6]
    );
    let at_place = ("lang: {}, selten", "lang: {slots: 3}, selten");
    assert_eq!(starts("lang", &[at_place])[0].1, [0, 3, 9, 6]);
    let nowhere = starts("lang", &[("lang: {}, selten", "selten")]);
    assert_eq!(nowhere[0], (Channel::Public, [0, 15, 9, 0]));
    let kurz = "{name: {de: Kurz}, group: pass, combinable: true}";
    let with = |more: &str| kurz.replace("combinable", &format!("{more}, combinable"));
    let window = with("rules: {bookingWindow: {toDays: 2}}");
    assert_eq!(starts("kurz", &[(kurz, window.as_str())])[0].1, [0, 18, 18, 0]);
    // Monday 08:00 is 68 hours ahead.
    let lead = with("rules: {leadTime: {minutes: 4100}}");
    assert_eq!(starts("kurz", &[(kurz, lead.as_str())]), public([0, 6, 18, 12]));
    let draw = with("allocation: draw, draw: {opensOn: monday, opensAt: \"07:00\"}");
    assert_eq!(starts("kurz", &[(kurz, draw.as_str())])[0].1, [0, 18, 18, 0]);
    let single = ("slotMinutes: 10", "slotMinutes: 10, multipleSlots: false");
    assert_eq!(starts("lang", &[single])[0].1, [3, 0, 9, 18]);
    // Nothing differs for the public.
    let phone = starts("kurz", &[("{public: 3}", "{public: 3, phone: 4}")]);
    assert_eq!(phone, [(Channel::Phone, [6, 0, 18, 24])]);
    assert!(starts("selten", &[(kurz, window.as_str())]).is_empty());
}

#[test]
fn a_service_that_is_renamed_loses_nothing_and_one_that_is_gone_loses_all() {
    let renamed = [
        ("lang: {name: {de: Lang}, ", "laenger: {name: {de: Lang}, formerly: [lang], "),
        ("lang: {}, selten", "laenger: {}, selten"),
    ];
    assert!(starts("laenger", &renamed).is_empty());
    assert_eq!(office(&[]).longest_window(), 60);
    let (before, after) = (office(&[]), office(&[("lang: {}, selten", "selten")]));
    let range = ("2027-01-01".parse().unwrap(), "2027-01-12".parse().unwrap());
    let now = "2027-01-01T12:00+01:00".parse().unwrap();
    let table = starts_table(&start_changes(&before, &after, range, now));
    let sum = "service lang, public, 2 days: 0 starts gained, 30 lost; visits that fit: 18 before, 0 after";
    assert!(table.starts_with(sum), "{table}");
    assert!(table.contains("\n  2027-01-04: 0 starts gained, 15 lost"), "{table}");
}
