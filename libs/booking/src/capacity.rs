//! Which desk is free for a visit.
//!
//! A location's local day is a string of groups of 8 minutes; a group has 64 bytes, one for each
//! desk, and a byte has one bit for each minute, the lowest for the first. So the minutes of a
//! visit lie together for all desks: the hold store reads and writes them in one go. The same bytes
//! stand in Redis.
//!
//! From the outside in: [`Need`] is what a visit asks for, [`Offer`] a place in the day plan
//! where it could be, [`DayOccupancy`] what is taken, and [`choose`] picks the desk. Nothing
//! here knows persons or rules; availability, hold and preview use the same functions, so that
//! what is shown can be held.
//!
//! Minutes and not units of the grid are marked, since the grid can change while bookings stay.

use calendar::{BookingWindow, Channel, DayPlan, Desk, DeskSet};

use crate::Span;

/// Bytes of a group: one for each desk.
const GROUP: usize = Desk::LIMIT as usize;
/// Minutes of a group: one for each bit.
///
/// A byte of a desk is read at once for eight minutes; a visit of half an hour touches four or
/// five groups.
const MINUTES: u16 = 8;

/// Which desks are taken in each minute of one location's local day.
///
/// It does not say by whom or why: two reservations of one minute would be one bit. That they
/// do not overlap is guarded elsewhere (the hold script, the database's exclusion constraint).
///
/// Minutes are elapsed ones since local midnight, so the second 02:30 of an October night has
/// bits of its own.
#[derive(Debug, Clone, Default)]
pub struct DayOccupancy {
    /// As long as needed: what is not there is free. Trailing free groups may or may not be
    /// there, which [`PartialEq`] overlooks.
    groups: Vec<[u8; GROUP]>,
}

impl DayOccupancy {
    /// How many bytes the longest day has.
    ///
    /// For limits on what is read from outside. 12,032: 188 groups for the 25 hours of the
    /// October day.
    pub const LONGEST: usize = Span::LONGEST_DAY.div_ceil(MINUTES) as usize * GROUP;

    /// Reads the bytes that the hold store keeps. Missing groups are free; half a group at the end
    /// is ignored.
    ///
    /// Never fails: each sequence of bytes is some occupancy, so a damaged key costs wrong
    /// answers until the day is compared with the database, and no outage.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (groups, _) = bytes.as_chunks::<GROUP>();
        let used = groups.iter().rposition(|group| *group != [0; GROUP]);
        Self { groups: groups[..used.map_or(0, |last| last + 1)].to_vec() }
    }

    /// The bytes that the hold store keeps, without those after the last that is taken.
    ///
    /// [`from_bytes`](Self::from_bytes) of it is an equal occupancy.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.groups.as_flattened().to_vec()
    }

    /// The desks taken at any minute of `span`.
    ///
    /// A visit can have each desk that is not in it. An empty span has none taken.
    #[must_use]
    pub fn taken(&self, span: Span) -> DeskSet {
        let mut taken = [0; GROUP];
        for (index, mask) in masks(span) {
            let Some(group) = self.groups.get(index) else { break };
            for (taken, byte) in taken.iter_mut().zip(group) {
                *taken |= byte & mask;
            }
        }
        let bits = taken.iter().enumerate().filter(|(_, byte)| **byte != 0);
        DeskSet::from_bits(bits.fold(0, |bits, (desk, _)| bits | 1 << desk))
    }

    /// Marks a desk as taken.
    ///
    /// Taking what is taken changes nothing. Minutes beyond the longest day are taken, too: the
    /// caller's spans come from a day plan.
    pub fn take(&mut self, span: Span, desk: Desk) {
        let groups = usize::from(span.until.div_ceil(MINUTES));
        if self.groups.len() < groups {
            self.groups.resize(groups, [0; GROUP]);
        }
        for (index, mask) in masks(span) {
            self.groups[index][usize::from(desk.index())] |= mask;
        }
    }

    /// Marks a desk as free.
    ///
    /// Frees only this desk; what two reservations would share is free after the first.
    /// Trailing groups are kept, since the day is usually taken again.
    pub fn free(&mut self, span: Span, desk: Desk) {
        for (index, mask) in masks(span) {
            if let Some(group) = self.groups.get_mut(index) {
                group[usize::from(desk.index())] &= !mask;
            }
        }
    }

    /// Whether nothing is taken.
    ///
    /// For stores that drop the days on which nothing is taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| *group == [0; GROUP])
    }
}

/// The groups that a span touches, and which of their minutes.
///
/// The first and the last group can be touched in part. Empty for an empty span.
fn masks(span: Span) -> impl Iterator<Item = (usize, u8)> {
    (span.from / MINUTES..span.until.div_ceil(MINUTES)).map(move |group| {
        let first = group * MINUTES;
        let from = span.from.saturating_sub(first);
        let until = (span.until - first).min(MINUTES);
        let mask = (0xFF_u16 << from) & (0xFF_u16 >> (MINUTES - until));
        (usize::from(group), mask.to_le_bytes()[0])
    })
}

/// By what is taken, not by how far the groups reach.
impl PartialEq for DayOccupancy {
    fn eq(&self, other: &Self) -> bool {
        let used = |day: &Self| day.groups.iter().rposition(|group| *group != [0; GROUP]);
        let (ours, theirs) = (used(self), used(other));
        ours == theirs && ours.is_none_or(|last| self.groups[..=last] == other.groups[..=last])
    }
}

impl Eq for DayOccupancy {}

