//! What a change gives and takes, against the slow way: each service at each place on each day, one desk after
//! the other, and nothing left out because it is alike.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    iter::once,
};

use booking::rules::{Attempt, Phase};
use calendar::{Channel, Desk};
use catalogue::{Catalogue, Difference, start_changes};
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use proptest::{prelude::*, sample::select};

/// Monday and Tuesday, as it were noon on the Friday before.
const DAYS: [&str; 2] = ["2027-01-04", "2027-01-05"];
const NOW: &str = "2027-01-01T12:00+01:00";

const SERVICES: [&str; 3] = ["eins", "zwei", "drei"];
const PLACES: [&str; 2] = ["nord", "sued"];

#[derive(Debug, Clone)]
struct Place {
    desks: u8,
    public: u8,
    hours: &'static str,
    slot_minutes: u8,
    is_closed_on_monday: bool,
    /// How it does each service; not at all if empty.
    offered: [&'static str; 3],
}

#[derive(Debug, Clone)]
struct Office {
    places: [Place; 2],
    services: [&'static str; 3],
}

/// What becomes of ids.
#[derive(Debug, Clone, Copy)]
enum Names {
    Stay,
    /// The first has another one.
    Renamed,
    /// The first two become one, which is as the first was.
    Merged,
}

impl Names {
    /// For each that is left: which one it is, its id, and what states what it was called.
    fn of(self, ids: &[&str]) -> Vec<(usize, String, String)> {
        let same = |index: usize| (index, ids[index].to_owned(), String::new());
        let new = |former: String| (0, "neu".to_owned(), format!("formerly: [{former}], "));
        match self {
            Self::Stay => (0..ids.len()).map(same).collect(),
            Self::Renamed => once(new(ids[0].to_owned())).chain((1..ids.len()).map(same)).collect(),
            Self::Merged => {
                once(new(ids[..2].join(", "))).chain((2..ids.len()).map(same)).collect()
            }
        }
    }
}

impl Office {
    fn catalogue(&self, places: Names, services: Names) -> Catalogue {
        let (places, services) = (places.of(&PLACES), services.of(&SERVICES));
        let mut text = String::from(
            "catalogue:\n  authority: {id: amt, name: {de: Amt}}\n  groups: {g: {name: {de: G}}}\n  services:\n",
        );
        for (index, id, formerly) in &services {
            let rules = self.services[*index];
            let _ = writeln!(text, "    {id}: {{{formerly}name: {{de: S}}, group: g{rules}}}");
        }
        text += "  locations:\n";
        for (index, id, formerly) in &places {
            let place = &self.places[*index];
            let done = services.iter().filter(|(index, ..)| !place.offered[*index].is_empty());
            let done: Vec<_> =
                done.map(|(index, id, _)| format!("{id}: {}", place.offered[*index])).collect();
            let closures = if place.is_closed_on_monday { "c: {date: 2027-01-04}" } else { "" };
            let Place { desks, public, hours, slot_minutes, .. } = place;
            let _ = writeln!(
                text,
                "    {id}: {{{formerly}name: {{de: L}}, address: {{street: W 1, postalCode: \"10115\"}}, \
                 desks: {desks}, bookable: {{fromDays: 0, toDays: 60}}, services: {{{}}}, \
                 closures: {{{closures}}}, opening: {{r: {{hours: {{monday: \"{hours}\", tuesday: \
                 \"{hours}\"}}, slotMinutes: {slot_minutes}, desks: {{public: {public}}}}}}}}}",
                done.join(", ")
            );
        }
        Catalogue::parse("amt.yaml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }
}

#[derive(Default)]
struct Seats {
    starts: BTreeSet<(Timestamp, Desk)>,
    room: usize,
}

impl Seats {
    fn add(
        &mut self,
        catalogue: &Catalogue,
        place: &LocationId,
        id: &ServiceId,
        date: Date,
        channel: Channel,
    ) {
        let (Some(service), Some(plan)) = (catalogue.service(id), catalogue.day_plan(place, date))
        else {
            return;
        };
        let Ok(visit) = catalogue.visit_by(channel, place, std::slice::from_ref(id), 1) else {
            return;
        };
        let now: Timestamp = NOW.parse().unwrap();
        let today = ambient::berlin().to_datetime(now).date();
        for session in &plan.sessions {
            for desk in session.desks(channel).intersection(visit.desks).iter() {
                let mut free_from = session.from;
                for unit in session.starts(visit.slots) {
                    let start = plan.time_of(unit);
                    let attempt = Attempt {
                        phase: Phase::Offer,
                        now,
                        today,
                        start,
                        date,
                        window: session.window,
                        channel,
                        people: 1,
                        services: 1,
                        group: &service.group,
                        enters_draw: false,
                        person: None,
                    };
                    if service.rules.check(&attempt).is_err() {
                        continue;
                    }
                    self.starts.insert((start, desk));
                    if unit >= free_from {
                        free_from = unit + session.visit_units(visit.slots);
                        self.room += 1;
                    }
                }
            }
        }
    }
}

/// What starts are gained and lost, and how many visits more or fewer fit.
type Told = BTreeMap<(ServiceId, Date, Channel), (Difference, isize)>;

/// Each as it is called after the change, with what it was called before.
fn pairs<'a, Id: Ord>(
    before: impl Iterator<Item = &'a Id>,
    after: impl Iterator<Item = &'a Id>,
    now: impl Fn(&'a Id) -> &'a Id,
) -> BTreeMap<&'a Id, Vec<&'a Id>> {
    let mut all: BTreeMap<_, Vec<_>> = after.map(|id| (id, Vec::new())).collect();
    for id in before {
        all.entry(now(id)).or_default().push(id);
    }
    all
}

fn slowly(before: &Catalogue, after: &Catalogue) -> Told {
    let places =
        pairs(before.locations().map(|(id, _)| id), after.locations().map(|(id, _)| id), |id| {
            let named = after.locations().find(|(_, place)| place.formerly.contains(id));
            named.map_or(id, |(new, _)| new)
        });
    let services =
        pairs(before.services().map(|(id, _)| id), after.services().map(|(id, _)| id), |id| {
            let named = after.services().find(|(_, service)| service.formerly.contains(id));
            named.map_or(id, |(new, _)| new)
        });
    let mut all = Told::new();
    for (service, former) in &services {
        for date in DAYS.map(|day| day.parse::<Date>().unwrap()) {
            for channel in [Channel::Public, Channel::Phone, Channel::Staff] {
                let mut sum = (Difference::default(), 0);
                for (place, earlier) in &places {
                    let (mut old, mut new) = (Seats::default(), Seats::default());
                    for place in earlier {
                        for id in former {
                            old.add(before, place, id, date, channel);
                        }
                    }
                    new.add(after, place, service, date, channel);
                    sum.0.gained += new.starts.difference(&old.starts).count();
                    sum.0.lost += old.starts.difference(&new.starts).count();
                    sum.1 += new.room.cast_signed() - old.room.cast_signed();
                }
                all.insert(((*service).clone(), date, channel), sum);
            }
        }
    }
    let public = all.clone();
    all.retain(|(service, date, channel), sum| {
        let repeats = *channel != Channel::Public
            && public.get(&(service.clone(), *date, Channel::Public)) == Some(&*sum);
        *sum != (Difference::default(), 0) && !repeats
    });
    all
}

fn told(before: &Catalogue, after: &Catalogue) -> Told {
    let days = DAYS.map(|day| day.parse().unwrap());
    let found = start_changes(before, after, (days[0], days[1]), NOW.parse().unwrap());
    let one = |change: catalogue::StartChange| {
        let room = change.room_after.cast_signed() - change.room_before.cast_signed();
        ((change.service, change.date, change.channel), (change.starts, room))
    };
    found.into_iter().map(one).collect()
}

fn any_place() -> impl Strategy<Value = Place> {
    let offered = || {
        select(vec![
            "",
            "{}",
            "{}",
            "{slots: 2}",
            "{desks: [1]}",
            "{desks: [2]}",
            "{staffOnly: true}",
        ])
    };
    let hours = select(vec!["08:00-09:00", "08:00-10:00", "08:00-08:30, 09:00-10:00"]);
    let place = (2..=3u8, 0..=2u8, hours, select(vec![10, 20u8]), prop::bool::weighted(0.2));
    (place, [offered(), offered(), offered()]).prop_map(|(place, offered)| {
        let (desks, public, hours, slot_minutes, is_closed_on_monday) = place;
        Place { desks, public, hours, slot_minutes, is_closed_on_monday, offered }
    })
}

fn any_service() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        ", slots: 2",
        ", rules: {leadTime: {minutes: 4320}}",
        ", rules: {bookingWindow: {fromDays: 4}}",
    ])
}

fn any_office() -> impl Strategy<Value = Office> {
    let services = [any_service(), any_service(), any_service()];
    ([any_place(), any_place()], services)
        .prop_map(|(places, services)| Office { places, services })
}

/// Most changes touch one thing and leave the rest as it is.
fn any_change() -> impl Strategy<Value = (Office, Office)> {
    (any_office(), any_office(), 0..6usize).prop_map(|(before, other, part)| {
        let mut after = before.clone();
        match part {
            0 => after.places[0] = other.places[0].clone(),
            1 => after.places[1].offered = other.places[1].offered,
            2 => after.places[1].desks = other.places[1].desks,
            3 => after.services[2] = other.services[2],
            4 => after = other,
            _ => {}
        }
        (before, after)
    })
}

fn any_names() -> impl Strategy<Value = Names> {
    select(vec![Names::Stay, Names::Stay, Names::Renamed, Names::Merged])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn what_is_alike_is_counted_once_and_nothing_is_lost_by_that(
        (before, after) in any_change(), places in any_names(), services in any_names(),
    ) {
        let before = before.catalogue(Names::Stay, Names::Stay);
        let after = after.catalogue(places, services);
        prop_assert_eq!(told(&before, &after), slowly(&before, &after));
    }
}
