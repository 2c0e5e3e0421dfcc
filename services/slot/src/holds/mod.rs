//! Holds: who may try to book which seat, decided quickly and outside the database.
//!
//! The database is the truth about bookings; this is the place where people race. Everything here
//! may vanish at any moment without a double booking or a lost booking: then each operation
//! answers [`HoldsError::Unavailable`] until somebody rebuilds the occupancy from the database.
//!
//! # The life of a seat's mark
//! [`hold`](Holds::hold) sets it, [`settle`](Holds::settle) keeps it (the hold became a booking),
//! [`release`](Holds::release) or the passing of time takes it away, [`free`](Holds::free) gives a
//! booked seat back, at once or at a later moment. There is no sweeper: whoever touches a day
//! first clears what has expired, and readers count expired holds as free.
//!
//! # Repair
//! Every operation may be repeated and may arrive late. One that was lost (a process died between
//! the commit and the settle) leaves the mark wrong but nothing else: the database refuses the
//! second booking, and [`reconcile`](Holds::reconcile) puts the day right. `libs/booking` has a
//! model of all this (`tests/it/model`) that tries every order of events.
//!
//! Two adapters, [`RedisHolds`] and [`MemoryHolds`], pass one contract suite.

mod error;
mod feed;
mod hold;
mod memory;
mod rebuild;
mod redis;
mod settings;
mod token;

pub use error::{HoldError, HoldRefusal, HoldsError};
pub use feed::{Changes, DaySnapshot};
pub use hold::{Day, GivenBack, Hold, HoldRequest};
pub use memory::MemoryHolds;
pub use rebuild::{Claim, DayVersion, Rebuild, Reconciled};
pub use redis::RedisHolds;
pub use settings::{HoldSettings, RedisMode, RedisSettings};
pub use token::{HoldClaims, HoldTokenError, HoldTokens};

use std::sync::Arc;

use ambient::{Clock, Entropy};
use ids::{AuthorityId, BookingId, GroupId, Pseudonym};

/// No hold lasts longer; what a catalogue may state ends there too.
const LONGEST_HOLD: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// How long others leave a rebuild to the process that began it.
const REBUILD_LEAD: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);

/// The holds of one authority.
#[derive(Debug, Clone)]
pub enum Holds {
    /// In Redis, shared by all processes of the authority.
    Redis(RedisHolds),
    /// In this process.
    Memory(MemoryHolds),
}

/// Sends each operation to the adapter.
macro_rules! delegate {
    ($self:ident.$operation:ident($($argument:expr),*)) => {
        match $self {
            Self::Redis(holds) => holds.$operation($($argument),*).await,
            Self::Memory(holds) => holds.$operation($($argument),*),
        }
    };
}

impl Holds {
    /// Opens the adapter that `settings` names. Does not wait for Redis: while it is away, every
    /// operation answers [`HoldsError::Unavailable`].
    ///
    /// # Errors
    /// An address in the settings is malformed.
    pub fn open(
        settings: &HoldSettings,
        authority: &AuthorityId,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, HoldsError> {
        match settings {
            HoldSettings::Memory => Ok(Self::Memory(MemoryHolds::new(clock))),
            HoldSettings::Redis(redis) => {
                Ok(Self::Redis(RedisHolds::open(redis, authority, entropy)?))
            }
        }
    }

    /// Takes a seat for a few minutes: one atomic step. The person has no other hold and no active
    /// booking in the group (except the one that is to be replaced), a desk of one of the offers
    /// is free for the whole visit, take it.
    ///
    /// # Errors
    /// Refused with a reason, or [`HoldsError::Unavailable`].
    pub async fn hold(&self, request: &HoldRequest<'_>) -> Result<Hold, HoldError> {
        delegate!(self.hold(request))
    }

    /// Gives a hold back before it expires. Whether there was something to give back.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`]; the hold then expires by itself.
    pub async fn release(&self, hold: &Hold) -> Result<bool, HoldsError> {
        delegate!(self.release(hold))
    }

    /// Makes a hold a booking, after the database committed it: the mark stays set without a gap.
    /// Also right if the hold has expired or was lost meanwhile: the booking takes the seat from
    /// whoever holds it now, since the database has decided.
    ///
    /// # Errors
    /// Any: the day then needs a [`reconcile`](Self::reconcile).
    pub async fn settle(&self, hold: &Hold, booking: BookingId) -> Result<(), HoldsError> {
        delegate!(self.settle(hold, booking))
    }

    /// Gives the seat of a cancelled or replaced booking back, after the database committed it,
    /// and forgets that the person has it.
    ///
    /// # Errors
    /// Any: the day then needs a [`reconcile`](Self::reconcile).
    pub async fn free(&self, seat: &GivenBack<'_>) -> Result<(), HoldsError> {
        delegate!(self.free(seat))
    }

    /// Forgets that the person has this active booking, without touching the seat: it was served
    /// or missed, or the database knows nothing of it.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`].
    pub async fn forget(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
    ) -> Result<(), HoldsError> {
        delegate!(self.forget(person, group, booking))
    }

    /// Which days changed after `since`; all of them for `None`, after a rebuild, or if that is so
    /// long ago that it is not remembered.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`].
    pub async fn changes(&self, since: Option<&Changes>) -> Result<Changes, HoldsError> {
        delegate!(self.changes(since))
    }

    /// The present occupancy of some days, in their order.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`].
    pub async fn snapshots(
        &self,
        days: &[(ids::LocationId, jiff::civil::Date)],
    ) -> Result<Vec<DaySnapshot>, HoldsError> {
        delegate!(self.snapshots(days))
    }

    /// Starts a rebuild if the occupancy is lost and nobody began one in the last two seconds. Read the claims from
    /// the database *after* this, then call [`finish_rebuild`](Self::finish_rebuild).
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`]: not even Redis itself answers.
    pub async fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        delegate!(self.begin_rebuild())
    }

    /// Loads the claims and opens for holds again, unless another process has just done so.
    ///
    /// A booking that was committed after the claims were read and settled before this returns is
    /// not known yet (its settle answered an error): [`reconcile`](Self::reconcile) its day.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`]: Redis went away again. Nothing is open, begin again.
    pub async fn finish_rebuild(
        &self,
        rebuild: Rebuild,
        claims: &[Claim],
    ) -> Result<(), HoldsError> {
        delegate!(self.finish_rebuild(rebuild, claims))
    }

    /// The version of a day, to be asked for *before* reading its claims from the database.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`].
    pub async fn day_version(
        &self,
        location: &ids::LocationId,
        date: jiff::civil::Date,
    ) -> Result<DayVersion, HoldsError> {
        delegate!(self.day_version(location, date))
    }

    /// Puts one day right, a few seconds after the need was seen, so that every message that was
    /// on its way then has arrived or failed: its marks become exactly the claims and the live holds that collide
    /// with none of them. Does nothing if a booking of the day changed since `version`; then try
    /// again. People may hold and release meanwhile.
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`].
    pub async fn reconcile(
        &self,
        version: &DayVersion,
        claims: &[Claim],
    ) -> Result<Reconciled, HoldsError> {
        delegate!(self.reconcile(version, claims))
    }
}
