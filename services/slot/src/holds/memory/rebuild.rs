//! Loading, and comparing with the database.

use std::collections::HashMap;

use booking::Reservation;
use ids::{LocationId, Pseudonym, ServiceId};
use jiff::{Timestamp, civil::Date};

use super::{
    MemoryHolds,
    day::Day,
    later,
    state::{DayName, Known, Loading, booking_of, bound},
};
use crate::holds::{DayDigest, DayVersion, HoldsError, REBUILD_LEAD, Rebuild, Reconciled};

impl MemoryHolds {
    pub(in crate::holds) fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        let now = self.now();
        let mut state = self.state();
        let others = state.loading.as_ref().is_some_and(|loading| now < loading.until);
        if state.known.is_some() || others {
            return Ok(None);
        }
        let begun = state.loading.as_ref().map_or(0, |loading| loading.epoch);
        let epoch = state.epoch.max(begun) + 1;
        let until = later(now, REBUILD_LEAD);
        state.loading = Some(Loading { epoch, until, known: Known::default() });
        Ok(Some(Rebuild { epoch, server: String::new() }))
    }

    pub(in crate::holds) fn load(
        &self,
        rebuild: &Rebuild,
        reservations: &[Reservation],
    ) -> Result<(), HoldsError> {
        self.loading(rebuild, |known| {
            for reservation in reservations {
                known.load(reservation, &self.berlin);
            }
        })
    }

    pub(in crate::holds) fn load_history(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, Timestamp)],
    ) -> Result<(), HoldsError> {
        self.loading(rebuild, |known| known.history.extend(people.iter().copied()))
    }

    pub(in crate::holds) fn load_entitled(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, ServiceId, Timestamp)],
    ) -> Result<(), HoldsError> {
        let entries = people.iter().cloned().map(|(person, service, at)| ((person, service), at));
        self.loading(rebuild, |known| known.entitled.extend(entries))
    }

    fn loading(&self, rebuild: &Rebuild, load: impl FnOnce(&mut Known)) -> Result<(), HoldsError> {
        let until = later(self.now(), REBUILD_LEAD);
        let mut state = self.state();
        let ours = state.loading.as_mut().filter(|loading| loading.epoch == rebuild.epoch);
        let loading = ours.ok_or(HoldsError::NotLoaded)?;
        loading.until = until;
        load(&mut loading.known);
        Ok(())
    }

    pub(in crate::holds) fn finish_rebuild(&self, rebuild: Rebuild) -> Result<(), HoldsError> {
        let mut state = self.state();
        if state.known.is_some() {
            return Ok(());
        }
        let ours = state.loading.take_if(|loading| loading.epoch == rebuild.epoch);
        let loading = ours.ok_or(HoldsError::NotLoaded)?;
        (state.epoch, state.known) = (loading.epoch, Some(loading.known));
        Ok(())
    }

    pub(in crate::holds) fn known_days(&self) -> Result<Vec<DayName>, HoldsError> {
        Ok(self.loaded()?.days.keys().cloned().collect())
    }

    /// All of them: to compare a day in memory costs no more than to know that it needs none.
    pub(in crate::holds) fn differing(
        &self,
        days: &[(DayName, DayDigest)],
    ) -> Result<Vec<DayName>, HoldsError> {
        self.loaded()?;
        Ok(days.iter().map(|(day, _)| day.clone()).collect())
    }

    /// Nothing takes a part of it away.
    pub(in crate::holds) fn returning_is_whole(&self) -> Result<bool, HoldsError> {
        self.loaded().map(|_| true)
    }

    pub(in crate::holds) fn returning_was_made_whole(&self) -> Result<(), HoldsError> {
        self.loaded().map(drop)
    }

    pub(in crate::holds) fn day_version(
        &self,
        location: &LocationId,
        date: Date,
    ) -> Result<DayVersion, HoldsError> {
        let known = self.loaded()?;
        let (location, epoch) = (location.clone(), known.0.epoch);
        let version = known.days.get(&(location.clone(), date)).map_or(0, |known| known.durable);
        Ok(DayVersion { location, date, epoch, version })
    }

    pub(in crate::holds) fn reconcile(
        &self,
        expected: &DayVersion,
        reservations: &[Reservation],
    ) -> Result<Reconciled, HoldsError> {
        let mut known = self.loaded()?;
        let name = (expected.location.clone(), expected.date);
        let is_known = known.days.contains_key(&name);
        let durable = known.days.get(&name).map_or(0, |day| day.durable);
        if (durable, known.0.epoch) != (expected.version, expected.epoch) {
            return Ok(Reconciled::Changed);
        }
        let mut right = Day::default();
        for reservation in reservations {
            let (_, place) = self.locate(&reservation.seat);
            right.load(place, reservation.kind, reservation.id);
        }
        if is_known {
            right.keep_from(&known.day(&name).day);
        }
        let unbound: HashMap<_, _> = reservations
            .iter()
            .filter_map(|reservation| Some((bound(reservation)?, booking_of(reservation.id))))
            .filter(|(who, _)| !known.booked.contains_key(who))
            .collect();
        let is_right =
            known.days.get(&name).map_or(right == Day::default(), |day| day.day == right);
        if is_right && unbound.is_empty() {
            return Ok(Reconciled::AsExpected);
        }
        known.booked.extend(unbound);
        known.change_durable(&name, |day| *day = right);
        Ok(Reconciled::Corrected)
    }
}
