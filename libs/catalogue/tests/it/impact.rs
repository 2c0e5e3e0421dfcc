//! What a change of the catalogue does to bookings.

use std::collections::BTreeMap;

use booking::{ReservationKind, Seat};
use calendar::Desk;
use catalogue::{
    Catalogue, Impact, Obstacle, Reserved, conflicts, preview::parse_bookings, reserved_by,
    unmatched,
};
use ids::{LocationId, Pseudonym, ReservationId};

use crate::office_text;

/// The office with a second place, a second group and two services that swap in the tests.
fn text(replacements: &[(&str, &str)]) -> String {
    let two_groups = office_text(&[
        ("{name: {de: Pass}}}", "{name: {de: Pass}}, amtlich: {name: {de: Amtlich}}}"),
        ("    selten:", "    amt: {name: {de: Amt}, group: amtlich}\n    selten:"),
        ("selten: {desks: [\"3-4\"]}}", "selten: {desks: [\"3-4\"]}, amt: {}}"),
        (
            "desks: {public: 3}}",
            "desks: {public: 3}}\n    pankow:\n      name: {de: Pankow}\n      \
             address: {street: Weg 2, postalCode: \"13187\"}\n      desks: 4\n      \
             services: {kurz: {}, lang: {}, amt: {}, selten: {}}\n      opening:\n        \
             immer: {hours: {monday: 08:00-09:00}, slotMinutes: 10}",
        ),
    ]);
    replacements.iter().fold(two_groups, |text, (from, to)| {
        assert!(text.contains(from), "the office does not contain `{from}`");
        text.replacen(from, to, 1)
    })
}

fn catalogue(replacements: &[(&str, &str)]) -> Catalogue {
    Catalogue::parse("amt.yaml", &text(replacements)).unwrap_or_else(|error| panic!("{error}"))
}

/// On Monday 4 January 2027, by the clock of Berlin.
fn booked(id: u128, location: &str, desk: u8, from: &str, until: &str, service: &str) -> Reserved {
    let time = |time: &str| format!("2027-01-04T{time}:00+01:00").parse().unwrap();
    let desk = Desk::from_number(desk).unwrap();
    Reserved {
        id: ReservationId::from_bits(id),
        kind: ReservationKind::Booking,
        seat: Seat {
            location: location.parse().unwrap(),
            desk,
            start: time(from),
            end: time(until),
        },
        services: vec![service.parse().unwrap()],
        group: Some(if service == "amt" { "amtlich" } else { "pass" }.parse().unwrap()),
        person: Some(Pseudonym::from_bits(id)),
        returns_by: None,
    }
}

fn usual() -> Vec<Reserved> {
    vec![
        booked(1, "mitte", 1, "08:00", "08:10", "kurz"),
        booked(2, "mitte", 2, "08:40", "09:00", "lang"),
        booked(3, "mitte", 3, "08:20", "08:40", "selten"),
        booked(4, "pankow", 1, "08:30", "08:40", "amt"),
    ]
}

fn impact_on(reserved: Vec<Reserved>, replacements: &[(&str, &str)]) -> Impact {
    conflicts(&catalogue(&[]), &catalogue(replacements), reserved)
}

/// Which are in the way, and why.
fn in_the_way(replacements: &[(&str, &str)]) -> Vec<(u128, Obstacle)> {
    let found = impact_on(usual(), replacements).in_the_way;
    found.into_iter().map(|each| (each.reserved.id.to_bits(), each.obstacle)).collect()
}

fn closure(path: &str) -> Obstacle {
    Obstacle::DayClosed(Some(path.to_owned()))
}

#[test]
fn a_new_grid_or_slot_length_touches_nobody() {
    let untouched = Impact::default();
    assert_eq!(impact_on(usual(), &[]), untouched);
    assert_eq!(
        impact_on(
            usual(),
            &[("desks: 4", "desks: 4\n      grid: 15"), ("slotMinutes: 10", "slotMinutes: 60")]
        ),
        untouched
    );
    assert_eq!(impact_on(usual(), &[("slotMinutes: 10", "slotMinutes: 5")]), untouched);
    // Seats that no grid knows, and a rule that became two.
    let odd = vec![booked(1, "mitte", 1, "08:07", "08:34", "kurz")];
    let two = "hours: {monday: \"08:00-08:30, 08:30-09:00\"}";
    assert_eq!(impact_on(odd, &[("hours: {monday: 08:00-09:00}", two)]), untouched);
}

