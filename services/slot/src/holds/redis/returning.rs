//! Which seats of ended holds are not free yet.

use std::sync::LazyLock;

use redis::Value;

use super::{
    RedisHolds,
    record::read_ended,
    reply::unexpected,
    script::{Script, script},
    unavailable,
};
use crate::holds::{HoldsError, Returning};

/// Milliseconds for which the set is kept after its last change, or look.
const TWO_DAYS: u32 = 172_800_000;

/// * KEYS epoch, returning
/// * ARGV epoch record, what names begin with. Those of the days follow from it.
/// * Replies `done`, the time, and the ended holds.
static RETURNING: LazyLock<Script> = script!("returning.lua", "formats");

impl RedisHolds {
    /// One command, where the list takes a script. Two of the set: one may be the empty one that says that
    /// nothing is missing.
    pub(in crate::holds) async fn has_returning(&self) -> Result<bool, HoldsError> {
        let mut command = redis::cmd("SRANDMEMBER");
        command.arg(self.keys().await?.returning()).arg(2);
        let answer = self.0.connection.send(&command).await.map_err(unavailable)?;
        let some: Vec<Vec<u8>> =
            redis::from_redis_value(answer).map_err(|error| unexpected(error.to_string()))?;
        Ok(some.iter().any(|entry| !entry.is_empty()))
    }

    pub(in crate::holds) async fn returning_is_whole(&self) -> Result<bool, HoldsError> {
        let key = self.keys().await?.returning();
        let mut pipeline = redis::pipe();
        pipeline.cmd("SISMEMBER").arg(&key).arg("");
        pipeline.cmd("PEXPIRE").arg(&key).arg(TWO_DAYS);
        let answers = self.0.connection.send_all(&pipeline).await.map_err(unavailable)?;
        match answers.first() {
            Some(Value::Int(found)) => Ok(*found == 1),
            _ => Err(unexpected("not whether it is in the set")),
        }
    }

    pub(in crate::holds) async fn returning_was_made_whole(&self) -> Result<(), HoldsError> {
        let key = self.keys().await?.returning();
        let mut pipeline = redis::pipe();
        pipeline.cmd("SADD").arg(&key).arg("");
        pipeline.cmd("PEXPIRE").arg(&key).arg(TWO_DAYS);
        self.0.connection.send_all(&pipeline).await.map(drop).map_err(unavailable)
    }

    pub(in crate::holds) async fn returning(&self) -> Result<Returning, HoldsError> {
        let run = self.run(|keys| {
            RETURNING.call(&[&keys.epoch_key, &keys.returning()]).arg(&keys.record).arg(&keys.names)
        });
        let mut reply = run.await?.1.done()?;
        let (now, mut list) = (reply.instant()?, reply.list()?);
        let mut holds = Vec::new();
        while !list.is_done() {
            let read = read_ended(&list.bytes()?, &self.0.berlin);
            holds.push(read.ok_or_else(|| unexpected("not an ended hold"))?);
        }
        Ok(Returning { now, holds })
    }
}
