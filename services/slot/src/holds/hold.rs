//! What is held, and what it takes to hold it.

use booking::{LocalDay, Seat, capacity::Offer};
use ids::{BookingId, GroupId, HoldId, Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};

/// A hold to take.
#[derive(Debug, Clone)]
pub struct HoldRequest<'a> {
    /// The hold's own id, made by the caller: repeating a request yields the same hold.
    pub id: HoldId,
    /// The person.
    pub person: Pseudonym,
    /// The service group of the visit.
    pub group: &'a GroupId,
    /// Where and when.
    pub day: &'a LocalDay,
    /// Where in the day the visit could be; the first offer with a free desk is taken.
    pub offers: &'a [Offer],
    /// Whether seats may be taken that are kept for the desk (staff).
    pub at_desk: bool,
    /// The active booking that this visit is to replace.
    pub replaces: Option<BookingId>,
    /// For how long, an hour at most.
    pub lasts: SignedDuration,
    /// Until when the seat is of use to others, if it is given up.
    pub usable_until: Timestamp,
    /// What must be known of the person first.
    pub facts: FactsNeeded<'a>,
    /// What the caller wants back with the hold: services, people and the like. Not read here,
    /// at most [`LONGEST_DETAILS`] bytes.
    pub details: &'a [u8],
}

/// The longest [`HoldRequest::details`], in bytes.
pub const LONGEST_DETAILS: usize = 1_024;

/// What must be known of a person before they may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactsNeeded<'a> {
    /// Nothing, or the caller has asked the database.
    None,
    /// That is refused with [`HoldRefusal::AskDatabase`](super::HoldRefusal::AskDatabase) unless
    /// the store knows it.
    FromStore {
        /// That the person has no history that a rule could hold against them.
        no_history: bool,
        /// That the person is entitled to each of these.
        entitled_to: &'a [ServiceId],
    },
}

/// A seat taken for a few minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// The holder.
    pub person: Pseudonym,
    /// The service group of the visit.
    pub group: GroupId,
    /// The active booking that this one is to replace.
    pub replaces: Option<BookingId>,
    /// The seat.
    pub seat: Seat,
    /// When it began.
    pub held_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// Whether its end was put off once, which is as often as it can be.
    pub is_extended: bool,
    /// Of which loading of the store it is: a store that was lost knows nothing of earlier holds.
    pub epoch: u64,
    /// See [`HoldRequest::details`].
    pub details: Vec<u8>,
}

/// What the store says of a hold.
#[expect(clippy::large_enum_variant, reason = "one at a time is looked at, none is kept")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldState {
    /// It is in force.
    InForce {
        /// As the store has it: it may have been extended since its token was made.
        hold: Hold,
        /// Whether the database may know something of its person that a limit counts.
        has_history: bool,
    },
    /// It was given up, has expired, or became a booking.
    Over,
    /// It is from before the store was lost: only its token is left.
    Unknown,
}

/// A hold that ended without a booking. Its seat is not free yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedHold {
    /// Its id.
    pub id: HoldId,
    /// The former holder.
    pub person: Pseudonym,
    /// The service group of the visit.
    pub group: GroupId,
    /// The seat.
    pub seat: Seat,
    /// When it began.
    pub held_at: Timestamp,
    /// When it ended: given up, or expired.
    pub ended_at: Timestamp,
    /// Until when the seat is of use to others.
    pub usable_until: Timestamp,
}

/// The seats of ended holds that are not free yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    /// The instant of reading, by the clock that decided when they ended.
    pub now: Timestamp,
    /// The holds that ended.
    pub holds: Vec<EndedHold>,
}
