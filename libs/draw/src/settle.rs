//! Random serial dictatorship: in the drawn order each takes the best that is left.
//!
//! Known as random serial dictatorship, or random priority (Abdulkadiroğlu and Sönmez, Econometrica
//! 66, 1998). It is chosen for what it does not ask of people: naming wishes that are not one's own
//! brings no better seat, no two entrants could swap and both be happier, and equal entries have the
//! same chance. There is exactly one result for an order, so anybody can recompute it.
//!
//! This function is pure and is the scheme: settling at the authority, the auditor's check and the
//! test vectors all call it.

use crate::{Announcement, Entry, Seat, Seats, Wish};

/// The seat that an entry got, and the rank of the wish that it fulfils.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Where it is; the length follows from the entry.
    pub seat: Seat,
    /// Which wish, from 0; 0 also where the wishes are deleted and the seat is taken as given.
    pub wish: usize,
}

/// Gives each entry its seat, in the order of `order`; the result has one member per turn.
///
/// A turn without wishes (`None`: they were deleted) keeps the seat that `known` names for it, if
/// it is free.
///
/// `wishes` and `known` are asked by position: the first by position in the list, the second by
/// turn, both from 0. An entry that finds nothing has `None`, and its turn is its place on the
/// waiting list. A known seat that is not free any more becomes `None` too, which the auditor's
/// comparison then shows.
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

/// The first wish that has any free seat decides; later wishes are not looked at.
fn choose(seats: &Seats<'_>, entry: &Entry, wishes: &[Wish], slots: u16) -> Option<Given> {
    wishes
        .iter()
        .enumerate()
        .find_map(|(wish, wanted)| Some(Given { seat: seats.first(entry, wanted, slots)?, wish }))
}
