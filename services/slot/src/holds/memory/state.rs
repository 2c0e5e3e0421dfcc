//! What is remembered: the days, and the people.

use std::collections::{HashMap, VecDeque};

use booking::{LocalDay, Reservation, ReservationKind, Seat};
use ids::{BookingId, GroupId, LocationId, Pseudonym, ReservationId, ServiceId};
use jiff::{SignedDuration, Span, Timestamp, civil::Date, tz::TimeZone};

use super::day::{Day, Place};
use crate::holds::{FactsNeeded, Hold, RefusedAsk};

/// How long what replicas report is kept.
const REPORTS_KEPT: SignedDuration = SignedDuration::from_mins(5);

/// How long a past day is kept, for late messages about it.
fn kept() -> Span {
    Span::new().days(2)
}

/// The name of a day.
pub(super) type DayName = (LocationId, Date);

/// A person in a group.
pub(super) type Who = (Pseudonym, GroupId);

#[derive(Debug, Default)]
pub(super) struct State {
    /// Of which loading what is known now is.
    pub epoch: u64,
    pub known: Option<Known>,
    /// What a rebuild has loaded so far, and until when others leave it to that.
    pub loading: Option<Loading>,
    pub reports: VecDeque<(u64, RefusedAsk)>,
    pub reported: u64,
}

#[derive(Debug)]
pub(super) struct Loading {
    pub epoch: u64,
    pub until: Timestamp,
    pub known: Known,
}

/// What is known in one epoch.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Counts what readers see.
    pub version: u64,
    pub days: HashMap<DayName, VersionedDay>,
    pub holding: HashMap<Who, Hold>,
    pub booked: HashMap<Who, BookingId>,
    pub history: HashMap<Pseudonym, Timestamp>,
    pub entitled: HashMap<(Pseudonym, ServiceId), Timestamp>,
    pruned_on: Date,
}

#[derive(Debug, Default)]
pub(super) struct VersionedDay {
    /// The last change that readers see.
    pub version: u64,
    /// How often what is durable changed.
    pub durable: u64,
    pub day: Day,
}

impl Known {
    pub fn day(&mut self, name: &DayName) -> &mut VersionedDay {
        self.days.entry(name.clone()).or_default()
    }

    /// Changes what readers see of a day.
    pub fn change<T>(&mut self, name: &DayName, change: impl FnOnce(&mut Day) -> T) -> T {
        self.version += 1;
        let version = self.version;
        let day = self.day(name);
        day.version = version;
        change(&mut day.day)
    }

    /// Changes what is durable.
    pub fn change_durable<T>(&mut self, name: &DayName, change: impl FnOnce(&mut Day) -> T) -> T {
        self.day(name).durable += 1;
        self.change(name, change)
    }

    /// The active hold of a person.
    pub fn held(&self, who: &Who, now: Timestamp) -> Option<&Hold> {
        self.holding.get(who).filter(|hold| hold.expires_at > now)
    }

    /// The active hold of a person, if it is this one.
    pub fn held_as(&mut self, hold: &Hold, now: Timestamp) -> Option<&mut Hold> {
        let held = self.holding.get_mut(&(hold.person, hold.group.clone()))?;
        (held.id == hold.id && held.expires_at > now).then_some(held)
    }

    pub fn stop_holding(&mut self, hold: &Hold) {
        let who = (hold.person, hold.group.clone());
        if self.holding.get(&who).is_some_and(|held| held.id == hold.id) {
            self.holding.remove(&who);
        }
    }

    /// Whether enough is known of a person.
    pub fn knows(&self, person: Pseudonym, facts: FactsNeeded<'_>, now: Timestamp) -> bool {
        let FactsNeeded::FromStore { no_history, entitled_to } = facts else {
            return true;
        };
        let is_entitled = |service: &ServiceId| {
            self.entitled.get(&(person, service.clone())).is_some_and(|until| *until > now)
        };
        !(no_history && self.has_history(person, now)) && entitled_to.iter().all(is_entitled)
    }

    pub fn has_history(&self, person: Pseudonym, now: Timestamp) -> bool {
        self.history.get(&person).is_some_and(|until| *until > now)
    }

    pub fn note_history(&mut self, person: Pseudonym, until: Timestamp) {
        let known = self.history.entry(person).or_insert(until);
        *known = (*known).max(until);
    }

    /// Puts a durable reservation in as the database says.
    pub fn load(&mut self, reservation: &Reservation, berlin: &TimeZone) {
        let (name, place) = locate(&reservation.seat, berlin);
        if let Some(who) = bound(reservation) {
            self.booked.insert(who, booking_of(reservation.id));
        }
        self.change(&name, |day| day.load(place, reservation.kind, reservation.id));
    }

    /// Forgets, once a day, what is long over.
    pub fn forget_the_past(&mut self, now: Timestamp) {
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        if self.pruned_on == today {
            return;
        }
        self.pruned_on = today;
        let Ok(past) = today.checked_sub(kept()) else {
            return;
        };
        self.days.retain(|(_, date), _| *date >= past);
        self.holding.retain(|_, hold| hold.expires_at > now);
        self.history.retain(|_, until| *until > now);
        self.entitled.retain(|_, until| *until > now);
    }
}

impl State {
    pub fn report(&mut self, refusals: &[RefusedAsk], now: Timestamp) {
        for refusal in refusals {
            self.reported += 1;
            self.reports.push_back((self.reported, refusal.clone()));
        }
        let is_old = |report: &RefusedAsk| now.duration_since(report.at) > REPORTS_KEPT;
        while self.reports.front().is_some_and(|(_, report)| is_old(report)) {
            self.reports.pop_front();
        }
    }
}

/// The day of a seat, and the place in it.
pub(super) fn locate(seat: &Seat, berlin: &TimeZone) -> (DayName, Place) {
    let day = LocalDay::of_seat(seat, berlin);
    let place = Place { desk: seat.desk, span: day.span_of(seat) };
    ((day.location, day.date), place)
}

/// The person that a reservation counts for.
pub(super) fn bound(reservation: &Reservation) -> Option<Who> {
    let binds = reservation.kind == ReservationKind::Booking;
    reservation.holder.clone().filter(|_| binds)
}

pub(super) fn booking_of(id: ReservationId) -> BookingId {
    BookingId::from_bits(id.to_bits())
}
