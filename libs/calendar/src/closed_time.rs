//! Time at single desks that is taken elsewhere.
//!
//! An office that moves from another system has appointments there for some weeks. Their time is
//! closed here, desk by desk, and everything else can be booked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DeskNumbers, DeskSet, Hours, Session};

/// Closed time by day.
pub type ClosedTimes = BTreeMap<Date, Vec<ClosedTime>>;

/// Time at some desks that cannot be booked, by anybody: appointments of another system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ClosedTime {
    /// The desks. Default: all of the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desks: Option<DeskNumbers>,
    /// The hours, in local time.
    pub hours: Hours,
}

impl ClosedTime {
    /// The desks that it closes, if a location has `all`.
    #[must_use]
    pub fn among(&self, all: DeskSet) -> DeskSet {
        self.desks.map_or(all, |desks| desks.0)
    }
}

/// Closed time in units of a day plan.
pub(crate) struct ClosedUnits {
    pub(crate) desks: DeskSet,
    pub(crate) from: u16,
    pub(crate) until: u16,
}

impl ClosedUnits {
    /// Whether it takes a desk of the session within its hours.
    fn meets(&self, session: &Session) -> bool {
        self.from < session.until
            && session.from < self.until
            && !self.desks.intersection(session.staff).is_empty()
    }
}

/// What is left of a session: the desks without closed time as they were, and the others in parts.
///
/// A part begins where a slot of the session begins, so that the day keeps its rhythm.
pub(crate) fn cut(session: Session, closed: &[ClosedUnits]) -> Vec<Session> {
    let mut closed: Vec<_> = closed.iter().filter(|part| part.meets(&session)).collect();
    closed.sort_by_key(|part| part.from);
    let touched = closed.iter().fold(DeskSet::EMPTY, |all, part| all.union(part.desks));
    let touched = touched.intersection(session.staff);
    if touched.is_empty() {
        return vec![session];
    }
    let mut parts =
        vec![part(&session, session.staff.without(touched), session.from, session.until)];
    for desk in touched.iter() {
        let desk = DeskSet::one(desk);
        let mut next = session.from;
        for taken in closed.iter().filter(|taken| desk.is_subset_of(taken.desks)) {
            parts.push(part(&session, desk, next, taken.from));
            next = next.max(next_slot(&session, taken.until));
        }
        parts.push(part(&session, desk, next, session.until));
    }
    parts.retain(|part| part.from < part.until && !part.staff.is_empty());
    parts
}

/// A piece of a session with other desks; all else stays.
fn part(session: &Session, desks: DeskSet, from: u16, until: u16) -> Session {
    Session {
        from,
        until,
        public: session.public.intersection(desks),
        phone: session.phone.intersection(desks),
        staff: session.staff.intersection(desks),
        ..session.clone()
    }
}

/// The first beginning of a slot at `unit` or later.
fn next_slot(session: &Session, unit: u16) -> u16 {
    let slot = session.slot_units.max(1);
    let slots = unit.saturating_sub(session.from).div_ceil(slot);
    session.from.saturating_add(slots.saturating_mul(slot))
}
