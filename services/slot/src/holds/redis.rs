//! Holds in Redis: each operation is one script, and so one atomic step in one round trip. Each
//! has a file here with its keys, arguments and reply, and its Lua beside it.

mod changes;
mod clear;
mod clear_active_booking;
mod compared;
mod confirm;
mod connection;
mod drop_epoch;
mod due;
mod end_expired;
mod extend;
mod finish;
mod free;
mod give_up;
mod hold;
mod hold_queue;
mod inspect;
mod keys;
mod load;
mod load_notes;
mod note;
mod people;
mod per_thread;
mod place;
mod proofs;
mod reconcile;
mod record;
mod refusals;
mod remove;
mod rename_day;
mod reply;
mod returning;
mod script;
mod sentinels;
mod snapshots;
mod watch;

pub use inspect::RedisServer;

use std::sync::Arc;

use ambient::Entropy;
use arc_swap::ArcSwapOption;
use booking::{Reservation, Seat};
use ids::AuthorityId;
use jiff::tz::TimeZone;
use redis::{RedisError, Value};
use tokio::sync::Notify;

use self::{
    connection::RedisConnection,
    hold_queue::HoldQueue,
    keys::{Keys, Place, Spot},
    per_thread::PerThread,
    reply::{Reply, unexpected},
    script::Call,
};
use super::{HoldsError, RedisSettings};

/// Holds in Redis, shared by all processes of the authority. Expiry goes by Redis' own clock.
#[derive(Debug, Clone)]
pub struct RedisHolds(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connection: RedisConnection,
    place: Place,
    berlin: TimeZone,
    entropy: Arc<dyn Entropy>,
    /// The names of the epoch that we believe is current.
    keys: ArcSwapOption<Keys>,
    queues: PerThread<HoldQueue>,
    /// Told when there is no epoch any more.
    loss: Notify,
}

impl RedisHolds {
    /// The holds of one authority. Connects at first use.
    ///
    /// # Errors
    /// An address in the settings is malformed.
    pub fn open(
        settings: &RedisSettings,
        authority: &AuthorityId,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, HoldsError> {
        Ok(Self(Arc::new(Inner {
            connection: RedisConnection::new(settings).map_err(unavailable)?,
            place: Place::of(authority),
            berlin: ambient::berlin(),
            entropy,
            keys: ArcSwapOption::empty(),
            queues: PerThread::default(),
            loss: Notify::new(),
        })))
    }

    fn spot(&self, seat: &Seat) -> Spot {
        Spot::of(seat, &self.0.berlin)
    }

    /// Where the seats of reservations are kept. What is on the same day as the one before is
    /// quickly done.
    fn spots<'a>(&self, reservations: &'a [Reservation]) -> Vec<(Spot, &'a Reservation)> {
        let mut spots = Vec::<(Spot, &Reservation)>::with_capacity(reservations.len());
        for reservation in reservations {
            let seat = &reservation.seat;
            let beside = spots.last().and_then(|(spot, _)| spot.beside(seat));
            spots.push((beside.unwrap_or_else(|| self.spot(seat)), reservation));
        }
        spots
    }

    /// Sends a call that does not depend on the epoch.
    async fn send(&self, call: Call<'_>) -> Result<Reply, HoldsError> {
        Reply::read(call.run(&self.0.connection).await.map_err(unavailable)?)
    }

    /// Runs a script in the epoch that we believe is current, and again in the right one if that
    /// was wrong.
    async fn run(
        &self,
        mut call: impl FnMut(&Keys) -> Call<'static>,
    ) -> Result<(Arc<Keys>, Reply), HoldsError> {
        let keys = self.keys().await?;
        let reply = self.run_in(&keys, call(&keys)).await?;
        if reply.word != "lost" {
            return Ok((keys, reply));
        }
        let keys = self.look_up_epoch().await?;
        let reply = self.run_in(&keys, call(&keys)).await?;
        if reply.word == "lost" { Err(HoldsError::NotLoaded) } else { Ok((keys, reply)) }
    }

    /// Runs a script in an epoch. If the feed is not further than it was known to be before, the
    /// store went back in time: what it says is worth nothing.
    async fn run_in(&self, keys: &Keys, call: Call<'_>) -> Result<Reply, HoldsError> {
        let before = keys.latest();
        let reply = Reply::read(call.run(&self.0.connection).await.map_err(unavailable)?)?;
        if reply.version == 0 {
            return Ok(reply);
        }
        if reply.version <= before {
            self.drop_epoch(keys).await?;
            return Err(HoldsError::NotLoaded);
        }
        keys.saw(reply.version);
        Ok(reply)
    }

    pub(super) async fn loss(&self) {
        self.0.loss.notified().await;
    }

    async fn keys(&self) -> Result<Arc<Keys>, HoldsError> {
        match self.0.keys.load_full() {
            Some(keys) => Ok(keys),
            None => self.look_up_epoch().await,
        }
    }

    async fn look_up_epoch(&self) -> Result<Arc<Keys>, HoldsError> {
        let mut command = redis::cmd("GET");
        command.arg(self.0.place.epoch());
        let record = match self.0.connection.send(&command).await.map_err(unavailable)? {
            Value::BulkString(record) => record,
            _ => {
                self.0.keys.store(None);
                self.0.loss.notify_one();
                return Err(HoldsError::NotLoaded);
            }
        };
        let record = str::from_utf8(&record).map_err(|_| unexpected("a strange epoch"))?;
        self.enter(record)
    }

    /// Continues in the epoch that a record names. What is known of its feed stays known.
    fn enter(&self, record: &str) -> Result<Arc<Keys>, HoldsError> {
        if let Some(keys) = self.0.keys.load_full()
            && keys.record == record
        {
            return Ok(keys);
        }
        let keys =
            Keys::read(&self.0.place, record).ok_or_else(|| unexpected("a strange epoch"))?;
        let keys = Arc::new(keys);
        self.0.keys.store(Some(Arc::clone(&keys)));
        Ok(keys)
    }
}

/// `done`, or that the day must be compared with the database.
fn done_or_reconcile(reply: Reply) -> Result<(), HoldsError> {
    match reply.word.as_str() {
        "reconcile" => Err(HoldsError::NeedsReconcile),
        _ => reply.done().map(drop),
    }
}

fn unavailable(error: RedisError) -> HoldsError {
    HoldsError::Unavailable(Arc::new(error))
}
