//! Holds in this process.

mod day;
mod rebuild;
mod state;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use ambient::Clock;
use booking::{Reservation, Seat};
use ids::{BookingId, GroupId, LocationId, Pseudonym, ReservationId, ServiceId};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use self::{
    day::{Day, Kept, Place},
    state::{DayName, Known, State, booking_of, bound, locate},
};
use super::{
    Changes, DaySnapshot, EndedHold, ExtendError, Hold, HoldError, HoldRefusal, HoldRequest,
    HoldState, HoldsError, LONGEST_DETAILS, LONGEST_HOLD, RefusalCursor, RefusedAsk, Returning,
    UNTIL_NOTED,
};

/// Holds in this process: one mutex, no Redis. Starts empty and not loaded, like an empty Redis.
#[derive(Debug, Clone)]
pub struct MemoryHolds {
    clock: Arc<dyn Clock>,
    berlin: TimeZone,
    state: Arc<Mutex<State>>,
}

/// Exclusive use of what is known.
struct Loaded<'a>(MutexGuard<'a, State>);

impl std::ops::Deref for Loaded<'_> {
    type Target = Known;
    fn deref(&self) -> &Known {
        self.0.known.as_ref().expect("made only if there is something")
    }
}

impl std::ops::DerefMut for Loaded<'_> {
    fn deref_mut(&mut self) -> &mut Known {
        self.0.known.as_mut().expect("made only if there is something")
    }
}