#[test]
fn fewer_desks_for_the_public_touch_nobody_while_staff_have_them() {
    assert_eq!(
        impact_on(usual(), &[("desks: {public: 3}", "desks: {public: 0}")]),
        Impact::default()
    );
}

#[test]
fn what_loses_its_desk_or_its_hours_is_in_the_way() {
    let not_open = |id| (id, Obstacle::NotOpen);
    assert_eq!(in_the_way(&[("08:00-09:00", "08:00-08:50")]), [not_open(2)]);
    assert_eq!(in_the_way(&[("08:00-09:00", "08:05-09:00")]), [not_open(1)]);
    let gap = "\"08:00-08:25, 08:35-09:00\"";
    assert_eq!(in_the_way(&[("08:00-09:00", gap)]), [not_open(3)]);
    let one_desk = "desks: {public: 1, phone: 1, staff: 1}";
    assert_eq!(in_the_way(&[("desks: {public: 3}", one_desk)]), [not_open(2), not_open(3)]);
    let fewer = [("desks: 4", "desks: 2"), ("[\"3-4\"]", "[1]"), ("public: 3", "public: 2")];
    assert_eq!(in_the_way(&fewer), [(3, Obstacle::DeskGone)]);
    let other_desk = Obstacle::NotDoneAtDesk("selten".parse().unwrap());
    assert_eq!(in_the_way(&[("[\"3-4\"]", "[4]")]), [(3, other_desk)]);
    let gone = Obstacle::NotDoneHere("selten".parse().unwrap());
    assert_eq!(in_the_way(&[("selten: {desks: [\"3-4\"]}, ", "")]), [(3, gone)]);
    let tuesdays = in_the_way(&[("monday: 08:00-09:00", "tuesday: 08:00-09:00")]);
    assert_eq!(tuesdays, [1, 2, 3].map(|id| (id, Obstacle::DayClosed(None))));
}

#[test]
fn a_closure_is_refused_unless_it_says_that_what_is_booked_stays() {
    let here = closure("catalogue.locations.mitte.closures.x");
    let close = |more: &str| format!("desks: 4\n      closures: {{x: {{date: 2027-01-04{more}}}}}");
    let silent = close("");
    assert_eq!(in_the_way(&[("desks: 4", &silent)]), [1, 2, 3].map(|id| (id, here.clone())));
    let stated = impact_on(usual(), &[("desks: 4", &close(", keepsBookings: true"))]);
    assert_eq!((stated.in_the_way.len(), stated.kept.len()), (0, 3));
    assert_eq!(stated.kept[0].obstacle, here);
    let everywhere = |more: &str| format!("catalogue:\n  closures: {{x: {{yearly: 01-04{more}}}}}");
    let all = in_the_way(&[("catalogue:", &everywhere(""))]);
    assert_eq!(all, [1, 2, 3, 4].map(|id| (id, closure("catalogue.closures.x"))));
    let stated = impact_on(usual(), &[("catalogue:", &everywhere(", keepsBookings: true"))]);
    assert_eq!((stated.in_the_way.len(), stated.kept.len()), (0, 4));
}

#[test]
fn until_the_stated_day_bookings_stay_whatever_the_location_says() {
    let change = |day: &str| {
        let keeps = format!("desks: 2\n      keepsBookingsUntil: {day}");
        let shorter = ("08:00-09:00", "08:00-08:50");
        let desks = [("[\"3-4\"]", "[1]"), ("public: 3", "public: 2"), ("desks: 4", &keeps)];
        let impact = impact_on(usual(), &[desks[0], desks[1], desks[2], shorter]);
        (impact.in_the_way.len(), impact.kept.len())
    };
    assert_eq!(change("2027-01-03"), (2, 0));
    assert_eq!(change("2027-01-04"), (0, 2));
}

