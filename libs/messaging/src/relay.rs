//! Brings events from the outbox to the bus.
//!
//! The second half of the transactional outbox: events are stored with the change that they tell
//! of, and this job carries them away afterwards. A crash at any point leaves the event in the
//! outbox or on the bus, or in both; never in neither.
//!
//! It is fast when things are well (woken at once, batches of 1024, the database works while the
//! broker confirms) and patient when they are not (back-off up to 5 seconds, events stay where they
//! are).

use std::{sync::Arc, time::Duration};

use ambient::Clock;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::{Database, StoreError};
use tokio::sync::Notify;

use crate::{
    Bus,
    store::{Batch, Lanes, forget_published},
};

/// Events that the broker confirms together. A batch costs one round trip to the database and one
/// wait for the broker.
const BATCH: u64 = 1024;
/// A pass is one transaction. If it is not committed, its events are published again, so it ends
/// now and then.
const MAX_BATCHES_PER_PASS: usize = 8;
/// How often the outbox is polled without a wake-up: another process may have died after it stored
/// an event, or its notification was lost.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// How often events that were kept long enough are deleted. Every process does it; deleting twice
/// is harmless.
const SWEEP_INTERVAL: Duration = Duration::from_secs(3600);
/// The channel of `NOTIFY` between relays.
const CHANNEL: &str = "fairtermin_outbox";
/// The first pause after a failure. Doubles up to [`MAX_BACKOFF`] and starts anew after a success.
const MIN_BACKOFF: Duration = Duration::from_millis(100);
/// The longest pause: a broker that comes back has its events at most 5 seconds later.
const MAX_BACKOFF: Duration = Duration::from_secs(5);

/// Tells a job that there may be something to do, without saying what. Clones share the signal.
///
/// A hint and no queue: two wakes before the job looks count as one, so the job asks its table what
/// there is to do. A lost hint costs one poll interval.
#[derive(Debug, Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Wakes the job; if it is busy, it looks again when it is done.
    ///
    /// Never blocks and never fails.
    pub fn wake(&self) {
        self.0.notify_one();
    }

    /// Returns when woken, or after `at_most`.
    ///
    /// `at_most` is the poll interval of the caller. Returns at once if woken since it last waited.
    pub async fn wait(&self, at_most: Duration) {
        // Either outcome means: look again.
        let _ = tokio::time::timeout(at_most, self.0.notified()).await;
    }
}

/// The job that publishes what the outbox holds. Any number may run on the same database.
///
/// Each process has one for the events that it stores itself. When its events lie in a lane that
/// another process has locked, it notifies the other, which then reads the lane again.
/// (A `NOTIFY` in each transaction that stores an event would do too, but then PostgreSQL commits
/// these transactions one after the other.)
#[derive(Debug, Clone)]
pub struct Relay {
    database: Database,
    bus: Arc<dyn Bus>,
    /// Given by the use cases of this process.
    wake: Wake,
    /// [`POLL_INTERVAL`], or what a test says.
    poll: Duration,
    /// Absent if what the bus confirmed is only deleted.
    kept: Option<Kept>,
}

/// How long events are kept that the bus confirmed, in days: so far back they can be published
/// again, see [`PublishedEvents`](crate::PublishedEvents). 0 to 60, as a consumer's inbox knows an
/// event for 90 days: one that comes later would have its effect twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Retention(u8);

impl Retention {
    /// A week: a broker's loss is noticed and mended within days.
    pub const DEFAULT: Self = Self(7);
    const LONGEST: u8 = 60;

    /// So many days; `None` if there are too many.
    #[must_use]
    pub fn days(days: u8) -> Option<Self> {
        (days <= Self::LONGEST).then_some(Self(days))
    }

    /// As a length of time; nothing is kept if it is zero.
    #[must_use]
    pub fn as_duration(self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.0))
    }
}

/// A retention, and the clock by which its time passes.
#[derive(Debug, Clone)]
struct Kept {
    retention: Retention,
    clock: Arc<dyn Clock>,
}

/// Why a relay looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// An event was stored in this process.
    Woken,
    /// Another relay notified, or it is time to look anyway.
    Elsewhere,
}

/// What one pass of the relay achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pass {
    /// Events that left the outbox.
    confirmed: usize,
    /// Events of the last batch that the bus did not confirm.
    waiting: usize,
    /// Events wait in lanes of another relay.
    elsewhere: bool,
}

impl Relay {
    /// A relay from `database` to `bus`; a use case that commits an event wakes it with `wake`.
    #[must_use]
    pub fn new(database: Database, bus: Arc<dyn Bus>, wake: Wake) -> Self {
        Self { database, bus, wake, poll: POLL_INTERVAL, kept: None }
    }

    /// Keeps what the bus confirmed for a while, so that it can be published again. `clock` says
    /// when it was confirmed. On SQLite nothing is kept.
    #[must_use]
    pub fn keeping(self, retention: Retention, clock: Arc<dyn Clock>) -> Self {
        Self { kept: Some(Kept { retention, clock }), ..self }
    }

    /// Sets the poll interval, for tests of the wake-ups.
    #[must_use]
    pub fn polling_every(self, poll: Duration) -> Self {
        Self { poll, ..self }
    }

