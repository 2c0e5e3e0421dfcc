//! Which days changed.

use std::{
    collections::{BTreeSet, HashSet},
    sync::{LazyLock, atomic::Ordering},
};

use ids::LocationId;
use jiff::civil::Date;
use redis::Value;

use super::{
    RedisHolds,
    keys::{Keys, day_expires_at, day_name, parse_day_name},
    reply::unexpected,
    script::{Script, script},
    unavailable,
};
use crate::holds::{Changes, HoldsError};

/// * KEYS epoch, base, feed, days
/// * ARGV epoch record, the version that the reader knows or nothing
/// * Replies `done`, the version, the length of the feed, `some` or `all`, and the names of days, parted
///   by spaces. All of them if the feed does not go back so far, or is behind what the reader knows;
///   then the time as well.
static CHANGES: LazyLock<Script> = script!("changes.lua");

/// One look in so many is a whole one, whatever the length of the feed.
const LOOKS: u64 = 20;

impl RedisHolds {
    pub(in crate::holds) async fn changes(
        &self,
        since: Option<&Changes>,
    ) -> Result<Changes, HoldsError> {
        if let Some(known) = since
            && self.is_quiet(known).await?
        {
            return Ok(Changes { complete: false, days: Vec::new(), ..known.clone() });
        }
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
        let (version, length) = (reply.number()?, reply.number()?);
        if version < latest_before {
            self.drop_epoch(&keys).await?;
        }
        keys.saw(version);
        let (complete, mut told) = (reply.text()? == "all", reply.list()?);
        let mut texts = Vec::new();
        while !told.is_done() {
            texts.push(told.text()?);
        }
        // In a rush the same days are told a thousand times: each name is read once.
        let names: HashSet<_> = texts.iter().flat_map(|text| text.split(' ')).collect();
        let mut days: BTreeSet<_> = names.into_iter().filter_map(parse_day_name).collect();
        if complete {
            // The keys of a past day have expired; its name has to be taken away.
            let now = reply.instant()?.as_millisecond();
            let is_past = |(_, date): &(_, Date)| day_expires_at(*date) <= now;
            let past: Vec<_> = days.extract_if(.., is_past).collect();
            self.forget_days(&keys, &past).await?;
        }
        let days = days.into_iter().collect();
        Ok(Changes { epoch: keys.epoch, version, length, complete, days })
    }

    /// Whether nothing was told since: one command, where most questions end. A feed that was cut to
    /// the very length that it had is noticed by the whole script, which is asked now and then in any case.
    async fn is_quiet(&self, known: &Changes) -> Result<bool, HoldsError> {
        let keys = self.keys().await?;
        // This process has heard of something later.
        if (known.epoch, known.version) != (keys.epoch, keys.latest()) {
            return Ok(false);
        }
        if keys.quiet_looks.fetch_add(1, Ordering::Relaxed) % LOOKS == LOOKS - 1 {
            return Ok(false);
        }
        let (command, expected) = if known.length == 0 {
            // A lost store has no feed either.
            let mut command = redis::cmd("EXISTS");
            command.arg(&keys.epoch_key).arg(keys.feed());
            (command, 1)
        } else {
            let mut command = redis::cmd("LLEN");
            command.arg(keys.feed());
            (command, known.length)
        };
        match self.0.connection.send(&command).await.map_err(unavailable)? {
            Value::Int(found) => Ok(u64::try_from(found).is_ok_and(|found| found == expected)),
            _ => Err(unexpected("no number")),
        }
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
            for (command, key) in [("SREM", keys.days()), ("HDEL", keys.compared())] {
                let mut command = redis::cmd(command);
                command.arg(key).arg(&names);
                self.0.connection.send(&command).await.map_err(unavailable)?;
            }
        }
        Ok(())
    }
}
