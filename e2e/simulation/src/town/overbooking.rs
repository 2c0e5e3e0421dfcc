//! How many bookings a site can take if some people do not come.

use crate::measures::Binomial;

/// At most so often more people come than there are seats.
const RISK: f64 = 0.05;

/// The most bookings for `seats` seats of which a share `missing` does not come.
#[must_use]
pub(crate) fn bookings_for(seats: usize, missing: f64) -> usize {
    if missing <= 0.0 {
        return seats;
    }
    let too_many =
        |bookings: &usize| Binomial { n: *bookings, p: 1.0 - missing }.above(seats) > RISK;
    (seats + 1..2 * seats).find(too_many).map_or(seats, |bookings| bookings - 1)
}
