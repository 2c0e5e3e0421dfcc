//! Desks and sets of desks.
//!
//! A location has at most 64 desks, since that is what a machine word holds: the desks of a session, the desks that do a service and the desks that are taken are
//! each one [`DeskSet`], and "which desk is free" is two operations on words.
//!
//! Two ways of counting meet: [`Desk::index`] from 0 is for code and for the database,
//! [`Desk::number`] from 1 is on the sign at the desk and in the catalogue. The text of a desk
//! is its number; its JSON is its index.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One desk of a location (ZMS: one *workstation* of a scope's count; ours has a name, so that a
/// booking knows where it takes place). Numbered from 0 in code and from 1 for people.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u8", into = "u8")]
pub struct Desk(#[schemars(range(max = 63))] u8);

/// Parse a number with [`Desk::from_number`] where a person wrote it, an index with
/// [`Desk::new`] where a program did.
impl Desk {
    /// How many desks one location has at most.
    pub const LIMIT: u8 = 64;

    /// The desk with this index, counted from 0; `None` from 64 on.
    #[must_use]
    pub const fn new(index: u8) -> Option<Self> {
        if index < Self::LIMIT { Some(Self(index)) } else { None }
    }

    /// The desk that people call by this number, counted from 1.
    ///
    /// `None` for 0 and from 65 on.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number.checked_sub(1) {
            Some(index) => Self::new(index),
            None => None,
        }
    }

    /// The position, 0 to 63.
    #[must_use]
    pub const fn index(self) -> u8 {
        self.0
    }

    /// What people call it, 1 to 64.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0 + 1
    }
}

impl fmt::Display for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number())
    }
}

impl From<Desk> for u8 {
    fn from(desk: Desk) -> Self {
        desk.0
    }
}

/// A desk index that is not below [`Desk::LIMIT`].
///
/// The only way in which a stored or transmitted desk can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("desk index {0} is not below 64")]
pub struct NoSuchDesk(pub u8);

impl TryFrom<u8> for Desk {
    type Error = NoSuchDesk;
    fn try_from(index: u8) -> Result<Self, NoSuchDesk> {
        Self::new(index).ok_or(NoSuchDesk(index))
    }
}

/// A set of desks of one location: bit `d` is desk `d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct DeskSet(u64);

/// A set does not know its location; sets of two locations must not be mixed.
impl DeskSet {
    /// No desk.
    pub const EMPTY: Self = Self(0);
    /// All 64 desks.
    pub const ALL: Self = Self(u64::MAX);

    /// The set whose desks are the one bits of `bits`.
    ///
    /// Bits of desks that a location does not have are kept: intersect with the location's
    /// desks if they can occur.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// One bit per desk.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Only this desk.
    #[must_use]
    pub const fn one(desk: Desk) -> Self {
        Self(1 << desk.0)
    }

    /// The first `count` desks; all of them from 64 on.
    ///
    /// The desks of a location with `count` desks. Example: `first(3)` has the desks that
    /// people call 1, 2 and 3.
    #[must_use]
    pub const fn first(count: u8) -> Self {
        if count >= Desk::LIMIT { Self::ALL } else { Self((1 << count) - 1) }
    }

    /// Whether `desk` is in the set.
    #[must_use]
    pub const fn contains(self, desk: Desk) -> bool {
        self.0 & (1 << desk.0) != 0
    }

    /// Whether every desk of `self` is in `other`.
    ///
    /// The empty set is a subset of each set.
    #[must_use]
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether no desk is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many desks.
    ///
    /// 0 to 64.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Desks in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Desks in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Desks in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The desk with the lowest number.
    ///
    /// `None` if the set is empty. "The lowest free desk" is how a visit gets its desk: it
    /// fills a location from one side, so that the same question has the same answer in each process.
    #[must_use]
    pub const fn lowest(self) -> Option<Desk> {
        // `trailing_zeros` is 64 for the empty set, which is no desk.
        Desk::new(self.0.trailing_zeros() as u8)
    }

    /// The lowest `count` desks of the set (all of them if there are fewer).
    ///
    /// How a count of desks becomes desks: see [`DeskCounts`](crate::DeskCounts).
    #[must_use]
    pub fn lowest_n(self, count: u8) -> Self {
        self.iter().take(usize::from(count)).collect()
    }

    /// The desks, lowest first.
    pub fn iter(self) -> impl Iterator<Item = Desk> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let desk = rest.lowest()?;
            rest = rest.without(Self::one(desk));
            Some(desk)
        })
    }
}

/// A desk that comes twice counts once.
impl FromIterator<Desk> for DeskSet {
    fn from_iter<I: IntoIterator<Item = Desk>>(desks: I) -> Self {
        desks.into_iter().fold(Self::EMPTY, |set, desk| set.union(Self::one(desk)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_count_desks_from_one() {
        assert_eq!(Desk::from_number(1), Desk::new(0));
        assert_eq!(Desk::from_number(64).unwrap().to_string(), "64");
        assert_eq!(
            (Desk::from_number(0), Desk::from_number(65), Desk::new(64)),
            (None, None, None)
        );
    }

    #[test]
    fn sets_behave_like_sets() {
        let set = DeskSet::first(3).union(DeskSet::one(Desk::new(63).unwrap()));
        assert_eq!(set.iter().map(Desk::index).collect::<Vec<_>>(), [0, 1, 2, 63]);
        assert_eq!(set.iter().collect::<DeskSet>(), set);
        assert_eq!(set.len(), 4);
        assert_eq!(set.lowest_n(2), DeskSet::first(2));
        assert!(DeskSet::first(2).is_subset_of(set) && !set.is_subset_of(DeskSet::first(2)));
        assert_eq!(set.without(set), DeskSet::EMPTY);
        assert_eq!(DeskSet::EMPTY.lowest(), None);
        assert_eq!(DeskSet::first(64), DeskSet::ALL);
    }
}
