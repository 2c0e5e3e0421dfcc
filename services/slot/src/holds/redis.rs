//! Holds in Redis: each operation is one script, and so one atomic step in one round trip.

mod hold_queue;
mod keys;
mod link;
mod load;
mod per_thread;
mod reply;
mod script;

use std::{collections::BTreeSet, sync::Arc};

use ambient::Entropy;
use arc_swap::ArcSwapOption;
use booking::{Seat, capacity::DayOccupancy};
use ids::{AuthorityId, BookingId, GroupId, LocationId, Pseudonym};
use jiff::{Timestamp, civil::Date};
use redis::{RedisError, Value};

use self::{
    hold_queue::{HoldQueue, Outcome, Wish},
    keys::{Keys, day_expires_at, day_name, holder, parse_day_name},
    link::Link,
    per_thread::PerThread,
    reply::{Reply, member, read_member, unexpected},
    script::Call,
};
use super::{
    Changes, Day, DaySnapshot, GivenBack, Hold, HoldError, HoldRefusal, HoldRequest, HoldsError,
    RedisSettings,
};

/// Holds in Redis, shared by all processes of the authority. Expiry goes by Redis' own clock.
#[derive(Debug, Clone)]
pub struct RedisHolds(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    link: Link,
    authority: AuthorityId,
    entropy: Arc<dyn Entropy>,
    /// The names of the epoch that we believe is current.
    keys: ArcSwapOption<Keys>,
    queues: PerThread<HoldQueue>,
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
        let keys = ArcSwapOption::empty();
        let link = Link::new(settings).map_err(unavailable)?;
        let (authority, queues) = (authority.clone(), PerThread::default());
        Ok(Self(Arc::new(Inner { link, authority, entropy, keys, queues })))
    }

    pub(super) async fn hold(&self, request: &HoldRequest<'_>) -> Result<Hold, HoldError> {
        match self.hold_soon(Wish::of(request)).await? {
            Outcome::Held { start, units, desk, ends_at } => {
                let Day { location, date, .. } = request.day;
                let seat = Seat { location: location.clone(), date: *date, start, units, desk };
                Ok(Hold {
                    id: request.id,
                    person: request.person,
                    group: request.group.clone(),
                    replaces: request.replaces,
                    seat,
                    expires_at: ends_at,
                })
            }
            Outcome::Taken => Err(HoldRefusal::SlotTaken.into()),
            Outcome::Holding => Err(HoldRefusal::AlreadyHolding.into()),
            Outcome::Booked(booking) => Err(HoldRefusal::AlreadyBooked { booking }.into()),
        }
    }

    pub(super) async fn release(&self, hold: &Hold) -> Result<bool, HoldsError> {
        let seat = &hold.seat;
        let call = |keys: &Keys| {
            script::RELEASE
                .call(&[
                    &Keys::epoch_key(&self.0.authority),
                    &keys.day(&seat.location, seat.date),
                    &keys.ends(&seat.location, seat.date),
                    &keys.first_ends(),
                    &keys.holding(),
                    &keys.version(),
                    &keys.feed(),
                ])
                .arg(&keys.current)
                .arg(&[seat.start, seat.units, seat.desk.index().into()][..])
                .arg(&hold.id.to_bits().to_be_bytes()[..])
                .arg(holder(hold.person, &hold.group))
                .arg(day_name(&seat.location, seat.date))
        };
        match self.run(call).await?.0.as_str() {
            "done" => Ok(true),
            "gone" => Ok(false),
            other => Err(unexpected(other)),
        }
    }

    pub(super) async fn settle(&self, hold: &Hold, booking: BookingId) -> Result<(), HoldsError> {
        let seat = &hold.seat;
        let call = |keys: &Keys| {
            script::SETTLE
                .call(&[
                    &Keys::epoch_key(&self.0.authority),
                    &keys.day(&seat.location, seat.date),
                    &keys.ends(&seat.location, seat.date),
                    &keys.first_ends(),
                    &keys.holding(),
                    &keys.booked(hold.person, &hold.group),
                    &keys.ended(booking),
                    // There always is a key; without a replaced booking it is not looked at.
                    &keys.ended(hold.replaces.unwrap_or(booking)),
                    &keys.contested(&seat.location, seat.date),
                    &keys.days(),
                    &keys.version(),
                    &keys.feed(),
                ])
                .arg(&keys.current)
                .arg(&[seat.start, seat.units, seat.desk.index().into()][..])
                .arg(&hold.id.to_bits().to_be_bytes()[..])
                .arg(booking.to_string())
                .arg(hold.replaces.map_or(String::new(), |replaced| replaced.to_string()))
                .arg(day_expires_at(seat.date))
                .arg(day_name(&seat.location, seat.date))
                .arg(holder(hold.person, &hold.group))
        };
        self.run_to_the_end(call).await
    }

    pub(super) async fn free(&self, given: &GivenBack<'_>) -> Result<(), HoldsError> {
        let seat = given.seat;
        let call = |keys: &Keys| {
            script::FREE
                .call(&[
                    &Keys::epoch_key(&self.0.authority),
                    &keys.day(&seat.location, seat.date),
                    &keys.ends(&seat.location, seat.date),
                    &keys.first_ends(),
                    &keys.booked(given.person, given.group),
                    &keys.ended(given.booking),
                    &keys.contested(&seat.location, seat.date),
                    &keys.days(),
                    &keys.version(),
                    &keys.feed(),
                ])
                .arg(&keys.current)
                .arg(&[seat.start, seat.units, seat.desk.index().into()][..])
                .arg(given.booking.to_string())
                .arg(&given.booking.to_bits().to_be_bytes()[..])
                .arg(given.not_before.map_or(0, Timestamp::as_millisecond))
                .arg(day_expires_at(seat.date))
                .arg(day_name(&seat.location, seat.date))
        };
        self.run_to_the_end(call).await
    }

    pub(super) async fn forget(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
    ) -> Result<(), HoldsError> {
        let call = |keys: &Keys| {
            script::FORGET
                .call(&[
                    &Keys::epoch_key(&self.0.authority),
                    &keys.booked(person, group),
                    &keys.ended(booking),
                ])
                .arg(&keys.current)
                .arg(booking.to_string())
        };
        self.run_to_the_end(call).await
    }

    pub(super) async fn changes(&self, since: Option<&Changes>) -> Result<Changes, HoldsError> {
        let mut epoch = String::new();
        let call = |keys: &Keys| {
            let known = since.filter(|since| since.epoch == keys.current);
            epoch.clone_from(&keys.current);
            script::CHANGES
                .call(&[
                    &Keys::epoch_key(&self.0.authority),
                    &keys.days(),
                    &keys.version(),
                    &keys.feed(),
                ])
                .arg(&keys.current)
                .arg(known.map_or(String::new(), |known| known.version.to_string()))
        };
        let (word, mut reply) = self.run(call).await?;
        if word != "done" {
            return Err(unexpected(word));
        }
        let (now, version) = (reply.instant()?, reply.number()?);
        let (complete, mut told) = (reply.text()? == "all", reply.list()?);
        let mut days = BTreeSet::new();
        while !told.is_done() {
            days.extend(told.text()?.split(' ').filter_map(parse_day_name));
        }
        // The keys of a past day have expired; its name has to be taken away.
        let is_past = |(_, date): &(_, Date)| day_expires_at(*date) <= now.as_millisecond();
        let past: Vec<_> = days.extract_if(.., is_past).collect();
        if complete {
            self.forget_names(&past).await?;
        }
        Ok(Changes { epoch, version, now, complete, days: days.into_iter().collect() })
    }

    async fn forget_names(&self, past: &[(LocationId, Date)]) -> Result<(), HoldsError> {
        let keys = self.keys().await?;
        for some in past.chunks(1_000) {
            let names: Vec<_> = some.iter().map(|(place, date)| day_name(place, *date)).collect();
            let mut pipeline = redis::pipe();
            pipeline.cmd("HDEL").arg(keys.days()).arg(&names).ignore();
            pipeline.cmd("HDEL").arg(keys.first_ends()).arg(&names).ignore();
            self.0.link.send_all(&pipeline).await.map_err(unavailable)?;
        }
        Ok(())
    }

    pub(super) async fn snapshots(
        &self,
        days: &[(LocationId, Date)],
    ) -> Result<Vec<DaySnapshot>, HoldsError> {
        if days.is_empty() {
            return Ok(Vec::new());
        }
        let keys = self.keys().await?;
        let mut snapshots = Vec::with_capacity(days.len());
        for some in days.chunks(200) {
            // One transaction, so that no mark is seen without its end.
            let mut pipeline = redis::pipe();
            pipeline.atomic();
            for (location, date) in some {
                pipeline.cmd("GET").arg(keys.day(location, *date));
                pipeline.cmd("ZRANGE").arg(keys.ends(location, *date)).arg(&[0, -1]);
                pipeline.arg("WITHSCORES");
            }
            let mut answers =
                self.0.link.send_all(&pipeline).await.map_err(unavailable)?.into_iter();
            while let (Some(marks), Some(ends)) = (answers.next(), answers.next()) {
                snapshots.push(snapshot(marks, ends)?);
            }
        }
        Ok(snapshots)
    }

    async fn run_to_the_end(
        &self,
        call: impl FnMut(&Keys) -> Call<'static>,
    ) -> Result<(), HoldsError> {
        match self.run(call).await?.0.as_str() {
            "done" => Ok(()),
            "contested" => Err(HoldsError::Contested),
            other => Err(unexpected(other)),
        }
    }

    /// Runs a script in the epoch that we believe is current, and again in the right one if that
    /// was wrong.
    async fn run(
        &self,
        mut call: impl FnMut(&Keys) -> Call<'static>,
    ) -> Result<(String, Reply), HoldsError> {
        let keys = self.keys().await?;
        let answer = call(&keys).run(&self.0.link).await.map_err(unavailable)?;
        let (word, reply) = Reply::read(answer)?;
        if word != "lost" {
            return Ok((word, reply));
        }
        let keys = self.look_up_epoch().await?;
        let answer = call(&keys).run(&self.0.link).await.map_err(unavailable)?;
        match Reply::read(answer)? {
            (word, _) if word == "lost" => Err(HoldsError::NotLoaded),
            answer => Ok(answer),
        }
    }

    async fn keys(&self) -> Result<Arc<Keys>, HoldsError> {
        match self.0.keys.load_full() {
            Some(keys) => Ok(keys),
            None => self.look_up_epoch().await,
        }
    }

    async fn look_up_epoch(&self) -> Result<Arc<Keys>, HoldsError> {
        let mut command = redis::cmd("GET");
        command.arg(Keys::epoch_key(&self.0.authority));
        let keys = match self.0.link.send(&command).await.map_err(unavailable)? {
            Value::BulkString(epoch) => {
                let epoch = String::from_utf8(epoch).map_err(|_| unexpected("a strange epoch"))?;
                Some(Arc::new(Keys::new(&self.0.authority, &epoch)))
            }
            _ => None,
        };
        self.0.keys.store(keys.clone());
        keys.ok_or(HoldsError::NotLoaded)
    }
}

fn snapshot(marks: Value, ends: Value) -> Result<DaySnapshot, HoldsError> {
    let marks = match marks {
        Value::BulkString(bytes) => DayOccupancy::from_bytes(&bytes),
        Value::Nil => DayOccupancy::default(),
        _ => return Err(unexpected("no marks")),
    };
    let Value::Array(parts) = ends else {
        return Err(unexpected("no ends"));
    };
    let mut ends = Vec::with_capacity(parts.len() / 2);
    for pair in parts.chunks_exact(2) {
        let at: i64 = redis::from_redis_value_ref(&pair[1]).map_err(unavailable_value)?;
        let member: Vec<u8> = redis::from_redis_value_ref(&pair[0]).map_err(unavailable_value)?;
        let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX);
        ends.extend(read_member(&member, at));
    }
    Ok(DaySnapshot { marks, ends })
}

fn unavailable(error: RedisError) -> HoldsError {
    HoldsError::Unavailable(Arc::new(error))
}

fn unavailable_value(error: redis::ParsingError) -> HoldsError {
    unexpected(error.to_string())
}
