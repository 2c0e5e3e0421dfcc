//! Holds in this process.

mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ambient::Clock;
use booking::{
    Seat,
    capacity::{DayOccupancy, choose},
};
use ids::{BookingId, GroupId, LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date};

use self::state::{DayState, Ended, MarkId, State, key};
use super::{
    Changes, Claim, DaySnapshot, DayVersion, GivenBack, Hold, HoldError, HoldRefusal, HoldRequest,
    HoldsError, LONGEST_HOLD, REBUILD_LEAD, Rebuild, Reconciled, feed::MarkEnd,
};

/// Holds in this process: one mutex, no Redis. Starts without occupancy, like an empty Redis.
#[derive(Debug, Clone)]
pub struct MemoryHolds {
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<State>>,
}

impl MemoryHolds {
    /// Holds that expire by `clock`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, state: Arc::default() }
    }

    /// Forgets everything, as an emptied Redis does.
    pub fn lose_everything(&self) {
        let mut state = self.state();
        let epochs = state.epochs;
        *state = State { epochs, ..State::default() };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No step below panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn loaded(&self) -> Result<MutexGuard<'_, State>, HoldsError> {
        let state = self.state();
        if state.loaded { Ok(state) } else { Err(HoldsError::NotLoaded) }
    }

    pub(super) fn hold(&self, request: &HoldRequest<'_>) -> Result<Hold, HoldError> {
        let now = self.clock.now();
        let mut state = self.loaded()?;
        let who = (request.person, request.group.clone());
        match state.holding.get(&who) {
            Some(hold) if hold.expires_at <= now => {}
            Some(hold) if hold.id == request.id => return Ok(hold.clone()),
            Some(_) => return Err(HoldRefusal::AlreadyHolding.into()),
            None => {}
        }
        if let Some(booking) = state.booked.get(&who).copied()
            && Some(booking) != request.replaces
        {
            return Err(HoldRefusal::AlreadyBooked { booking }.into());
        }
        let (location, date) = (request.day.location.clone(), request.day.date);
        let expires_at =
            now.saturating_add(request.lasts.min(LONGEST_HOLD)).unwrap_or(Timestamp::MAX);
        let day = state.days.entry((location.clone(), date)).or_default();
        day.clear_expired(now);
        let (offer, desk) = choose(request.offers, &day.marks).ok_or(HoldRefusal::SlotTaken)?;
        let seat = Seat { location, date, start: offer.start, units: offer.units, desk };
        state.change(key(&seat), |day| {
            day.marks.take(seat.start, seat.units, seat.desk);
            day.ends.insert(MarkId::Hold(request.id), MarkEnd::of(&seat, expires_at));
        });
        let (person, group) = who.clone();
        let replaces = request.replaces;
        let hold = Hold { id: request.id, person, group, replaces, seat, expires_at };
        state.holding.insert(who, hold.clone());
        Ok(hold)
    }

    pub(super) fn release(&self, hold: &Hold) -> Result<bool, HoldsError> {
        let mut state = self.loaded()?;
        state.stop_holding(hold);
        let held = |day: &mut DayState| day.ends.remove(&MarkId::Hold(hold.id));
        let Some(end) = state.days.get_mut(&key(&hold.seat)).and_then(held) else {
            return Ok(false);
        };
        state.change(key(&hold.seat), |day| day.marks.free(end.start, end.units, end.desk));
        Ok(true)
    }

    pub(super) fn settle(&self, hold: &Hold, booking: BookingId) -> Result<(), HoldsError> {
        let now = self.clock.now();
        let mut state = self.loaded()?;
        let who = (hold.person, hold.group.clone());
        let before = state.booked.get(&who).copied();
        if before == Some(booking) || state.ended.contains_key(&booking) {
            return Ok(());
        }
        state.stop_holding(hold);
        if let Some(before) = before {
            state.ended.entry(before).or_insert((Ended::Settled, now));
        }
        if let Some(replaced) = hold.replaces {
            state.ended.entry(replaced).or_insert((Ended::Unsettled, now));
        }
        state.booked.insert(who, booking);
        state.change_bookings(key(&hold.seat), |day| {
            if day.ends.remove(&MarkId::Hold(hold.id)).is_some() {
                return Ok(());
            }
            day.claim(&hold.seat);
            day.contested = true;
            Err(HoldsError::Contested)
        })
    }

    pub(super) fn free(&self, given: &GivenBack<'_>) -> Result<(), HoldsError> {
        let now = self.clock.now();
        let mut state = self.loaded()?;
        let binds = state.leave(given.person, given.group, given.booking);
        let is_ours = match state.ended.insert(given.booking, (Ended::Freed, now)) {
            Some((Ended::Freed, _)) => return Ok(()),
            Some((Ended::Settled, _)) => true,
            Some((Ended::Unsettled, _)) => false,
            None => binds,
        };
        state.change_bookings(key(given.seat), |day| {
            if day.contested {
                return Err(HoldsError::Contested);
            }
            // Without a settle the mark is not ours: somebody may hold or have booked the seat.
            if is_ours && day.overlapping(given.seat).next().is_none() {
                day.give_back(given, now);
            }
            Ok(())
        })
    }

    pub(super) fn forget(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
    ) -> Result<(), HoldsError> {
        let now = self.clock.now();
        let mut state = self.loaded()?;
        if state.leave(person, group, booking) {
            state.ended.entry(booking).or_insert((Ended::Settled, now));
        }
        Ok(())
    }

    pub(super) fn changes(&self, since: Option<&Changes>) -> Result<Changes, HoldsError> {
        let now = self.clock.now();
        let mut state = self.loaded()?;
        state.forget_the_past(now);
        let epoch = state.epochs.to_string();
        let known = since.filter(|since| since.epoch == epoch).map(|since| since.version);
        let changed = |day: &DayState| known.is_none_or(|known| day.version > known);
        let days = state.days.iter().filter(|(_, day)| changed(day));
        Ok(Changes {
            epoch,
            version: state.version,
            now,
            complete: known.is_none(),
            days: days.map(|(key, _)| key.clone()).collect(),
        })
    }

    pub(super) fn snapshots(
        &self,
        days: &[(LocationId, Date)],
    ) -> Result<Vec<DaySnapshot>, HoldsError> {
        let state = self.loaded()?;
        let snapshot = |day: &DayState| DaySnapshot {
            marks: day.marks.clone(),
            ends: day.ends.values().copied().collect(),
        };
        Ok(days.iter().map(|key| state.days.get(key).map(snapshot).unwrap_or_default()).collect())
    }

    pub(super) fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        let now = self.clock.now();
        let mut state = self.state();
        if state.loaded || now < state.rebuilding_until {
            return Ok(None);
        }
        state.rebuilding_until = now.saturating_add(REBUILD_LEAD).unwrap_or(now);
        Ok(Some(Rebuild { epoch: (state.epochs + 1).to_string() }))
    }

    pub(super) fn finish_rebuild(
        &self,
        rebuild: Rebuild,
        claims: &[Claim],
    ) -> Result<(), HoldsError> {
        let mut state = self.state();
        if state.loaded || rebuild.epoch != (state.epochs + 1).to_string() {
            return Ok(());
        }
        *state = State { epochs: state.epochs + 1, loaded: true, ..State::default() };
        for claim in claims {
            state.load(claim);
        }
        Ok(())
    }

    pub(super) fn day_version(
        &self,
        location: &LocationId,
        date: Date,
    ) -> Result<DayVersion, HoldsError> {
        let state = self.loaded()?;
        let day = state.days.get(&(location.clone(), date));
        let version = day.map_or(0, |day| day.bookings_version);
        let epoch = state.epochs.to_string();
        Ok(DayVersion { location: location.clone(), date, epoch, version })
    }

    pub(super) fn reconcile(
        &self,
        expected: &DayVersion,
        claims: &[Claim],
    ) -> Result<Reconciled, HoldsError> {
        let now = self.clock.now();
        let mut state = self.loaded()?;
        let key = (expected.location.clone(), expected.date);
        let epoch = state.epochs.to_string();
        let day = state.days.entry(key).or_default();
        if (day.bookings_version, epoch.as_str()) != (expected.version, &expected.epoch) {
            return Ok(Reconciled::Changed);
        }
        day.clear_expired(now);
        let holds: Vec<_> = std::mem::take(&mut day.ends)
            .into_iter()
            .filter(|(id, _)| matches!(id, MarkId::Hold(_)))
            .collect();
        day.marks = DayOccupancy::default();
        day.contested = false;
        // A moment that came in between is over: the seat may be somebody's by now.
        let over = |claim: &&Claim| claim.free_at.is_some_and(|free_at| free_at <= now);
        for claim in claims.iter().filter(|claim| !over(claim)) {
            state.load(claim);
        }
        state.change_bookings((expected.location.clone(), expected.date), |day| {
            for (id, end) in holds {
                if !day.marks.taken(end.start, end.units).contains(end.desk) {
                    day.marks.take(end.start, end.units, end.desk);
                    day.ends.insert(id, end);
                }
            }
        });
        Ok(Reconciled::Done)
    }
}
