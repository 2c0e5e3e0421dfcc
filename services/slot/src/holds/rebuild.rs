//! Loading the store from the database, and comparing it with the database.

use booking::Reservation;
use ids::{LocationId, Pseudonym, ServiceId};
use jiff::{Timestamp, civil::Date};

use super::{Day, DayDigest, Holds, HoldsError, delegate};

/// A rebuild that has begun.
#[derive(Debug)]
#[must_use = "slots cannot be held before the rebuild is finished"]
pub struct Rebuild {
    pub(super) epoch: u64,
    /// The server that is loaded; another one's memory would be another.
    pub(super) server: String,
}

/// A day and its version, see [`day_version`](Holds::day_version).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayVersion {
    pub(super) location: LocationId,
    pub(super) date: Date,
    /// Of which loading of the store.
    pub(super) epoch: u64,
    pub(super) version: u64,
}

/// How a [`reconcile`](Holds::reconcile) ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Reconciled {
    /// The day was right.
    AsExpected,
    /// The day was wrong and is right now.
    Corrected,
    /// The day changed meanwhile. Nothing was done: ask for its version and reservations again.
    Changed,
}

impl Holds {
    /// Starts a rebuild if the store is lost, or its server is not the one that was loaded (it was
    /// restarted, or another one took over, and may know less), and no other process is at it (has
    /// begun or loaded something in the last ten seconds). Read the reservations from the database
    /// *after* this, [`load`](Self::load) them, then [`finish_rebuild`](Self::finish_rebuild). Ask
    /// about once a second: that is also how a store that went back in time is noticed. See
    /// [`loss`](Self::loss).
    ///
    /// # Errors
    /// [`HoldsError::Unavailable`]: not even Redis itself answers.
    pub async fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        delegate!(self.begin_rebuild())
    }

    /// Waits until this process has found out that the store is lost.
    pub async fn loss(&self) {
        match self {
            Self::Redis(holds) => holds.loss().await,
            Self::Memory(_) => std::future::pending().await,
        }
    }

    /// Loads durable reservations. Those of one location and day come together, in one call.
    ///
    /// # Errors
    /// [`HoldsError::NotLoaded`]: it took so long that another process began one. Any other: begin
    /// again.
    pub async fn load(
        &self,
        rebuild: &Rebuild,
        reservations: &[Reservation],
    ) -> Result<(), HoldsError> {
        delegate!(self.load(rebuild, reservations))
    }

    /// Loads the people with a history, and until when it counts.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn load_history(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, Timestamp)],
    ) -> Result<(), HoldsError> {
        delegate!(self.load_history(rebuild, people))
    }

    /// Loads the entitled people, with services and ends.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn load_entitled(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, ServiceId, Timestamp)],
    ) -> Result<(), HoldsError> {
        delegate!(self.load_entitled(rebuild, people))
    }

    /// Opens for holds again, unless another process has just done so.
    ///
    /// A booking that was committed after the reservations were read and confirmed before this
    /// returns is not known yet (its confirm answered an error): [`reconcile`](Self::reconcile) its
    /// day.
    ///
    /// # Errors
    /// [`HoldsError`]: Redis went away again. Nothing is open, begin again.
    pub async fn finish_rebuild(&self, rebuild: Rebuild) -> Result<(), HoldsError> {
        delegate!(self.finish_rebuild(rebuild))
    }

    /// Every day of which the store knows something.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn known_days(&self) -> Result<Vec<Day>, HoldsError> {
        delegate!(self.known_days())
    }

    /// The location of a day is called `to` now: what is kept there goes to the same day of that
    /// name, in one step, and who holds sees the new name. The old day looks taken as before until it
    /// is [reconciled](Self::reconcile). Done again, it takes along what came since.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn rename_day(&self, day: &Day, to: &LocationId) -> Result<(), HoldsError> {
        delegate!(self.rename_day(day, to))
    }

    /// Of these days those that must be compared with the database ([`day_version`](Self::day_version),
    /// [`reconcile`](Self::reconcile)), the digests being what the database has on them. The others
    /// were found to be right when it had the same, and nothing durable happened to them since.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn differing(&self, days: &[(Day, DayDigest)]) -> Result<Vec<Day>, HoldsError> {
        delegate!(self.differing(days))
    }

    /// Whether the list of ended holds is still the one that was begun. If the server threw it away, the
    /// seats of what was in it do not return: compare all days, then
    /// [`returning_was_made_whole`](Self::returning_was_made_whole).
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn returning_is_whole(&self) -> Result<bool, HoldsError> {
        delegate!(self.returning_is_whole())
    }

    /// All days were compared in full: what is returning is known again.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn returning_was_made_whole(&self) -> Result<(), HoldsError> {
        delegate!(self.returning_was_made_whole())
    }

    /// The version of a day, to be asked for *before* reading its reservations from the database.
    /// It counts what durable reservations do, so that people may hold and give up meanwhile.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn day_version(
        &self,
        location: &LocationId,
        date: Date,
    ) -> Result<DayVersion, HoldsError> {
        delegate!(self.day_version(location, date))
    }

    /// Puts one day right: its marks become exactly these durable reservations and the holds and
    /// ended holds (also those kept for the desk) that overlap none of them; staff's holds may be
    /// within closed time. People whose booking is among them are bound by it.
    /// Does nothing if a durable reservation of the day changed since `version`; then try again.
    ///
    /// # Errors
    /// [`HoldsError`].
    pub async fn reconcile(
        &self,
        version: &DayVersion,
        reservations: &[Reservation],
    ) -> Result<Reconciled, HoldsError> {
        delegate!(self.reconcile(version, reservations))
    }
}
