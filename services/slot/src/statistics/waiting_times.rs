//! How long people waited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::small_counts::MIN_CELL_COUNT;

/// How many visits waited how many days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingTimes(BTreeMap<u32, u32>);

impl WaitingTimes {
    /// Counts visits.
    pub fn add(&mut self, days: u32, visits: u32) {
        *self.0.entry(days).or_default() += visits;
    }

    /// How many visits waited so many days or fewer.
    #[must_use]
    pub fn within(&self, days: u32) -> u32 {
        self.0.range(..=days).map(|(_, visits)| visits).sum()
    }

    /// The days that all visits waited together.
    #[must_use]
    pub fn total_days(&self) -> u64 {
        self.0.iter().map(|(days, visits)| u64::from(*days) * u64::from(*visits)).sum()
    }

    /// The smallest number of days within which `percent` of the visits were (nearest rank);
    /// `None` if there are too few visits to tell.
    #[must_use]
    pub fn percentile(&self, percent: u32) -> Option<u32> {
        let visits: u32 = self.0.values().sum();
        if visits < MIN_CELL_COUNT {
            return None;
        }
        let rank = (u64::from(visits) * u64::from(percent)).div_ceil(100);
        let mut within = 0;
        self.0.iter().find_map(|(days, visits)| {
            within += u64::from(*visits);
            (within >= rank).then_some(*days)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_nearest_rank_is_one_of_the_values() {
        let mut waiting = WaitingTimes::default();
        (1..=10).for_each(|days| waiting.add(days, 1));
        assert_eq!((waiting.percentile(50), waiting.percentile(90)), (Some(5), Some(9)));
    }

    #[test]
    fn too_few_tell_nothing() {
        let mut waiting = WaitingTimes::default();
        waiting.add(3, 4);
        assert_eq!(waiting.percentile(50), None);
        waiting.add(90, 1);
        assert_eq!((waiting.percentile(50), waiting.percentile(90)), (Some(3), Some(90)));
    }

    proptest! {
        #[test]
        fn it_is_what_sorting_says(days in prop::collection::vec(0u32..50, 5..200), percent in 1u32..=100) {
            let mut waiting = WaitingTimes::default();
            days.iter().for_each(|days| waiting.add(*days, 1));
            let mut sorted = days;
            sorted.sort_unstable();
            let rank = (sorted.len() * percent as usize).div_ceil(100);
            prop_assert_eq!(waiting.percentile(percent), Some(sorted[rank - 1]));
        }
    }
}
