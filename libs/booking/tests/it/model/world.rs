//! The state of the small world.

use std::fmt;

use super::{
    bounds::Bounds,
    database::{Claims, Database},
    holds::HoldStore,
    news::Mailbag,
};

/// People, holds and reservations are small numbers. A booking has the number of its hold, and so
/// has the seat that returns from it.
pub const PEOPLE: usize = 3;
pub const HOLDS: usize = 3;
/// The reservation that a closed day is, and what returns when it is opened again.
pub const CLOSURE: usize = HOLDS;
pub const RESERVATIONS: usize = HOLDS + 1;
/// A day at the one desk is two minutes long.
pub const MINUTES: usize = 2;
pub const GROUPS: usize = 2;

/// The system under test: how much may happen, and which guard is missing.
#[derive(Debug, Clone, Copy)]
pub struct System {
    pub bounds: Bounds,
    pub flaw: Flaw,
}

/// A guard that is taken out, to see that it was needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    None,
    /// The database takes two reservations that overlap.
    NoExclusion,
    /// The database takes two active bookings of one person in a group.
    NoUniquePerson,
    /// Moving gives the old booking up first and confirms the new one in a second transaction.
    MoveInTwoSteps,
    /// A confirm that is sent twice is not recognised, and nothing else would notice.
    ConfirmNotIdempotent,
    /// Confirm trusts the token although the store could say that the hold was given up.
    ConfirmWithoutAsking,
    /// Whether the day is closed is looked up before the transaction, not in it.
    ClosedCheckedBefore,
    /// Whether the visit has begun is looked up before the transaction, not in it.
    PastCheckedBefore,
    /// A hold that ended frees its seat.
    EndedHoldIsFree,
    /// A booking that was cancelled or moved frees its seat.
    CancelledIsFree,
    /// The store frees a seat before the database dropped its reservation.
    RemoveBeforeCommit,
    /// A seat may return while the store does not know yet that it is returning.
    CoinBeforeNews,
    /// The store writes the mark of a booking whose hold is not there any more.
    ConfirmBlindly,
    /// The store puts the end of a hold off without looking whether it is over.
    ExtendBlindly,
    /// Reconcile does not look whether the day changed since its reservations were read.
    NoVersion,
    /// A message that finds nothing to do does not count as a change of the day.
    NothingToDoNotCounted,
    /// A correction does not count as a change of the day.
    CorrectionNotCounted,
    /// A rebuild that was overtaken loads what it read before the other one.
    LastRebuildWins,
    /// A rebuild of before the store was lost loads what it read then.
    RebuildOutlivesLoss,
    /// A store that came back older than it was is not closed while it is rebuilt.
    StaleStoreStaysOpen,
    /// Nothing notices that the store came back older than it was, and no sweep compares.
    NoFencingNoSweep,
    /// A person's key is cleared only if its booking is over, in whatever group it is by now.
    ClearOnlyWhatIsOver,
    /// Confirm takes the group from the token, whatever the catalogue has become.
    ConfirmByOldCatalogue,
    /// A change of groups is carried out even if a person then has two bookings in one.
    RegroupUnchecked,
    /// A merge leaves no trace of the person that was dissolved.
    MergeWithoutTombstone,
}

/// Minutes of the desk, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seat(u8);

impl Seat {
    pub const EARLY: Self = Self(0b01);
    pub const LATE: Self = Self(0b10);
    /// What a catalogue with a coarser grid offers. It overlaps both.
    pub const LONG: Self = Self(0b11);

    pub fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn minutes(self) -> impl Iterator<Item = usize> {
        (0..MINUTES).filter(move |minute| self.0 & (1 << minute) != 0)
    }
}

/// The result of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    pub person: usize,
    pub service: usize,
    /// The group of the service when the hold was given.
    pub group: usize,
    pub seat: Seat,
    pub replaces: Option<usize>,
    /// Of which loading of the store it is.
    pub epoch: u8,
    pub is_extended: bool,
    pub is_expired: bool,
    /// The store took the hold back, and has not had an accident since.
    pub is_given_up: bool,
}

/// A confirm on its way: a worker has looked at everything and is about to commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confirm {
    /// `is_worthless`: the hold had been given up, and the store could have said so.
    Checked { is_worthless: bool },
    /// With [`Flaw::MoveInTwoSteps`]: the old booking is given up already.
    HalfWay,
}

/// What a rebuild read and has not loaded yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rebuild {
    /// Of which server, and since which loss of its memory.
    pub server: u8,
    pub claims: Claims,
}

/// What a sweep (or a repair on demand) read of the day and has not written yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sweep {
    pub epoch: u8,
    pub version: u8,
    pub claims: Claims,
    /// Something changed since that no version can tell: a message was lost or found a day that it
    /// did not expect. The next sweep sees it.
    pub is_outdated: bool,
}

/// What must never happen in a step. Nothing is tried after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// A seat became free, and no job decided so.
    FreedByNobody,
    /// A hold in force lost its seat to something that the database does not know.
    HoldRobbed,
    /// A hold became a booking after it had been given up.
    GivenUpHoldBooked,
    /// A visit was booked after it had begun.
    BookedInThePast,
    /// A reconcile wrote what the database did not say any more.
    ReconciledWrongly,
    /// A rebuild loaded outdated rows of the database, undetected.
    RebuiltWrongly,
}

/// Which accidents there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Accidents {
    pub losses: u8,
    pub restores: u8,
    pub splits: u8,
    pub lost_messages: u8,
    pub repeats: u8,
    pub undone: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct World {
    pub database: Database,
    pub tokens: [Option<Token>; HOLDS],
    pub confirms: [Option<Confirm>; HOLDS],
    /// With [`Flaw::ConfirmNotIdempotent`]: a second row of the same hold.
    pub has_twin: bool,
    /// The store, and while the network is split the one that only person 1's process still sees.
    pub stores: [HoldStore; 2],
    pub is_split: bool,
    pub news: Mailbag,
    /// The day is marked for a reconcile.
    pub is_asked: bool,
    pub rebuilds: [Option<Rebuild>; 2],
    pub sweeps: [Option<Sweep>; 2],
    pub saved_store: Option<HoldStore>,
    pub saved_database: Option<Database>,
    pub accidents: Accidents,
    pub closings: u8,
    pub merged: u8,
    /// The visits of the day have begun.
    pub is_past: bool,
    pub wrong: Option<Wrong>,
}

impl World {
    /// The store that this person's process sees.
    pub fn store_of(&mut self, person: usize) -> &mut HoldStore {
        &mut self.stores[usize::from(self.is_split && person == 1)]
    }

    pub fn is_calm(&self) -> bool {
        self.accidents == Accidents::default()
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.bounds.name)?;
        if self.flaw == Flaw::None { Ok(()) } else { write!(f, ", {:?}", self.flaw) }
    }
}
