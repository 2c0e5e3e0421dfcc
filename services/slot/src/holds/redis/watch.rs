//! A loss is noticed, and one process begins to load the store.

use std::{sync::LazyLock, time::Duration};

use jiff::SignedDuration;

use super::{
    RedisHolds,
    reply::unexpected,
    script::{Script, script},
};
use crate::holds::{HoldsError, REBUILD_LEAD, Rebuild};

/// * KEYS epoch, rebuilding, then now and then what has no day and must not expire: feed, base, days,
///   up to where the lists of what ends were read, compared
/// * ARGV the epoch that would be loaded, milliseconds that others wait for it, milliseconds that an
///   epoch lives without being looked after
/// * Replies `loaded` and the epoch record; `begin` and the run id of the server; or `begun`:
///   a process is loading.
static WATCH: LazyLock<Script> = script!("watch.lua", "rebuild");

/// How often the job keeps alive what would expire. Often enough for a key that was made since.
const RENEW_EVERY: Duration = Duration::from_secs(60);

/// How long an epoch lives without the job.
pub(super) const LIFE: SignedDuration = SignedDuration::from_hours(24);

impl RedisHolds {
    pub(in crate::holds) async fn begin_rebuild(&self) -> Result<Option<Rebuild>, HoldsError> {
        self.0.connection.follow_master().await;
        let epoch = u64::from_be_bytes(self.0.entropy.bytes());
        let mut names = vec![self.0.place.epoch(), self.0.place.rebuilding()];
        let renewed = self.0.keys.load_full().filter(|keys| keys.renewal.is_now());
        if let Some(keys) = &renewed {
            names.extend([keys.feed(), keys.base(), keys.days(), keys.ended_until()]);
            names.push(keys.compared());
        }
        let call =
            WATCH.call(&names).arg(epoch).arg(milliseconds(REBUILD_LEAD)).arg(milliseconds(LIFE));
        let reply = self.send(call).await?;
        match reply.word.as_str() {
            "loaded" => {
                self.enter(&reply.rest().text()?)?;
                if let Some(keys) = renewed {
                    keys.renewal.delay(RENEW_EVERY);
                }
                Ok(None)
            }
            "begun" => Ok(None),
            "begin" => {
                self.0.keys.store(None);
                let rebuild = Rebuild { epoch, server: reply.rest().text()? };
                self.clear_earlier_epochs(&rebuild).await?;
                Ok(Some(rebuild))
            }
            other => Err(unexpected(other)),
        }
    }
}

pub(super) fn milliseconds(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
