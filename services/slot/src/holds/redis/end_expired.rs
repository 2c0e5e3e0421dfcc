//! Ends expired holds.

use std::{sync::LazyLock, time::Duration};

use super::{
    RedisHolds,
    record::read_ended,
    reply::unexpected,
    script::{Script, script},
};
use crate::holds::{EndedHold, HoldsError, UNTIL_NOTED};

/// * KEYS epoch, up to where the lists of what ends were read, returning, base, feed, compared
/// * ARGV epoch record, what names begin with, how many at most, milliseconds for which their
///   people have a history. The names of the lists, and of the days in them, follow from those.
/// * Replies `done`, the holds that ended now, and milliseconds until the next list is complete.
static END_EXPIRED: LazyLock<Script> =
    script!("end_expired.lua", "formats", "day", "closed", "people", "ending");

impl RedisHolds {
    pub(in crate::holds) async fn end_expired(
        &self,
        limit: usize,
    ) -> Result<Vec<EndedHold>, HoldsError> {
        if !self.keys().await?.expiry.is_now() {
            return Ok(Vec::new());
        }
        let until_noted = i64::try_from(UNTIL_NOTED.as_millis()).unwrap_or(0);
        let run = self.run(|keys| {
            END_EXPIRED
                .call(&[
                    &keys.epoch_key,
                    &keys.ended_until(),
                    &keys.returning(),
                    &keys.base(),
                    &keys.feed(),
                    &keys.compared(),
                ])
                .arg(&keys.record)
                .arg(&keys.names)
                .arg(limit)
                .arg(until_noted)
        });
        let (keys, reply) = run.await?;
        let mut reply = reply.done()?;
        let (mut list, until_next) = (reply.list()?, reply.number()?);
        let mut ended = Vec::new();
        while !list.is_done() {
            let read = read_ended(&list.bytes()?, &self.0.berlin);
            ended.push(read.ok_or_else(|| unexpected("not an ended hold"))?);
        }
        if ended.len() < limit {
            // What expires from now on is in lists that are not complete yet.
            keys.expiry.delay(Duration::from_millis(until_next));
        }
        Ok(ended)
    }
}
