//! What is taken on some days.

use booking::capacity::DayOccupancy;
use ids::LocationId;
use jiff::civil::Date;
use redis::Value;

use super::{
    RedisHolds,
    keys::{day_name, parse_place},
    record::holder,
    reply::unexpected,
    unavailable,
};
use crate::holds::{DaySnapshot, HoldsError};

/// Most days in one transaction: some hundred kilobytes.
const LARGEST_BATCH: usize = 50;

impl RedisHolds {
    pub(in crate::holds) async fn snapshots(
        &self,
        days: &[(LocationId, Date)],
    ) -> Result<Vec<DaySnapshot>, HoldsError> {
        let mut snapshots = Vec::with_capacity(days.len());
        for some in days.chunks(LARGEST_BATCH) {
            let keys = self.keys().await?;
            // One transaction with the epoch: after a loss nothing looks free.
            let mut pipeline = redis::pipe();
            pipeline.atomic();
            pipeline.cmd("GET").arg(&keys.epoch_key);
            for (location, date) in some {
                let name = day_name(location, *date);
                pipeline.cmd("GET").arg(keys.marks(&name));
                pipeline.cmd("HKEYS").arg(keys.closed(&name));
                pipeline.cmd("HVALS").arg(keys.seats(&name));
            }
            let answers = self.0.connection.send_all(&pipeline).await.map_err(unavailable)?;
            let mut answers = answers.into_iter();
            let is_ours = matches!(
                answers.next(),
                Some(Value::BulkString(record)) if record == keys.record.as_bytes()
            );
            if !is_ours {
                self.look_up_epoch().await?;
                return Err(HoldsError::NotLoaded);
            }
            while let (Some(marks), Some(closed), Some(seats)) =
                (answers.next(), answers.next(), answers.next())
            {
                snapshots.push(snapshot(marks, closed, seats)?);
            }
        }
        Ok(snapshots)
    }
}

fn snapshot(marks: Value, closed: Value, seats: Value) -> Result<DaySnapshot, HoldsError> {
    let taken = match marks {
        Value::BulkString(bytes) => DayOccupancy::from_bytes(&bytes),
        Value::Nil => DayOccupancy::default(),
        _ => return Err(unexpected("no marks")),
    };
    let fields: Vec<Vec<u8>> =
        redis::from_redis_value(closed).map_err(|error| unexpected(error.to_string()))?;
    let place = |field: Vec<u8>| <[u8; 5]>::try_from(field).ok().and_then(parse_place);
    let mut for_desk: Vec<_> = fields.into_iter().filter_map(place).collect();
    for_desk.sort_unstable();
    let seats: Vec<Vec<u8>> =
        redis::from_redis_value(seats).map_err(|error| unexpected(error.to_string()))?;
    let mut holders: Vec<_> = seats.iter().filter_map(|seat| holder(seat)).collect();
    holders.sort_unstable();
    Ok(DaySnapshot { taken, for_desk, holders })
}
