//! Bookings of a file that the catalogue knows nothing of.
//!
//! Who compares a change with the bookings of another authority, or with a misspelt location, would
//! read that nothing stands in the way.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, ptr,
};

use ids::LocationId;
use jiff::Timestamp;

use super::existing::skilled;
use crate::{
    Catalogue,
    preview::{Existing, existing::seated},
};

/// Bookings at one location that match nothing for one reason. Prints as half a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The location, as the file calls it.
    pub location: LocationId,
    /// Why they match nothing.
    pub problem: String,
    /// When they start, earliest first. At least one.
    ///
    /// UTC; printed in local time.
    pub starts: Vec<Timestamp>,
}

/// The bookings of a place or of a service that `catalogue` does not have, and those at a time at
/// which no desk is open and free. By location and reason.
#[must_use]
pub fn unmatched(
    catalogue: &Catalogue,
    bookings: &BTreeMap<LocationId, Vec<Existing>>,
) -> Vec<Unmatched> {
    let mut found = BTreeMap::<(&LocationId, String), Vec<Timestamp>>::new();
    for (location, bookings) in bookings {
        let seats = at_desks(catalogue, location, bookings);
        for booking in bookings {
            let unknown = booking.services.iter().find(|id| catalogue.service(id).is_none());
            let problem = if catalogue.location(location).is_none() {
                "there is no such location".to_owned()
            } else if let Some(service) = unknown {
                format!("there is no service `{service}`")
            } else if !seats.contains(&ptr::from_ref(booking)) {
                "no desk is open and free then".to_owned()
            } else {
                continue;
            };
            found.entry((location, problem)).or_default().push(booking.start);
        }
    }
    let whole = |((location, problem), mut starts): ((&LocationId, String), Vec<Timestamp>)| {
        starts.sort_unstable();
        Unmatched { location: location.clone(), problem, starts }
    };
    found.into_iter().map(whole).collect()
}

/// Those that have a desk, by their place in memory: two bookings may be equal.
fn at_desks(
    catalogue: &Catalogue,
    location: &LocationId,
    bookings: &[Existing],
) -> BTreeSet<*const Existing> {
    let zone = ambient::berlin();
    let days: BTreeSet<_> =
        bookings.iter().map(|booking| zone.to_datetime(booking.start).date()).collect();
    let plans = days.into_iter().filter_map(|date| catalogue.day_plan(location, date));
    let of_day = |plan: calendar::DayPlan| -> Vec<*const Existing> {
        let skilled = |booking: &Existing| skilled(catalogue, location, booking);
        let seats = seated(&plan, skilled, bookings);
        seats.into_iter().map(|(booking, ..)| ptr::from_ref(booking)).collect()
    };
    plans.flat_map(of_day).collect()
}

impl fmt::Display for Unmatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.starts.len() {
            1 => write!(f, "1 booking matches nothing: {}", self.problem)?,
            many => write!(f, "{many} bookings match nothing: {}", self.problem)?,
        }
        let zone = ambient::berlin();
        let first =
            self.starts.iter().take(3).map(|start| {
                start.to_zoned_datetime(zone.clone()).strftime("%F %H:%M").to_string()
            });
        let first: Vec<String> = first.collect();
        let more = if self.starts.len() > first.len() { ", …" } else { "" };
        write!(f, " ({}{more})", first.join(", "))
    }
}
