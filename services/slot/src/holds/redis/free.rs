//! Seats of ended holds become free, or the desk's.

use std::sync::LazyLock;

use super::{
    RedisHolds,
    script::{Script, script},
};
use crate::holds::{EndedHold, HoldsError};

/// * KEYS epoch, returning, base, feed
/// * ARGV epoch record, what names begin with, `public` or `desk`, then the ended holds as the set
///   of those calls them. The names of their days follow from that.
/// * Replies `done` and how many there were.
static FREE: LazyLock<Script> = script!("free.lua", "formats", "marks", "day", "closed");

/// Most seats in one call. Redis does nothing else while it runs.
const LARGEST_BATCH: usize = 100;

impl RedisHolds {
    pub(in crate::holds) async fn free(&self, ended: &[EndedHold]) -> Result<usize, HoldsError> {
        let mut freed = 0;
        for some in ended.chunks(LARGEST_BATCH) {
            freed += self.end_returning(some, "public").await?;
        }
        Ok(freed)
    }

    pub(in crate::holds) async fn keep_for_desk(
        &self,
        ended: &EndedHold,
    ) -> Result<bool, HoldsError> {
        Ok(self.end_returning(std::slice::from_ref(ended), "desk").await? == 1)
    }

    async fn end_returning(
        &self,
        ended: &[EndedHold],
        whose: &'static str,
    ) -> Result<usize, HoldsError> {
        let entries: Vec<_> =
            ended.iter().map(|hold| self.spot(&hold.seat).entry(hold.id.to_bits())).collect();
        let run = self.run(|keys| {
            FREE.call(&[&keys.epoch_key, &keys.returning(), &keys.base(), &keys.feed()])
                .arg(&keys.record)
                .arg(&keys.names)
                .arg(whose)
                .arg(&entries)
        });
        run.await?.1.done()?.number()
    }
}
