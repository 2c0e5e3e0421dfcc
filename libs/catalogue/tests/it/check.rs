//! Catalogues that work and are probably not meant so.

use catalogue::{check, check_on, line};

use crate::office;

fn findings(replacements: &[(&str, &str)]) -> Vec<String> {
    check(&office(replacements)).iter().map(line).collect()
}

#[test]
fn an_ordinary_office_has_no_finding() {
    assert_eq!(findings(&[]), [""; 0]);
}

#[test]
fn each_finding_says_where_what_and_what_instead() {
    let second = |rule: &str| format!("desks: {{public: 3}}}}\n        zwei: {{{rule}}}\n#");
    let cases: Vec<(&str, String)> = vec![
        ("desks: {public: 3}}", second("hours: {monday: 08:30-10:00}")),
        ("desks: {public: 3}}", second("hours: {monday: 08:30-10:00}, desks: {only: [4]}")),
        ("desks: {public: 3}}", second("hours: {monday: 08:30-10:00}, weeksOfMonth: [5]")),
        ("08:00-09:00", "08:00-09:05".to_owned()),
        ("slotMinutes: 10", "slotMinutes: 40".to_owned()),
        ("{monday: 08:00-09:00}", "{}".to_owned()),
        ("desks: {public: 3}", "validFrom: 2027-01-05, validTo: 2027-01-10".to_owned()),
        ("opening:\n        frueh: {hours: {monday: 08:00-09:00}, slotMinutes: 10, desks: {public: 3}}", "opening: {}".to_owned()),
        ("desks: {public: 3}", "desks: {only: [1, 2]}".to_owned()),
        ("slots: 2, combinable", "slots: 7, combinable".to_owned()),
        ("{kurz: {}, lang: {}", "{kurz: {}".to_owned()),
        ("groups: {pass", "groups: {leer: {name: {de: Leer}}, pass".to_owned()),
        ("languages: [de]", "languages: [de, en]".to_owned()),
        ("slots: 2, combinable", "rules: {leadTime: {minutes: 99999}}, combinable".to_owned()),
        ("desks: 4", "desks: 4\n      exceptions: {x: {dates: [2027-01-05], hours: 08:00-09:00}}\n      closures: {y: {date: 2027-01-05}}".to_owned()),
    ];
    let mut report = String::new();
    for (from, to) in cases {
        report += &format!("{from:?} -> {to:?}\n");
        for finding in findings(&[(from, &to)]) {
            report += &format!("    {finding}\n");
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn a_seat_that_returns_at_a_moment_that_two_people_can_wait_for_is_a_finding() {
    for (window, written) in
        [(0, "0, maxMinutes: 0"), (0, "30, maxMinutes: 30"), (9, "1, maxMinutes: 10")]
    {
        let release = format!("slots: 2, release: {{minMinutes: {written}}}, combinable");
        let findings = findings(&[("slots: 2, combinable", &release)]);
        let said = format!("release.maxMinutes: the window has {window} minutes");
        assert!(findings.len() == 1 && findings[0].contains(&said), "{findings:?}");
    }
    let wide = "slots: 2, release: {minMinutes: 0, maxMinutes: 10}, combinable";
    assert_eq!(findings(&[("slots: 2, combinable", wide)]), [""; 0]);
}

/// What is said of the windows of `selten`, given out as `allocation` says.
fn drawn(allocation: &str, rules: &str, more: &str) -> Vec<String> {
    let text = format!(
        "group: pass, allocation: {allocation}, rules: {{trustLevel: {{atLeast: high}}{rules}}}, draw: \
         {{opensOn: monday, opensAt: \"10:00\", desks: 1, weeksAhead: 11}}{more}}}"
    );
    let mut found = findings(&[("group: pass, slots: 2}", &text)]);
    found.retain(|line| {
        ["release.", "rules.bookingWindow"]
            .iter()
            .any(|key| line.starts_with(&format!("catalogue.services.selten.{key}")))
    });
    found
}

/// What is given back goes to the desk, whenever that is.
#[test]
fn a_window_in_which_seats_of_draws_alone_return_is_none() {
    let at_once = ", release: {minMinutes: 0, maxMinutes: 0}";
    assert_eq!(drawn("draw", "", at_once), [""; 0]);
    for (allocation, more) in [
        ("draw-then-immediate", at_once.to_owned()),
        ("draw", format!(", waitingList: {{}}{at_once}")),
    ] {
        let found = drawn(allocation, "", &more);
        let said = "release.maxMinutes: the window has 0 minutes";
        assert!(found.len() == 1 && found[0].contains(said), "{allocation}: {found:?}");
    }
}

/// Days of a draw are those of its schedule, not of the place's window.
#[test]
fn a_service_of_draws_alone_may_be_given_out_beyond_the_window_of_the_place() {
    let beyond = ", bookingWindow: {fromDays: 70, toDays: 90}";
    assert_eq!(drawn("draw", beyond, ""), [""; 0]);
    let found = drawn("draw-then-immediate", beyond, "");
    assert!(found.len() == 1 && found[0].contains("never meets the 0 to 60 days"), "{found:?}");
}

/// Findings, then notes, as it were 15 January 2027.
fn dated(replacements: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let dated = check_on(&office(replacements), "2027-01-15".parse().unwrap());
    let lines = |found: &[_]| found.iter().map(line).collect();
    (lines(&dated.findings), lines(&dated.notes))
}

#[test]
fn what_is_over_is_a_note_and_what_is_long_over_a_finding() {
    let rule = "catalogue.locations.mitte.opening.frueh.validTo: is over since";
    let next = "validTo: 2026-12-31}\n        neu: {hours: {monday: 08:00-09:00}}";
    let (findings, notes) = dated(&[("desks: {public: 3}}", next)]);
    assert!(findings.is_empty() && notes[0].starts_with(rule), "{findings:?} {notes:?}");
    let (findings, notes) = dated(&[("desks: {public: 3}", "validTo: 2019-12-31")]);
    assert!(notes.is_empty() && findings[0].starts_with(rule), "{findings:?} {notes:?}");
    let closures = "desks: 4\n      closures: {a: {date: 2027-01-14}, b: {date: 2027-01-15}, c: {yearly: \"12-24\"}, d: {from: 2020-01-01, to: 2020-01-02}}";
    let (findings, notes) = dated(&[("desks: 4", closures)]);
    assert_eq!((findings.len(), notes.len()), (1, 1), "{findings:?} {notes:?}");
    let (findings, _) = dated(&[("desks: {public: 3}", "validFrom: 2207-01-04")]);
    assert!(findings[0].contains("more than ten years ahead"), "{findings:?}");
}

#[test]
fn dates_of_exceptions_are_looked_at() {
    let with = |dates: &str| {
        let exception =
            format!("desks: 4\n      exceptions: {{x: {{dates: [{dates}], hours: 08:00-09:00}}}}");
        dated(&[("desks: 4", &exception)])
    };
    assert_eq!(with("2027-01-18"), (vec![], vec![]));
    let (findings, notes) = with("2027-01-11, 2027-01-18");
    assert!(findings.is_empty() && notes[0].contains("1 of 2 dates are past"), "{notes:?}");
    let (_, notes) = with("2027-03-29");
    assert!(notes[0].contains("opens on 2027-03-29, which is a public holiday"), "{notes:?}");
    let (findings, _) = with("2027-01-18, 2027-01-18");
    assert!(findings[0].contains("twice"), "{findings:?}");
    let many: Vec<String> = (1..=12)
        .flat_map(|month| (1..=28).map(move |day| format!("2028-{month:02}-{day:02}")))
        .chain((1..=31).map(|day| format!("2029-01-{day:02}")))
        .collect();
    let (findings, _) = with(&many.join(", "));
    assert!(findings[0].contains("367 dates; a weekly rule"), "{findings:?}");
}

/// ZMS opens then, without a word; here an exception does, and a rule is told so.
#[test]
fn a_rule_for_one_day_that_is_a_holiday_is_told_to_be_an_exception() {
    let easter = [("desks: {public: 3}", "validFrom: 2027-03-29, validTo: 2027-03-29")];
    let (findings, _) = dated(&easter);
    assert!(findings[0].contains("`exceptions`, which open on holidays"), "{findings:?}");
    let far = ("toDays: 60", "toDays: 120");
    let none = [easter[0], far, ("groups: {pass", "holidays: none\n  groups: {pass")];
    assert_eq!(dated(&none), (vec![], vec![]));
    let week = [("desks: {public: 3}", "validFrom: 2027-03-29, validTo: 2027-04-05"), far];
    assert_eq!(dated(&week), (vec![], vec![]), "5 April is an ordinary Monday");
}

/// A catalogue of another state closes on the days of that state's law.
#[test]
fn holidays_are_those_of_the_state_that_is_named() {
    let city = ("postalCode: \"10115\"", "postalCode: \"14467\", city: Potsdam");
    let (findings, notes) = dated(&[city]);
    assert_eq!(findings, [""; 0]);
    assert!(notes.len() == 1 && notes[0].contains("are those of Berlin (`DE-BE`)"), "{notes:?}");
    let near = ("postalCode: \"10115\"", "postalCode: \"16321\", city: Bernau bei Berlin");
    assert_eq!(dated(&[near]).1.len(), 1, "it is in Brandenburg");
    let state = |code: &str| format!("holidays: {code}\n  groups: {{pass");
    assert_eq!(dated(&[city, ("groups: {pass", &state("DE-BB"))]), (vec![], vec![]));
    let (findings, notes) = dated(&[("groups: {pass", &state("DE-BB"))]);
    assert_eq!(findings, [""; 0]);
    let says = "are those of `DE-BB`, and all locations are in Berlin";
    assert!(notes.len() == 1 && notes[0].contains(says), "{notes:?}");
    // A Monday that is All Saints in Bavaria and an ordinary day in Brandenburg.
    let monday = "desks: 4\n      exceptions: {x: {dates: [2027-11-01], hours: 08:00-09:00}}";
    let opens = |code: &str| {
        let (_, notes) = dated(&[("desks: 4", monday), city, ("groups: {pass", &state(code))]);
        notes.join("; ")
    };
    assert!(opens("DE-BY").contains("opens on 2027-11-01, which is a public holiday"));
    assert!(!opens("DE-BB").contains("public holiday"));
}

#[test]
fn a_service_that_no_place_gives_out_in_its_window_is_found() {
    let window = |window: &str| {
        let rules = format!("slots: 2, rules: {{bookingWindow: {window}}}, combinable");
        findings(&[("slots: 2, combinable", &rules)])
    };
    assert_eq!(window("{fromDays: 40, toDays: 50}"), [""; 0]);
    let never = window("{fromDays: 70, toDays: 80}");
    assert_eq!(never.len(), 1, "{never:?}");
    assert!(never[0].starts_with(
        "catalogue.services.lang.rules.bookingWindow: 70 to 80 days ahead never meets the 0 to 60 \
         days of `mitte`"
    ));
    let far = [
        (
            "slots: 2, combinable",
            "slots: 2, rules: {bookingWindow: {fromDays: 70, toDays: 80}}, combinable",
        ),
        ("desks: {public: 3}", "bookable: {toDays: 80}"),
    ];
    assert_eq!(findings(&far), [""; 0], "the rule's window, from 0 as at the location");
}

#[test]
fn an_entitlement_needs_to_know_whose_it_is() {
    let rules = |rules: &str| {
        findings(&[("slots: 2, combinable", &format!("slots: 2, rules: {{{rules}}}, combinable"))])
    };
    for basic in ["entitlement: {}", "entitlement: {}, trustLevel: {atLeast: basic}"] {
        let found = rules(basic);
        assert!(found[0].contains("`basic` beside `entitlement`"), "{found:?}");
    }
    assert_eq!(rules("entitlement: {}, trustLevel: {atLeast: high}"), [""; 0]);
}

#[test]
fn rules_that_never_meet_do_not_overlap() {
    let seasons = "validTo: 2027-05-31}\n        sommer: {hours: {monday: 08:00-12:00}, validFrom: 2027-06-01}\n#";
    assert_eq!(findings(&[("desks: {public: 3}}", seasons)]), [""; 0]);
    let weeks = "weeksOfMonth: [1, 3]}\n        sonst: {hours: {monday: 08:00-12:00}, weeksOfMonth: [2]}\n#";
    assert_eq!(findings(&[("desks: {public: 3}}", weeks)]), [""; 0]);
}

#[test]
fn contradictions_that_work_are_found() {
    let desks = "desks: {public: 3}";
    let cases = [
        ("selten: {desks: [\"3-4\"]}", "selten: {desks: [4]}", "only staff can book it"),
        (desks, "desks: {public: 0}", "no desk of any location is open to the public"),
        ("{de: Lang}", "{de: kurz}", "`kurz` is that of `kurz`, too"),
        ("street: Weg 1", "street: ' '", "address.street: is empty"),
        ("\"10115\"", "\"00000\"", "there is no postal code 00000"),
        ("toDays: 60", "toDays: 0, opensAt: \"20:00\"", "when it has closed"),
        (
            "desks: 4",
            "desks: 4\n      exceptions: {a: {dates: [2027-02-02], hours: 08:00-10:00}, b: {dates: \
             [2027-02-02], hours: 09:00-11:00}}",
            "opens desk 1 at the same time as `b`, on 2027-02-02",
        ),
        (
            "slots: 2, combinable",
            "slots: 2, allocation: draw, draw: {opensOn: monday, opensAt: \"07:00\", desks: 20}, \
             combinable",
            "20 desks, and no location opens more than 3 to the public",
        ),
    ];
    for (from, to, part) in cases {
        let found = findings(&[(from, to)]);
        assert!(found.iter().any(|line| line.contains(part)), "{part}: {found:?}");
    }
}

#[test]
fn a_location_that_opens_on_no_day_of_the_next_weeks_is_found() {
    let closed = "desks: 4\n      closures: {umbau: {from: 2027-01-01, to: 2027-12-31}}";
    let (findings, _) = dated(&[("desks: 4", closed)]);
    assert!(findings.iter().any(|line| line.contains("each of the next 60 days")), "{findings:?}");
    let short = closed.replace("2027-12-31", "2027-02-01");
    assert!(dated(&[("desks: 4", &short)]).0.is_empty());
    let late = ("desks: {public: 3}}", "validFrom: 2028-03-01}");
    let (findings, _) = dated(&[late]);
    assert!(findings.iter().any(|line| line.contains("in more than a year")), "{findings:?}");
    let planned =
        "desks: {public: 3}}\n        spaet: {hours: {friday: 08:00-09:00}, validFrom: 2028-03-01}";
    let (findings, notes) = dated(&[("desks: {public: 3}}", planned)]);
    assert!(findings.is_empty() && notes.iter().any(|line| line.contains("in more than a year")));
}

#[test]
fn a_catalogue_that_offers_nothing_is_found() {
    let text = "catalogue: {authority: {id: amt, name: {de: Amt}, languages: [de]}, groups: {}, services: {}, \
                locations: {}}";
    let nothing = catalogue::Catalogue::parse("amt.yaml", text).unwrap();
    let found: Vec<String> = check(&nothing).iter().map(line).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("catalogue.services: is empty: nothing can be booked"),
        "{found:?}"
    );
    assert!(found[1].starts_with("catalogue.locations: is empty"), "{found:?}");
    let place = "leer:\n      name: {de: Leer}\n      address: {street: Weg 2, postalCode: \"10115\"}\n      \
                 desks: 1\n      services: {}\n      opening: {frueh: {hours: {monday: 08:00-09:00}}}\n    mitte:";
    let (findings, notes) = dated(&[("mitte:", place)]);
    assert!(findings.is_empty(), "{findings:?}");
    let said = "catalogue.locations.leer.services: is empty: nothing can be booked here";
    assert!(notes.iter().any(|line| line.starts_with(said)), "{notes:?}");
}

/// On 15 January, with a window of 60 days.
#[test]
fn a_location_that_opens_on_no_day_that_can_be_booked_is_found() {
    let rule = |text: &str| [("desks: {public: 3}", text.to_owned())];
    let said = |text: &str| {
        let changes = rule(text);
        let changes: Vec<(&str, &str)> = changes.iter().map(|(a, b)| (*a, b.as_str())).collect();
        dated(&changes).0.into_iter().filter(|line| line.contains(".mitte.opening: ")).collect()
    };
    let never: Vec<String> = said("validTo: 2026-12-31");
    assert!(never.len() == 1 && never[0].contains("no day of the next year"), "{never:?}");
    let later: Vec<String> = said("validFrom: 2027-05-03");
    assert!(later.len() == 1 && later[0].contains("the next one is 2027-05-03"), "{later:?}");
    let rare: Vec<String> = said("validFrom: 2026-12-07, everyNthWeek: 52");
    assert!(rare.len() == 1 && rare[0].contains("the next one is 2027-12-06"), "{rare:?}");
    let open: Vec<String> = said("validFrom: 2027-03-01");
    assert_eq!(open, [""; 0]);
    // Beside one that is open a later one is planned.
    let second = "leer:\n      name: {de: Neubau}\n      address: {street: Weg 2, postalCode: \"10115\"}\n      \
                  desks: 1\n      services: {kurz: {}}\n      opening: {frueh: {hours: {monday: 08:00-09:00}, \
                  validFrom: 2027-06-07}}\n    mitte:";
    let (findings, notes) = dated(&[("mitte:", second)]);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(notes.iter().any(|line| line.contains("the next one is 2027-06-07")), "{notes:?}");
}

#[test]
fn a_position_outside_of_germany_is_told() {
    let notes = |position: &str| {
        let there = format!("desks: 4\n      position: {position}");
        dated(&[("desks: 4", there.as_str())]).1
    };
    assert_eq!(notes("{lat: 52.5219, lon: 13.4132}"), [""; 0]);
    let exchanged = notes("{lat: 13.4132, lon: 52.5219}");
    assert!(exchanged.len() == 1, "{exchanged:?}");
    assert!(
        exchanged[0].contains("exchange the two: {lat: 52.5219, lon: 13.4132}"),
        "{exchanged:?}"
    );
    assert!(notes("{lat: 48.8584, lon: 2.2945}")[0].contains("are not in Germany"));
}

#[test]
fn a_span_that_would_be_none_is_no_advice() {
    let told = findings(&[("monday: 08:00-09:00", "monday: 08:00-08:05")]);
    assert!(told.iter().any(|it| it.ends_with("slot of 10; end at 08:10")), "{told:?}");
}