#[test]
fn closed_time_over_a_booking_is_refused_whatever_the_location_keeps() {
    let closed = "desks: 4\n      keepsBookingsUntil: 2027-12-31\n      closedTimes: \
                  {2027-01-04: [{desks: [1, 3], hours: \"08:05-08:15\"}]}";
    assert_eq!(in_the_way(&[("desks: 4", closed)]), [(1, Obstacle::TakenElsewhere)]);
    let remedy = Obstacle::TakenElsewhere.remedy();
    assert!(remedy.contains("--bookings") && !remedy.contains("keepsBookings"), "{remedy}");
    let all = "desks: 4\n      closedTimes: {2027-01-04: [{hours: \"08:00-08:30\"}]}";
    let taken = [1, 3].map(|id| (id, Obstacle::TakenElsewhere));
    assert_eq!(in_the_way(&[("desks: 4", all)]), taken);
}

#[test]
fn what_did_not_fit_before_is_not_said_again_but_its_location_must_stay() {
    let squeezed_in = || vec![booked(1, "mitte", 1, "12:00", "12:10", "kurz")];
    let shorter = ("08:00-09:00", "08:00-08:50");
    assert_eq!(impact_on(squeezed_in(), &[shorter]), Impact::default());
    let gone = impact_on(squeezed_in(), &[("mitte:", "anderswo:")]);
    assert_eq!(gone.in_the_way[0].obstacle, Obstacle::LocationGone);
}

#[test]
fn a_rename_carries_what_is_booked_if_it_is_stated() {
    let silent = in_the_way(&[("mitte:", "anderswo:")]);
    assert_eq!(silent, [1, 2, 3].map(|id| (id, Obstacle::LocationGone)));
    let impact = impact_on(usual(), &[("mitte:", "anderswo:\n      formerly: [mitte]")]);
    assert_eq!((impact.in_the_way.len(), impact.carried.len()), (0, 3));
    assert_eq!(impact.carried[0].now.location.as_str(), "anderswo");

    let renamed = |service: &'static str| {
        let at = ("{kurz: {}, lang: {}, selten", "{kurz: {}, neu: {}, selten");
        vec![("lang: {name", service), at, ("{kurz: {}, lang: {}, amt", "{kurz: {}, neu: {}, amt")]
    };
    let gone = Obstacle::ServiceGone("lang".parse().unwrap());
    assert_eq!(in_the_way(&renamed("neu: {name")), [(2, gone)]);
    let impact = impact_on(usual(), &renamed("neu: {formerly: [lang], name"));
    assert_eq!((impact.in_the_way.len(), impact.carried.len()), (0, 1));
    assert_eq!(impact.carried[0].now.services[0].as_str(), "neu");
    assert_eq!(impact.carried[0].now.group.as_ref().unwrap().as_str(), "pass");
}

#[test]
fn a_service_takes_its_bookings_to_another_group_if_it_says_so() {
    let moved = |state: &'static str| [("group: pass, slots: 2}", state)];
    let regrouped = Obstacle::Regrouped {
        service: "selten".parse().unwrap(),
        from: "pass".parse().unwrap(),
        to: "amtlich".parse().unwrap(),
    };
    assert_eq!(in_the_way(&moved("group: amtlich, slots: 2}")), [(3, regrouped)]);
    let stated = moved("group: amtlich, formerGroup: pass, slots: 2}");
    let impact = impact_on(usual(), &stated);
    assert_eq!((impact.in_the_way.len(), impact.carried.len()), (0, 1));
    assert_eq!(impact.carried[0].now.group.as_ref().unwrap().as_str(), "amtlich");
    // A group that was renamed, with all that is in it.
    let yaml = text(&[]).replace("group: pass", "group: neu");
    let yaml = yaml.replace("{pass: {name", "{neu: {formerly: [pass], name");
    let renamed = Catalogue::parse("amt.yaml", &yaml).unwrap();
    let impact = conflicts(&catalogue(&[]), &renamed, usual());
    assert_eq!((impact.in_the_way.len(), impact.carried.len()), (0, 3));
}

