//! Bookings for which a new catalogue leaves no room.

use std::collections::BTreeMap;

use booking::Seat;
use calendar::DayPlan;
use ids::LocationId;
use jiff::civil::Date;

use crate::Catalogue;

/// How many of `seats` had an open desk before and have none after, by location and day.
pub fn stranded<'a>(
    before: &Catalogue,
    after: &Catalogue,
    seats: impl IntoIterator<Item = &'a Seat>,
) -> BTreeMap<(LocationId, Date), usize> {
    let mut by_day = BTreeMap::<_, Vec<&Seat>>::new();
    for seat in seats {
        by_day.entry((seat.location.clone(), seat.date)).or_default().push(seat);
    }
    let mut found = BTreeMap::new();
    for ((location, date), seats) in by_day {
        // A location that this catalogue did not have stranded nobody.
        let Some(old) = before.day_plan(&location, date) else { continue };
        let new = after.day_plan(&location, date);
        let lost = |seat: &&&Seat| {
            is_open(&old, &old, seat) && !new.as_ref().is_some_and(|new| is_open(new, &old, seat))
        };
        let count = seats.iter().filter(lost).count();
        if count > 0 {
            found.insert((location, date), count);
        }
    }
    found
}

/// Whether a desk is open in `plan` for a seat that was taken by `old`: their grids may differ.
fn is_open(plan: &DayPlan, old: &DayPlan, seat: &Seat) -> bool {
    let (start, end) = (old.time_of(seat.start), old.time_of(seat.until()));
    plan.sessions.iter().any(|session| {
        session.staff.contains(seat.desk)
            && plan.time_of(session.from) <= start
            && end <= plan.time_of(session.until)
    })
}

#[cfg(test)]
mod tests {
    use calendar::Desk;

    use super::*;

    const OFFICE: &str = include_str!("../../../charts/fairtermin/examples/small-office.yaml");

    fn catalogue(change: (&str, &str)) -> Catalogue {
        assert!(OFFICE.contains(change.0));
        Catalogue::parse("test", &OFFICE.replace(change.0, change.1)).unwrap()
    }

    /// On Monday 18 January 2027, in units of 5 minutes.
    fn seat(start: u16, desk: u8) -> Seat {
        let desk = Desk::new(desk).unwrap();
        let date = "2027-01-18".parse().unwrap();
        Seat { location: "rathaus".parse().unwrap(), date, start, units: 6, desk }
    }

    fn lost(change: (&str, &str), seats: &[Seat]) -> usize {
        let before = catalogue(("", ""));
        stranded(&before, &catalogue(change), seats).into_values().sum()
    }

    #[test]
    fn a_booking_is_stranded_when_its_hours_or_its_desk_go() {
        // From 8:00, to 12:00, and at the second desk.
        let seats = [seat(96, 0), seat(138, 0), seat(96, 1)];
        assert_eq!(lost(("", ""), &seats), 0);
        assert_eq!(lost(("08:00-12:00", "08:00-11:45"), &seats), 1);
        assert_eq!(lost(("08:00-12:00", "08:15-12:00"), &seats), 2);
        assert_eq!(lost(("monday: 08:00-12:00", "tuesday: 08:00-12:00"), &seats), 3);
        assert_eq!(lost(("public: 2", "public: 1, phone: 1, staff: 1"), &seats), 1);
    }

    #[test]
    fn what_had_no_room_before_is_not_said_again() {
        assert_eq!(lost(("monday: 08:00-12:00", "tuesday: 08:00-12:00"), &[seat(0, 0)]), 0);
    }
}
