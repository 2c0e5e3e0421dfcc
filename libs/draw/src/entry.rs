//! What stands in the frozen list of a draw, for all to see.
//!
//! One line per ticket. It has what is needed to recompute the order and to see who may have which
//! seat, and nothing that names a person. Wishes are sealed into a hash; [`crate::Wishes`] opens
//! it.
//!
//! The list is complete and unchangeable once [`root`] is published in the
//! [`Freeze`](crate::Freeze).

use serde::{Deserialize, Serialize};
use tlog::{Hash, Tree};

use crate::{Announcement, Bytes, Channel, OrderKey, Serial, canonical, seed, wish::sorted};

/// One person's or group's entry, without name and without wishes.
///
/// It describes a group as one person with companions: groups are never split over seats, and the
/// group enters with one ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// By which way they entered. The stamp covers it, so the authority cannot move an entry to the
    /// desk to use a desk's quota.
    pub channel: Channel,
    /// Draws that they went without, up to the highest cohort. Higher ones choose first. The
    /// authority says so; the auditor compares it with the records.
    pub cohort: u8,
    /// How many come along; they lengthen the visit: [`Announcement::slots`].
    pub companions: u8,
    /// The quotas that they belong to, positions in [`Announcement::quotas`] in ascending order. A
    /// quota widens what they may take and does not move their turn.
    pub quotas: Vec<u8>,
    /// How often the entry was changed; 0 is the first version. An entrant whose list shows a higher
    /// number than their last receipt knows that another party changed it.
    pub revision: u32,
    /// The ticket. One entry per ticket.
    pub serial: Serial,
    /// What only identity could write on the ticket: see [`seed::stamp`]. It can be checked by
    /// everybody once identity publishes its key.
    pub stamp: Bytes<16>,
    /// The sealed wishes: [`crate::Wishes::commitment`].
    pub wishes: Bytes<32>,
}

/// An entry that the announcement does not allow.
///
/// The check [`List`](crate::check::Check::List) reports it with the ticket's serial. An honest
/// authority refuses such an entry when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEntry {
    /// A cohort above the highest: it would choose before everybody.
    #[error("its cohort is above the highest one")]
    Cohort,
    /// Too many companions, so that the visit would be longer than announced.
    #[error("more companions than the draw allows")]
    Companions,
    /// A quota that the draw does not have, or a list that is unsorted or repeats itself: two forms
    /// of one entry would have two hashes.
    #[error("its quotas are unsorted, repeated or unknown")]
    Quota,
    /// A quota that is for the other channel alone.
    #[error("it claims a quota of another channel")]
    Channel,
}

impl Entry {
    /// Checks what the types cannot say.
    ///
    /// That the cohort is true and that the person belongs to the quota cannot be checked here.
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

    /// Whether a seat that is kept for `quota`, or for no group, is open to them.
    #[must_use]
    pub fn may_take(&self, quota: Option<u8>) -> bool {
        quota.is_none_or(|quota| self.quotas.contains(&quota))
    }

    /// Their leaf in the tree of the list.
    ///
    /// RFC 6962, section 2.1, over the canonical form.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        Hash::leaf(&canonical::write(self))
    }

    /// Whether the stamp is identity's.
    ///
    /// `key` is the one that identity published after the freeze, `draw` the announcement's id. One
    /// HMAC.
    #[must_use]
    pub fn is_stamped(&self, draw: &str, key: &Bytes<32>) -> bool {
        self.stamp == seed::stamp(draw, key, &self.serial, self.channel)
    }
}

impl OrderKey {
    /// In which order the entries choose, as positions in `entries`: higher cohorts first, then
    /// by the number drawn, then (never in practice) by serial.
    ///
    /// The positions of a result with n entries are a permutation of 0 to n-1. Sorting is by
    /// (cohort descending, rank ascending, serial ascending), which is total, so every verifier
    /// gets the same order. O(n log n); 100,000 entries take a fraction of a second.
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
///
/// The caller keeps the order: the function does not sort, as a list in another order is another
/// list and must not get the same root.
#[must_use]
pub fn root(entries: &[Entry]) -> Bytes<32> {
    entries.iter().map(Entry::leaf).collect::<Tree>().root().into()
}