#[test]
fn nobody_gets_a_second_one_in_a_group_by_a_change() {
    let stated = [("group: pass, slots: 2}", "group: amtlich, formerGroup: pass, slots: 2}")];
    let mut reserved = usual();
    reserved[3].person = reserved[2].person;
    let impact = impact_on(reserved.clone(), &stated);
    let second = Obstacle::SecondInGroup("amtlich".parse().unwrap());
    assert_eq!((impact.in_the_way.len(), impact.carried.len()), (1, 0));
    assert_eq!(impact.in_the_way[0].obstacle, second);
    reserved.reverse();
    assert_eq!(impact_on(reserved.clone(), &stated).in_the_way[0].obstacle, second);
    // A person who moves has a booking and a hold in one group, and both go together.
    let hold = Reserved {
        kind: ReservationKind::Hold,
        person: Some(Pseudonym::from_bits(3)),
        ..booked(5, "mitte", 4, "08:20", "08:40", "selten")
    };
    let impact = impact_on(usual().into_iter().chain([hold]).collect(), &stated);
    assert_eq!((impact.in_the_way.len(), impact.carried.len()), (0, 2));
}

#[test]
fn services_of_one_booking_stay_in_one_group() {
    let both = Reserved {
        services: vec!["kurz".parse().unwrap(), "lang".parse().unwrap()],
        ..booked(1, "mitte", 1, "08:00", "08:30", "kurz")
    };
    let moved = "group: amtlich, formerGroup: pass, slots: 2, combinable";
    let impact = impact_on(vec![both], &[("group: pass, slots: 2, combinable", moved)]);
    assert_eq!(impact.in_the_way[0].obstacle, Obstacle::SeveralGroups);
}

#[test]
fn two_locations_become_one_unless_two_seats_would_be_at_one_desk() {
    let yaml = |other_at: &str| {
        let all = text(&[("mitte:", "mitte:\n      formerly: [pankow]")]);
        let one = all.split_once("    pankow:").unwrap().0.to_owned();
        let mut reserved = usual();
        reserved.push(booked(5, "pankow", 1, other_at, "08:20", "kurz"));
        conflicts(&catalogue(&[]), &Catalogue::parse("amt.yaml", &one).unwrap(), reserved)
    };
    assert_eq!((yaml("08:10").in_the_way.len(), yaml("08:10").carried.len()), (0, 2));
    let taken = yaml("08:05").in_the_way;
    assert_eq!(taken.len(), 1);
    assert_eq!((taken[0].reserved.id.to_bits(), &taken[0].obstacle), (5, &Obstacle::DeskTaken));
}

#[test]
fn a_seat_that_returns_is_said_to_be_in_the_way_until_when() {
    let all = text(&[("mitte:", "mitte:\n      formerly: [pankow]")]);
    let one = Catalogue::parse("amt.yaml", all.split_once("    pankow:").unwrap().0).unwrap();
    let by = "2027-01-03T12:00:00+01:00".parse().unwrap();
    let returns = |reserved: Reserved| Reserved {
        kind: ReservationKind::Returning,
        services: vec![],
        group: None,
        person: None,
        returns_by: Some(by),
        ..reserved
    };
    let here = booked(1, "mitte", 1, "08:00", "08:10", "kurz");
    let there = booked(2, "pankow", 1, "08:05", "08:20", "kurz");
    for pair in [[returns(here.clone()), there.clone()], [here, returns(there)]] {
        let impact = conflicts(&catalogue(&[]), &one, pair);
        assert_eq!(impact.in_the_way.len(), 1);
        assert_eq!(impact.in_the_way[0].obstacle, Obstacle::SeatReturns(by));
        assert!(impact.report().contains("2027-01-03 12:00"), "{}", impact.report());
    }
}

