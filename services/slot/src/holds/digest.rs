//! What the database keeps on a day, as one number.

use std::hash::{DefaultHasher, Hasher as _};

use booking::{Reservation, ReservationKind};

use super::fields::write_name;

/// Tells days apart whose durable reservations differ; their order does not matter.
///
/// Two versions of this program may see different numbers in the same reservations. Then a day is
/// compared in full, as if it had changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayDigest {
    number: u64,
    /// Whether something of it is for the desk only, which is kept in a place of its own.
    pub(super) has_closed: bool,
}

impl DayDigest {
    /// Of the durable reservations of one day.
    #[must_use]
    pub fn of<'a>(reservations: impl IntoIterator<Item = &'a Reservation>) -> Self {
        let add = |sum: Self, one: &Reservation| Self {
            number: sum.number.wrapping_add(number_of(one)),
            has_closed: sum.has_closed || one.kind == ReservationKind::Closed,
        };
        reservations.into_iter().fold(Self::default(), add)
    }

    pub(super) fn to_bytes(self) -> [u8; 8] {
        self.number.to_be_bytes()
    }
}

/// Of all that the hold store keeps of a reservation.
fn number_of(reservation: &Reservation) -> u64 {
    let seat = &reservation.seat;
    let mut bytes = Vec::with_capacity(160);
    bytes.extend(reservation.id.to_bits().to_be_bytes());
    write_name(reservation.kind.as_str(), &mut bytes);
    write_name(seat.location.as_str(), &mut bytes);
    bytes.push(seat.desk.index());
    bytes.extend(seat.start.as_second().to_be_bytes());
    bytes.extend(seat.end.as_second().to_be_bytes());
    if let Some((person, group)) = &reservation.holder {
        bytes.extend(person.to_bits().to_be_bytes());
        write_name(group.as_str(), &mut bytes);
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use booking::Seat;
    use calendar::Desk;
    use ids::{Pseudonym, ReservationId};

    use super::*;

    fn booking(id: u128, person: u128) -> Reservation {
        let seat = Seat {
            location: "mitte".parse().unwrap(),
            desk: Desk::new(3).unwrap(),
            start: "2031-03-03T08:00:00Z".parse().unwrap(),
            end: "2031-03-03T08:10:00Z".parse().unwrap(),
        };
        Reservation {
            id: ReservationId::from_bits(id),
            kind: ReservationKind::Booking,
            seat,
            holder: Some((Pseudonym::from_bits(person), "residence".parse().unwrap())),
            until: None,
        }
    }

    #[test]
    fn a_day_has_its_number_in_any_order_and_another_one_after_any_change() {
        let (one, two) = (booking(1, 1), booking(2, 2));
        let both = DayDigest::of([&one, &two]);
        assert_eq!(DayDigest::of([&two, &one]), both);
        let mut others = vec![booking(1, 3), booking(3, 1), booking(1, 1), booking(1, 1)];
        others[2].kind = ReservationKind::Offer;
        others[3].seat.end = "2031-03-03T08:20:00Z".parse().unwrap();
        for other in &others {
            assert_ne!(DayDigest::of([other, &two]), both, "{other:?}");
        }
        assert_ne!(DayDigest::of([&one]), both);
        assert_eq!(DayDigest::of([]), DayDigest::default());
    }
}
