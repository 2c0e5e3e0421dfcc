//! What stands in the frozen list of a draw, for all to see.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tlog::{Hash, Tree};

use crate::{Announcement, Bytes, Channel, OrderKey, Serial, canonical, seed, wish::sorted};

/// One person's or group's entry, without name and without wishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// By which way they entered.
    pub channel: Channel,
    /// Draws that they went without, up to the highest cohort.
    pub cohort: u8,
    /// How many come along.
    pub companions: u8,
    /// The quotas that they belong to, in ascending order.
    pub quotas: Vec<u8>,
    /// How often they changed it; 0 is the first.
    pub revision: u32,
    /// The ticket.
    pub serial: Serial,
    /// What only identity could write on the ticket: see [`seed::stamp`].
    pub stamp: Bytes<16>,
    /// The sealed wishes: [`crate::Wishes::commitment`].
    pub wishes: Bytes<32>,
}

/// An entry that the announcement does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEntry {
    /// A cohort above the highest.
    #[error("its cohort is above the highest one")]
    Cohort,
    /// Too many companions.
    #[error("more companions than the draw allows")]
    Companions,
    /// A quota that the draw does not have, or repeated.
    #[error("its quotas are unsorted, repeated or unknown")]
    Quota,
    /// A quota of another channel.
    #[error("it claims a quota of another channel")]
    Channel,
}

impl Entry {
    /// Checks what the types cannot say.
    ///
    /// # Errors
    /// The first thing that the announcement does not allow.
    pub fn check(&self, draw: &Announcement) -> Result<(), InvalidEntry> {
        if self.cohort > draw.cohorts {
            return Err(InvalidEntry::Cohort);
        }
        if self.companions > draw.visit.companions {
            return Err(InvalidEntry::Companions);
        }
        if !sorted(&self.quotas) {
            return Err(InvalidEntry::Quota);
        }
        self.quotas.iter().try_for_each(|quota| {
            let quota = draw.quotas.get(usize::from(*quota)).ok_or(InvalidEntry::Quota)?;
            match quota.channel {
                Some(channel) if channel != self.channel => Err(InvalidEntry::Channel),
                _ => Ok(()),
            }
        })
    }

    /// Whether a seat that is kept for `quota`, or for nobody, is open to them.
    #[must_use]
    pub fn may_take(&self, quota: Option<u8>) -> bool {
        quota.is_none_or(|quota| self.quotas.contains(&quota))
    }

    /// Their leaf in the tree of the list.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        Hash::leaf(&canonical::write(self))
    }

    /// Whether the stamp is identity's.
    #[must_use]
    pub fn is_stamped(&self, draw: &str, key: &Bytes<32>) -> bool {
        self.stamp == seed::stamp(draw, key, &self.serial, self.channel)
    }
}

impl OrderKey {
    /// In which order the entries choose, as positions in `entries`: higher cohorts first, then
    /// by the number drawn, then (never in practice) by serial.
    #[must_use]
    pub fn order(&self, entries: &[Entry]) -> Vec<u32> {
        let mut keyed: Vec<_> = (0u32..)
            .zip(entries)
            .map(|(at, entry)| (u8::MAX - entry.cohort, self.rank(&entry.serial), entry.serial, at))
            .collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(.., at)| at).collect()
    }
}

/// The root of the list, RFC 6962. The list is in ascending order of serials.
#[must_use]
pub fn root(entries: &[Entry]) -> Bytes<32> {
    entries.iter().map(Entry::leaf).collect::<Tree>().root().into()
}

/// How many entered by each way.
#[must_use]
pub fn by_channel(entries: &[Entry]) -> BTreeMap<Channel, u64> {
    let mut counts = BTreeMap::from([(Channel::Desk, 0), (Channel::Online, 0)]);
    entries.iter().for_each(|entry| *counts.entry(entry.channel).or_default() += 1);
    counts
}
