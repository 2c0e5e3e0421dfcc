//! Holds: which seats are kept from others, decided quickly and outside the database.
//!
//! The database is the truth about bookings; this is the place where people race. Everything here
//! may vanish, or come back older than it was, at any moment without a double booking or a lost
//! booking. Then each operation answers [`HoldsError::NotLoaded`] until the store was rebuilt from
//! the database.
//!
//! # The life of a seat's mark
//! [`hold`](Holds::hold) sets it. [`confirm`](Holds::confirm) keeps it for the booking. A hold that
//! ends otherwise ([`give_up`](Holds::give_up), or time) keeps its mark too: its seat is *returning*
//! until a job decides to [`free`](Holds::free) it. Durable reservations (booking, returning, offer,
//! draw pool, closed) are [`place`](Holds::place)d and [`remove`](Holds::remove)d after the database
//! committed them. Nothing becomes free because time passes.
//!
//! # Repair
//! Every operation may be repeated and may arrive late. One that finds something else than it
//! expects changes nothing and answers [`HoldsError::NeedsReconcile`]; one that was lost leaves a
//! mark wrong but nothing else, since the database refuses the second booking. In both cases
//! [`reconcile`](Holds::reconcile) puts the day right. `libs/booking` has a model of all this
//! (`tests/it/model`) that tries every order of events.
//!
//! Two adapters, [`RedisHolds`] and [`MemoryHolds`], pass one contract suite.

mod digest;
mod error;
mod feed;
mod fields;
mod hold;
mod memory;
mod rebuild;
mod redis;
mod refusals;
mod settings;
mod token;

pub use digest::DayDigest;
pub use error::{ExtendError, HoldError, HoldRefusal, HoldsError};
pub use feed::{Changes, Day, DaySnapshot};
pub use hold::{EndedHold, FactsNeeded, Hold, HoldRequest, HoldState, LONGEST_DETAILS, Returning};
pub use memory::MemoryHolds;
pub use rebuild::{DayVersion, Rebuild, Reconciled};
pub use redis::{RedisHolds, RedisServer};
pub use refusals::{RefusalCursor, RefusedAsk};
pub use settings::{HoldSettings, RedisMode, RedisSettings};
pub use token::{HoldTokenError, HoldTokens};

use std::sync::Arc;

use ambient::{Clock, Entropy};
use auth::{JtiStore, MemoryJtiStore};
use booking::{Reservation, Seat};
use ids::{AuthorityId, BookingId, GroupId, Pseudonym, ReservationId, ServiceId};
use jiff::{SignedDuration, Timestamp};

/// No hold lasts longer; what a catalogue may state ends there too.
const LONGEST_HOLD: SignedDuration = SignedDuration::from_hours(1);

/// How long others leave a rebuild to the process that began it and has loaded nothing since.
const REBUILD_LEAD: SignedDuration = SignedDuration::from_secs(10);

