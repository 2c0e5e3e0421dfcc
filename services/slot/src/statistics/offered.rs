//! What the opening rules offered on a day, taken or not.

use booking::capacity::Need;
use calendar::{Channel, DayPlan, Desk, DeskSet};

/// How many visits with this need fit into the day at all, none overlapping another at its desk.
#[must_use]
pub fn places(need: &Need, plan: &DayPlan) -> u32 {
    let mut offers: Vec<_> = need.offers(plan).collect();
    offers.sort_by_key(|offer| offer.span.from);
    let mut busy_until = [0; Desk::LIMIT as usize];
    let mut places = 0;
    for offer in offers {
        for desk in desks(offer.desks) {
            let busy = &mut busy_until[usize::from(desk.index())];
            if *busy <= offer.span.from {
                *busy = offer.span.until;
                places += 1;
            }
        }
    }
    places
}

/// The time of all desks that were open, in minutes.
#[must_use]
pub fn desk_minutes(plan: &DayPlan) -> u64 {
    let open = |unit| {
        let sessions = plan.sessions.iter();
        sessions
            .filter(|session| (session.from..session.until).contains(&unit))
            .fold(DeskSet::EMPTY, |all, session| all.union(session.desks(Channel::Staff)))
    };
    let units: u64 = (0..plan.units).map(|unit| u64::from(open(unit).len())).sum();
    units * u64::from(plan.grid.minutes())
}

fn desks(set: DeskSet) -> impl Iterator<Item = Desk> {
    (0..Desk::LIMIT).filter_map(Desk::new).filter(move |desk| set.contains(*desk))
}

#[cfg(test)]
mod tests {
    use calendar::{BookingWindow, Grid, Session};
    use jiff::Timestamp;

    use super::*;

    fn session(from: u16, until: u16, slot_units: u16, desks: u64) -> Session {
        let desks = DeskSet::from_bits(desks);
        Session {
            from,
            until,
            slot_units,
            multiple_slots: true,
            public: DeskSet::EMPTY,
            phone: desks,
            staff: desks,
            window: BookingWindow { opens: Timestamp::MIN, closes: Timestamp::MAX },
        }
    }

    fn plan(sessions: Vec<Session>) -> DayPlan {
        DayPlan {
            date: "2027-01-04".parse().unwrap(),
            starts_at: "2027-01-03T23:00Z".parse().unwrap(),
            grid: Grid::default(),
            units: 288,
            sessions,
        }
    }

    fn need(slots: u16) -> Need {
        Need { slots, channel: Channel::Staff, skilled: DeskSet::ALL }
    }

    #[test]
    fn visits_do_not_overlap_and_none_is_cut_off() {
        let plan = plan(vec![session(96, 107, 2, 0b11)]);
        assert_eq!(places(&need(1), &plan), 2 * 5);
        assert_eq!(places(&need(2), &plan), 2 * 2);
        assert_eq!(places(&Need { skilled: DeskSet::from_bits(0b10), ..need(1) }, &plan), 5);
        assert_eq!(desk_minutes(&plan), 5 * 2 * 11);
    }

    #[test]
    fn a_desk_in_two_sessions_counts_once() {
        let plan = plan(vec![session(96, 104, 2, 0b1), session(100, 108, 2, 0b1)]);
        assert_eq!(places(&need(1), &plan), 6);
        assert_eq!(desk_minutes(&plan), 5 * 12);
    }
}
