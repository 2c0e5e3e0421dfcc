//! A location has another name: what is kept there goes along.

use std::sync::LazyLock;

use ids::LocationId;
use jiff::civil::Date;

use super::{
    RedisHolds,
    keys::{day_expires_at, day_name},
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch; marks, seats, closed of the old day; the same of the new one; returning, days,
///   base, feed, compared
/// * ARGV epoch record, what names begin with, name of the old day, of the new one, the new name
///   of the location, when the days expire, prefix of the lists of what ends. The names of what
///   people have follow from what they hold.
/// * Replies `done`.
static RENAME_DAY: LazyLock<Script> =
    script!("rename_day.lua", "formats", "marks", "open_day", "day", "closed", "ending", "expiry");

impl RedisHolds {
    pub(in crate::holds) async fn rename_day(
        &self,
        (from, date): &(LocationId, Date),
        to: &LocationId,
    ) -> Result<(), HoldsError> {
        let (old, new) = (day_name(from, *date), day_name(to, *date));
        let run = self.run(|keys| {
            let names = [
                keys.epoch_key.clone(),
                keys.marks(&old),
                keys.seats(&old),
                keys.closed(&old),
                keys.marks(&new),
                keys.seats(&new),
                keys.closed(&new),
                keys.returning(),
                keys.days(),
                keys.base(),
                keys.feed(),
                keys.compared(),
            ];
            RENAME_DAY
                .call(&names)
                .arg(&keys.record)
                .arg(&keys.names)
                .arg(&old)
                .arg(&new)
                .arg(to.as_str())
                .arg(day_expires_at(*date))
                .arg(keys.ends())
        });
        run.await?.1.done().map(drop)
    }
}
