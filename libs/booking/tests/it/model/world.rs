//! The state of the small world.

use std::fmt;

use booking::state::BookingStatus;

use super::{holds::HoldStore, steps::Bounds};

/// People, seats and holds are small numbers. A booking has the number of its hold.
pub const PEOPLE: usize = 2;
pub const SEATS: usize = 2;
pub const HOLDS: usize = 3;

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
    /// The database would take two bookings on one seat.
    NoUniqueClaims,
    /// The database would take two active bookings of one person.
    NoUniquePerson,
    /// Moving gives the old booking up first and confirms the new one in a second transaction.
    MoveInTwoSteps,
    /// A confirm that is sent twice is not recognised, and nothing else would notice.
    ConfirmNotIdempotent,
    /// The hold store does not remember which bookings are over.
    NoTombstone,
    /// A free clears the mark of a seat whoever set it.
    FreeWithoutProof,
    /// Reconcile does not look whether the day changed since it read the claims.
    BlindReconcile,
}

/// What somebody got for a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    pub person: usize,
    pub seat: usize,
    pub replaces: Option<usize>,
    pub expired: bool,
}

/// A booking in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Booking {
    pub person: usize,
    pub seat: usize,
    pub status: BookingStatus,
}

/// Who has which seat by the database: booking and person.
pub type Claims = [Option<(usize, usize)>; SEATS];

/// A confirm on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confirm {
    /// A worker has checked the token and is about to commit.
    Accepted,
    /// With [`Flaw::MoveInTwoSteps`]: the old booking is given up already.
    HalfWay,
}

/// News for the hold store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum News {
    Settle(usize),
    Free(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct World {
    pub tokens: [Option<Token>; HOLDS],
    pub confirms: [Option<Confirm>; HOLDS],
    pub bookings: [Option<Booking>; HOLDS],
    /// With [`Flaw::ConfirmNotIdempotent`]: a second row of the same hold.
    pub twins: [bool; HOLDS],
    pub holds: HoldStore,
    /// Sorted, so that the order of sending makes no difference.
    pub news: Vec<News>,
    /// Claims that a rebuild or a reconcile read from the database and has not written yet.
    pub rebuild: Option<Claims>,
    pub reconcile: Option<Claims>,
    /// The last step was a reconcile.
    pub reconciled: bool,
    pub losses: u8,
    pub dead_workers: u8,
    pub repeats: u8,
    /// A worker died since the claims were read that a reconcile is about to write: that one
    /// cannot know, the next one will.
    pub stale: bool,
    /// Somebody learned that the day needs a reconcile, or the timer of the next start will.
    pub wanted: bool,
}

impl World {
    pub fn active(&self) -> impl Iterator<Item = (usize, Booking)> + '_ {
        self.bookings
            .iter()
            .enumerate()
            .filter_map(|(id, booking)| booking.map(|booking| (id, booking)))
            .filter(|(_, booking)| booking.status.is_active())
    }

    pub fn active_of(&self, person: usize) -> Option<usize> {
        self.active().find(|(_, booking)| booking.person == person).map(|(id, _)| id)
    }

    pub fn claims(&self) -> Claims {
        std::array::from_fn(|seat| {
            let claim = self.active().find(|(_, booking)| booking.seat == seat);
            claim.map(|(id, booking)| (id, booking.person))
        })
    }

    pub fn send(&mut self, news: News) {
        self.news.push(news);
        self.news.sort_unstable();
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bounds { seats, holds, losses, dead_workers, repeats } = self.bounds;
        write!(
            f,
            "model of {PEOPLE} people, {seats} seats, {holds} holds, {losses} losses, \
             {dead_workers} dead workers, {repeats} repeated messages"
        )?;
        if self.flaw == Flaw::None { Ok(()) } else { write!(f, " with {:?}", self.flaw) }
    }
}
