//! Which desk is free for a visit.
//!
//! A location's local day is a list of rows, one per grid unit; a row is one `u64` with a bit per
//! desk. Redis holds the same rows as a string of 8 bytes each, little endian, so that one read
//! and one write move a whole visit.

use calendar::{BookingWindow, Channel, DayPlan, Desk, DeskSet};

/// Which desks are taken in each unit of one location's local day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayOccupancy {
    rows: Vec<u64>,
}

impl DayOccupancy {
    /// A day of `units` units on which everything is free.
    #[must_use]
    pub fn empty(units: u16) -> Self {
        Self { rows: vec![0; usize::from(units)] }
    }

    /// Reads the bytes that Redis stores. Missing rows are free; half a row at the end is ignored.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (rows, _) = bytes.as_chunks::<8>();
        Self { rows: rows.iter().map(|row| u64::from_le_bytes(*row)).collect() }
    }

    /// The bytes that Redis stores.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.rows.iter().flat_map(|row| row.to_le_bytes()).collect()
    }

    /// The desks taken at any moment of `units` units from `start` on.
    #[must_use]
    pub fn taken(&self, start: u16, units: u16) -> DeskSet {
        let from = usize::from(start).min(self.rows.len());
        let until = usize::from(start.saturating_add(units)).min(self.rows.len());
        DeskSet::from_bits(self.rows[from..until].iter().fold(0, |all, row| all | row))
    }

    /// Marks a desk as taken.
    pub fn take(&mut self, start: u16, units: u16, desk: Desk) {
        let bit = DeskSet::one(desk).bits();
        self.span(start, units).iter_mut().for_each(|row| *row |= bit);
    }

    /// Marks a desk as free.
    pub fn free(&mut self, start: u16, units: u16, desk: Desk) {
        let bit = DeskSet::one(desk).bits();
        self.span(start, units).iter_mut().for_each(|row| *row &= !bit);
    }

    /// The rows of a span; the day grows if the span ends after it.
    fn span(&mut self, start: u16, units: u16) -> &mut [u64] {
        let (from, until) = (usize::from(start), usize::from(start) + usize::from(units));
        if self.rows.len() < until {
            self.rows.resize(until, 0);
        }
        &mut self.rows[from..until]
    }
}

/// What a visit needs of a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Consecutive slots at one desk.
    pub slots: u16,
    /// By which way it is booked.
    pub channel: Channel,
    /// The desks that serve all wanted services.
    pub skilled: DeskSet,
}

/// A place in the day plan where a visit could be, taken or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The first unit.
    pub start: u16,
    /// How many units the visit takes here.
    pub units: u16,
    /// The desks at which it could be; at least one.
    pub desks: DeskSet,
    /// When it can be booked.
    pub window: BookingWindow,
}

impl Offer {
    /// The desks that are free for it.
    #[must_use]
    pub fn free(&self, occupancy: &DayOccupancy) -> DeskSet {
        self.desks.without(occupancy.taken(self.start, self.units))
    }
}

impl Need {
    /// Every place of the day where the visit could be, by session and start. Two sessions may
    /// offer the same start.
    pub fn offers<'a>(&'a self, plan: &'a DayPlan) -> impl Iterator<Item = Offer> + 'a {
        plan.sessions.iter().flat_map(move |session| {
            let desks = session.desks(self.channel).intersection(self.skilled);
            let units = session.visit_units(self.slots);
            session
                .starts(self.slots)
                .take_while(move |_| !desks.is_empty())
                .map(move |start| Offer { start, units, desks, window: session.window })
        })
    }

    /// The places where the visit could be that start at `start`.
    #[must_use]
    pub fn offers_at(&self, plan: &DayPlan, start: u16) -> Vec<Offer> {
        plan.sessions_for(start, self.slots)
            .map(|session| Offer {
                start,
                units: session.visit_units(self.slots),
                desks: session.desks(self.channel).intersection(self.skilled),
                window: session.window,
            })
            .filter(|offer| !offer.desks.is_empty())
            .collect()
    }
}

