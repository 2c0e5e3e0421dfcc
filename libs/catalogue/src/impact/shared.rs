//! Reservations that come together in one group or at one location.
//!
//! Each of them may fit alone. Together they can break the two promises: one active booking per
//! person and group, one visit per desk and time. So all are collected first ([`Shared::add`])
//! and asked afterwards ([`Shared::obstacle`]).

use std::collections::{BTreeSet, HashMap};

use booking::Seat;
use calendar::Desk;
use ids::{GroupId, LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Carried, Names, Obstacle, Reserved};
use crate::Catalogue;

/// Reservations in groups and at desks that the change merges.
///
/// Only what meets something else is kept in memory; a change without merging keeps nothing.
pub(super) struct Shared {
    zone: TimeZone,
    groups: BTreeSet<GroupId>,
    locations: BTreeSet<LocationId>,
    /// The group that a person's reservation comes from; `None` if there are two such groups.
    persons: HashMap<(Pseudonym, GroupId), Option<GroupId>>,
    /// By desk and local day, so that few are compared with few.
    seats: HashMap<(LocationId, Desk, Date), Vec<KeptSeat>>,
}

/// A seat, and the latest moment at which it is free again if it is returning.
type KeptSeat = (Seat, Option<Timestamp>);

impl Shared {
    /// Finds what the change merges: groups and locations with former names, groups that
    /// services move to.
    pub(super) fn new(before: &Catalogue, after: &Catalogue) -> Self {
        // What `before` stated too was carried out when it came into force.
        let renamed = after.groups.iter().filter(|(_, group)| {
            group.formerly.iter().any(|former| before.groups.contains_key(former))
        });
        let joined = after.services.iter().filter(|(id, service)| {
            let earlier = std::iter::once(*id).chain(&service.formerly);
            let mut earlier = earlier.filter_map(|id| before.services.get(id));
            service.former_group.is_some() && earlier.any(|old| old.group != service.group)
        });
        let united = after.locations.iter().filter(|(_, location)| {
            location.formerly.iter().any(|former| before.locations.contains_key(former))
        });
        Self {
            zone: ambient::berlin(),
            groups: (renamed.map(|(id, _)| id.clone()))
                .chain(joined.map(|(_, service)| service.group.clone()))
                .collect(),
            locations: united.map(|(id, _)| id.clone()).collect(),
            persons: HashMap::new(),
            seats: HashMap::new(),
        }
    }

    /// For each reservation, once, with its names after the change.
    pub(super) fn add(&mut self, reserved: &Reserved, now: &Names) {
        if let (Some(person), Some(from), Some(to)) = (reserved.person, &reserved.group, &now.group)
            && self.groups.contains(to)
        {
            let known = self.persons.entry((person, to.clone()));
            let known = known.or_insert_with(|| Some(from.clone()));
            if known.as_ref().is_some_and(|known| known != from) {
                *known = None;
            }
        }
        if self.locations.contains(&now.location) {
            let key = (now.location.clone(), reserved.seat.desk, reserved.seat.date(&self.zone));
            let seat = (reserved.seat.clone(), reserved.returns_by);
            self.seats.entry(key).or_default().push(seat);
        }
    }

    /// What keeps a reservation from coming to those that are there already.
    ///
    /// Ask when all are added. If this seat is returning, or all those that it meets are,
    /// waiting is enough, and the obstacle says until when; else staff must act first.
    pub(super) fn obstacle(&self, carried: &Carried) -> Option<Obstacle> {
        let Carried { reserved, now } = carried;
        let key = (now.location.clone(), reserved.seat.desk, reserved.seat.date(&self.zone));
        // Seats of one location never overlap, so the other one comes from elsewhere.
        let overlaps = |(other, _): &&(Seat, Option<Timestamp>)| {
            other.location != reserved.seat.location
                && other.start < reserved.seat.end
                && reserved.seat.start < other.end
        };
        let seats = self.seats.get(&key).map_or(&[][..], Vec::as_slice);
        let mut overlapping = seats.iter().filter(overlaps).peekable();
        if overlapping.peek().is_some() {
            // Staff can act on a booking only.
            let returns_by = |(_, returns_by): &(Seat, Option<Timestamp>)| *returns_by;
            let all_return = overlapping.map(returns_by).collect::<Option<Vec<_>>>();
            let others = all_return.and_then(|all| all.into_iter().max());
            let by = reserved.returns_by.or(others);
            return Some(by.map_or(Obstacle::DeskTaken, Obstacle::SeatReturns));
        }
        let (person, group) = (reserved.person?, now.group.clone()?);
        let from_two_groups = self.persons.get(&(person, group.clone())) == Some(&None);
        let regrouped = reserved.group.as_ref() != Some(&group);
        (from_two_groups && regrouped).then_some(Obstacle::SecondInGroup(group))
    }
}
