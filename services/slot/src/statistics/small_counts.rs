//! Suppression of small cells, so that no person is recognised in a table.
//!
//! A neighbour who knows that a person was at a small office on some day learns their outcome from
//! "1 missed". So a count of 1 to 4 is suppressed (k-anonymity with k = 5: L. Sweeney,
//! *k-anonymity*, IJUFKS 10(5), 2002); zero is no person. Nor may a suppressed count follow from the
//! others: where parts add up to a published total, a suppressed one would be the rest, so all parts
//! are suppressed if one is small (secondary suppression; to hide just one more is not enough: 8 = 0 + ? + ?
//! is 4 + 4 if both are small). There are no totals over services, places or
//! days, and days are the only period, so that nothing can be found by subtracting.

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

    proptest! {
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
