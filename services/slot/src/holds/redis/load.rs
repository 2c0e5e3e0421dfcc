//! The store is loaded after a loss, and a loss is noticed.

use std::{collections::BTreeMap, sync::LazyLock};

use booking::{Reservation, ReservationKind, capacity::DayOccupancy};
use ids::{Pseudonym, ServiceId};
use jiff::{SignedDuration, Timestamp};
use redis::Pipeline;

use super::{
    RedisHolds,
    keys::{Keys, Spot},
    place::letter,
    reply::Reply,
    script::{Call, Script, script},
    unavailable,
};
use crate::holds::{HoldsError, REBUILD_LEAD, Rebuild};

/// * KEYS epoch, rebuilding, then what has no day and must not expire: feed, base, days, up to where
///   the lists of what ends were read
/// * ARGV the epoch that would be loaded, milliseconds that others wait for it, milliseconds that an
///   epoch lives without being looked after
/// * Replies `loaded` and the epoch record; `begin` and the run id of the server; or `begun`:
///   somebody is loading.
static WATCH: LazyLock<Script> = script!("watch.lua");

/// * KEYS rebuilding
/// * ARGV the epoch that is loaded, pattern of all names, what names of this epoch begin with, cursor
/// * Replies `done` and the next cursor, or `lost`: others are loading by now.
static CLEAR: LazyLock<Script> = script!("clear.lua");

/// * KEYS epoch, rebuilding
/// * ARGV the epoch that is loaded, milliseconds that others wait for it, and at the end its record
///   and the milliseconds that it lives without being looked after
/// * Replies `done`; `loaded`: another one is; or `lost`: others are loading by now.
static LOADING: LazyLock<Script> = script!("loading.lua");

/// * KEYS epoch
/// * ARGV epoch record
/// * Replies `done`.
static DROP: LazyLock<Script> = script!("drop.lua");

/// How long an epoch lives if nobody looks after it.
const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// How many commands are sent at once, and how many bytes about.
const BATCH: usize = 2_000;
const BATCH_BYTES: usize = 1 << 20;

impl RedisHolds {
    pub(in crate::holds) async fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        self.0.link.follow_master().await;
        let place = &self.0.place;
        let epoch = u64::from_be_bytes(self.0.entropy.bytes());
        let mut names = vec![place.epoch(), place.rebuilding()];
        if let Some(keys) = self.0.keys.load_full() {
            names.extend([keys.feed(), keys.base(), keys.days(), keys.ended_until()]);
        }
        let call = WATCH.call(&names).arg(epoch).arg(milliseconds(REBUILD_LEAD));
        let reply = self.send(call.arg(milliseconds(LIFE))).await?;
        match reply.word.as_str() {
            "loaded" => self.enter(&reply.rest().text()?).map(|_| None),
            "begun" => Ok(None),
            "begin" => {
                let rebuild = Rebuild { epoch, server: reply.rest().text()? };
                self.clear_earlier_epochs(&rebuild).await?;
                Ok(Some(rebuild))
            }
            other => Err(super::unexpected(other)),
        }
    }

    /// Makes room: what was there before the loss is as big as what comes.
    async fn clear_earlier_epochs(&self, rebuild: &Rebuild) -> Result<(), HoldsError> {
        self.0.keys.store(None);
        let place = &self.0.place;
        let pattern = format!("{}*", place.epochs());
        let keep = self.keys_of(rebuild).names;
        let mut cursor = "0".to_owned();
        loop {
            let call = CLEAR.call(&[place.rebuilding()]).arg(rebuild.epoch).arg(&pattern);
            let reply = self.send(call.arg(&keep).arg(&cursor)).await?;
            if reply.word == "lost" {
                return Err(HoldsError::NotLoaded);
            }
            cursor = reply.done()?.text()?;
            if cursor == "0" {
                return Ok(());
            }
        }
    }

    pub(in crate::holds) async fn load(
        &self,
        rebuild: &Rebuild,
        reservations: &[Reservation],
    ) -> Result<(), HoldsError> {
        let keys = self.keys_of(rebuild);
        let mut days = BTreeMap::<_, Vec<_>>::new();
        for reservation in reservations {
            let spot = self.spot(&reservation.seat);
            days.entry(spot.day_name.clone()).or_default().push((spot, reservation));
        }
        let mut loading = Loading::new(self, rebuild);
        for (name, reservations) in &days {
            loading.day(&keys, name, reservations).await?;
        }
        loading.send().await
    }

    pub(in crate::holds) async fn load_history(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, Timestamp)],
    ) -> Result<(), HoldsError> {
        let keys = self.keys_of(rebuild);
        let entries = people.iter().map(|(person, until)| (keys.history(*person), *until));
        self.load_notes(rebuild, entries).await
    }

    pub(in crate::holds) async fn load_entitled(
        &self,
        rebuild: &Rebuild,
        people: &[(Pseudonym, ServiceId, Timestamp)],
    ) -> Result<(), HoldsError> {
        let keys = self.keys_of(rebuild);
        let entries =
            people.iter().map(|(person, service, until)| (keys.entitled(*person, service), *until));
        self.load_notes(rebuild, entries).await
    }

    async fn load_notes(
        &self,
        rebuild: &Rebuild,
        entries: impl Iterator<Item = (Vec<u8>, Timestamp)>,
    ) -> Result<(), HoldsError> {
        let mut loading = Loading::new(self, rebuild);
        for (key, until) in entries {
            let command = loading.pipeline.cmd("SET").arg(key).arg("");
            command.arg("PXAT").arg(until.as_millisecond()).ignore();
            loading.send_if_full().await?;
        }
        loading.send().await
    }

    pub(in crate::holds) async fn finish_rebuild(
        &self,
        rebuild: Rebuild,
    ) -> Result<(), HoldsError> {
        let record = self.keys_of(&rebuild).record;
        let call = self.loading(&rebuild).arg(record).arg(milliseconds(LIFE));
        match self.send(call).await?.word.as_str() {
            "lost" => Err(HoldsError::NotLoaded),
            _ => self.look_up_epoch().await.map(drop),
        }
    }

    /// Declares the store lost because it went back in time, unless another epoch has begun.
    pub(super) async fn drop_epoch(&self, keys: &Keys) -> Result<(), HoldsError> {
        tracing::warn!("the hold store is older than it was; it will be rebuilt");
        self.0.keys.store(None);
        self.send(DROP.call(&[&keys.epoch_key]).arg(&keys.record)).await.map(drop)
    }

    fn keys_of(&self, rebuild: &Rebuild) -> Keys {
        Keys::new(&self.0.place, rebuild.epoch, &rebuild.server)
    }

    fn loading(&self, rebuild: &Rebuild) -> Call<'static> {
        let names = [self.0.place.epoch(), self.0.place.rebuilding()];
        LOADING.call(&names).arg(rebuild.epoch).arg(milliseconds(REBUILD_LEAD))
    }

    async fn send(&self, call: Call<'_>) -> Result<Reply, HoldsError> {
        Reply::read(call.run(&self.0.link).await.map_err(unavailable)?)
    }
}

