//! Replicas report refusals to each other, in a stream.

use ids::Pseudonym;
use jiff::Timestamp;
use redis::Value;

use super::{RedisHolds, reply::unexpected, unavailable};
use crate::holds::{
    HoldsError, RefusalCursor, RefusedAsk,
    fields::{Fields, write_name},
};

/// Milliseconds for which reports are kept after the last one.
const KEPT: u32 = 300_000;

/// Most refusals in one entry, and about as many entries are kept.
const LARGEST_ENTRY: usize = 500;
const ENTRIES: usize = 2_000;

/// Most entries in one answer; the rest comes next time.
const LARGEST_ANSWER: usize = 200;

impl RedisHolds {
    pub(in crate::holds) async fn report_refusals(
        &self,
        refusals: &[RefusedAsk],
    ) -> Result<(), HoldsError> {
        let stream = self.0.place.refusals();
        for some in refusals.chunks(LARGEST_ENTRY) {
            let mut entry = Vec::with_capacity(some.len() * 64);
            some.iter().for_each(|refusal| write(refusal, &mut entry));
            let mut pipeline = redis::pipe();
            pipeline.cmd("XADD").arg(&stream).arg("MAXLEN").arg("~").arg(ENTRIES);
            pipeline.arg("*").arg("r").arg(entry);
            pipeline.cmd("PEXPIRE").arg(&stream).arg(KEPT);
            self.0.connection.send_all(&pipeline).await.map_err(unavailable)?;
        }
        Ok(())
    }

    pub(in crate::holds) async fn refusals(
        &self,
        since: &RefusalCursor,
    ) -> Result<(Vec<RefusedAsk>, RefusalCursor), HoldsError> {
        let mut command = redis::cmd("XRANGE");
        command.arg(self.0.place.refusals());
        let after = if since.0.is_empty() { "-".to_owned() } else { format!("({}", since.0) };
        command.arg(after).arg("+").arg("COUNT").arg(LARGEST_ANSWER);
        let answer = self.0.connection.send(&command).await.map_err(unavailable)?;
        let Value::Array(entries) = answer else {
            return Err(unexpected("not a list"));
        };
        let (mut refusals, mut cursor) = (Vec::new(), since.clone());
        for entry in entries {
            let (id, (_, packed)): (String, (String, Vec<u8>)) =
                redis::from_redis_value(entry).map_err(|error| unexpected(error.to_string()))?;
            cursor = RefusalCursor(id);
            let mut fields = Fields(&packed);
            // Another edition may write something else; it is not for us then.
            refusals.extend(std::iter::from_fn(|| read(&mut fields)));
        }
        Ok((refusals, cursor))
    }
}

fn write(refusal: &RefusedAsk, bytes: &mut Vec<u8>) {
    bytes.extend(refusal.person.to_bits().to_be_bytes());
    write_name(refusal.location.as_str(), bytes);
    bytes.extend(refusal.start.as_second().to_le_bytes());
    bytes.extend(refusal.end.as_second().to_le_bytes());
    bytes.extend(refusal.count.to_le_bytes());
    bytes.extend(refusal.at.as_millisecond().to_le_bytes());
}

fn read(fields: &mut Fields<'_>) -> Option<RefusedAsk> {
    Some(RefusedAsk {
        person: Pseudonym::from_bits(u128::from_be_bytes(fields.take()?)),
        location: fields.name()?,
        start: Timestamp::from_second(i64::from_le_bytes(fields.take()?)).ok()?,
        end: Timestamp::from_second(i64::from_le_bytes(fields.take()?)).ok()?,
        count: u32::from_le_bytes(fields.take()?),
        at: Timestamp::from_millisecond(i64::from_le_bytes(fields.take()?)).ok()?,
    })
}
