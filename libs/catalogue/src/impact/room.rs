//! Whether a catalogue has room for a seat: its desk, open for all of its time.
//!
//! Asked of the catalogue after the change and, if it has none, of the one before: only what is
//! lost by the change is reported.

use std::collections::BTreeMap;

use booking::Seat;
use calendar::DayPlan;
use ids::{LocationId, ServiceId};
use jiff::{civil::Date, tz::TimeZone};

use super::{Obstacle, Reserved};
use crate::{Catalogue, Location};

/// The day plans of one catalogue, worked out once.
///
/// A change asks for the same days again and again; plans are kept for as long as the
/// comparison takes.
pub(super) struct Rooms<'a> {
    catalogue: &'a Catalogue,
    zone: TimeZone,
    plans: BTreeMap<(&'a LocationId, Date), DayPlan>,
}

impl<'a> Rooms<'a> {
    pub(super) fn new(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, zone: ambient::berlin(), plans: BTreeMap::new() }
    }

    /// What keeps a reservation from being at `location` for `services`. Nothing, if the desk is
    /// not staffed or the location does not exist.
    ///
    /// The first of: the desk is gone, the day is closed, a service is not done there, the desk
    /// is not open throughout, or taken in another system. Desks that only staff may use count as open: a booking may be
    /// theirs.
    pub(super) fn obstacle(
        &mut self,
        location: &LocationId,
        services: &[ServiceId],
        reserved: &Reserved,
    ) -> Option<Obstacle> {
        let (catalogue, seat) = (self.catalogue, &reserved.seat);
        let (location, place) = catalogue.locations.get_key_value(location)?;
        if !reserved.holds_a_desk() {
            return None;
        }
        if !place.all_desks().contains(seat.desk) {
            return Some(Obstacle::DeskGone);
        }
        let date = seat.date(&self.zone);
        let is_taken = is_taken_elsewhere(place, date, seat, &self.zone);
        let plan = self
            .plans
            .entry((location, date))
            .or_insert_with(|| catalogue.opening(place).day_plan(date));
        if plan.is_closed() {
            return Some(match catalogue.closed_by(location, place, date) {
                None if is_taken => Obstacle::TakenElsewhere,
                closure => Obstacle::DayClosed(closure),
            });
        }
        services.iter().find_map(|service| not_done(place, service, seat)).or_else(|| {
            if is_open_throughout(plan, seat) {
                None
            } else if is_taken {
                Some(Obstacle::TakenElsewhere)
            } else {
                Some(Obstacle::NotOpen)
            }
        })
    }

    /// Whether the catalogue says that what does not fit stays all the same.
    ///
    /// By `keepsBookingsUntil` of the location, for whatever reason, or by `keepsBookings` of a
    /// closure on that day.
    pub(super) fn keeps(&self, location: &LocationId, seat: &Seat) -> bool {
        let Some(place) = self.catalogue.location(location) else { return false };
        let date = seat.date(&self.zone);
        let mut closures = self.catalogue.closures.values().chain(place.closures.values());
        place.keeps_bookings_until.is_some_and(|until| date <= until)
            || closures.any(|closure| closure.keeps_bookings && closure.covers(date))
    }
}

impl Catalogue {
    /// The path of a closure that closes `location` on `date`.
    ///
    /// `None`: a holiday, or no rule opens it. A closure of the location is named before one of
    /// the authority.
    pub(crate) fn closed_by(
        &self,
        id: &LocationId,
        location: &Location,
        date: Date,
    ) -> Option<String> {
        let here = location.closures.iter().find(|(_, closure)| closure.covers(date));
        let everywhere = self.closures.iter().find(|(_, closure)| closure.covers(date));
        here.map(|(name, _)| format!("catalogue.locations.{id}.closures.{name}"))
            .or_else(|| everywhere.map(|(name, _)| format!("catalogue.closures.{name}")))
    }
}

/// Not at the location, or not at this desk.
fn not_done(place: &Location, service: &ServiceId, seat: &Seat) -> Option<Obstacle> {
    if !place.services.contains_key(service) {
        return Some(Obstacle::NotDoneHere(service.clone()));
    }
    let done = place.desks_for(service).contains(seat.desk);
    (!done).then(|| Obstacle::NotDoneAtDesk(service.clone()))
}

/// Whether closed time at the seat's desk lies over some of it.
fn is_taken_elsewhere(place: &Location, date: Date, seat: &Seat, zone: &TimeZone) -> bool {
    let start = zone.to_datetime(seat.start);
    let from = i64::from(start.hour()) * 60 + i64::from(start.minute());
    let until = from + seat.end.duration_since(seat.start).as_mins();
    let closed = place.closed_times.get(&date).into_iter().flatten();
    closed
        .filter(|closed| closed.among(place.all_desks()).contains(seat.desk))
        .flat_map(|closed| closed.hours.spans())
        .any(|span| i64::from(span.from_minute()) < until && from < i64::from(span.until_minute()))
}

/// Whether some session after the other opens the seat's desk, without a gap. Where one ends and
/// the next begins no overlap arises.
///
/// More lenient than a new visit, which stays within one session: the rules may have been cut
/// otherwise when it was booked.
fn is_open_throughout(plan: &DayPlan, seat: &Seat) -> bool {
    let mut sessions: Vec<_> = (plan.sessions.iter())
        .filter(|session| session.staff.contains(seat.desk))
        .map(|session| (plan.time_of(session.from), plan.time_of(session.until)))
        .collect();
    sessions.sort_unstable();
    let mut open_until = seat.start;
    for (from, until) in sessions {
        if from <= open_until {
            open_until = open_until.max(until);
        }
    }
    seat.end <= open_until
}
