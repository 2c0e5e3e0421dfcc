//! Rebuild after loss, and repair of one day.

use std::collections::BTreeMap;

use booking::capacity::DayOccupancy;
use ids::LocationId;
use jiff::civil::Date;
use redis::{Pipeline, Value};

use super::{
    RedisHolds,
    keys::{Keys, day_expires_at, day_name},
    member,
    reply::Reply,
    script, unavailable, unexpected,
};
use crate::holds::{Claim, DayVersion, HoldsError, REBUILD_LEAD, Rebuild, Reconciled};

/// How many commands are sent at once.
const BATCH: usize = 2_000;

impl RedisHolds {
    pub(in crate::holds) async fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        match self.look_up_epoch().await {
            Ok(_) => return Ok(None),
            Err(HoldsError::NotLoaded) => {}
            Err(error) => return Err(error),
        }
        // Not a lock: two rebuilds at a time do no harm, since each has key names of its own and
        // the first to finish wins. It only saves the second one the work.
        let mut command = redis::cmd("SET");
        command.arg(Keys::rebuilding_key(&self.0.authority)).arg("").arg("NX");
        command.arg("PX").arg(i64::try_from(REBUILD_LEAD.as_millis()).unwrap_or(i64::MAX));
        let first = self.0.link.send(&command).await.map_err(unavailable)? != Value::Nil;
        let epoch = u64::from_be_bytes(self.0.entropy.bytes());
        Ok(first.then(|| Rebuild { epoch: format!("{epoch:016x}") }))
    }

    pub(in crate::holds) async fn finish_rebuild(
        &self,
        rebuild: Rebuild,
        claims: &[Claim],
    ) -> Result<(), HoldsError> {
        let keys = Keys::new(&self.0.authority, &rebuild.epoch);
        let mut loading = Loading { holds: self, pipeline: redis::pipe() };
        for ((location, date), claims) in by_day(claims) {
            loading.day(&keys, location, date, &claims).await?;
        }
        loading.send().await?;
        let mut publish = redis::cmd("SET");
        publish.arg(Keys::epoch_key(&self.0.authority)).arg(&keys.current).arg("NX");
        self.0.link.send(&publish).await.map_err(unavailable)?;
        self.look_up_epoch().await.map(drop)
    }

    pub(in crate::holds) async fn day_version(
        &self,
        location: &LocationId,
        date: Date,
    ) -> Result<DayVersion, HoldsError> {
        let keys = self.look_up_epoch().await?;
        let mut command = redis::cmd("HGET");
        command.arg(keys.days()).arg(day_name(location, date));
        let count = self.0.link.send(&command).await.map_err(unavailable)?;
        let count: Option<u64> =
            redis::from_redis_value(count).map_err(super::unavailable_value)?;
        let (location, epoch) = (location.clone(), keys.current.clone());
        Ok(DayVersion { location, date, epoch, version: count.unwrap_or(0) })
    }

    pub(in crate::holds) async fn reconcile(
        &self,
        expected: &DayVersion,
        claims: &[Claim],
    ) -> Result<Reconciled, HoldsError> {
        let (location, date) = (&expected.location, expected.date);
        let marks = marks_of(claims.iter().filter(|claim| claim.free_at.is_none()));
        let active = || claims.iter().filter(|claim| claim.active.is_some());
        // In another epoch the version means nothing.
        let keys = Keys::new(&self.0.authority, &expected.epoch);
        let mut names = vec![
            Keys::epoch_key(&self.0.authority),
            keys.day(location, date),
            keys.ends(location, date),
            keys.first_ends(),
            keys.contested(location, date),
            keys.days(),
            keys.version(),
            keys.feed(),
        ];
        let people = active().filter_map(|claim| claim.active.as_ref());
        names.extend(people.map(|(person, group)| keys.booked(*person, group)));
        let mut call = script::RECONCILE
            .call(&names.iter().map(String::as_str).collect::<Vec<_>>())
            .arg(&keys.current)
            .arg(day_name(location, date))
            .arg(expected.version)
            .arg(day_expires_at(date))
            .arg(marks.to_bytes());
        for claim in active() {
            call = call.arg(claim.booking.to_string());
        }
        for (free_at, claim) in claims.iter().filter_map(|claim| Some((claim.free_at?, claim))) {
            let member = member(&claim.seat, claim.booking.to_bits());
            call = call.arg(free_at.as_millisecond()).arg(member);
        }
        let answer = call.run(&self.0.link).await.map_err(unavailable)?;
        match Reply::read(answer)?.0.as_str() {
            "done" => Ok(Reconciled::Done),
            "changed" | "lost" => Ok(Reconciled::Changed),
            other => Err(unexpected(other)),
        }
    }
}

/// Commands on their way.
struct Loading<'a> {
    holds: &'a RedisHolds,
    pipeline: Pipeline,
}

impl Loading<'_> {
    async fn day(
        &mut self,
        keys: &Keys,
        location: &LocationId,
        date: Date,
        claims: &[&Claim],
    ) -> Result<(), HoldsError> {
        let expires_at = day_expires_at(date);
        let (day, ends) = (keys.day(location, date), keys.ends(location, date));
        let marks = marks_of(claims.iter().copied()).to_bytes();
        self.pipeline.cmd("SET").arg(day).arg(marks).arg("PXAT").arg(expires_at).ignore();
        for claim in claims {
            if let Some(free_at) = claim.free_at {
                let member = member(&claim.seat, claim.booking.to_bits());
                let score = free_at.as_millisecond();
                self.pipeline.cmd("ZADD").arg(&ends).arg(score).arg(member).ignore();
                self.pipeline.cmd("PEXPIREAT").arg(&ends).arg(expires_at).ignore();
            }
            self.booked(keys, claim);
        }
        let name = day_name(location, date);
        self.pipeline.cmd("HSET").arg(keys.days()).arg(&name).arg(0).ignore();
        if let Some(first_end) = claims.iter().filter_map(|claim| claim.free_at).min() {
            let first_end = first_end.as_millisecond();
            self.pipeline.cmd("HSET").arg(keys.first_ends()).arg(name).arg(first_end).ignore();
        }
        if self.pipeline.len() >= BATCH { self.send().await } else { Ok(()) }
    }

    fn booked(&mut self, keys: &Keys, claim: &Claim) {
        let Some((person, group)) = &claim.active else {
            return;
        };
        let expires_at = day_expires_at(claim.seat.date);
        self.pipeline.cmd("SET").arg(keys.booked(*person, group)).arg(claim.booking.to_string());
        self.pipeline.arg("PXAT").arg(expires_at).ignore();
    }

    async fn send(&mut self) -> Result<(), HoldsError> {
        if self.pipeline.is_empty() {
            return Ok(());
        }
        let pipeline = std::mem::replace(&mut self.pipeline, redis::pipe());
        self.holds.0.link.send_all(&pipeline).await.map_err(unavailable).map(drop)
    }
}

fn by_day(claims: &[Claim]) -> BTreeMap<(&LocationId, Date), Vec<&Claim>> {
    let mut days = BTreeMap::<_, Vec<_>>::new();
    for claim in claims {
        days.entry((&claim.seat.location, claim.seat.date)).or_default().push(claim);
    }
    days
}

fn marks_of<'a>(claims: impl Iterator<Item = &'a Claim>) -> DayOccupancy {
    let mut marks = DayOccupancy::default();
    for claim in claims {
        marks.take(claim.seat.start, claim.seat.units, claim.seat.desk);
    }
    marks
}
