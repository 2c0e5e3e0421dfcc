//! The presets of the chart.

use booking::{
    TrustLevel,
    rules::{Attempt, History, HistoryEvent, HistoryKind, Person, Phase, Refusal},
};
use calendar::{BookingWindow, Channel};
use catalogue::{Catalogue, Service};
use jiff::{SignedDuration, Timestamp};

const AUTHORITIES: [&str; 3] = ["lea", "buergeramt", "kfz"];

fn preset(authority: &str) -> Catalogue {
    read(&format!("values-{authority}.yaml"))
}

fn read(file: &str) -> Catalogue {
    let path = format!("{}/../../charts/fairtermin/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    Catalogue::parse(file, &text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_preset_parses_and_is_open_on_working_days_and_closed_on_holidays() {
    for authority in AUTHORITIES {
        let catalogue = preset(authority);
        assert_eq!(catalogue.authority.id.as_str(), authority);
        for (id, location) in catalogue.locations() {
            let on = |date: &str| catalogue.day_plan(id, date.parse().unwrap()).unwrap();
            assert!(!on("2027-01-04").is_closed(), "{authority} {id}");
            assert!(on("2027-01-01").is_closed() && on("2027-12-24").is_closed());
            assert!(on("2027-01-03").is_closed(), "Sunday");
            for service in location.services.keys() {
                let visit = catalogue.visit(id, std::slice::from_ref(service), 1).unwrap();
                assert!(!visit.desks.is_empty());
            }
        }
    }
}

#[test]
fn no_preset_has_a_finding() {
    let presets = AUTHORITIES.map(|authority| format!("values-{authority}.yaml"));
    for file in presets.iter().map(String::as_str).chain(["examples/small-office.yaml"]) {
        let findings: Vec<String> =
            catalogue::check(&read(file)).iter().map(catalogue::line).collect();
        assert!(findings.is_empty(), "{file}:\n{}", findings.join("\n"));
    }
}

/// Who was given a date by the immigration office and wants an earlier one needs no luck with cancellations.
#[test]
fn the_immigration_office_draws_earlier_dates_among_those_who_have_one() {
    let catalogue = preset("lea");
    let assigned: Vec<_> = catalogue
        .services()
        .filter(|(_, service)| service.allocation == catalogue::Allocation::Assign)
        .collect();
    assert!(!assigned.is_empty());
    assert!(assigned.iter().all(|(_, service)| service.is_earlier_by_draw()));
}

/// What the portal says about a service is a fact with its source, or nothing.
#[test]
fn every_service_of_a_preset_links_its_own_page_and_can_be_found() {
    for authority in AUTHORITIES {
        let catalogue = preset(authority);
        for (id, service) in catalogue.services() {
            let link = service.link.as_ref().unwrap_or_else(|| panic!("{authority} {id}: no link"));
            let number = service.number.as_ref().unwrap();
            assert!(link.url.contains(number.as_str()), "{authority} {id}: {}", link.url);
            assert!(
                service.documents.is_empty() || service.documents_from.is_some(),
                "{authority} {id}: documents without a source"
            );
            let languages: std::collections::BTreeSet<_> =
                service.keywords.iter().map(|(language, _)| language.tag()).collect();
            assert!(languages.len() >= 5, "{authority} {id}: {languages:?}");
        }
    }
}

/// One of each that happens to anybody: a hold that expired, a booking that was moved, one that was
/// cancelled on the way to the office.
#[test]
fn the_limits_of_a_preset_leave_room_for_what_happens_to_anybody() {
    for (preset, service) in services() {
        let events = [
            event(&service, HistoryKind::HoldAbandoned, 1, 72),
            event(&service, HistoryKind::Moved, 3, 72),
            event(&service, HistoryKind::Cancelled, 2, 1),
        ];
        let outcome = hold(&service, &History::new(events));
        assert_eq!(outcome, Ok(()), "{preset} {}", service.group);
    }
}

#[test]
fn every_preset_stops_who_takes_seats_and_gives_them_up_again_and_again() {
    for (preset, service) in services() {
        for (kind, code) in [
            (HistoryKind::HoldAbandoned, "too-many-abandoned-holds"),
            (HistoryKind::Cancelled, "too-many-cancellations"),
        ] {
            let events = (0..5).map(|hours| event(&service, kind, hours, 72));
            let refusal = hold(&service, &History::new(events)).unwrap_err();
            assert_eq!(refusal.problem.code, code, "{preset}");
        }
        let large = |hours| HistoryEvent {
            seat_minutes: 200,
            ..event(&service, HistoryKind::Moved, hours, 72)
        };
        let refusal = hold(&service, &History::new([large(0), large(1)])).unwrap_err();
        assert_eq!(refusal.problem.code, "too-many-seat-minutes", "{preset}");
    }
}

/// An account that holds, books and gives up all day keeps little from others: how many people it
/// takes at least to leave nothing free on one day at six citizens' offices. One did it before.
#[test]
fn it_takes_many_people_to_blank_six_offices() {
    let catalogue = preset("buergeramt");
    let open = catalogue.locations().flat_map(|(id, _)| {
        let plan = catalogue.day_plan(id, "2027-01-05".parse().unwrap()).unwrap();
        let grid_minutes = plan.grid.seconds() / 60;
        let minutes = move |session: &calendar::Session| {
            let units = i64::from(session.until - session.from);
            units * grid_minutes * i64::try_from(session.public.iter().count()).unwrap()
        };
        plan.sessions.iter().map(minutes).collect::<Vec<_>>()
    });
    let (offices, open) = (catalogue.locations().len(), open.sum::<i64>());
    let (_, service) = catalogue.services().next().unwrap();
    let rules = &service.rules;
    let most = i64::from(rules.seat_minutes.as_ref().unwrap().max);
    // A person below the limit takes one more visit of the longest kind.
    let longest = i64::from(rules.party_size.as_ref().unwrap().max)
        * i64::from(rules.services_per_visit.as_ref().unwrap().max)
        * 10
        * catalogue.services().map(|(_, service)| i64::from(service.slots)).max().unwrap();
    let people = (open + most + longest - 1) / (most + longest);
    println!(
        "{people} people or more to blank {offices} offices: {open} desk minutes, {most} + {longest} each"
    );
    assert!(offices >= 6 && people >= 15, "{people} people blank {offices} offices");
}

fn services() -> Vec<(&'static str, Service)> {
    let of = |authority: &'static str| {
        let catalogue = preset(authority);
        let services: Vec<_> = catalogue.services().map(|(_, service)| service.clone()).collect();
        services.into_iter().map(move |service| (authority, service))
    };
    AUTHORITIES.into_iter().flat_map(of).collect()
}

fn now() -> Timestamp {
    "2027-01-04T12:00:00Z".parse().unwrap()
}

/// Something that a person did `hours` ago, `notice` hours before the visit.
fn event(service: &Service, kind: HistoryKind, hours: i64, notice: i64) -> HistoryEvent {
    let at = now() - SignedDuration::from_hours(hours);
    HistoryEvent {
        kind,
        at,
        group: service.group.clone(),
        starts_at: at + SignedDuration::from_hours(notice),
        seat_minutes: 20,
        returned_by: at,
        lifted: false,
    }
}

fn hold(service: &Service, history: &History) -> Result<(), Refusal> {
    let history = history.clone();
    let level = TrustLevel::High;
    let person = Person { level, entitled: true, history, ..Person::default() };
    let start = now() + SignedDuration::from_hours(14 * 24);
    service.rules.check(&Attempt {
        phase: Phase::Hold,
        now: now(),
        today: "2027-01-04".parse().unwrap(),
        start,
        date: "2027-01-18".parse().unwrap(),
        window: BookingWindow { opens: now(), closes: start },
        channel: Channel::Public,
        people: 1,
        services: 1,
        group: &service.group,
        enters_draw: false,
        person: Some(&person),
    })
}
