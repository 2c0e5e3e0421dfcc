//! A small world of people who book what is offered while the catalogue changes.

mod office;
mod recount;

use std::collections::BTreeSet;

use booking::{
    LocalDay, ReservationKind,
    capacity::{DayOccupancy, Need, choose},
};
use calendar::{Channel, DayPlan};
use catalogue::{Catalogue, Reserved, conflicts};
use ids::{LocationId, Pseudonym, ReservationId, ServiceId};
use office::{Change, DAYS, Day, GRIDS, Office};
use proptest::{prelude::*, sample::select};

#[derive(Debug, Clone, Copy)]
enum Step {
    /// A person books a service at a place on a day, at one of the free starts.
    Book {
        person: u8,
        service: usize,
        place: usize,
        day: usize,
        start: prop::sample::Index,
    },
    Cancel(prop::sample::Index),
    Change(Change),
}

struct World {
    office: Office,
    catalogue: Catalogue,
    bookings: Vec<Reserved>,
    /// Those that a change kept although they no longer fit.
    kept: BTreeSet<ReservationId>,
    made: u128,
}

impl World {
    fn new() -> Self {
        let office = Office::new();
        let catalogue = office.catalogue();
        Self { office, catalogue, bookings: vec![], kept: BTreeSet::new(), made: 0 }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Book { person, service, place, day, start } => {
                self.book(Pseudonym::from_bits(person.into()), service, place, day, start);
            }
            Step::Cancel(_) if self.bookings.is_empty() => {}
            Step::Cancel(which) => {
                self.bookings.swap_remove(which.index(self.bookings.len()));
            }
            Step::Change(change) => self.change(change),
        }
    }

    fn book(
        &mut self,
        person: Pseudonym,
        service: usize,
        place: usize,
        day: usize,
        start: prop::sample::Index,
    ) {
        let location: LocationId = self.office.places[place].name.now.parse().unwrap();
        let id: ServiceId = self.office.services[service].name.now.parse().unwrap();
        let Ok(visit) = self.catalogue.visit(&location, std::slice::from_ref(&id), 1) else {
            return;
        };
        let group = self.catalogue.service(&id).unwrap().group.clone();
        if self
            .bookings
            .iter()
            .any(|b| b.person == Some(person) && b.group.as_ref() == Some(&group))
        {
            return;
        }
        let plan = self.plan(&location, day);
        let occupancy = self.occupancy(&location, &plan);
        let need = Need { slots: visit.slots, channel: Channel::Public, skilled: visit.desks };
        let mut offers: Vec<_> = need.offers(&plan).collect();
        offers.retain(|offer| !offer.free(&occupancy).is_empty());
        if offers.is_empty() {
            return;
        }
        let (offer, desk) = choose(&[offers[start.index(offers.len())]], &occupancy).unwrap();
        self.made += 1;
        self.bookings.push(Reserved {
            id: ReservationId::from_bits(self.made),
            kind: ReservationKind::Booking,
            seat: LocalDay::of(&location, &plan).seat(offer.span, desk),
            services: vec![id],
            group: Some(group),
            person: Some(person),
            returns_by: None,
        });
    }

    /// As the slot service does it: all bookings in one transaction, or nothing.
    fn change(&mut self, change: Change) {
        let office = self.office.changed(change);
        let catalogue = office.catalogue();
        let impact = conflicts(&self.catalogue, &catalogue, self.bookings.clone());
        if change.touches_no_seat() {
            assert_eq!((impact.in_the_way.len(), impact.carried.len()), (0, 0), "{change:?}");
        }
        if !impact.in_the_way.is_empty() {
            return;
        }
        for carried in impact.carried {
            let booking = self.bookings.iter_mut().find(|b| b.id == carried.reserved.id).unwrap();
            booking.seat.location = carried.now.location;
            booking.services = carried.now.services;
            booking.group = carried.now.group;
        }
        self.kept.extend(impact.kept.iter().map(|kept| kept.reserved.id));
        (self.office, self.catalogue) = (office, catalogue);
    }

    fn plan(&self, location: &LocationId, day: usize) -> DayPlan {
        self.catalogue.day_plan(location, DAYS[day].parse().unwrap()).unwrap()
    }

    fn occupancy(&self, location: &LocationId, plan: &DayPlan) -> DayOccupancy {
        let day = LocalDay::of(location, plan);
        let mut occupancy = DayOccupancy::default();
        let zone = ambient::berlin();
        for booking in &self.bookings {
            if LocalDay::of_seat(&booking.seat, &zone) == day {
                occupancy.take(day.span_of(&booking.seat), booking.seat.desk);
            }
        }
        occupancy
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    let two = || 0..2usize;
    let day = select(vec![Day::Open, Day::Closed, Day::ClosedAndKeeps]);
    prop_oneof![
        (two(), 0..GRIDS.len()).prop_map(|(place, grid)| Change::Grid(place, grid)),
        (two(), 1..=2u16).prop_map(|(place, units)| Change::SlotUnits(place, units)),
        (two(), 7..=9u16, 1..=4u16).prop_map(|(place, from, to)| Change::Hours(place, from, to)),
        (two(), 1..=3u8).prop_map(|(place, desks)| Change::Desks(place, desks)),
        (two(), 0..=3u8).prop_map(|(place, public)| Change::Public(place, public)),
        (two(), two(), day).prop_map(|(place, day, state)| Change::Day(place, day, state)),
        (two(), any::<bool>()).prop_map(|(place, keeps)| Change::Keeps(place, keeps)),
        (two(), two()).prop_map(|(place, service)| Change::Does(place, service)),
        (two(), any::<bool>()).prop_map(|(place, stated)| Change::RenamePlace(place, stated)),
        (two(), any::<bool>()).prop_map(|(service, stated)| Change::RenameService(service, stated)),
        (two(), any::<bool>()).prop_map(|(group, stated)| Change::RenameGroup(group, stated)),
        (two(), any::<bool>()).prop_map(|(service, stated)| Change::Regroup(service, stated)),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let index = any::<prop::sample::Index>;
    let book = (0..4u8, 0..2usize, 0..2usize, 0..2usize, index()).prop_map(
        |(person, service, place, day, start)| Step::Book { person, service, place, day, start },
    );
    prop_oneof![
        4 => book,
        1 => index().prop_map(Step::Cancel),
        3 => any_change().prop_map(Step::Change),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn no_change_makes_a_double_booking_or_orphans_one_and_what_is_offered_works_around_them(
        steps in prop::collection::vec(any_step(), 1..40),
    ) {
        let mut world = World::new();
        for step in steps {
            world.step(step);
            world.recount();
        }
    }
}