/// Commands on their way.
struct Loading<'a> {
    holds: &'a RedisHolds,
    rebuild: &'a Rebuild,
    pipeline: Pipeline,
    bytes: usize,
}

impl<'a> Loading<'a> {
    fn new(holds: &'a RedisHolds, rebuild: &'a Rebuild) -> Self {
        Self { holds, rebuild, pipeline: redis::pipe(), bytes: 0 }
    }

    async fn day(
        &mut self,
        keys: &Keys,
        name: &str,
        reservations: &[(Spot, &Reservation)],
    ) -> Result<(), HoldsError> {
        let Some((spot, _)) = reservations.first() else { return Ok(()) };
        let expires_at = spot.expires_at();
        let mut marks = marks_of(reservations).to_bytes();
        marks.resize(DayOccupancy::LONGEST, 0);
        self.bytes += marks.len();
        let seats = keys.seats(name);
        let set = self.pipeline.cmd("SET").arg(keys.marks(name)).arg(marks);
        set.arg("PXAT").arg(expires_at).ignore();
        self.pipeline.cmd("HSET").arg(&seats).arg("v").arg(0).ignore();
        self.pipeline.cmd("PEXPIREAT").arg(seats).arg(expires_at).ignore();
        self.pipeline.cmd("SADD").arg(keys.days()).arg(name).ignore();
        for (spot, reservation) in reservations {
            self.reservation(keys, spot, reservation);
            self.send_if_full().await?;
        }
        Ok(())
    }

    fn reservation(&mut self, keys: &Keys, spot: &Spot, reservation: &Reservation) {
        let (expires_at, id) = (spot.expires_at(), reservation.id.to_bits().to_be_bytes());
        if reservation.kind == ReservationKind::Booking {
            if let Some((person, group)) = &reservation.holder {
                let bound = [&id[..], &expires_at.to_le_bytes()].concat();
                self.pipeline.cmd("SET").arg(keys.who(*person, group)).arg(bound);
                self.pipeline.arg("PXAT").arg(expires_at).ignore();
            }
            return;
        }
        let hash = match reservation.kind {
            ReservationKind::Closed => keys.closed(&spot.day_name),
            _ => keys.seats(&spot.day_name),
        };
        let value = kept(reservation);
        self.pipeline.cmd("HSET").arg(&hash).arg(&spot.place[..]).arg(value).ignore();
        if reservation.kind == ReservationKind::Closed {
            self.pipeline.cmd("PEXPIREAT").arg(hash).arg(expires_at).ignore();
        }
    }

    async fn send_if_full(&mut self) -> Result<(), HoldsError> {
        if self.pipeline.len() < BATCH && self.bytes < BATCH_BYTES {
            return Ok(());
        }
        self.send().await
    }

    /// Sends what there is, if others still leave the loading to us.
    async fn send(&mut self) -> Result<(), HoldsError> {
        let reply = self.holds.send(self.holds.loading(self.rebuild)).await?;
        if reply.word != "done" {
            return Err(HoldsError::NotLoaded);
        }
        self.bytes = 0;
        if self.pipeline.is_empty() {
            return Ok(());
        }
        let pipeline = std::mem::replace(&mut self.pipeline, redis::pipe());
        self.holds.0.link.send_all(&pipeline).await.map_err(unavailable).map(drop)
    }
}

/// How `formats.lua` keeps a reservation that is not a booking.
pub(super) fn kept(reservation: &Reservation) -> Vec<u8> {
    let id = reservation.id.to_bits().to_be_bytes();
    [letter(reservation.kind).as_bytes(), &id].concat()
}

pub(super) fn marks_of(reservations: &[(Spot, &Reservation)]) -> DayOccupancy {
    let mut marks = DayOccupancy::default();
    for (spot, reservation) in reservations {
        marks.take(spot.span, reservation.seat.desk);
    }
    marks
}

fn milliseconds(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