/// What a visit needs of a location.
///
/// Worked out by `catalogue::Catalogue::visit` from services, location and number of people.
/// The channel is who books, which decides how many desks can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Consecutive slots at one desk.
    ///
    /// Of the session's slot length, so the same visit may be longer in one session than in
    /// another. At least 1.
    pub slots: u16,
    /// By which way it is booked.
    pub channel: Channel,
    /// The desks that serve all wanted services.
    ///
    /// Services may need different desks; a visit stays at one, so this is their intersection.
    pub skilled: DeskSet,
}

/// A place in the day plan where a visit could be, taken or not.
///
/// Short-lived: it belongs to one day plan. What becomes of it is a [`Seat`](crate::Seat), by
/// [`LocalDay::seat`](crate::LocalDay::seat).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Its minutes.
    pub span: Span,
    /// The desks at which it could be; at least one.
    pub desks: DeskSet,
    /// When it can be booked.
    ///
    /// That of its session; whether `now` is in it is for the rule
    /// [`booking_window`](crate::rules::booking_window) to say.
    pub window: BookingWindow,
}

impl Offer {
    /// The desks that are free for it.
    ///
    /// Empty if it is fully taken.
    #[must_use]
    pub fn free(&self, occupancy: &DayOccupancy) -> DeskSet {
        self.desks.without(occupancy.taken(self.span))
    }
}

impl Need {
    /// Every place of the day where the visit could be, by session and start. Two sessions may
    /// offer the same start.
    ///
    /// For availability, which lists a whole day. None if no desk is skilled.
    pub fn offers<'a>(&'a self, plan: &'a DayPlan) -> impl Iterator<Item = Offer> + 'a {
        plan.sessions.iter().flat_map(move |session| {
            let desks = session.desks(self.channel).intersection(self.skilled);
            let units = session.visit_units(self.slots);
            session.starts(self.slots).take_while(move |_| !desks.is_empty()).map(move |start| {
                Offer { span: span(plan, start, units), desks, window: session.window }
            })
        })
    }

    /// The places where the visit could be that start at the unit `start` of the plan's grid.
    ///
    /// For a hold, which knows its start. The order is that of the plan's sessions, and
    /// [`choose`] keeps it. Empty if nothing begins there: off the slots, closed, or no skilled
    /// desk.
    #[must_use]
    pub fn offers_at(&self, plan: &DayPlan, start: u16) -> Vec<Offer> {
        plan.sessions_for(start, self.slots)
            .map(|session| Offer {
                span: span(plan, start, session.visit_units(self.slots)),
                desks: session.desks(self.channel).intersection(self.skilled),
                window: session.window,
            })
            .filter(|offer| !offer.desks.is_empty())
            .collect()
    }
}

/// The minutes of some units of a plan's grid.
///
/// Units of a plan are minutes in the same elapsed time, so no clock change matters.
fn span(plan: &DayPlan, start: u16, units: u16) -> Span {
    let minutes = plan.grid.minutes();
    Span { from: start * minutes, until: start.saturating_add(units).saturating_mul(minutes) }
}

/// The desk that a visit gets: the lowest free one of the first offer that has any.
///
/// `None` if all are taken. Deterministic: the same offers and the same occupancy yield the
/// same desk in each process.
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
        let (plan, mut day) = (plan(), DayOccupancy::default());
        let offers = need(2).offers_at(&plan, 96);
        let seats: Vec<_> = std::iter::from_fn(|| {
            let (offer, desk) = choose(&offers, &day)?;
            day.take(offer.span, desk);
            Some((offer.span.minutes(), desk.index()))
        })
        .collect();
        assert_eq!(seats, [(20, 0), (20, 1), (30, 2)]);
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
            listed.sort_by_key(|offer| offer.span.from);
            let looked_up: Vec<_> =
                (0..plan.units).flat_map(|start| need(slots).offers_at(&plan, start)).collect();
            assert_eq!(listed, looked_up);
        }
    }

    #[test]
    fn the_last_minute_of_the_longest_day_has_its_place() {
        let mut day = DayOccupancy::default();
        let last = Span { from: Span::LONGEST_DAY - 1, until: Span::LONGEST_DAY };
        day.take(last, Desk::new(63).unwrap());
        assert_eq!(day.to_bytes().len(), DayOccupancy::LONGEST);
        assert_eq!(day.taken(last).bits(), 1 << 63);
    }

    proptest! {
        #[test]
        fn bytes_read_back(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
            let day = DayOccupancy::from_bytes(&bytes);
            prop_assert_eq!(DayOccupancy::from_bytes(&day.to_bytes()), day);
        }

        #[test]
        fn a_taken_span_is_taken_until_it_is_freed_and_touches_nothing_else(
            from in 0u16..1_400, minutes in 1u16..100, desk in 0u8..64, other in 0u8..64,
        ) {
            prop_assume!(desk != other);
            let (desk, other) = (Desk::new(desk).unwrap(), Desk::new(other).unwrap());
            let span = Span { from, until: from + minutes };
            let mut day = DayOccupancy::default();
            day.take(span, other);
            let before = day.clone();
            day.take(span, desk);
            for minute in from.saturating_sub(20)..span.until + 20 {
                let taken = day.taken(Span { from: minute, until: minute + 1 });
                let within = (from..span.until).contains(&minute);
                prop_assert_eq!(taken.contains(desk), within);
                prop_assert_eq!(taken.contains(other), within);
            }
            day.free(span, desk);
            prop_assert_eq!(&day, &before);
            day.free(span, other);
            prop_assert!(day.is_empty());
            prop_assert_eq!(day, DayOccupancy::default());
        }
    }
}
