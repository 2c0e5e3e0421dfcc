//! One day is compared with the database and put right.

use std::sync::LazyLock;

use booking::{Reservation, ReservationKind};
use ids::LocationId;
use jiff::civil::Date;

use super::{
    RedisHolds,
    keys::{Keys, Spot, day_expires_at, day_name},
    load::{binds, kept, marks_of},
    reply::{Reply, unexpected},
    script::{Script, script},
    unavailable,
};
use crate::holds::{DayDigest, DayVersion, HoldsError, Reconciled};

/// * KEYS epoch, marks, seats, closed, returning, days, base, feed, compared
/// * ARGV epoch record, expected version, day name, when the day expires, marks of the durable
///   reservations, prefix of the lists of what ends, their digest, then per durable reservation that
///   is not a booking: its place, and how `formats.lua` keeps it
/// * Replies `done`; `same`: the day was right; `changed`: it is not the expected version.
static RECONCILE: LazyLock<Script> =
    script!("reconcile.lua", "formats", "marks", "day", "closed", "ending", "expiry");

/// * KEYS epoch, seats, then per booking that counts for a person: what that person has
/// * ARGV epoch record, expected version, when the day expires, then per such booking: its id
/// * Replies `done` and how many were not bound, or `changed`.
static BIND: LazyLock<Script> = script!("bind.lua", "formats", "held");

/// Most people in one call.
const LARGEST_BATCH: usize = 500;

impl RedisHolds {
    pub(in crate::holds) async fn day_version(
        &self,
        location: &LocationId,
        date: Date,
    ) -> Result<DayVersion, HoldsError> {
        // The epoch before the version: one that is younger would be refused.
        let keys = self.look_up_epoch().await?;
        let mut command = redis::cmd("HGET");
        command.arg(keys.seats(&day_name(location, date))).arg("v");
        let count = self.0.connection.send(&command).await.map_err(unavailable)?;
        let count: Option<u64> =
            redis::from_redis_value(count).map_err(|error| unexpected(error.to_string()))?;
        let (location, epoch) = (location.clone(), keys.epoch);
        Ok(DayVersion { location, date, epoch, version: count.unwrap_or(0) })
    }

    pub(in crate::holds) async fn reconcile(
        &self,
        expected: &DayVersion,
        reservations: &[Reservation],
    ) -> Result<Reconciled, HoldsError> {
        let keys = self.keys().await?;
        if keys.epoch != expected.epoch {
            return Ok(Reconciled::Changed);
        }
        let reservations = self.spots(reservations);
        let mut unbound = 0;
        let bound: Vec<_> = reservations.iter().filter(|(_, it)| binds(it)).collect();
        for some in bound.chunks(LARGEST_BATCH) {
            match self.bind(&keys, expected, some).await? {
                Some(count) => unbound += count,
                None => return Ok(Reconciled::Changed),
            }
        }
        let reply = self.put_right(&keys, expected, &reservations).await?;
        match reply.word.as_str() {
            "done" => Ok(Reconciled::Corrected),
            "same" if unbound > 0 => Ok(Reconciled::Corrected),
            "same" => Ok(Reconciled::AsExpected),
            "changed" | "lost" => Ok(Reconciled::Changed),
            other => Err(unexpected(other)),
        }
    }

    async fn put_right(
        &self,
        keys: &Keys,
        expected: &DayVersion,
        reservations: &[(Spot, &Reservation)],
    ) -> Result<Reply, HoldsError> {
        let day = day_name(&expected.location, expected.date);
        let digest = DayDigest::of(reservations.iter().map(|(_, reservation)| *reservation));
        let names = [
            keys.epoch_key.clone(),
            keys.marks(&day),
            keys.seats(&day),
            keys.closed(&day),
            keys.returning(),
            keys.days(),
            keys.base(),
            keys.feed(),
            keys.compared(),
        ];
        let mut call = RECONCILE
            .call(&names)
            .arg(&keys.record)
            .arg(expected.version)
            .arg(&day)
            .arg(day_expires_at(expected.date))
            .arg(marks_of(reservations).to_bytes())
            .arg(keys.ends())
            .arg(&digest.to_bytes()[..]);
        for (spot, reservation) in reservations {
            if reservation.kind != ReservationKind::Booking {
                call = call.arg(&spot.place[..]).arg(kept(reservation));
            }
        }
        self.run_in(keys, call).await
    }

    /// How many were not bound; `None` if the day is not the expected version.
    async fn bind(
        &self,
        keys: &Keys,
        expected: &DayVersion,
        bound: &[&(Spot, &Reservation)],
    ) -> Result<Option<u64>, HoldsError> {
        let day = day_name(&expected.location, expected.date);
        let mut names = vec![keys.epoch_key.clone().into_bytes(), keys.seats(&day).into_bytes()];
        let people = bound.iter().filter_map(|(_, reservation)| reservation.holder.as_ref());
        names.extend(people.map(|(person, group)| keys.who(*person, group)));
        let mut call = BIND
            .call(&names)
            .arg(&keys.record)
            .arg(expected.version)
            .arg(day_expires_at(expected.date));
        for (_, reservation) in bound {
            call = call.arg(&reservation.id.to_bits().to_be_bytes()[..]);
        }
        let reply = self.run_in(keys, call).await?;
        match reply.word.as_str() {
            "changed" | "lost" => Ok(None),
            _ => reply.done()?.number().map(Some),
        }
    }
}
