//! The Merkle tree of RFC 6962, section 2.1, as a list that only grows.
//!
//! All complete nodes are kept, so that roots, paths and tiles of *any* earlier size can be
//! computed: a witness asks from where it stopped, and a proof may be of an old checkpoint.
//! Incomplete nodes at the right edge are computed when asked for, at most one a level.
//!
//! The tree is held in memory. A log fills it from the stored entries at start: a million leaves
//! take 64 MB.

use crate::{EMPTY, Hash};

/// Every complete node of a tree, by level. About 64 bytes a leaf.
///
/// Two trees are equal if they have the same leaves in the same order. See
/// [`check_inclusion`](crate::check_inclusion) and [`check_consistency`](crate::check_consistency)
/// for the other side, which needs no tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// `levels[l][n]` is the hash of the leaves from `n * 2^l` to `(n + 1) * 2^l`.
    levels: Vec<Vec<Hash>>,
}

/// A tree has fewer leaves than asked for.
///
/// A mistake of the caller or a question from outside: a size that this log never had. For a server
/// it is "not found".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tree has {size} leaves, asked for {asked}")]
pub struct TooFewLeaves {
    /// Leaves in the tree.
    pub size: u64,
    /// Leaves asked for.
    pub asked: u64,
}

impl Tree {
    /// Appends a leaf by its hash and gives its index.
    ///
    /// O(1) on average: a leaf completes as many nodes as its index has trailing ones in binary.
    pub fn push(&mut self, leaf: Hash) -> u64 {
        let index = self.size();
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let row = &mut self.levels[level];
            row.push(hash);
            if !row.len().is_multiple_of(2) {
                break;
            }
            hash = Hash::node(&row[row.len() - 2], &row[row.len() - 1]);
        }
        index
    }

    /// The number of leaves.
    ///
    /// A log only grows, so a smaller number names an earlier state of the same tree.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, Vec::len) as u64
    }

    /// The hash of the whole tree.
    ///
    /// [`EMPTY`] without leaves. O(log n).
    #[must_use]
    pub fn root(&self) -> Hash {
        self.range(0, self.size())
    }

    /// The hash of the tree when it had `size` leaves.
    ///
    /// Since nothing is ever changed or removed, this is the root that a checkpoint of that size
    /// must have.
    ///
    /// # Errors
    /// It never had so many.
    pub fn root_at(&self, size: u64) -> Result<Hash, TooFewLeaves> {
        self.has(size)?;
        Ok(self.range(0, size))
    }

    /// The path that proves leaf `index` in the tree of `size` leaves: the leaf's sibling first.
    ///
    /// At most 48 hashes for a log within [`MAX_SIZE`](crate::MAX_SIZE). Check it with
    /// [`check_inclusion`](crate::check_inclusion).
    ///
    /// # Errors
    /// The tree never had `size` leaves, or such a tree has no leaf `index`.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, TooFewLeaves> {
        self.has(size)?;
        if index >= size {
            return Err(TooFewLeaves { size, asked: index + 1 });
        }
        let (mut from, mut until, mut path) = (0, size, Vec::new());
        while until - from > 1 {
            let middle = from + split(until - from);
            if index < middle {
                path.push(self.range(middle, until));
                until = middle;
            } else {
                path.push(self.range(from, middle));
                from = middle;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// The path that proves the tree of `size` leaves to continue that of `old` leaves (RFC 6962,
    /// section 2.1.2). Empty if `old` is 0 or `size`.
    ///
    /// # Errors
    /// The tree never had `size` leaves, or `old` is more.
    pub fn consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>, TooFewLeaves> {
        self.has(size)?;
        if old > size {
            return Err(TooFewLeaves { size, asked: old });
        }
        if old == 0 || old == size {
            return Ok(Vec::new());
        }
        let (mut from, mut until, mut path) = (0, size, Vec::new());
        while until != old {
            let middle = from + split(until - from);
            if old <= middle {
                path.push(self.range(middle, until));
                until = middle;
            } else {
                path.push(self.range(from, middle));
                from = middle;
            }
        }
        if from > 0 {
            path.push(self.range(from, until));
        }
        path.reverse();
        Ok(path)
    }

    /// The complete nodes of one level, from the left.
    ///
    /// Level 0 are the leaves. For tiles: a tile is 256 neighbours of each eighth level.
    #[must_use]
    pub fn level(&self, level: usize) -> &[Hash] {
        self.levels.get(level).map_or(&[], Vec::as_slice)
    }

    /// Every question about a size passes here first, so [`range`](Self::range) never meets a node
    /// that is missing.
    fn has(&self, size: u64) -> Result<(), TooFewLeaves> {
        match self.size() {
            own if size <= own => Ok(()),
            own => Err(TooFewLeaves { size: own, asked: size }),
        }
    }

    /// The hash over the leaves `from..until`. `from` is a multiple of the largest power of two
    /// that is not above the length, as in every range that RFC 6962 splits off.
    fn range(&self, from: u64, until: u64) -> Hash {
        let length = until - from;
        if length == 0 {
            return EMPTY;
        }
        if length.is_power_of_two() {
            let level = length.trailing_zeros();
            return self.levels[level as usize][(from >> level) as usize];
        }
        let middle = from + split(length);
        Hash::node(&self.range(from, middle), &self.range(middle, until))
    }
}

impl FromIterator<Hash> for Tree {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| _ = tree.push(leaf));
        tree
    }
}

/// The largest power of two below `length`, which is at least 2.
///
/// RFC 6962, section 2.1: the left part of a tree is as large a complete tree as fits, and not the
/// whole.
const fn split(length: u64) -> u64 {
    1 << (63 - (length - 1).leading_zeros())
}
