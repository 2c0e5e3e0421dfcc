//! The list of what stands in the way, for admins.
//!
//! Thousands of bookings on one closed day are one line with a count. No person and no booking
//! is named: the list goes into logs, Events and terminals.

use std::{collections::BTreeMap, fmt};

use booking::ReservationKind;
use ids::LocationId;
use jiff::{Timestamp, civil::Date};

use super::{Affected, Impact, Obstacle};

/// What no longer fits at one location on one day for one reason. Prints as one line.
///
/// Sorted by location, day and reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocker {
    /// The place, as it was called before.
    pub location: LocationId,
    /// The local day.
    ///
    /// Europe/Berlin.
    pub date: Date,
    /// What does not fit.
    pub obstacle: Obstacle,
    /// How many of each kind.
    ///
    /// Holds go by themselves within minutes, so it matters which kinds there are.
    pub counts: BTreeMap<ReservationKind, usize>,
    /// When the first of them starts.
    ///
    /// UTC; printed as local time of day.
    pub earliest: Timestamp,
    /// When the last of them ends.
    ///
    /// UTC; printed as local time of day.
    pub latest: Timestamp,
}

impl Impact {
    /// What stands in the way, by location and day.
    ///
    /// Without those that are kept.
    #[must_use]
    pub fn blockers(&self) -> Vec<Blocker> {
        by_day(&self.in_the_way)
    }

    /// For admins, one line each: what stands in the way and what to do, what stays although it
    /// does not fit, and how many reservations go with a rename or a move to another group. Empty
    /// if the change touches nothing.
    ///
    /// In this order. Each line ends with a line break.
    #[must_use]
    pub fn report(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for blocker in self.blockers() {
            lines.push(format!("in the way: {blocker}; {}", blocker.obstacle.remedy()));
        }
        lines.extend(by_day(&self.kept).iter().map(|kept| format!("stays: {kept}")));
        let mut carried = BTreeMap::new();
        for each in &self.carried {
            *carried.entry(each.reserved.kind).or_default() += 1;
        }
        if !carried.is_empty() {
            lines.push(format!("goes with the change: {}", counted(&carried)));
        }
        lines.into_iter().map(|line| line + "\n").collect()
    }
}

/// A seat that begins on one local day belongs to that day.
fn by_day(affected: &[Affected]) -> Vec<Blocker> {
    let zone = ambient::berlin();
    let mut found = BTreeMap::<_, Blocker>::new();
    for Affected { reserved, obstacle } in affected {
        let seat = &reserved.seat;
        let date = seat.date(&zone);
        let key = (&seat.location, date, obstacle);
        let blocker = found.entry(key).or_insert_with(|| Blocker {
            location: seat.location.clone(),
            date,
            obstacle: obstacle.clone(),
            counts: BTreeMap::new(),
            earliest: seat.start,
            latest: seat.end,
        });
        *blocker.counts.entry(reserved.kind).or_default() += 1;
        blocker.earliest = blocker.earliest.min(seat.start);
        blocker.latest = blocker.latest.max(seat.end);
    }
    found.into_values().collect()
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zone = ambient::berlin();
        let time = |instant: Timestamp| {
            instant.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
        };
        let Self { location, date, obstacle, counts, earliest, latest } = self;
        let (counts, from, until) = (counted(counts), time(*earliest), time(*latest));
        write!(f, "{location}, {date}: {counts}, {from} to {until}: {obstacle}")
    }
}

/// In the order of the kinds, for example `2 holds, 1 booking`.
fn counted(counts: &BTreeMap<ReservationKind, usize>) -> String {
    let one = |(kind, count): (&ReservationKind, &usize)| {
        let (one, many) = match kind {
            ReservationKind::Hold => ("hold", "holds"),
            ReservationKind::Booking => ("booking", "bookings"),
            ReservationKind::Offer => ("offer", "offers"),
            ReservationKind::DrawPool => ("seat to be drawn", "seats to be drawn"),
            ReservationKind::Returning => ("returning seat", "returning seats"),
            ReservationKind::Closed => ("closed seat", "closed seats"),
        };
        format!("{count} {}", if *count == 1 { one } else { many })
    };
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}
