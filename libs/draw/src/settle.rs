//! Random serial dictatorship: in the drawn order each takes the best that is left.

use crate::{Announcement, Entry, Seat, Seats, Wish};

/// What somebody got, and by which of their wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Where.
    pub seat: Seat,
    /// Which wish, from 0.
    pub wish: usize,
}

/// Gives each entry its seat, in the order of `order`; the result has one member per turn.
///
/// Whoever has no wishes here (`None`: they were deleted) keeps the seat that `known` names for
/// their turn, if it is free.
///
/// # Panics
/// `order` names an entry that is not there, or `wishes` is shorter than `entries`.
#[must_use]
pub fn settle<'w>(
    draw: &Announcement,
    entries: &[Entry],
    order: &[u32],
    wishes: impl Fn(usize) -> Option<&'w [Wish]>,
    known: impl Fn(usize) -> Option<Seat>,
) -> Vec<Option<Given>> {
    let mut seats = Seats::new(draw);
    let given = order.iter().enumerate().map(|(turn, at)| {
        let entry = &entries[*at as usize];
        let slots = draw.slots(entry.companions);
        let given = match wishes(*at as usize) {
            Some(wishes) => choose(&seats, entry, wishes, slots),
            None => known(turn).map(|seat| Given { seat, wish: 0 }),
        }?;
        seats.take(given.seat, slots).then_some(given)
    });
    given.collect()
}

fn choose(seats: &Seats<'_>, entry: &Entry, wishes: &[Wish], slots: u16) -> Option<Given> {
    wishes
        .iter()
        .enumerate()
        .find_map(|(wish, wanted)| Some(Given { seat: seats.first(entry, wanted, slots)?, wish }))
}
