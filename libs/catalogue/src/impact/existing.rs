//! Bookings of a file, as a change of the catalogue can touch them.
//!
//! For `fairtermin check --against`, which has an export of bookings and no database. A file
//! names starts, slots and perhaps desks; the catalogue in force says what that is in time and
//! desk.

use std::collections::{BTreeMap, BTreeSet};

use booking::{LocalDay, ReservationKind};
use calendar::DeskSet;
use ids::{LocationId, ReservationId};

use super::Reserved;
use crate::{
    Catalogue,
    preview::{Existing, existing::seated},
};

/// What `bookings` reserve by the rules of `catalogue`, and how many of them it has no desk for:
/// those are left out. Bookings that name no desk get one together, so that two at one time have
/// two desks. They bind no person, since the file names none.
///
/// Ids are counted up from 0 and mean nothing outside. Bookings on a day that the location does
/// not have are among those without a desk.
///
/// Use the catalogue *before* the change: these bookings were made by its rules.
#[must_use]
pub fn reserved_by(
    catalogue: &Catalogue,
    bookings: &BTreeMap<LocationId, Vec<Existing>>,
) -> (Vec<Reserved>, usize) {
    let zone = ambient::berlin();
    let mut found = Vec::new();
    for (location, bookings) in bookings {
        let day_of = |booking: &Existing| zone.to_datetime(booking.start).date();
        let days: BTreeSet<_> = bookings.iter().map(day_of).collect();
        for plan in days.into_iter().filter_map(|date| catalogue.day_plan(location, date)) {
            let day = LocalDay::of(location, &plan);
            let skilled = |booking: &Existing| skilled(catalogue, location, booking);
            for (booking, span, desk) in seated(&plan, skilled, bookings) {
                let first = booking.services.first().and_then(|id| catalogue.service(id));
                found.push(Reserved {
                    id: ReservationId::from_bits(found.len() as u128),
                    kind: ReservationKind::Booking,
                    seat: day.seat(span, desk),
                    services: booking.services.clone(),
                    group: first.map(|service| service.group.clone()),
                    person: None,
                    returns_by: None,
                });
            }
        }
    }
    let all: usize = bookings.values().map(Vec::len).sum();
    let without_desk = all - found.len();
    (found, without_desk)
}

/// The desks that do all services of the booking; all desks if it names none.
pub(super) fn skilled(catalogue: &Catalogue, location: &LocationId, booking: &Existing) -> DeskSet {
    let Some(place) = catalogue.location(location) else { return DeskSet::EMPTY };
    let desks = booking.services.iter().map(|service| place.desks_for(service));
    desks.fold(place.all_desks(), DeskSet::intersection)
}
