//! What is remembered: the days with their marks, and whom a hold or a booking binds.

use std::collections::{BTreeMap, HashMap};

use booking::{Seat, capacity::DayOccupancy};
use ids::{BookingId, GroupId, HoldId, LocationId, Pseudonym};
use jiff::{SignedDuration, Span, Timestamp, civil::Date, tz::TimeZone};

use crate::holds::{Claim, GivenBack, Hold, feed::MarkEnd};

/// How long it is remembered that a booking ended: longer than any message can be late.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

/// How long a past day is kept, for late events about it.
fn kept() -> Span {
    Span::new().days(2)
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// How often the occupancy was loaded, and whether it is loaded now.
    pub(super) epochs: u64,
    pub(super) loaded: bool,
    /// Until when others leave it to somebody who began to load it.
    pub(super) rebuilding_until: Timestamp,
    pub(super) version: u64,
    pub(super) days: HashMap<(LocationId, Date), DayState>,
    pub(super) holding: HashMap<(Pseudonym, GroupId), Hold>,
    pub(super) booked: HashMap<(Pseudonym, GroupId), BookingId>,
    /// Bookings that no longer bind their person, and since when.
    pub(super) ended: HashMap<BookingId, (Ended, Timestamp)>,
    pub(super) pruned_on: Date,
}

/// What is remembered of a booking that no longer binds its person, because messages may come in
/// any order: a late settle must not bring it back, and a free must not clear a mark that its
/// booking never set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Its settle had arrived.
    Settled,
    /// Its settle had not arrived.
    Unsettled,
    /// Its seat was given back.
    Freed,
}

#[derive(Debug, Default)]
pub(super) struct DayState {
    pub(super) version: u64,
    /// How often what is booked changed.
    pub(super) bookings_version: u64,
    pub(super) marks: DayOccupancy,
    pub(super) ends: BTreeMap<MarkId, MarkEnd>,
    /// It is not clear which booking set a mark.
    pub(super) contested: bool,
}

/// What will take a mark away: the end of a hold, or of the wait after a cancelled booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkId {
    Hold(HoldId),
    GivenBack(BookingId),
}

impl State {
    /// Changes a day and counts the change.
    pub(super) fn change<T>(
        &mut self,
        key: (LocationId, Date),
        change: impl FnOnce(&mut DayState) -> T,
    ) -> T {
        self.version += 1;
        let day = self.days.entry(key).or_default();
        day.version = self.version;
        change(day)
    }

    /// Changes what is booked on a day and counts that too.
    pub(super) fn change_bookings<T>(
        &mut self,
        key: (LocationId, Date),
        change: impl FnOnce(&mut DayState) -> T,
    ) -> T {
        self.change(key, |day| {
            day.bookings_version += 1;
            change(day)
        })
    }

    /// Forgets, once a day, what is long over.
    pub(super) fn forget_the_past(&mut self, now: Timestamp) {
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        if self.pruned_on == today {
            return;
        }
        self.pruned_on = today;
        let Ok(past) = today.checked_sub(kept()) else {
            return;
        };
        self.days.retain(|(_, date), _| *date >= past);
        self.ended.retain(|_, (_, since)| now.duration_since(*since) < REMEMBERED);
        self.holding.retain(|_, hold| hold.expires_at > now);
    }

    pub(super) fn stop_holding(&mut self, hold: &Hold) {
        let who = (hold.person, hold.group.clone());
        if self.holding.get(&who).is_some_and(|held| held.id == hold.id) {
            self.holding.remove(&who);
        }
    }

    /// Whether the booking bound the person.
    pub(super) fn leave(&mut self, person: Pseudonym, group: &GroupId, booking: BookingId) -> bool {
        let who = (person, group.clone());
        let binds = self.booked.get(&who) == Some(&booking);
        if binds {
            self.booked.remove(&who);
        }
        binds
    }

    pub(super) fn load(&mut self, claim: &Claim) {
        if let Some(who) = &claim.active {
            self.booked.insert(who.clone(), claim.booking);
        }
        self.change(key(&claim.seat), |day| {
            day.marks.take(claim.seat.start, claim.seat.units, claim.seat.desk);
            if let Some(at) = claim.free_at {
                day.ends.insert(MarkId::GivenBack(claim.booking), MarkEnd::of(&claim.seat, at));
            }
        });
    }
}

impl DayState {
    pub(super) fn clear_expired(&mut self, now: Timestamp) {
        let marks = &mut self.marks;
        self.ends.retain(|_, end| {
            let live = end.at > now;
            if !live {
                marks.free(end.start, end.units, end.desk);
            }
            live
        });
    }

    /// Marks that end by themselves and share a desk and a unit with `seat`.
    pub(super) fn overlapping(&self, seat: &Seat) -> impl Iterator<Item = MarkId> + '_ {
        let (start, until, desk) = (seat.start, seat.until(), seat.desk);
        self.ends
            .iter()
            .filter(move |(_, end)| {
                end.desk == desk && end.start < until && start < end.start + end.units
            })
            .map(|(id, _)| *id)
    }

    /// Frees a booked seat, now or later.
    pub(super) fn give_back(&mut self, given: &GivenBack<'_>, now: Timestamp) {
        let seat = given.seat;
        match given.not_before {
            Some(at) if at > now => {
                self.ends.insert(MarkId::GivenBack(given.booking), MarkEnd::of(seat, at));
            }
            Some(_) | None => self.marks.free(seat.start, seat.units, seat.desk),
        }
    }

    /// Gives the seat to a booking, whoever holds it.
    pub(super) fn claim(&mut self, seat: &Seat) {
        let losers: Vec<_> = self.overlapping(seat).collect();
        for loser in losers {
            if let Some(end) = self.ends.remove(&loser) {
                self.marks.free(end.start, end.units, end.desk);
            }
        }
        self.marks.take(seat.start, seat.units, seat.desk);
    }
}

impl MarkEnd {
    pub(in crate::holds) fn of(seat: &Seat, at: Timestamp) -> Self {
        Self { at, start: seat.start, units: seat.units, desk: seat.desk }
    }
}

pub(super) fn key(seat: &Seat) -> (LocationId, Date) {
    (seat.location.clone(), seat.date)
}
