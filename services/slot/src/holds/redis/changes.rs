//! Which days changed.

use std::{collections::BTreeSet, sync::LazyLock};

use ids::LocationId;
use jiff::civil::Date;

use super::{
    RedisHolds,
    keys::{Keys, day_expires_at, day_name, parse_day_name},
    script::{Script, script},
    unavailable,
};
use crate::holds::{Changes, HoldsError};

/// * KEYS epoch, base, feed, days
/// * ARGV epoch record, the version that the reader knows or nothing
/// * Replies `done`, the time, the version, `some` or `all`, and the names of days, parted by
///   spaces. All of them if the feed does not go back so far, or is behind what the reader knows.
static CHANGES: LazyLock<Script> = script!("changes.lua");

impl RedisHolds {
    pub(in crate::holds) async fn changes(
        &self,
        since: Option<&Changes>,
    ) -> Result<Changes, HoldsError> {
        let mut latest_before = 0;
        let run = self.run(|keys| {
            latest_before = keys.latest();
            let known = since.filter(|since| since.epoch == keys.epoch);
            CHANGES
                .call(&[&keys.epoch_key, &keys.base(), &keys.feed(), &keys.days()])
                .arg(&keys.record)
                .arg(known.map_or(String::new(), |known| known.version.to_string()))
        });
        let (keys, reply) = run.await?;
        let mut reply = reply.done()?;
        let (now, version) = (reply.instant()?, reply.number()?);
        if version < latest_before {
            self.drop_epoch(&keys).await?;
        }
        keys.saw(version);
        let (complete, mut told) = (reply.text()? == "all", reply.list()?);
        let mut days = BTreeSet::new();
        while !told.is_done() {
            days.extend(told.text()?.split(' ').filter_map(parse_day_name));
        }
        // The keys of a past day have expired; its name has to be taken away.
        let is_past = |(_, date): &(_, Date)| day_expires_at(*date) <= now.as_millisecond();
        let past: Vec<_> = days.extract_if(.., is_past).collect();
        if complete && !past.is_empty() {
            self.forget_days(&keys, &past).await?;
        }
        let days = days.into_iter().collect();
        Ok(Changes { epoch: keys.epoch, version, now, complete, days })
    }

    pub(in crate::holds) async fn known_days(&self) -> Result<Vec<(LocationId, Date)>, HoldsError> {
        Ok(self.changes(None).await?.days)
    }

    async fn forget_days(
        &self,
        keys: &Keys,
        past: &[(LocationId, Date)],
    ) -> Result<(), HoldsError> {
        for some in past.chunks(1_000) {
            let names: Vec<_> = some.iter().map(|(place, date)| day_name(place, *date)).collect();
            let mut command = redis::cmd("SREM");
            command.arg(keys.days()).arg(&names);
            self.0.connection.send(&command).await.map_err(unavailable)?;
        }
        Ok(())
    }
}
