//! A hold ends before it expires.

use std::sync::LazyLock;

use super::{
    RedisHolds,
    script::{Script, script},
};
use crate::holds::{Hold, HoldsError};

/// * KEYS epoch, what the person has, seats, closed, returning, base, feed
/// * ARGV epoch record, hold id, place, day name
/// * Replies `done`, or `gone`: it is over already.
static GIVE_UP: LazyLock<Script> =
    script!("give_up.lua", "formats", "day", "closed", "held", "people", "ending");

impl RedisHolds {
    pub(in crate::holds) async fn give_up(&self, hold: &Hold) -> Result<bool, HoldsError> {
        let spot = self.spot(&hold.seat);
        let run = self.run(|keys| {
            GIVE_UP
                .call(&[
                    keys.epoch_key.as_bytes(),
                    &keys.who(hold.person, &hold.group),
                    keys.seats(&spot.day.name).as_bytes(),
                    keys.closed(&spot.day.name).as_bytes(),
                    keys.returning().as_bytes(),
                    keys.base().as_bytes(),
                    keys.feed().as_bytes(),
                ])
                .arg(&keys.record)
                .arg(&hold.id.to_bits().to_be_bytes()[..])
                .arg(&spot.place[..])
                .arg(&spot.day.name)
        });
        let (_, reply) = run.await?;
        match reply.word.as_str() {
            "gone" => Ok(false),
            _ => reply.done().map(|_| true),
        }
    }
}