/// The desk that a visit gets: the lowest free one of the first offer that has any.
#[must_use]
pub fn choose(offers: &[Offer], occupancy: &DayOccupancy) -> Option<(Offer, Desk)> {
    offers.iter().find_map(|offer| Some((*offer, offer.free(occupancy).lowest()?)))
}

#[cfg(test)]
mod tests {
    use calendar::{Grid, Session};
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn plan() -> DayPlan {
        let session = |from, until, slot_units, desks: u64| Session {
            from,
            until,
            slot_units,
            multiple_slots: true,
            public: DeskSet::from_bits(desks),
            phone: DeskSet::from_bits(desks),
            staff: DeskSet::from_bits(desks | 0b1000),
            window: BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX },
        };
        DayPlan {
            date: "2027-01-04".parse().unwrap(),
            starts_at: "2027-01-03T23:00Z".parse().unwrap(),
            grid: Grid::default(),
            units: 288,
            sessions: vec![session(96, 104, 2, 0b011), session(96, 108, 3, 0b100)],
        }
    }

    fn need(slots: u16) -> Need {
        Need { slots, channel: Channel::Public, skilled: DeskSet::ALL }
    }

    #[test]
    fn a_visit_takes_the_lowest_free_desk_of_the_first_session_that_has_one() {
        let (plan, mut day) = (plan(), DayOccupancy::empty(288));
        let offers = need(2).offers_at(&plan, 96);
        let seats: Vec<_> = std::iter::from_fn(|| {
            let (offer, desk) = choose(&offers, &day)?;
            day.take(offer.start, offer.units, desk);
            Some((offer.units, desk.index()))
        })
        .collect();
        assert_eq!(seats, [(4, 0), (4, 1), (6, 2)]);
    }

    #[test]
    fn only_skilled_desks_of_the_channel_are_offered() {
        let plan = plan();
        let third = Need { skilled: DeskSet::from_bits(0b1100), ..need(1) };
        assert_eq!(third.offers_at(&plan, 96).len(), 1);
        let staff = Need { channel: Channel::Staff, ..third };
        let desks: Vec<_> = staff.offers_at(&plan, 96).iter().map(|o| o.desks.bits()).collect();
        assert_eq!(desks, [0b1000, 0b1100]);
        let nobody = Need { skilled: DeskSet::EMPTY, ..need(1) };
        assert_eq!(nobody.offers(&plan).count(), 0);
    }

    #[test]
    fn the_list_of_offers_and_the_offers_at_one_start_agree() {
        let plan = plan();
        for slots in 1..5 {
            let mut listed: Vec<_> = need(slots).offers(&plan).collect();
            listed.sort_by_key(|offer| offer.start);
            let looked_up: Vec<_> =
                (0..plan.units).flat_map(|start| need(slots).offers_at(&plan, start)).collect();
            assert_eq!(listed, looked_up);
        }
    }

    proptest! {
        #[test]
        fn bytes_read_back(rows in prop::collection::vec(any::<u64>(), 0..300)) {
            let day = DayOccupancy { rows };
            prop_assert_eq!(DayOccupancy::from_bytes(&day.to_bytes()), day);
        }

        #[test]
        fn a_taken_span_is_taken_until_it_is_freed_and_touches_no_other_desk(
            start in 0u16..300, units in 1u16..20, desk in 0u8..64, other in 0u8..64,
        ) {
            prop_assume!(desk != other);
            let (desk, other) = (Desk::new(desk).unwrap(), Desk::new(other).unwrap());
            let mut day = DayOccupancy::empty(288);
            day.take(start, units, other);
            let before = day.clone();
            day.take(start, units, desk);
            for unit in start..start + units {
                prop_assert!(day.taken(unit, 1).contains(desk));
            }
            prop_assert!(day.taken(start + units, 1).is_empty());
            day.free(start, units, desk);
            prop_assert_eq!(day.taken(0, 400), before.taken(0, 400));
        }
    }
}
