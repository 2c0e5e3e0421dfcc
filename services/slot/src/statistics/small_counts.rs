//! Suppression of small cells, so that no person is recognised in a table.
//!
//! A neighbour who knows that a person was at a small office on some day learns their outcome from
//! "1 missed". So a count of 1 to 4 is suppressed (k-anonymity with k = 5: L. Sweeney,
//! *k-anonymity*, IJUFKS 10(5), 2002); zero is no person. Nor may a suppressed count follow from the
//! others: where parts add up to a published total, a suppressed one would be the rest, so all parts
//! are suppressed if one is small (secondary suppression; to hide just one more is not enough: 8 = 0 + ? + ?
//! is 4 + 4 if both are small).
//!
//! Sums over days exist for whole months only, per location and service ([`Cell::sum`]); all other
//! sums are made of those, from what is published of them. So whatever is subtracted from whatever,
//! nothing is found that this one sum does not tell, and that tells no suppressed count: each of
//! them may still be one of four or five.

/// The smallest count above zero that is published.
pub const MIN_CELL_COUNT: u32 = 5;

/// The count, unless it is small.
#[must_use]
pub fn suppress_small(count: u32) -> Option<u32> {
    (count == 0 || count >= MIN_CELL_COUNT).then_some(count)
}

/// The parts of a total, unless one of them or the total is small: all or none.
#[must_use]
pub fn suppress_small_parts<const N: usize>(parts: [u32; N]) -> [Option<u32>; N] {
    let small = |count: &u32| suppress_small(*count).is_none();
    if parts.iter().any(small) || small(&parts.iter().sum()) {
        return [None; N];
    }
    parts.map(Some)
}

/// A count of one day in a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Published with its day.
    Published(u32),
    /// Suppressed there. What is published leaves it somewhere from `least` to `most`.
    Suppressed {
        /// What it is.
        count: u32,
        /// What it is at least.
        least: u32,
        /// What it is at most.
        most: u32,
    },
}

impl Cell {
    /// A count that is suppressed only for being small.
    #[must_use]
    pub fn of(count: u32) -> Self {
        match suppress_small(count) {
            Some(count) => Self::Published(count),
            None => Self::Suppressed { count, least: 1, most: MIN_CELL_COUNT - 1 },
        }
    }

    /// A part of `total`, published or not.
    #[must_use]
    pub fn of_part(count: u32, published: Option<u32>, total: u32) -> Self {
        let most = suppress_small(total).unwrap_or(MIN_CELL_COUNT - 1);
        published.map_or(Self::Suppressed { count, least: 0, most }, Self::Published)
    }

    /// The sum, as exactly as it can be told beside the published cells.
    ///
    /// An exact one would give away a suppressed cell that is the only one, and all of them if each is
    /// as small, or as large, as it can be. So the sum of the suppressed ones keeps so far from its
    /// bounds that each may still be one of four (of 1 to 4) or of five: it is off by 4 at most. If
    /// there is only one, the sum names the middle of five numbers (of up to nine at the end).
    #[must_use]
    pub fn sum(cells: impl IntoIterator<Item = Self>) -> u32 {
        let (mut published, mut suppressed) = (0, 0);
        let (mut sum, mut least, mut most, mut distance) = (0, 0, 0, 0);
        for cell in cells {
            match cell {
                Self::Published(count) => published += count,
                Self::Suppressed { count, least: from, most: to } => {
                    suppressed += 1;
                    sum += count;
                    least += from;
                    most += to;
                    distance = (to - from).min(MIN_CELL_COUNT - 1).max(distance);
                }
            }
        }
        published
            + match suppressed {
                0 => 0,
                1 => middle(sum, least, most),
                _ => sum.clamp(least + distance, most - distance),
            }
    }
}

