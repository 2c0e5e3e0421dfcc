//! What a change of the catalogue does to whatever is booked or held.
//!
//! A seat is time at a desk, so a new grid or slot length affects no booking. What can affect one
//! is a catalogue in which the desk is not there or not open at that time, or in which the
//! location, the service or the group has another name. Names are carried out for the
//! reservations if the catalogue states them (`formerly`, `formerGroup`); a desk that is taken
//! away is refused, unless the catalogue states that what is booked stays (`keepsBookings`,
//! `keepsBookingsUntil`). Time that another system has given (`closedTimes`) is always refused over a
//! booking: two people would come to one desk.
//!
//! Three answers for each reservation: it goes along under new names ([`Impact::carried`]), it
//! stays although it does not fit ([`Impact::kept`]), or it stands in the way
//! ([`Impact::in_the_way`]). The default is the last: no appointment is lost by an edit, and an
//! admin who means it writes so.
//!
//! In the order of reading: `reserved` (what is looked at), `obstacle` (why it may not fit),
//! `room` (desk and hours), `shared` (what comes together when things become one), `report`
//! (what the admin reads).

mod existing;
mod obstacle;
mod report;
mod reserved;
mod room;
mod shared;
mod strays;

use std::collections::BTreeSet;

use ids::{GroupId, ServiceId};

pub use existing::reserved_by;
pub use obstacle::Obstacle;
pub use report::Blocker;
pub use reserved::{Affected, Carried, Names, Reserved};
use room::Rooms;
use shared::Shared;
pub use strays::{Unmatched, unmatched};

use crate::Catalogue;

/// What a change of the catalogue does to whatever is booked or held. What is named nowhere stays
/// as it is and fits.
///
/// A value: nothing is changed by computing it. The slot service carries it out
/// (`services/slot/src/app/apply_catalogue`), the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// To be rewritten in the transaction that puts the catalogue into force.
    ///
    /// In the order in which they were read.
    pub carried: Vec<Carried>,
    /// Stays although it does not fit, as the catalogue states: for staff to serve, move or cancel.
    ///
    /// One that is carried under new names as well stands in both lists.
    pub kept: Vec<Affected>,
    /// Why the catalogue must not come into force.
    ///
    /// If it is empty, the catalogue may come into force.
    pub in_the_way: Vec<Affected>,
}

/// What putting `after` in the place of `before` does to `reserved`: everything from now on, in
/// any order. It is read once. Kept in memory are the affected ones, and the persons of groups and locations
/// that become one.
///
/// What did not fit `before` either is not reported again, so staff may overbook.
///
/// What is past need not be among `reserved`: no change can harm it.
///
/// Each reservation is asked in this order: does each of its names lead somewhere, does it meet
/// another one where things become one, is there room at the present location. The second
/// question needs all reservations and is answered at the end.
#[must_use]
pub fn conflicts(
    before: &Catalogue,
    after: &Catalogue,
    reserved: impl IntoIterator<Item = Reserved>,
) -> Impact {
    let (mut old_rooms, mut rooms) = (Rooms::new(before), Rooms::new(after));
    let mut shared = Shared::new(before, after);
    let mut impact = Impact::default();
    for reserved in reserved {
        let now = match names_now(before, after, &reserved) {
            Ok(now) => now,
            Err(obstacle) => {
                impact.in_the_way.push(Affected { reserved, obstacle });
                continue;
            }
        };
        shared.add(&reserved, &now);
        let obstacle = rooms.obstacle(&now.location, &now.services, &reserved);
        let obstacle = obstacle.filter(|_| had_room(before, &mut old_rooms, &reserved));
        if let Some(obstacle) = obstacle {
            let keeps = obstacle.can_stay() && rooms.keeps(&now.location, &reserved.seat);
            let affected = Affected { reserved: reserved.clone(), obstacle };
            (if keeps { &mut impact.kept } else { &mut impact.in_the_way }).push(affected);
            if !keeps {
                continue;
            }
        }
        if now != Names::of(&reserved) {
            impact.carried.push(Carried { reserved, now });
        }
    }
    let clashes = |carried: &mut Carried| shared.obstacle(carried).is_some();
    for carried in impact.carried.extract_if(.., clashes) {
        if let Some(obstacle) = shared.obstacle(&carried) {
            impact.in_the_way.push(Affected { reserved: carried.reserved, obstacle });
        }
    }
    impact
}

/// By the catalogue before, under the names that it knew. An unknown location or service had
/// none.
fn had_room(before: &Catalogue, rooms: &mut Rooms<'_>, reserved: &Reserved) -> bool {
    let Some(location) = before.location_now(&reserved.seat.location) else { return false };
    let services: Option<Vec<_>> =
        reserved.services.iter().map(|id| before.service_now(id).cloned()).collect();
    services.is_some_and(|ids| rooms.obstacle(location, &ids, reserved).is_none())
}

/// # Errors
/// The location or a service is gone with this change, or the group cannot be told.
fn names_now(
    before: &Catalogue,
    after: &Catalogue,
    reserved: &Reserved,
) -> Result<Names, Obstacle> {
    let mut now = Names::of(reserved);
    // The rest has no visit, and what was gone before is not caused by this change.
    let waits = reserved.holds_a_desk();
    match after.location_now(&now.location) {
        Some(location) => now.location = location.clone(),
        None if waits && before.location_now(&now.location).is_some() => {
            return Err(Obstacle::LocationGone);
        }
        None => {}
    }
    for service in &mut now.services {
        match after.service_now(service) {
            Some(present) => *service = present.clone(),
            None if waits && before.service_now(service).is_some() => {
                return Err(Obstacle::ServiceGone(service.clone()));
            }
            None => {}
        }
    }
    if let Some(from) = &reserved.group {
        now.group = Some(group_now(before, after, from, &reserved.services)?);
    }
    let mut seen = BTreeSet::new();
    now.services.retain(|service| seen.insert(service.clone()));
    Ok(now)
}

/// The group that a reservation of the group `from` counts in now: that of its services.
///
/// Without services, as a seat to be drawn, the group itself may have been renamed.
///
/// # Errors
/// A service is in another group now and nothing says that bookings go along
/// ([`Obstacle::Regrouped`]), or the services are in several ([`Obstacle::SeveralGroups`]).
fn group_now(
    before: &Catalogue,
    after: &Catalogue,
    from: &GroupId,
    services: &[ServiceId],
) -> Result<GroupId, Obstacle> {
    let mut group = None;
    for old in services {
        let present = after.service_now(old).and_then(|id| Some((id, after.service(id)?)));
        let Some((id, service)) = present else { continue };
        let to = &service.group;
        let stated = from == to
            || service.former_group.as_ref() == Some(from)
            || after.group(to).is_some_and(|group| group.formerly.contains(from));
        let was_so = before.service_now(old).and_then(|id| before.service(id));
        if !stated && was_so.is_some_and(|was| was.group == *to) {
            // They differed before, which is no matter of this change.
            return Ok(from.clone());
        }
        if !stated {
            let (service, from, to) = (id.clone(), from.clone(), to.clone());
            return Err(Obstacle::Regrouped { service, from, to });
        }
        if group.is_some_and(|group| group != to) {
            return Err(Obstacle::SeveralGroups);
        }
        group = Some(to);
    }
    Ok(group.or_else(|| after.group_now(from)).unwrap_or(from).clone())
}
