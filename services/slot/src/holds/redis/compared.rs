//! Which days are as they were when they were last found to be right.
//!
//! A comparison leaves behind what the database had then ([`DayDigest`]), in one hash for all days.
//! Whatever durable happens to a day takes that away again. So a day whose digest is still there, and
//! is the one of today's database, need not be read: a few commands look at all days of a date.

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

    async fn differing_of(&self, days: &[(Day, DayDigest)]) -> Result<Vec<Day>, HoldsError> {
        let keys = self.keys().await?;
        let names: Vec<_> =
            days.iter().map(|((location, date), _)| day_name(location, *date)).collect();
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
            if is_same { same.push((day.clone(), *digest)) } else { differing.push(day.clone()) }
        }
        differing.extend(self.thrown_away(&keys, same).await?);
        Ok(differing)
    }

    /// Those of which a part is not kept any more: a server that evicts keys, which none should, takes them
    /// one by one. Mostly one command says that there are none.
    async fn thrown_away(
        &self,
        keys: &Keys,
        days: Vec<(Day, DayDigest)>,
    ) -> Result<Vec<Day>, HoldsError> {
        if days.is_empty() {
            return Ok(Vec::new());
        }
        let parts: Vec<Vec<String>> =
            days.iter().map(|(day, digest)| parts_of(keys, day, *digest)).collect();
        let all = parts.concat();
        let mut command = redis::cmd("EXISTS");
        command.arg(&all);
        let answer = self.0.connection.send(&command).await.map_err(unavailable)?;
        if is_number(&answer, all.len())? {
            return Ok(Vec::new());
        }
        let mut pipeline = redis::pipe();
        for names in &parts {
            pipeline.cmd("EXISTS").arg(names);
        }
        let answers = self.0.connection.send_all(&pipeline).await.map_err(unavailable)?;
        if answers.len() != days.len() {
            return Err(unexpected("another number of answers"));
        }
        let mut gone = Vec::new();
        for (((day, _), names), answer) in days.into_iter().zip(&parts).zip(&answers) {
            if !is_number(answer, names.len())? {
                gone.push(day);
            }
        }
        Ok(gone)
    }
}

/// What must be there of a day that is right.
fn parts_of(keys: &Keys, (location, date): &Day, digest: DayDigest) -> Vec<String> {
    let day = day_name(location, *date);
    let mut parts = vec![keys.marks(&day), keys.seats(&day)];
    if digest.has_closed {
        parts.push(keys.closed(&day));
    }
    parts
}

fn is_number(answer: &Value, expected: usize) -> Result<bool, HoldsError> {
    let Value::Int(found) = answer else { return Err(unexpected("no number of keys")) };
    Ok(usize::try_from(*found).is_ok_and(|found| found == expected))
}