/// The middle of the five numbers among which `count` is, counted from `least`. The last of them are up
/// to nine, so that there are never fewer than five before `most`.
fn middle(count: u32, least: u32, most: u32) -> u32 {
    let last = ((most - least + 1) / MIN_CELL_COUNT).max(1) - 1;
    let place = ((count - least) / MIN_CELL_COUNT).min(last);
    least + place * MIN_CELL_COUNT + MIN_CELL_COUNT / 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_to_four_are_not_told() {
        let shown: Vec<_> = (0..7).map(suppress_small).collect();
        assert_eq!(shown, [Some(0), None, None, None, None, Some(5), Some(6)]);
        assert_eq!(suppress_small_parts([0, 3]), [None, None]);
        assert_eq!(suppress_small_parts([9, 6, 0]), [Some(9), Some(6), Some(0)]);
        assert_eq!(suppress_small_parts([9, 2, 7]), [None, None, None]);
    }

    #[test]
    fn a_sum_is_exact_unless_that_would_tell_a_suppressed_count() {
        let sum = |counts: &[u32]| Cell::sum(counts.iter().copied().map(Cell::of));
        assert_eq!(sum(&[]), 0);
        assert_eq!(sum(&[5, 0, 12]), 17, "nothing is suppressed");
        assert_eq!([1, 2, 3, 4].map(|one| sum(&[20, one])), [23; 4], "the only one");
        assert_eq!(sum(&[20, 1, 1]), 25, "each would be 1");
        assert_eq!(sum(&[20, 4, 4, 4, 4]), 33, "each would be 4");
        assert_eq!(sum(&[20, 1, 4, 2, 3]), 30, "they may be shared out in many ways");
        let part = |count, total| Cell::of_part(count, None, total);
        assert_eq!([0, 2, 4, 7, 14].map(|one| Cell::sum([part(one, 14)])), [2, 2, 2, 7, 12]);
        assert_eq!(Cell::sum([part(1, 14), part(0, 20)]), 4);
        assert_eq!(Cell::sum([part(9, 14), part(2, 20)]), 11);
    }

    proptest! {
        /// The sum and the published cells leave each suppressed one at least four values.
        #[test]
        fn a_sum_narrows_no_suppressed_count(counts in prop::collection::vec(0u32..9, 1..6)) {
            let cells: Vec<_> = counts.iter().copied().map(Cell::of).collect();
            let told = Cell::sum(cells.clone());
            for (n, cell) in cells.iter().enumerate() {
                if let Cell::Published(_) = cell {
                    continue;
                }
                // The bounds of this one, if the others are whatever they can be.
                let fits = |guess: u32| {
                    let others = cells.iter().enumerate().filter(|(other, _)| *other != n);
                    let others = others.map(|(_, other)| match other {
                        Cell::Published(count) => vec![*count],
                        Cell::Suppressed { least, most, .. } => (*least..=*most).collect(),
                    });
                    let mut worlds = vec![vec![guess]];
                    for values in others {
                        worlds = worlds.iter().flat_map(|world| values.iter().map(move |value| {
                            let mut world = world.clone();
                            world.push(*value);
                            world
                        })).collect();
                    }
                    worlds.into_iter().any(|world| Cell::sum(world.into_iter().map(Cell::of)) == told)
                };
                prop_assert!((1..=4).all(fits), "{counts:?}");
            }
        }

        /// Total, published parts and this program still leave two possibilities
        /// for each hidden part.
        #[test]
        fn no_hidden_part_can_be_computed(parts in prop::array::uniform3(0u32..12)) {
            let total: u32 = parts.iter().sum();
            let shown = suppress_small_parts(parts);
            let numbers = 0..=total;
            let all = numbers.clone().flat_map(|a| numbers.clone().map(move |b| (a, b)));
            let possible: Vec<_> = all
                .filter(|(a, b)| a + b <= total)
                .map(|(a, b)| [a, b, total - a - b])
                .filter(|guess| suppress_small_parts(*guess).map(|it| it.is_none()) == shown.map(|it| it.is_none()))
                .filter(|guess| (0..3).all(|n| shown[n].is_none_or(|told| told == guess[n])))
                .collect();
            for n in (0..3).filter(|&n| shown[n].is_none()) {
                prop_assert!(possible.iter().any(|guess| guess[n] != parts[n]), "{parts:?}");
            }
        }
    }
}