/// For how long a person whose hold has expired counts as having a history, in case the end of the
/// hold is not noted.
const UNTIL_NOTED: SignedDuration = SignedDuration::from_hours(24);

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
use delegate;

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

    /// Where DPoP proofs are remembered: where the holds are, so that all processes share it.
    #[must_use]
    pub fn jti_store(&self, clock: Arc<dyn Clock>) -> Arc<dyn JtiStore> {
        match self {
            Self::Redis(holds) => Arc::new(holds.clone()),
            Self::Memory(_) => Arc::new(MemoryJtiStore::new(clock)),
        }
    }

    /// Takes a seat for a few minutes: one atomic step. The person has no other hold and no active
    /// booking in the group (except the one that is to be replaced), what must be known of the
    /// person is known, a desk of one of the offers is free for the whole visit, take it. The same
    /// request again (by its id) yields the same hold while that is in force.
    ///
    /// # Errors
    /// Refused with a reason, or [`HoldsError`].
    pub async fn hold(&self, request: &HoldRequest<'_>) -> Result<Hold, HoldError> {
        delegate!(self.hold(request))
    }

    /// Puts the end of a hold off, once: `lasts` from now on (WCAG 2.2, success criterion 2.2.1).
    ///
    /// # Errors
    /// It is over or was extended already, or [`HoldsError`].
    pub async fn extend(&self, hold: &Hold, lasts: SignedDuration) -> Result<Hold, ExtendError> {
        delegate!(self.extend(hold, lasts))
    }

    /// What the store knows of a hold that a token names. Ask before confirming: a hold that was
    /// given up is worth nothing, whatever its token says.
    ///
    /// # Errors
    /// [`HoldsError`]: then the token alone decides.
    pub async fn state_of(&self, hold: &Hold) -> Result<HoldState, HoldsError> {
        delegate!(self.state_of(hold))
    }

    /// The holds in force of a person in these groups.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn of_person(
        &self,
        person: Pseudonym,
        groups: &[GroupId],
    ) -> Result<Vec<Hold>, HoldsError> {
        delegate!(self.of_person(person, groups))
    }

    /// Ends a hold before it expires; the person may hold again. Its seat is returning from then
    /// on. Whether there was something to give up.
    ///
    /// # Errors
    /// [`HoldsError`]; the hold then expires.
    pub async fn give_up(&self, hold: &Hold) -> Result<bool, HoldsError> {
        delegate!(self.give_up(hold))
    }

    /// Makes a hold a booking, after the database committed it: the mark stays set without a gap,
    /// and the person is bound by the booking.
    ///
    /// # Errors
    /// [`HoldsError::NeedsReconcile`] if the hold is not there any more; any other error: the same.
    pub async fn confirm(&self, hold: &Hold, booking: BookingId) -> Result<(), HoldsError> {
        delegate!(self.confirm(hold, booking))
    }

    /// Marks the seat of a durable reservation, after the database committed it: a booking that was
    /// cancelled is returning now, an offer was made, time was closed. Takes the place of what has
    /// the same seat in the store if that is a booking or has the same id.
    ///
    /// # Errors
    /// [`HoldsError::NeedsReconcile`] if something else is there; any other error: the same.
    pub async fn place(&self, reservation: &Reservation) -> Result<(), HoldsError> {
        delegate!(self.place(reservation))
    }

    /// Frees the seat of a durable reservation, after the database forgot it. Not that of a booking,
    /// whose id no mark names: a booking that ends is [`place`](Self::place)d as what it became.
    ///
    /// # Errors
    /// [`HoldsError::NeedsReconcile`] if something else is there; any other error: the same.
    pub async fn remove(&self, id: ReservationId, seat: &Seat) -> Result<(), HoldsError> {
        delegate!(self.remove(id, seat))
    }

    /// The person is no longer bound by this booking: it was cancelled, served, missed, or the
    /// database knows nothing of it. Does not touch the seat, but the day of `seat` (`None`: it is not known) is
    /// compared in full by the next sweep: the booking may be active again by then, and the database have
    /// what it had when the day was compared last.
    ///
    /// # Errors
    /// [`HoldsError`]; the next hold of the person then asks the database.
    pub async fn clear_active_booking(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
        seat: Option<&Seat>,
    ) -> Result<(), HoldsError> {
        delegate!(self.clear_active_booking(person, group, booking, seat))
    }

    /// Remembers until `until` that the person has a history that a rule may hold against them.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn note_history(
        &self,
        person: Pseudonym,
        until: Timestamp,
    ) -> Result<(), HoldsError> {
        delegate!(self.note_history(person, until))
    }

    /// Remembers until `until` that the person is entitled to a service; not any more if that is
    /// past.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn note_entitled(
        &self,
        person: Pseudonym,
        service: &ServiceId,
        until: Timestamp,
    ) -> Result<(), HoldsError> {
        delegate!(self.note_entitled(person, service, until))
    }

    /// Ends expired holds, some seconds after their expiry at the latest, at most `limit` of
    /// them: each is given to one caller, once. Their seats are returning from then on, and their
    /// people have a history for a day, until the caller has noted what it is.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn end_expired(&self, limit: usize) -> Result<Vec<EndedHold>, HoldsError> {
        delegate!(self.end_expired(limit))
    }

    /// Whether [`returning`](Self::returning) has anything to tell.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn has_returning(&self) -> Result<bool, HoldsError> {
        delegate!(self.has_returning())
    }

    /// The seats of ended holds that are not free yet.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn returning(&self) -> Result<Returning, HoldsError> {
        delegate!(self.returning())
    }

    /// Frees the seats of ended holds; those that are not returning any more are left alone. How
    /// many there were.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn free(&self, ended: &[EndedHold]) -> Result<usize, HoldsError> {
        delegate!(self.free(ended))
    }

    /// Keeps the seat of an ended hold for the desk instead of the public, until the day is over or
    /// the store is lost. Whether it was still returning.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn keep_for_desk(&self, ended: &EndedHold) -> Result<bool, HoldsError> {
        delegate!(self.keep_for_desk(ended))
    }

    /// Which days changed after `since`; all of them for `None`, after a rebuild, if that is so
    /// long ago that it is not remembered, or if the store went back in time.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn changes(&self, since: Option<&Changes>) -> Result<Changes, HoldsError> {
        delegate!(self.changes(since))
    }

    /// The present occupancy of some days, in their order.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn snapshots(&self, days: &[Day]) -> Result<Vec<DaySnapshot>, HoldsError> {
        delegate!(self.snapshots(days))
    }

    /// Tells the other replicas of refusals.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn report_refusals(&self, refusals: &[RefusedAsk]) -> Result<(), HoldsError> {
        delegate!(self.report_refusals(refusals))
    }

    /// What replicas (this one too) reported since, and up to where. Reports are kept for some
    /// minutes.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn refusals(
        &self,
        since: &RefusalCursor,
    ) -> Result<(Vec<RefusedAsk>, RefusalCursor), HoldsError> {
        delegate!(self.refusals(since))
    }
}
