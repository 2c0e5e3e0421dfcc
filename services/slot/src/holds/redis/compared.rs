//! Which days are as they were when they were last found to be right.
//!
//! A comparison leaves behind what the database had then ([`DayDigest`]), in one hash for all days.
//! Whatever durable happens to a day takes that away again. So a day whose digest is still there, and
//! is the one of today's database, need not be read: a few commands look at all days of a date.

use booking::Seat;
use redis::Value;

use super::{
    RedisHolds,
    keys::{Keys, day_name},
    reply::unexpected,
    unavailable,
};
use crate::holds::{Day, DayDigest, HoldsError};

/// Most days in one command.
const LARGEST_BATCH: usize = 500;

impl RedisHolds {
    pub(in crate::holds) async fn differing(
        &self,
        days: &[(Day, DayDigest)],
    ) -> Result<Vec<Day>, HoldsError> {
        let mut differing = Vec::new();
        for some in days.chunks(LARGEST_BATCH) {
            differing.extend(self.differing_of(some).await?);
        }
        Ok(differing)
    }

    pub(in crate::holds) async fn compare_again(&self, seat: &Seat) -> Result<(), HoldsError> {
        let keys = self.look_up_epoch().await?;
        let mut command = redis::cmd("HDEL");
        command.arg(keys.compared()).arg(&self.spot(seat).day.name);
        self.0.connection.send(&command).await.map(drop).map_err(unavailable)
    }

    async fn differing_of(&self, days: &[(Day, DayDigest)]) -> Result<Vec<Day>, HoldsError> {
        let keys = self.keys().await?;
        let name = |(location, date): &Day| day_name(location, *date);
        let names: Vec<_> = days.iter().map(|(day, _)| name(day)).collect();
        let mut command = redis::cmd("HMGET");
        command.arg(keys.compared()).arg(&names);
        let answer = self.0.connection.send(&command).await.map_err(unavailable)?;
        let compared: Vec<Option<Vec<u8>>> =
            redis::from_redis_value(answer).map_err(|error| unexpected(error.to_string()))?;
        if compared.len() != days.len() {
            return Err(unexpected("another number of digests"));
        }
        let (mut same, mut differing) = (Vec::new(), Vec::new());
        for ((day, digest), compared) in days.iter().zip(compared) {
            let is_same = compared.as_deref() == Some(&digest.to_bytes()[..]);
            if is_same { same.push(day.clone()) } else { differing.push(day.clone()) }
        }
        let names: Vec<_> = same.iter().map(name).collect();
        if !self.are_there(&keys, &names).await? {
            differing.append(&mut same);
        }
        Ok(differing)
    }

    /// Whether the days are still kept: a server that evicts keys, which none should, takes them
    /// one by one.
    async fn are_there(&self, keys: &Keys, day_names: &[String]) -> Result<bool, HoldsError> {
        if day_names.is_empty() {
            return Ok(true);
        }
        let mut command = redis::cmd("EXISTS");
        for name in day_names {
            command.arg(keys.marks(name)).arg(keys.seats(name));
        }
        let answer = self.0.connection.send(&command).await.map_err(unavailable)?;
        let Value::Int(found) = answer else { return Err(unexpected("no number of keys")) };
        Ok(usize::try_from(found).is_ok_and(|found| found == 2 * day_names.len()))
    }
}
