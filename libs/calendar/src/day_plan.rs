//! What one location offers on one day.
//!
//! A day plan is worked out from the rules when it is asked for, and stored nowhere: so a
//! change of the rules needs no rebuild (ZMS writes a row for each slot, 180 days ahead, every
//! minute). It knows no booking; what is taken is laid over it by `booking::capacity`.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{Grid, Session};

/// What one location offers on one local day, before any booking.
///
/// Units are numbered from local midnight in *elapsed* time: a day has 23, 24 or 25 hours, at the
/// default grid 276, 288 or 300 units.
///
/// Elapsed time and not wall time, so that a unit always has the same length and no unit exists
/// twice. On the night in October, 02:30 is unit 30 and, an hour later, unit 42; on the night
/// in March there is no unit for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// The local day.
    pub date: Date,
    /// The instant of local midnight: the start of unit 0.
    ///
    /// In Berlin 22:00 UTC or 23:00 UTC of the day before.
    pub starts_at: Timestamp,
    /// Minutes per unit.
    pub grid: Grid,
    /// How many units the day has.
    pub units: u16,
    /// What is open, by first unit; empty if the location is closed.
    ///
    /// In order of their first unit, then of their last, then of their desks. Sessions may
    /// overlap on different desks, or, if the rules do, on the same ones; the order then
    /// decides which one a visit gets.
    pub sessions: Vec<Session>,
}

impl DayPlan {
    /// The instant at which `unit` begins; that of `self.units` is the next local midnight.
    ///
    /// Units beyond the day are counted on: they are instants of the following day.
    #[must_use]
    pub fn time_of(&self, unit: u16) -> Timestamp {
        let elapsed = SignedDuration::from_secs(i64::from(unit) * self.grid.seconds());
        // A day plan ends where jiff's time does at the latest.
        self.starts_at.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    /// The unit that begins at `instant`; `None` if it is on another day or between two units.
    ///
    /// So it is also the check that a start is on the grid: a program that sends a start
    /// between two units gets an error and not the nearest one.
    #[must_use]
    pub fn unit_at(&self, instant: Timestamp) -> Option<u16> {
        let elapsed = instant.duration_since(self.starts_at);
        let seconds = elapsed.as_secs();
        if elapsed.subsec_nanos() != 0 || seconds % self.grid.seconds() != 0 {
            return None;
        }
        let unit = u16::try_from(seconds / self.grid.seconds()).ok()?;
        (unit < self.units).then_some(unit)
    }

    /// The sessions in which a visit of `slots` slots may start at `unit`.
    ///
    /// In the plan's order. A visit takes the first that has a free desk.
    pub fn sessions_for(&self, unit: u16, slots: u16) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(move |session| session.fits(unit, slots))
    }

    /// Whether nothing is open.
    ///
    /// True also if rules hold on that day but give it no desk.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.sessions.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_instants_translate_both_ways() {
        let plan = DayPlan {
            date: "2027-10-31".parse().unwrap(),
            starts_at: "2027-10-30T22:00Z".parse().unwrap(),
            grid: Grid::default(),
            units: 300,
            sessions: vec![],
        };
        for unit in 0..300 {
            assert_eq!(plan.unit_at(plan.time_of(unit)), Some(unit));
        }
        assert_eq!(plan.time_of(300).to_string(), "2027-10-31T23:00:00Z");
        assert_eq!(plan.unit_at(plan.time_of(300)), None);
        assert_eq!(plan.unit_at(plan.starts_at - SignedDuration::from_secs(300)), None);
        assert_eq!(plan.unit_at(plan.starts_at + SignedDuration::from_secs(299)), None);
        assert_eq!(plan.unit_at(plan.starts_at + SignedDuration::from_nanos(1)), None);
    }
}
