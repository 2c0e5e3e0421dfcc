//! The end of a hold is put off.

use std::sync::LazyLock;

use jiff::SignedDuration;

use super::{
    RedisHolds,
    record::read_hold,
    reply::unexpected,
    script::{Script, script},
};
use crate::holds::{ExtendError, Hold, LONGEST_HOLD};

/// * KEYS epoch, what the person has, seats
/// * ARGV epoch record, hold id, milliseconds, place, day name, prefix of the lists of what ends
/// * Replies `done` and the hold, `over`, or `again`: it was extended before.
static EXTEND: LazyLock<Script> =
    script!("extend.lua", "formats", "day", "closed", "held", "ending", "expiry");

impl RedisHolds {
    pub(in crate::holds) async fn extend(
        &self,
        hold: &Hold,
        lasts: SignedDuration,
    ) -> Result<Hold, ExtendError> {
        let spot = self.spot(&hold.seat);
        let lasts = u64::try_from(lasts.min(LONGEST_HOLD).as_millis()).unwrap_or(0);
        let run = self.run(|keys| {
            EXTEND
                .call(&[
                    keys.epoch_key.as_bytes(),
                    &keys.who(hold.person, &hold.group),
                    keys.seats(&spot.day.name).as_bytes(),
                ])
                .arg(&keys.record)
                .arg(&hold.id.to_bits().to_be_bytes()[..])
                .arg(lasts)
                .arg(&spot.place[..])
                .arg(&spot.day.name)
                .arg(keys.ends())
        });
        let (keys, reply) = run.await?;
        match reply.word.as_str() {
            "over" => Err(ExtendError::Over),
            "again" => Err(ExtendError::AlreadyExtended),
            _ => {
                let bytes = reply.done()?.bytes()?;
                let read = read_hold(&bytes, hold.person, &hold.group, keys.epoch);
                Ok(read.ok_or_else(|| unexpected("not a hold"))?)
            }
        }
    }
}
