//! What one location offers on one day.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{Grid, Session};

/// What one location offers on one local day, before any booking.
///
/// Units are numbered from local midnight in *elapsed* time: a day has 23, 24 or 25 hours, at the
/// default grid 276, 288 or 300 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPlan {
    /// The local day.
    pub date: Date,
    /// The instant of local midnight: the start of unit 0.
    pub starts_at: Timestamp,
    /// Minutes per unit.
    pub grid: Grid,
    /// How many units the day has.
    pub units: u16,
    /// What is open, by first unit; empty if the location is closed.
    pub sessions: Vec<Session>,
}

impl DayPlan {
    /// The instant at which `unit` begins; that of `self.units` is the next local midnight.
    #[must_use]
    pub fn time_of(&self, unit: u16) -> Timestamp {
        let elapsed = SignedDuration::from_secs(i64::from(unit) * self.grid.seconds());
        // A day plan ends where jiff's time does at the latest.
        self.starts_at.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    /// The unit that begins at `instant`; `None` if it is on another day or between two units.
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
    pub fn sessions_for(&self, unit: u16, slots: u16) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(move |session| session.fits(unit, slots))
    }

    /// Whether nothing is open.
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
