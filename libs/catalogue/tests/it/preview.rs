//! Previews: what the rules yield and what is free.

use booking::{TrustLevel, rules::Person};
use calendar::Channel;
use catalogue::{
    Catalogue,
    preview::{Day, PreviewError, Query, Row, json, page, parse_bookings, preview, table},
};

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

/// What is asked beyond a [`Trial`].
type Further = fn(&mut Query<'_>);

fn asked(
    catalogue: &Catalogue,
    trial: &Trial<'_>,
    further: Further,
) -> Result<Vec<Day>, PreviewError> {
    let services: Vec<_> = trial.service.split('+').map(|id| id.parse().unwrap()).collect();
    let mut query = Query {
        location: &"mitte".parse().unwrap(),
        services: &services,
        people: 1,
        channel: Channel::Public,
        person: None,
        from: trial.days.0.parse().unwrap(),
        to: trial.days.1.parse().unwrap(),
        now: trial.now.parse().unwrap(),
        bookings: &parse_bookings("bookings.json", trial.bookings).unwrap(),
        moves: None,
    };
    further(&mut query);
    preview(catalogue, &query)
}

fn days(trial: &Trial<'_>, office_changes: &[(&str, &str)], further: Further) -> Vec<Day> {
    asked(&office(office_changes), trial, further).unwrap()
}

fn rows(trial: &Trial<'_>, office_changes: &[(&str, &str)]) -> Vec<Row> {
    days(trial, office_changes, |_| {}).into_iter().flat_map(|day| day.rows).collect()
}

/// Why the only day has nothing.
fn why(trial: &Trial<'_>, office_changes: &[(&str, &str)], further: Further) -> String {
    let days = days(trial, office_changes, further);
    days[0].why.as_ref().map(ToString::to_string).unwrap_or_default()
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
    let text = json(&days(&autumn, &night, |_| {}));
    assert!(
        text.contains("2027-10-31T02:00:00+02:00") && text.contains("2027-10-31T02:00:00+01:00")
    );
}

#[test]
fn the_renderings_are_stable() {
    let bookings = r#"[{"start": "2027-01-04T08:00", "slots": 6, "desk": 1}]"#;
    let trial =
        Trial { service: "selten", days: (MONDAY, "2027-01-11"), bookings, ..Trial::default() };
    let days = days(&trial, &[], |_| {});
    insta::assert_snapshot!(format!("{}\n{}", table(&days[..2]), json(&days[..2])));
}

#[test]
fn a_day_with_nothing_says_why() {
    let on = |days: &'static str, now: &'static str| Trial {
        days: (days, days),
        now,
        ..Trial::default()
    };
    let ordinary = on(MONDAY, BEFORE);
    assert_eq!(why(&ordinary, &[], |_| {}), "");
    let closed = [("desks: 4", "desks: 4\n      closures: {x: {date: 2027-01-04}}")];
    let expected = "closed by catalogue.locations.mitte.closures.x";
    assert_eq!(why(&ordinary, &closed, |_| {}), expected);
    let easter = on("2027-03-29", "2027-03-01T12:00Z");
    assert_eq!(why(&easter, &[], |_| {}), "a public holiday");
    assert_eq!(why(&on("2027-01-05", BEFORE), &[], |_| {}), "no opening rule holds on this day");
    let early = on(MONDAY, "2026-11-01T12:00Z");
    assert_eq!(
        why(&early, &[], |_| {}),
        "catalogue.locations.mitte.bookable: The slot cannot be booked yet, but from 2026-11-05 08:00 on"
    );
    let own = [("kurz: {name", "kurz: {rules: {bookingWindow: {toDays: 2}}, name")];
    let said = "rule outside-booking-window of kurz: This service cannot be booked so far ahead";
    assert!(why(&ordinary, &own, |_| {}).starts_with(said));
    let late = on(MONDAY, "2027-01-04T12:00Z");
    assert!(why(&late, &[], |_| {}).contains("lies in the past"));
    let bookings = [r#"{"start": "2027-01-04T08:00", "slots": 6}"#; 3].join(",");
    let full = Trial { bookings: &format!("[{bookings}]"), ..Trial::default() };
    assert_eq!(why(&full, &[], |_| {}), "full: all desks are taken at all 6 starts");
    assert!(why(&ordinary, &[], |query| query.people = 7).contains("long enough for 7 slots"));
    let staff = [("desks: {public: 3}", "desks: {public: 0}")];
    assert!(why(&ordinary, &staff, |_| {}).contains("by the channel public"));
    assert_eq!(why(&ordinary, &staff, |query| query.channel = Channel::Staff), "");
}

#[test]
fn staff_see_more_desks_and_may_book_longer() {
    let first = |further: Further| days(&Trial::default(), &[], further)[0].rows[0].free;
    assert_eq!(first(|_| {}), 3);
    assert_eq!(first(|query| query.channel = Channel::Staff), 4);
}

#[test]
fn several_services_and_people_take_longer() {
    let both = Trial { service: "kurz+lang", ..Trial::default() };
    assert_eq!(days(&both, &[], |_| {})[0].rows.len(), 4);
    assert!(why(&both, &[], |query| query.people = 2).contains("rule too-many-people"));
    let for_two = [
        ("kurz: {name", "kurz: {rules: {partySize: {max: 2}}, name"),
        ("lang: {name", "lang: {rules: {partySize: {max: 2}}, name"),
    ];
    let two = days(&both, &for_two, |query| query.people = 2);
    assert_eq!(two[0].rows.len(), 1, "{:?}", two[0].why);
    let alone = Trial { service: "kurz+selten", ..Trial::default() };
    assert!(asked(&office(&[]), &alone, |_| {}).is_err());
}

#[test]
fn a_person_is_asked_what_their_services_ask() {
    let rule = [("kurz: {name", "kurz: {rules: {trustLevel: {atLeast: high}}, name")];
    let trial = Trial::default();
    assert_eq!(why(&trial, &rule, |_| {}), "", "everybody may look");
    let basic = Person::default();
    let high = Person { level: TrustLevel::High, ..Person::default() };
    let catalogue = office(&rule);
    let by = |person: &Person| {
        let query = Query {
            location: &"mitte".parse().unwrap(),
            services: &["kurz".parse().unwrap()],
            people: 1,
            channel: Channel::Public,
            person: Some(person),
            from: MONDAY.parse().unwrap(),
            to: MONDAY.parse().unwrap(),
            now: BEFORE.parse().unwrap(),
            bookings: &[],
            moves: None,
        };
        preview(&catalogue, &query).unwrap().remove(0).why
    };
    let refused = by(&basic).unwrap().to_string();
    assert!(refused.starts_with("rule ") && refused.contains(" of kurz: "), "{refused}");
    assert_eq!(by(&high), None);
}

#[test]
fn the_desk_of_a_booking_that_moves_counts_as_free() {
    let bookings = [r#"{"start": "2027-01-04T08:00+01:00", "slots": 1}"#; 3].join(",");
    let full = Trial { bookings: &format!("[{bookings}]"), ..Trial::default() };
    assert_eq!(days(&full, &[], |_| {})[0].rows[0].free, 0);
    let moves: Further = |query| query.moves = Some("2027-01-04T07:00:00Z".parse().unwrap());
    assert_eq!(days(&full, &[], moves)[0].rows[0].free, 1);
    let nowhere: Further = |query| query.moves = Some("2027-01-04T09:00:00Z".parse().unwrap());
    assert!(asked(&office(&[]), &full, nowhere).is_err());
}

#[test]
fn an_exported_booking_says_its_minutes() {
    let minutes =
        r#"[{"start": "2027-01-04T07:00:00Z", "minutes": 25, "desk": 1, "services": []}]"#;
    let trial = Trial { bookings: minutes, ..Trial::default() };
    assert_eq!(free(&trial, &[])[..4], ["08:00 2", "08:10 2", "08:20 2", "08:30 3"]);
}

#[test]
fn the_page_stands_alone_and_no_text_breaks_out_of_it() {
    let catalogue = office(&[("{de: Kurz}", "{de: '<b>Kurz & gut</b>'}")]);
    let services = ["kurz".parse().unwrap()];
    let query = Query {
        location: &"mitte".parse().unwrap(),
        services: &services,
        people: 1,
        channel: Channel::Public,
        person: None,
        from: MONDAY.parse().unwrap(),
        to: "2027-01-05".parse().unwrap(),
        now: BEFORE.parse().unwrap(),
        bookings: &[],
        moves: None,
    };
    let page = page(&catalogue, &query, &preview(&catalogue, &query).unwrap());
    for part in [
        "<html lang=\"de\">",
        "Amt, Mitte: &lt;b&gt;Kurz &amp; gut&lt;/b&gt;",
        "Montag, 04.01.2027",
        "<li>08:00 (3)</li>",
        "an diesem Tag ist nicht geöffnet",
        "Buchungsweg: Internet",
        "6 Uhrzeiten, 18 freie Plätze",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("http") && !page.contains("<b>"), "{page}");
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
            services: &[service],
            people: 1,
            channel: Channel::Public,
            person: None,
            from: MONDAY.parse().unwrap(),
            to: to.parse().unwrap(),
            now: BEFORE.parse().unwrap(),
            bookings: &[],
            moves: None,
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

/// Citizens cannot book such seats, so free desks alone do not make them free.
#[test]
fn seats_that_are_drawn_or_given_are_not_free() {
    let rare = Trial { service: "selten", ..Trial::default() };
    let change = |more: &str| format!("group: pass, slots: 2, {more}}}");
    let drawn = change(
        "allocation: draw, draw: {opensOn: monday, opensAt: \"10:00\", desks: 1, weeksAhead: 11}, rules: \
         {trustLevel: {atLeast: high}}",
    );
    let given = change("allocation: assign, rules: {trustLevel: {atLeast: high}, entitlement: {}}");
    for (to, says) in [
        (&drawn, "draws give the seats of selten"),
        (&given, "the office gives the dates of selten"),
    ] {
        let changes = [("group: pass, slots: 2}", to.as_str())];
        let told = why(&rare, &changes, |_| {});
        assert!(told.starts_with(says) && told.ends_with("--channel staff shows them"), "{told}");
        assert!(rows(&rare, &changes).is_empty());
        // Months before the window opens, no day is named on which it does.
        let early =
            Trial { now: "2026-10-01T12:00:00+02:00", service: "selten", ..Trial::default() };
        assert_eq!(why(&early, &changes, |_| {}), told);
        let sunday =
            Trial { days: ("2027-01-03", "2027-01-03"), service: "selten", ..Trial::default() };
        assert!(!why(&sunday, &changes, |_| {}).starts_with(says), "a closed day says so");
        let staff = days(&rare, &changes, |query| query.channel = Channel::Staff);
        assert!(staff[0].why.is_none() && !staff[0].rows.is_empty(), "{staff:?}");
    }
}
