//! What a new catalogue would change: slots gained and lost, bookings that no longer fit.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use calendar::{DayPlan, Desk};
use ids::LocationId;
use jiff::civil::Date;

use crate::{Catalogue, preview::Existing};

/// What changes on one day at one location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChange {
    /// The place.
    pub location: LocationId,
    /// The local day.
    pub date: Date,
    /// Slots that the public can book after the change and could not before.
    pub gained: usize,
    /// Slots that the public could book before the change and cannot after.
    pub lost: usize,
    /// Bookings for which nothing is open after the change, or not their desk.
    pub stranded: Vec<Existing>,
}

/// The days from `from` to `to` on which something changes, by location and day. `bookings` are
/// those that exist, by location.
#[must_use]
pub fn changes(
    before: &Catalogue,
    after: &Catalogue,
    (from, to): (Date, Date),
    bookings: &BTreeMap<LocationId, Vec<Existing>>,
) -> Vec<DayChange> {
    let locations: BTreeSet<&LocationId> =
        before.locations.keys().chain(after.locations.keys()).collect();
    let days = || from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to);
    locations
        .into_iter()
        .flat_map(|location| days().map(move |date| (location, date)))
        .map(|(location, date)| {
            let booked = bookings.get(location).map_or(&[][..], Vec::as_slice);
            change(before, after, location, date, booked)
        })
        .filter(|change| change.gained + change.lost + change.stranded.len() > 0)
        .collect()
}

fn change(
    before: &Catalogue,
    after: &Catalogue,
    location: &LocationId,
    date: Date,
    booked: &[Existing],
) -> DayChange {
    let (old, new) = (before.day_plan(location, date), after.day_plan(location, date));
    let (old_slots, new_slots) = (slots(old.as_ref()), slots(new.as_ref()));
    // A location that is gone still tells which bookings belong to the day.
    let day = new.as_ref().or(old.as_ref());
    let of_day = |booking: &&Existing| day.is_some_and(|plan| is_on(plan, booking));
    let stranded = |booking: &&Existing| !new.as_ref().is_some_and(|plan| has_room(plan, booking));
    DayChange {
        location: location.clone(),
        date,
        gained: new_slots.difference(&old_slots).count(),
        lost: old_slots.difference(&new_slots).count(),
        stranded: booked.iter().filter(of_day).filter(stranded).copied().collect(),
    }
}

/// Every slot that the public can book: its instant, its length in minutes, its desk.
fn slots(plan: Option<&DayPlan>) -> BTreeSet<(jiff::Timestamp, u16, Desk)> {
    let of_plan = |plan: &DayPlan| -> Vec<_> {
        let of_session = |session: &calendar::Session| {
            let minutes = session.slot_units * plan.grid.minutes();
            let starts = session.starts(1).map(|start| plan.time_of(start)).collect::<Vec<_>>();
            let desks = session.public;
            starts
                .into_iter()
                .flat_map(move |start| desks.iter().map(move |desk| (start, minutes, desk)))
        };
        plan.sessions.iter().flat_map(of_session).collect()
    };
    plan.into_iter().flat_map(of_plan).collect()
}

fn is_on(plan: &DayPlan, booking: &Existing) -> bool {
    plan.starts_at <= booking.start && booking.start < plan.time_of(plan.units)
}

fn has_room(plan: &DayPlan, booking: &Existing) -> bool {
    plan.unit_at(booking.start).is_some_and(|start| {
        plan.sessions_for(start, booking.slots)
            .any(|session| booking.desk.is_none_or(|desk| session.staff.contains(desk)))
    })
}

/// For people: one line per day, then the sums.
#[must_use]
pub fn changes_table(changes: &[DayChange]) -> String {
    let zone = ambient::berlin();
    let mut text = String::new();
    for change in changes {
        let DayChange { location, date, gained, lost, stranded } = change;
        let _ = writeln!(text, "{date}  {location}: {gained} slots gained, {lost} lost");
        for booking in stranded {
            let time =
                booking.start.to_zoned_datetime(zone.clone()).strftime("%H:%M %:z").to_string();
            let desk = booking.desk.map(|desk| format!(" at desk {desk}")).unwrap_or_default();
            let _ = writeln!(text, "    the booking at {time}{desk} no longer fits");
        }
    }
    let sum = |count: fn(&DayChange) -> usize| changes.iter().map(count).sum::<usize>();
    let (gained, lost) = (sum(|change| change.gained), sum(|change| change.lost));
    let stranded = sum(|change| change.stranded.len());
    let _ = writeln!(text, "{gained} slots gained, {lost} lost, {stranded} bookings no longer fit");
    text
}
