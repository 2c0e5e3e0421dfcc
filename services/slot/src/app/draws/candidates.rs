//! Which seats a draw could give away: what is offered to the public in its week and free.

use booking::{LocalDay, Seat, Span, capacity::DayOccupancy};
use calendar::{Channel, DayPlan, Desk, DeskSet, Session};
use catalogue::{Catalogue, DrawQuota, DrawSchedule, Service};
use ids::{LocationId, ServiceId};
use jiff::{ToSpan as _, civil::Date};

use crate::{
    app::{AppError, Engine},
    domain::draw::{Pool, PoolRow},
    store::{Transaction, closings, queries::Occupancy},
};

/// What a draw is for.
pub(super) struct Wanted<'a> {
    pub engine: &'a Engine,
    pub catalogue: &'a Catalogue,
    pub id: &'a ServiceId,
    pub service: &'a Service,
    pub schedule: &'a DrawSchedule,
    /// The Monday of the week.
    pub week: Date,
    /// Whether a visit may be longer than one slot.
    pub is_long: bool,
}

impl Wanted<'_> {
    /// Free seats, in rows of slots at one desk. Looks at the database and, for what people hold at
    /// the moment, at this process's copy of the occupancy.
    pub async fn pool(&self, transaction: &Transaction) -> Result<Pool, AppError> {
        let closed = closings::since(transaction, self.week).await?;
        let mut pool = Pool::default();
        for (location, _) in self.catalogue.locations() {
            let Some(skilled) = self.desks(location) else { continue };
            for day in 0..7_i64 {
                let date = self.week.saturating_add(day.days());
                if closed.contains(&(location.clone(), date)) {
                    continue;
                }
                let Some(plan) = self.engine.availability.day_plan(location, date) else {
                    continue;
                };
                let taken = self.taken(transaction, location, &plan).await?;
                let place = place_of(&mut pool.locations, location);
                for session in &plan.sessions {
                    pool.rows.extend(self.rows(&plan, session, skilled, &taken, place));
                }
            }
        }
        pool.drop_empty_places();
        Ok(pool)
    }

    /// The desks of a location at which a visit takes as many slots as the draw says.
    fn desks(&self, location: &LocationId) -> Option<DeskSet> {
        let service = std::slice::from_ref(self.id);
        let visit = self.catalogue.visit_by(Channel::Public, location, service, 1).ok()?;
        if visit.slots != self.service.slots {
            tracing::warn!(
                %location, service = %self.id,
                "a visit takes another number of slots here; its seats are not drawn"
            );
            return None;
        }
        Some(visit.desks)
    }

    async fn taken(
        &self,
        transaction: &Transaction,
        location: &LocationId,
        plan: &DayPlan,
    ) -> Result<DayOccupancy, AppError> {
        let mut taken = self.engine.availability.taken(location, plan.date);
        let day = LocalDay::of(location, plan);
        for reserved in Occupancy::of_day(location.clone(), plan.date).read(transaction).await? {
            taken.take(day.span_of(&reserved.seat), reserved.seat.desk);
        }
        Ok(taken)
    }

    fn rows(
        &self,
        plan: &DayPlan,
        session: &Session,
        skilled: DeskSet,
        taken: &DayOccupancy,
        place: u16,
    ) -> Vec<PoolRow> {
        if self.is_long && !session.multiple_slots {
            return Vec::new();
        }
        let desks = session.desks(Channel::Public).intersection(skilled);
        let desks = self.schedule.desks.map_or(desks, |most| desks.lowest_n(most));
        let kept = kept_for(&self.schedule.quotas);
        let desks = desks.iter().zip(kept.chain(std::iter::repeat(None)));
        let rows = desks.flat_map(|(desk, quota)| {
            let free = runs(plan, session, desk, taken, place);
            free.into_iter().map(move |row| PoolRow { quota, ..row })
        });
        rows.collect()
    }
}