impl MemoryHolds {
    /// Holds that expire by `clock`.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        // Holds of another process, or of this one before it was restarted, are of another epoch.
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let millisecond = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
        let epoch = (millisecond << 16) + (OPENED.fetch_add(1, Ordering::Relaxed) << 8);
        let state = Arc::new(Mutex::new(State { epoch, ..State::default() }));
        Self { clock, berlin: ambient::berlin(), state }
    }

    /// Forgets everything, as an emptied Redis does.
    pub fn lose_everything(&self) {
        let mut state = self.state();
        (state.known, state.loading) = (None, None);
    }

    /// Redis counts in milliseconds, so we do too.
    fn now(&self) -> Timestamp {
        let milliseconds = self.clock.now().as_millisecond();
        Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No step below panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn loaded(&self) -> Result<Loaded<'_>, HoldsError> {
        let state = self.state();
        if state.known.is_some() { Ok(Loaded(state)) } else { Err(HoldsError::NotLoaded) }
    }

    pub(super) fn hold(&self, request: &HoldRequest<'_>) -> Result<Hold, HoldError> {
        if request.details.len() > LONGEST_DETAILS {
            return Err(HoldsError::Unexpected("details that are too long".to_owned()).into());
        }
        let now = self.now();
        let mut known = self.loaded()?;
        let who = (request.person, request.group.clone());
        match known.held(&who, now) {
            Some(held) if held.id == request.id => return Ok(held.clone()),
            Some(held) => return Err(HoldRefusal::AlreadyHolding(Box::new(held.clone())).into()),
            None => {}
        }
        if let Some(booking) = known.booked.get(&who).copied()
            && Some(booking) != request.replaces
        {
            return Err(HoldRefusal::AlreadyBooked { booking }.into());
        }
        if !known.knows(request.person, request.facts, now) {
            return Err(HoldRefusal::AskDatabase.into());
        }
        let name = (request.day.location.clone(), request.day.date);
        let found = known.day(&name).day.find(request.offers, request.at_desk);
        let (place, within) = found.ok_or(HoldRefusal::SlotTaken)?;
        let hold = Hold {
            id: request.id,
            person: request.person,
            group: request.group.clone(),
            replaces: request.replaces,
            seat: request.day.seat(place.span, place.desk),
            held_at: now,
            expires_at: later(now, request.lasts),
            is_extended: false,
            epoch: known.0.epoch,
            details: request.details.to_vec(),
        };
        let will_end = EndedHold {
            id: hold.id,
            person: hold.person,
            group: hold.group.clone(),
            seat: hold.seat.clone(),
            held_at: now,
            ended_at: hold.expires_at,
            usable_until: request.usable_until,
        };
        known.change(&name, |day| day.hold(place, will_end, within));
        known.holding.insert(who, hold.clone());
        Ok(hold)
    }

    pub(super) fn extend(&self, hold: &Hold, lasts: SignedDuration) -> Result<Hold, ExtendError> {
        let now = self.now();
        let mut known = self.loaded()?;
        let held = known.held_as(hold, now).ok_or(ExtendError::Over)?;
        if held.is_extended {
            return Err(ExtendError::AlreadyExtended);
        }
        held.is_extended = true;
        held.expires_at = held.expires_at.max(later(now, lasts));
        let held = held.clone();
        let (name, place) = self.locate(&held.seat);
        known.day(&name).day.extend(place, held.id, held.expires_at);
        Ok(held)
    }

    pub(super) fn state_of(&self, hold: &Hold) -> Result<HoldState, HoldsError> {
        let now = self.now();
        let mut known = self.loaded()?;
        if known.0.epoch != hold.epoch {
            return Ok(HoldState::Unknown);
        }
        let has_history = known.has_history(hold.person, now);
        let held = known.held_as(hold, now).cloned();
        Ok(held.map_or(HoldState::Over, |hold| HoldState::InForce { hold, has_history }))
    }

    pub(super) fn of_person(
        &self,
        person: Pseudonym,
        groups: &[GroupId],
    ) -> Result<Vec<Hold>, HoldsError> {
        let now = self.now();
        let known = self.loaded()?;
        let held = groups.iter().filter_map(|group| known.held(&(person, group.clone()), now));
        Ok(held.cloned().collect())
    }

    pub(super) fn give_up(&self, hold: &Hold) -> Result<bool, HoldsError> {
        let now = self.now();
        let mut known = self.loaded()?;
        if known.held_as(hold, now).is_none() {
            return Ok(false);
        }
        known.stop_holding(hold);
        let (name, place) = self.locate(&hold.seat);
        Ok(known.change(&name, |day| day.end(place, hold.id, now)).is_some())
    }

    pub(super) fn confirm(&self, hold: &Hold, booking: BookingId) -> Result<(), HoldsError> {
        let mut known = self.loaded()?;
        let (name, place) = self.locate(&hold.seat);
        let who = (hold.person, hold.group.clone());
        if known.change_durable(&name, |day| day.confirm(place, hold.id)) {
            known.stop_holding(hold);
            known.booked.insert(who, booking);
            return Ok(());
        }
        // What kept the seat is gone, so the person holds nothing any more.
        known.stop_holding(hold);
        let is_repeated = known.booked.get(&who) == Some(&booking);
        if is_repeated { Ok(()) } else { Err(HoldsError::NeedsReconcile) }
    }

    pub(super) fn place(&self, reservation: &Reservation) -> Result<(), HoldsError> {
        let mut known = self.loaded()?;
        let (name, place) = self.locate(&reservation.seat);
        let (kind, id) = (reservation.kind, reservation.id);
        if !known.change_durable(&name, |day| day.place(place, kind, id)) {
            return Err(HoldsError::NeedsReconcile);
        }
        if let Some(who) = bound(reservation) {
            known.booked.insert(who, booking_of(id));
        }
        Ok(())
    }

    pub(super) fn remove(&self, id: ReservationId, seat: &Seat) -> Result<(), HoldsError> {
        let mut known = self.loaded()?;
        let (name, place) = self.locate(seat);
        let is_done = known.change_durable(&name, |day| day.remove(place, id));
        if is_done { Ok(()) } else { Err(HoldsError::NeedsReconcile) }
    }

    pub(super) fn clear_active_booking(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
        seat: Option<&Seat>,
    ) -> Result<(), HoldsError> {
        let mut known = self.loaded()?;
        if let Some(seat) = seat {
            known.day(&self.locate(seat).0).durable += 1;
        }
        let who = (person, group.clone());
        if known.booked.get(&who) == Some(&booking) {
            known.booked.remove(&who);
        }
        Ok(())
    }

    pub(super) fn note_history(
        &self,
        person: Pseudonym,
        until: Timestamp,
    ) -> Result<(), HoldsError> {
        self.loaded()?.note_history(person, until);
        Ok(())
    }

    pub(super) fn note_entitled(
        &self,
        person: Pseudonym,
        service: &ServiceId,
        until: Timestamp,
    ) -> Result<(), HoldsError> {
        self.loaded()?.entitled.insert((person, service.clone()), until);
        Ok(())
    }

    pub(super) fn end_expired(&self, limit: usize) -> Result<Vec<EndedHold>, HoldsError> {
        let now = self.now();
        let mut known = self.loaded()?;
        let over = |(name, place, kept): (&DayName, Place, &Kept)| match kept {
            Kept::Hold { hold, .. } if hold.ended_at <= now => {
                Some((name.clone(), place, hold.id, hold.ended_at))
            }
            _ => None,
        };
        let over: Vec<_> = all_kept(&known).filter_map(over).take(limit).collect();
        let mut ended = Vec::with_capacity(over.len());
        for (name, place, id, at) in over {
            ended.extend(known.change(&name, |day| day.end(place, id, at)));
        }
        for hold in &ended {
            known.note_history(hold.person, now.saturating_add(UNTIL_NOTED).unwrap_or(now));
        }
        Ok(ended)
    }

    pub(super) fn returning(&self) -> Result<Returning, HoldsError> {
        let now = self.now();
        let known = self.loaded()?;
        let ended = |(_, _, kept): (_, _, &Kept)| match kept {
            Kept::Ended(ended) => Some(ended.clone()),
            _ => None,
        };
        Ok(Returning { now, holds: all_kept(&known).filter_map(ended).collect() })
    }

    /// Perhaps: to look costs nothing.
    pub(super) fn has_returning(&self) -> Result<bool, HoldsError> {
        self.loaded().map(|_| true)
    }

    pub(super) fn free(&self, ended: &[EndedHold]) -> Result<usize, HoldsError> {
        let mut known = self.loaded()?;
        let mut freed = 0;
        for hold in ended {
            let (name, place) = self.locate(&hold.seat);
            if known.day(&name).day.take_ended(place, hold.id) {
                known.change(&name, |day| day.unmark(place));
                freed += 1;
            }
        }
        Ok(freed)
    }

    pub(super) fn keep_for_desk(&self, ended: &EndedHold) -> Result<bool, HoldsError> {
        let mut known = self.loaded()?;
        let (name, place) = self.locate(&ended.seat);
        let is_ours = known.day(&name).day.take_ended(place, ended.id);
        if is_ours {
            let id = ReservationId::from_bits(ended.id.to_bits());
            known.change(&name, |day| day.keep_for_desk(place, id));
        }
        Ok(is_ours)
    }

    pub(super) fn rename_day(&self, from: &DayName, to: &LocationId) -> Result<(), HoldsError> {
        let mut known = self.loaded()?;
        let Some(old) = known.days.get(from).filter(|old| !old.day.is_empty()) else {
            return Ok(());
        };
        let marks = old.day.marks().clone();
        let kept = known.change_durable(from, Day::take_kept);
        let holds = kept.values().filter_map(|kept| match kept {
            Kept::Hold { hold, .. } => Some(hold),
            Kept::Ended(_) | Kept::Durable(..) | Kept::Closed(_) => None,
        });
        for hold in holds {
            let held = known.holding.get_mut(&(hold.person, hold.group.clone()));
            if let Some(held) = held.filter(|held| held.id == hold.id) {
                held.seat.location = to.clone();
            }
        }
        known.change_durable(&(to.clone(), from.1), |day| day.join(&marks, kept, to));
        Ok(())
    }

    pub(super) fn changes(&self, since: Option<&Changes>) -> Result<Changes, HoldsError> {
        let now = self.now();
        let mut known = self.loaded()?;
        known.forget_the_past(now);
        let epoch = known.0.epoch;
        let before = since.filter(|since| since.epoch == epoch).map(|since| since.version);
        let days = known.days.iter().filter(|(_, day)| before.is_none_or(|at| day.version > at));
        Ok(Changes {
            epoch,
            version: known.version,
            length: 0,
            complete: before.is_none(),
            days: days.map(|(name, _)| name.clone()).collect(),
        })
    }

    pub(super) fn snapshots(&self, days: &[DayName]) -> Result<Vec<DaySnapshot>, HoldsError> {
        let known = self.loaded()?;
        let snapshot = |day: &Day| DaySnapshot {
            taken: day.marks().clone(),
            for_desk: day.for_desk().collect(),
            holders: day.holders(),
        };
        let day = |name| known.days.get(name).map(|day| snapshot(&day.day)).unwrap_or_default();
        Ok(days.iter().map(day).collect())
    }

    pub(super) fn report_refusals(&self, refusals: &[RefusedAsk]) -> Result<(), HoldsError> {
        self.state().report(refusals, self.clock.now());
        Ok(())
    }

    pub(super) fn refusals(
        &self,
        since: &RefusalCursor,
    ) -> Result<(Vec<RefusedAsk>, RefusalCursor), HoldsError> {
        let state = self.state();
        let seen = since.0.parse().unwrap_or(0);
        let new = state.reports.iter().filter(|(number, _)| *number > seen);
        let reports = new.map(|(_, report)| report.clone()).collect();
        Ok((reports, RefusalCursor(state.reported.to_string())))
    }

    fn locate(&self, seat: &Seat) -> (DayName, Place) {
        locate(seat, &self.berlin)
    }
}

/// Everything that keeps a place on any day.
fn all_kept(known: &Known) -> impl Iterator<Item = (&DayName, Place, &Kept)> {
    known
        .days
        .iter()
        .flat_map(|(name, day)| day.day.kept().map(move |(place, kept)| (name, place, kept)))
}

/// The end of what begins now and may last an hour.
fn later(now: Timestamp, lasts: SignedDuration) -> Timestamp {
    now.saturating_add(lasts.min(LONGEST_HOLD)).unwrap_or(Timestamp::MAX)
}