    /// Publishes for ever. Drop the future to stop: what was not removed from the outbox yet is
    /// published again by the next relay.
    ///
    /// Listens for notifications of other relays beside it. Never returns by itself.
    pub async fn run(self) {
        let notified = Wake::default();
        tokio::select! {
            () = self.publish(&notified) => {}
            () = listen_for_notifications(&self.database, &notified) => {}
            () = self.sweep() => {}
        }
    }

    /// Deletes what was kept long enough, at start and then once an hour.
    async fn sweep(&self) {
        let Some(Kept { retention, clock }) = &self.kept else {
            return std::future::pending().await;
        };
        loop {
            let until = clock.now().saturating_sub(retention.as_duration());
            let until = until.unwrap_or(Timestamp::MIN);
            if let Err(error) = forget_published(&self.database, until).await {
                tracing::warn!(%error, "cannot delete events that were published long ago; tried again in an hour");
            }
            tokio::time::sleep(SWEEP_INTERVAL).await;
        }
    }

    /// The instant to keep confirmed events with; `None` if they are only deleted.
    fn kept_at(&self) -> Option<Timestamp> {
        let kept = self.kept.as_ref()?;
        (!kept.retention.as_duration().is_zero()).then(|| kept.clock.now())
    }

    /// Pass after pass. Three outcomes: nothing left, then wait for a wake-up; a full pass, then go
    /// on at once; something unconfirmed or the database away, then pause.
    async fn publish(&self, notified: &Wake) {
        let mut pause = MIN_BACKOFF;
        let mut reason = Reason::Woken;
        loop {
            match self.pass().await {
                Ok(pass) if pass.waiting == 0 && pass.confirmed < BATCH as usize => {
                    pause = MIN_BACKOFF;
                    // Only after a wake-up of its own process: two relays must not wake each other for ever.
                    if pass.elsewhere && reason == Reason::Woken {
                        self.notify_others().await;
                    }
                    reason = self.wait(notified).await;
                }
                Ok(pass) if pass.confirmed > 0 => pause = MIN_BACKOFF,
                Ok(_) => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(MAX_BACKOFF);
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot read the outbox; its events stay until the next attempt");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(MAX_BACKOFF);
                }
            }
        }
    }

    async fn wait(&self, notified: &Wake) -> Reason {
        tokio::select! {
            biased;
            () = self.wake.0.notified() => Reason::Woken,
            () = notified.0.notified() => Reason::Elsewhere,
            () = tokio::time::sleep(self.poll) => Reason::Elsewhere,
        }
    }

    /// Loses nothing if it fails: the other relay polls.
    async fn notify_others(&self) {
        if let Err(error) = self.database.notify(CHANNEL, "").await {
            tracing::debug!(%error, "cannot notify other relays; they publish at their next poll");
        }
    }

    /// Batch after batch, as long as the broker confirms all. While it works on one, the database
    /// removes the one before and reads the one after. What is removed is certain only with the
    /// commit in `close`: a crash before publishes those events again.
    async fn pass(&self) -> Result<Pass, StoreError> {
        let lanes = Lanes::lock(&self.database).await?;
        let mut pass = Pass { confirmed: 0, waiting: 0, elsewhere: lanes.some_are_elsewhere() };
        let mut batch = lanes.read(&Batch::default(), BATCH).await?;
        let mut published = Batch::default();
        for _ in 0..MAX_BATCHES_PER_PASS {
            if batch.events.is_empty() {
                break;
            }
            let turn_over = async {
                lanes.remove(&published, |_| true, self.kept_at()).await?;
                lanes.read(&batch, BATCH).await
            };
            let (outcomes, next) = tokio::join!(self.bus.publish(&batch.events), turn_over);
            let confirmed = |place: usize| matches!(outcomes.get(place), Some(Ok(())));
            let count = (0..batch.events.len()).filter(|place| confirmed(*place)).count();
            pass.confirmed += count;
            pass.waiting = batch.events.len() - count;
            if pass.waiting > 0 {
                let reason = outcomes.iter().find_map(|outcome| outcome.as_ref().err());
                tracing::debug!(waiting = pass.waiting, ?reason, "events stay in the outbox");
                lanes.remove(&batch, confirmed, self.kept_at()).await?;
                published = Batch::default();
                break;
            }
            published = std::mem::replace(&mut batch, next?);
        }
        lanes.remove(&published, |_| true, self.kept_at()).await?;
        lanes.close().await?;
        Ok(pass)
    }
}

/// Wakes `notified` on each notification of another relay. Without a connection to listen on, the
/// poll interval bounds the delay.
///
/// On SQLite there is nothing to listen to, as its relays share one file and poll: waits for ever.
async fn listen_for_notifications(database: &Database, notified: &Wake) {
    let mut pause = MIN_BACKOFF;
    loop {
        match database.listen(CHANNEL).await {
            Ok(Some(mut notifications)) => {
                pause = MIN_BACKOFF;
                while notifications.next().await.is_ok() {
                    notified.wake();
                }
            }
            Ok(None) => std::future::pending().await,
            Err(error) => {
                tracing::debug!(%error, "cannot listen for notifications of other relays; this one publishes at its next poll")
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(MAX_BACKOFF);
    }
}
