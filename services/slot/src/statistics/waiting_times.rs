//! How long people waited.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor, value::SeqAccessDeserializer},
};

use super::small_counts::MIN_CELL_COUNT;

/// What cities promise: an appointment within so many days.
const SOON_DAYS: u32 = 14;

/// How many visits waited how many days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaitingTimes(BTreeMap<u32, u32>);

/// What statistics need of the waiting times of a day. The times themselves are not kept: an answer reads thousands of
/// these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waited {
    /// Half of the visits waited so many days or fewer; `None` if there are too few to tell.
    pub median: Option<u32>,
    /// Nine of ten waited so many days or fewer.
    pub p90: Option<u32>,
    /// How many waited no more than 14 days.
    pub soon: u32,
    /// The days that all waited together.
    pub total_days: u64,
}

impl WaitingTimes {
    /// Counts visits.
    pub fn add(&mut self, days: u32, visits: u32) {
        *self.0.entry(days).or_default() += visits;
    }

    /// What is needed of them.
    #[must_use]
    pub fn sum_up(&self) -> Waited {
        let together = |(days, visits): (&u32, &u32)| u64::from(*days) * u64::from(*visits);
        Waited {
            median: self.percentile(50),
            p90: self.percentile(90),
            soon: self.0.range(..=SOON_DAYS).map(|(_, visits)| visits).sum(),
            total_days: self.0.iter().map(together).sum(),
        }
    }

    /// The smallest number of days within which `percent` of the visits were (nearest rank);
    /// `None` if there are too few visits to tell.
    fn percentile(&self, percent: u32) -> Option<u32> {
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

impl Serialize for Waited {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.median, self.p90, self.soon, self.total_days).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Waited {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BothForms)
    }
}

/// Reads what is needed, and the times themselves, which earlier versions kept.
struct BothForms;

impl<'de> Visitor<'de> for BothForms {
    type Value = Waited;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("four numbers, or how many visits waited how many days")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, numbers: A) -> Result<Waited, A::Error> {
        let (median, p90, soon, total_days) =
            Deserialize::deserialize(SeqAccessDeserializer::new(numbers))?;
        Ok(Waited { median, p90, soon, total_days })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut times: A) -> Result<Waited, A::Error> {
        let mut waiting = WaitingTimes::default();
        while let Some((days, visits)) = times.next_entry()? {
            waiting.add(days, visits);
        }
        Ok(waiting.sum_up())
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

    #[test]
    fn what_is_needed_is_read_from_the_times_that_earlier_versions_kept() {
        let times = r#"{"3":4,"14":1,"90":2}"#;
        let waited = Waited { median: Some(3), p90: Some(90), soon: 5, total_days: 206 };
        assert_eq!(serde_json::from_str::<Waited>(times).unwrap(), waited);
        assert_eq!(serde_json::to_string(&waited).unwrap(), "[3,90,5,206]");
        assert_eq!(serde_json::from_str::<Waited>("[3,90,5,206]").unwrap(), waited);
        let few = Waited { soon: 2, total_days: 6, ..Waited::default() };
        assert_eq!(serde_json::from_str::<Waited>(r#"{"3":2}"#).unwrap(), few);
        assert_eq!(serde_json::from_str::<Waited>("[null,null,2,6]").unwrap(), few);
        assert_eq!(serde_json::from_str::<Waited>("{}").unwrap(), Waited::default());
        assert!(serde_json::from_str::<Waited>("[1,2,3,4,5]").is_err());
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
