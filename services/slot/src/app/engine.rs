//! What every use case needs.

use std::sync::Arc;

use ::store::{Database, StoreError};
use ambient::{Clock, Entropy};
use arc_swap::ArcSwap;
use auth::{Attendee, Verifier};
use catalogue::Catalogue;
use draw::Bytes;
use ids::{AuditId, LocationId};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use messaging::{UnitOfWork, Wake};
use serde_json::Value;
use url::Url;

use super::{
    AppError, Asks, CatalogueState, ClaimTally, ConfirmQueue, DayCounting, Repairs,
    draws::{AnnouncedDraws, DrawKeys, EntryQueue},
    log::PublicLog,
};
use crate::{
    availability::Availability,
    beacon::BeaconSource,
    domain::Actor,
    draw_tickets::IdentityTickets,
    holds::{HoldTokens, Holds},
    person_data::PersonData,
    settings::{OpenedSeed, ReturnSettings},
    store::{StoreResult, audit},
};

/// What draws need besides.
#[derive(Debug)]
pub struct DrawParts {
    /// Sign what is published, and seal what is not.
    pub keys: DrawKeys,
    /// The second source of chance.
    pub beacon: Box<dyn BeaconSource>,
    /// Identity, if another body runs it: it gives the tickets. Else the authority does.
    pub identity: Option<IdentityTickets>,
    /// The public key of the auditor who gets a copy of each seed.
    pub auditor: Option<Bytes<32>>,
    /// What the auditor opened, of draws whose own copy is lost.
    pub opened: Vec<OpenedSeed>,
    /// What was announced, as far as it was read.
    pub announced: AnnouncedDraws,
    /// Where entries wait for the next transaction.
    pub entries: EntryQueue,
}

/// The parts of one authority's slot service.
#[derive(Debug)]
pub struct Engine {
    /// What the authority offers now; replaced as a whole when its file changes.
    pub catalogue: Arc<ArcSwap<Catalogue>>,
    /// Which one that is, and whether the newest one was refused.
    pub catalogue_state: CatalogueState,
    /// How claims of entitlements end.
    pub claim_tally: ClaimTally,
    /// The truth about bookings.
    pub database: Database,
    /// The holds: short reservations before a booking.
    pub holds: Holds,
    /// Signs and reads hold tokens.
    pub hold_tokens: HoldTokens,
    /// What is free.
    pub availability: Availability,
    /// What this process remembers of counting days for the statistics.
    pub statistics: DayCounting,
    /// Reads identity's tokens.
    pub verifier: Verifier,
    /// Seals names and birth dates.
    pub person_data: PersonData,
    /// What draws need besides.
    pub draws: DrawParts,
    /// The authority's public log.
    pub log: PublicLog,
    /// Where confirms wait for the next transaction.
    pub confirms: ConfirmQueue,
    /// Within which times seats return that were given up.
    pub returning: ReturnSettings,
    /// Refused asks of people, for the back-off.
    pub asks: Asks,
    /// Days to reconcile with the database.
    pub repairs: Repairs,
    /// Wakes the relay of the outbox.
    pub wake: Wake,
    /// The portal's page with a person's appointments.
    pub manage_url: Option<Url>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Europe/Berlin.
    pub berlin: TimeZone,
}

impl Engine {
    /// The catalogue as it is now. Take it once per use case, so that it is the same throughout.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.load_full()
    }

    /// Whether the authority has this location.
    ///
    /// # Errors
    /// It has not.
    pub fn know(&self, location: &LocationId) -> Result<(), AppError> {
        match self.catalogue().location(location) {
            Some(_) => Ok(()),
            None => Err(AppError::UnknownLocation(location.clone())),
        }
    }

    /// The person whom identity's statement names.
    ///
    /// # Errors
    /// It is not valid.
    pub async fn attendee(&self, token: &str) -> Result<Attendee, AppError> {
        let attendee = self.verifier.verify_attendee(token).await;
        attendee.map_err(|error| AppError::AttendeeInvalid(error.to_string()))
    }

    /// The catalogue that a confirm is decided by, and since when it is in force. If another one
    /// comes into force meanwhile, the database refuses what was decided.
    pub fn decides_by(&self) -> (Timestamp, Arc<Catalogue>) {
        // The instant first: it may be too old for the catalogue, never too new.
        (self.catalogue_state.since(), self.catalogue())
    }

    /// The current instant, as exact as the database keeps it.
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The local day of `instant`.
    pub fn local_date(&self, instant: Timestamp) -> Date {
        self.berlin.to_datetime(instant).date()
    }

    /// When the local day of `instant` began, and when the next one begins.
    pub fn day_around(&self, instant: Timestamp) -> (Timestamp, Timestamp) {
        let begins =
            |day: Date| day.to_zoned_datetime(self.berlin.clone()).ok().map(|at| at.timestamp());
        let today = self.local_date(instant);
        let tomorrow = today.tomorrow().ok().and_then(begins);
        (begins(today).unwrap_or(instant), tomorrow.unwrap_or(instant))
    }

    /// Begins a change: its transaction, its events, and what follows the commit.
    ///
    /// # Errors
    /// No connection could be had, or the database is silent.
    pub async fn begin(&self) -> Result<UnitOfWork<'_>, StoreError> {
        UnitOfWork::begin(&self.database, &self.wake).await
    }

    /// Writes into the audit log what happens in `unit`. `details` holds no personal data.
    ///
    /// # Errors
    /// The statement fails; the transaction is then unusable.
    pub async fn record(
        &self,
        unit: &mut UnitOfWork<'_>,
        actor: &Actor,
        action: &str,
        subject: impl ToString,
        details: Value,
    ) -> StoreResult<()> {
        let entry = self.audit(actor, action, subject, details);
        Ok(audit::insert(unit.transaction(), [&entry]).await?)
    }

    /// An entry for the audit log about something that happens now.
    pub fn audit(
        &self,
        actor: &Actor,
        action: &str,
        subject: impl ToString,
        details: Value,
    ) -> audit::Entry {
        audit::Entry {
            id: AuditId::mint(&*self.clock, &*self.entropy),
            at: self.now(),
            actor: actor.to_string(),
            action: action.to_owned(),
            subject: subject.to_string(),
            details,
        }
    }
}