/// For which quota the drawn desks of a location are kept, from the lowest on: the first for none.
fn kept_for(quotas: &[DrawQuota]) -> impl Iterator<Item = Option<u8>> + '_ {
    let kept = (0_u8..).zip(quotas);
    let kept = kept.flat_map(|(at, quota)| (0..quota.desks).map(move |_| Some(at)));
    std::iter::once(None).chain(kept)
}

/// Free slots of one desk, those side by side together.
fn runs(
    plan: &DayPlan,
    session: &Session,
    desk: Desk,
    taken: &DayOccupancy,
    place: u16,
) -> Vec<PoolRow> {
    let minutes = session.slot_units * plan.grid.minutes();
    let mut rows: Vec<PoolRow> = Vec::new();
    let mut goes_on = false;
    for unit in session.starts(1) {
        let from = unit * plan.grid.minutes();
        let is_free = !taken.taken(Span { from, until: from + minutes }).contains(desk);
        match rows.last_mut().filter(|_| goes_on && is_free) {
            Some(row) => row.slots += 1,
            None if is_free => {
                let start = plan.time_of(unit).as_second();
                rows.push(PoolRow { place, desk, start, minutes, slots: 1, quota: None });
            }
            None => {}
        }
        goes_on = is_free;
    }
    rows
}

fn place_of(locations: &mut Vec<LocationId>, location: &LocationId) -> u16 {
    if locations.last() != Some(location) {
        locations.push(location.clone());
    }
    u16::try_from(locations.len() - 1).unwrap_or(u16::MAX)
}

impl Pool {
    /// Places without a row are not announced.
    pub(super) fn drop_empty_places(&mut self) {
        let mut kept = Vec::new();
        for row in &mut self.rows {
            let location = &self.locations[usize::from(row.place)];
            row.place = place_of(&mut kept, location);
        }
        self.locations = kept;
    }

    /// The same without slots for which `keeps` does not hold: rows break there.
    pub(super) fn only(&self, keeps: impl Fn(&Seat) -> bool) -> Self {
        let mut pool = Self { locations: self.locations.clone(), rows: Vec::new() };
        for (at, row) in (0u32..).zip(&self.rows) {
            let mut goes_on = false;
            for slot in 0..row.slots {
                let Some(seat) = self.seat(at, slot, 1) else { continue };
                let is_kept = keeps(&seat);
                match pool.rows.last_mut().filter(|_| goes_on && is_kept) {
                    Some(last) => last.slots += 1,
                    None if is_kept => {
                        let start = seat.start.as_second();
                        pool.rows.push(PoolRow { start, slots: 1, ..row.clone() });
                    }
                    None => {}
                }
                goes_on = is_kept;
            }
        }
        pool.drop_empty_places();
        pool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_desk_of_a_location_is_for_everybody_and_the_next_ones_are_kept() {
        let quota = |desks| DrawQuota {
            name: serde_json::from_str("{\"de\": \"Titel läuft ab\"}").unwrap(),
            desks,
            channel: None,
            entitlement_ends_within_days: Some(42),
        };
        let kept: Vec<_> = kept_for(&[quota(1), quota(2)]).collect();
        assert_eq!(kept, [None, Some(0), Some(1), Some(1)]);
    }

    #[test]
    fn a_slot_that_was_taken_meanwhile_breaks_its_row() {
        let row = |place, slots| PoolRow {
            place,
            desk: Desk::new(0).unwrap(),
            start: 1_800_000_000,
            minutes: 10,
            slots,
            quota: None,
        };
        let locations = vec!["a".parse().unwrap(), "b".parse().unwrap()];
        let pool = Pool { locations, rows: vec![row(0, 1), row(1, 5)] };
        let (gone, third) = (pool.seat(0, 0, 1).unwrap(), pool.seat(1, 2, 1).unwrap());
        let left = pool.only(|seat| *seat != gone && *seat != third);
        assert_eq!(left.locations, ["b".parse().unwrap()]);
        let shape: Vec<_> = left.rows.iter().map(|row| (row.place, row.slots)).collect();
        assert_eq!(shape, [(0, 2), (0, 2)]);
        assert_eq!(left.slots().count(), 4);
    }
}
