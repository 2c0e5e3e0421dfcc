//! Confirmations that stand in each other's way are not tried in one statement: else one would be
//! refused because of another that is itself refused a statement later. Nor are those that were
//! decided by different catalogues, so that the one in force is read once for all.

use std::collections::HashSet;

use jiff::Timestamp;

use super::Confirmation;
use crate::domain::Booking;

/// Of `all`, those that do not stand in the way of an earlier one, and the rest. In the order of
/// their seats, so that two transactions do not wait for each other crosswise.
pub(super) fn first_round(all: Vec<&Confirmation>) -> (Vec<&Confirmation>, Vec<&Confirmation>) {
    let mut seen = Seen::default();
    let (mut first, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| seen.is_new(one));
    first.sort_by(|a, b| a.booking.seat.cmp(&b.booking.seat));
    (first, rest)
}

#[derive(Default)]
struct Seen<'a> {
    decided_by: Option<Timestamp>,
    keys: HashSet<(&'a str, &'a str)>,
    names: HashSet<Name<'a>>,
    bookings: Vec<&'a Booking>,
}

/// What a unique index knows a booking by.
#[derive(PartialEq, Eq, Hash)]
enum Name<'a> {
    Hold(ids::HoldId),
    Code(ids::BookingCode),
    Active(ids::Pseudonym, &'a ids::GroupId),
    Doubt(ids::DoubtId),
}

impl<'a> Seen<'a> {
    fn is_new(&mut self, one: &'a Confirmation) -> bool {
        let key = (one.answered.caller.as_str(), one.answered.key.as_str());
        let booking = &one.booking;
        let mut names = vec![
            Name::Hold(booking.hold),
            Name::Code(booking.code),
            Name::Active(booking.person, &booking.group),
        ];
        names.extend(booking.doubt.map(Name::Doubt));
        let decided_by = *self.decided_by.get_or_insert(one.decided_by);
        let known = decided_by != one.decided_by
            || self.keys.contains(&key)
            || names.iter().any(|name| self.names.contains(name))
            || self.bookings.iter().any(|other| other.seat.overlaps(&booking.seat));
        if !known {
            self.keys.insert(key);
            self.names.extend(names);
            self.bookings.push(booking);
        }
        !known
    }
}
