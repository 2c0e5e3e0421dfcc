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

/// * KEYS epoch, returning
/// * ARGV epoch record, what names begin with. Those of the days follow from it.
/// * Replies `done`, the time, and the ended holds.
static RETURNING: LazyLock<Script> = script!("returning.lua", "formats");

impl RedisHolds {
    /// One command, where the list takes a script.
    pub(in crate::holds) async fn has_returning(&self) -> Result<bool, HoldsError> {
        let mut command = redis::cmd("EXISTS");
        command.arg(self.keys().await?.returning());
        match self.0.connection.send(&command).await.map_err(unavailable)? {
            Value::Int(found) => Ok(found > 0),
            _ => Err(unexpected("no number of keys")),
        }
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