#[test]
fn the_list_of_what_stands_in_the_way_says_where_when_how_many_and_what_to_do() {
    let held =
        Reserved { kind: ReservationKind::Hold, ..booked(9, "mitte", 4, "08:10", "08:20", "kurz") };
    let reserved = || usual().into_iter().chain([held.clone()]).collect::<Vec<_>>();
    let closed =
        |more: &str| format!("desks: 4\n      closures: {{x: {{date: 2027-01-04{more}}}}}");
    let mut report = String::new();
    for changes in [
        vec![("desks: 4", &*closed(""))],
        vec![("desks: 4", &*closed(", keepsBookings: true"))],
        vec![("08:00-09:00", "08:00-08:15")],
        vec![("desks: 4", "desks: 2"), ("[\"3-4\"]", "[1]"), ("public: 3", "public: 2")],
        vec![("selten: {desks: [\"3-4\"]}, ", "")],
        vec![("[\"3-4\"]", "[4]")],
        vec![("mitte:", "anderswo:")],
        vec![("mitte:", "anderswo:\n      formerly: [mitte]")],
        vec![("group: pass, slots: 2}", "group: amtlich, slots: 2}")],
        vec![],
    ] {
        report += &format!("{changes:?}\n{}\n", impact_on(reserved(), &changes).report());
    }
    insta::assert_snapshot!(report);
}

#[test]
fn what_only_returns_or_is_closed_is_in_nobodys_way_but_goes_with_a_rename() {
    let nobody = |kind| Reserved {
        kind,
        services: vec![],
        group: None,
        person: None,
        ..booked(1, "mitte", 1, "08:00", "08:10", "kurz")
    };
    let both = || [ReservationKind::Returning, ReservationKind::Closed].map(nobody).to_vec();
    let silent = ("mitte:", "anderswo:");
    let tuesdays = ("monday: 08:00-09:00", "tuesday: 08:00-09:00");
    assert_eq!(impact_on(both(), &[silent, tuesdays]), Impact::default());
    let renamed = impact_on(both(), &[("mitte:", "anderswo:\n      formerly: [mitte]")]);
    assert_eq!((renamed.in_the_way.len(), renamed.carried.len()), (0, 2));
}

#[test]
fn bookings_of_a_file_without_desk_are_looked_at_together() {
    let one = r#"{"start": "2027-01-04T08:00", "slots": 1}"#;
    let lost = |count: usize| {
        let list = format!("[{}]", vec![one; count].join(","));
        let bookings = parse_bookings("bookings.json", &list).unwrap();
        let by_location = BTreeMap::from([("mitte".parse().unwrap(), bookings)]);
        let (reserved, without_desk) = reserved_by(&catalogue(&[]), &by_location);
        let one_desk = [("desks: {public: 3}", "desks: {public: 1, phone: 1, staff: 1}")];
        (impact_on(reserved, &one_desk).in_the_way.len(), without_desk)
    };
    assert_eq!([lost(1), lost(2), lost(4), lost(5)], [(0, 0), (1, 0), (3, 0), (3, 1)]);
}

#[test]
fn bookings_that_match_nothing_are_counted_with_the_reason() {
    let at = |start: &str, more: &str| format!(r#"{{"start": "2027-01-04T{start}"{more}}}"#);
    let list = |bookings: &[String]| {
        parse_bookings("b.json", &format!("[{}]", bookings.join(","))).unwrap()
    };
    let here = list(&[
        at("08:00", ""),
        at("20:00", ""),
        at("21:00", ""),
        at("08:10", r#", "services": ["kurzz"]"#),
    ]);
    let bookings = [("mitte", here), ("mite", list(&[at("08:00", "")]))];
    let bookings = bookings.map(|(id, list)| (id.parse::<LocationId>().unwrap(), list));
    let bookings = BTreeMap::from(bookings);
    let told: Vec<String> = unmatched(&catalogue(&[]), &bookings)
        .iter()
        .map(|one| format!("{}: {one}", one.location))
        .collect();
    assert_eq!(
        told,
        [
            "mite: 1 booking matches nothing: there is no such location (2027-01-04 08:00)",
            "mitte: 2 bookings match nothing: no desk is open and free then (2027-01-04 20:00, \
             2027-01-04 21:00)",
            "mitte: 1 booking matches nothing: there is no service `kurzz` (2027-01-04 08:10)",
        ]
    );
}
