//! What a new catalogue would offer more and less.
//!
//! For the admin who asks "what have I just changed?" before the change goes live. Slots are
//! compared, not rules: so a rule that is written in another way and offers the same shows
//! nothing. What is booked plays no part; that is [`conflicts`](crate::conflicts)'s question.

use std::{collections::BTreeMap, fmt::Write as _};

use calendar::{Channel, DayPlan, DeskSet};
use ids::LocationId;
use jiff::{Timestamp, civil::Date};

use crate::Catalogue;

/// What changes on one day at one location.
///
/// Only days with a difference are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChange {
    /// The place, as it is called after the change.
    pub location: LocationId,
    /// The local day.
    ///
    /// Europe/Berlin.
    pub date: Date,
    /// Slots for the public, whenever they can be booked.
    ///
    /// Of the public's desks; what only staff or the phone may book is left out.
    pub offered: Difference,
    /// Slots that the public can book at this moment: also what a changed `fromDays`, `toDays` or
    /// `opensAt` does.
    ///
    /// It can differ while `offered` does not, and the other way round.
    pub bookable_now: Difference,
}

/// How two sets of slots differ.
///
/// In slots: one start at one desk, whatever services take of it. A slot whose length changes
/// is lost and gained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// There after the change and not before.
    pub gained: usize,
    /// There before the change and not after.
    pub lost: usize,
}

/// The days from `from` to `to` on which something changes, by location and day, as it were `now`.
///
/// Both days are included; nothing if `to` is before `from`. The time it takes grows with days,
/// locations and slots, so ask for weeks and not for years.
///
/// Renamed locations are compared with what they were; several that became one are compared
/// with it together.
#[must_use]
pub fn changes(
    before: &Catalogue,
    after: &Catalogue,
    (from, to): (Date, Date),
    now: Timestamp,
) -> Vec<DayChange> {
    let days = || from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to);
    let mut found = Vec::new();
    for (location, earlier) in pairs(before, after) {
        if opens_alike((before, &earlier), (after, location)) {
            continue;
        }
        for date in days() {
            let old = earlier.iter().filter_map(|id| before.day_plan(id, date));
            let old = slots(old, now);
            let new = slots(after.day_plan(location, date), now);
            let change = DayChange {
                location: location.clone(),
                date,
                offered: Difference::between(&old, &new, |desks| desks.offered),
                bookable_now: Difference::between(&old, &new, |desks| desks.bookable_now),
            };
            if change.offered != Difference::default()
                || change.bookable_now != Difference::default()
            {
                found.push(change);
            }
        }
    }
    found
}

/// Each location as it is called after the change, with what it was called before. One that was
/// renamed, or several that became one, are compared with what they became.
pub(crate) fn pairs<'a>(
    before: &'a Catalogue,
    after: &'a Catalogue,
) -> BTreeMap<&'a LocationId, Vec<&'a LocationId>> {
    let mut locations: BTreeMap<_, Vec<_>> =
        after.locations.keys().map(|id| (id, vec![])).collect();
    for id in before.locations.keys() {
        locations.entry(after.location_now(id).unwrap_or(id)).or_default().push(id);
    }
    locations
}

/// Whether nothing that decides about the days of a location differs: each day is as it was.
pub(crate) fn opens_alike(
    (before, earlier): (&Catalogue, &[&LocationId]),
    (after, location): (&Catalogue, &LocationId),
) -> bool {
    let [earlier] = earlier else { return false };
    let (Some(old), Some(new)) = (before.location(earlier), after.location(location)) else {
        return false;
    };
    before.holidays == after.holidays
        && before.closures == after.closures
        && (old.grid, old.desks, old.bookable) == (new.grid, new.desks, new.bookable)
        && old.opening == new.opening
        && old.exceptions == new.exceptions
        && old.closures == new.closures
        && old.closed_times == new.closed_times
}

/// By start and length in minutes, the desks of slots that the public can book at some time.
type Slots = BTreeMap<(Timestamp, u16), Desks>;

/// Of one start.
#[derive(Debug, Clone, Copy, Default)]
struct Desks {
    offered: DeskSet,
    bookable_now: DeskSet,
}

/// Of all plans together; two sessions at one desk yield it once.
fn slots(plans: impl IntoIterator<Item = DayPlan>, now: Timestamp) -> Slots {
    let mut slots = Slots::new();
    for plan in plans {
        for session in &plan.sessions {
            let minutes = session.slot_units * plan.grid.minutes();
            let is_open = session.window.is_open(Channel::Public, now);
            for start in session.starts(1).map(|unit| plan.time_of(unit)) {
                let desks = slots.entry((start, minutes)).or_default();
                desks.offered = desks.offered.union(session.public);
                if is_open && now < start {
                    desks.bookable_now = desks.bookable_now.union(session.public);
                }
            }
        }
    }
    // A session of which the public has no desk offers nothing.
    slots.retain(|_, desks| !desks.offered.is_empty());
    slots
}

impl Difference {
    /// Compares start, length and desk, of the desks that count.
    fn between(old: &Slots, new: &Slots, counts: fn(&Desks) -> DeskSet) -> Self {
        let beyond = |one: &Slots, other: &Slots| {
            let more = |(key, desks): (&(Timestamp, u16), &Desks)| {
                let known = other.get(key).map(counts).unwrap_or_default();
                counts(desks).without(known).iter().count()
            };
            one.iter().map(more).sum::<usize>()
        };
        Self { gained: beyond(new, old), lost: beyond(old, new) }
    }
}

/// For people: one line per day, then the sums.
///
/// The last line is there even if nothing changes, so that an admin sees that the comparison
/// was made.
#[must_use]
pub fn changes_table(changes: &[DayChange]) -> String {
    let mut text = String::new();
    let words = |offered: Difference, now: Difference| {
        let Difference { gained, lost } = offered;
        let more = now.gained;
        let fewer = now.lost;
        format!("{gained} slots gained, {lost} lost; bookable now: {more} gained, {fewer} lost")
    };
    for DayChange { location, date, offered, bookable_now } in changes {
        let _ = writeln!(text, "{date}  {location}: {}", words(*offered, *bookable_now));
    }
    let sum = |difference: fn(&DayChange) -> Difference| {
        changes.iter().map(difference).fold(Difference::default(), |sum, each| Difference {
            gained: sum.gained + each.gained,
            lost: sum.lost + each.lost,
        })
    };
    let (offered, now) = (sum(|change| change.offered), sum(|change| change.bookable_now));
    let _ = writeln!(text, "{}", words(offered, now));
    text
}
