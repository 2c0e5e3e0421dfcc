//! A durable reservation loses its mark.

use std::sync::LazyLock;

use booking::Seat;
use ids::ReservationId;

use super::{
    RedisHolds, done_or_reconcile,
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch, marks, seats, closed, base, feed, compared
/// * ARGV epoch record, id, place, day name, when the day expires
/// * Replies `done`, or `reconcile`: something else is there.
static REMOVE: LazyLock<Script> =
    script!("remove.lua", "formats", "marks", "day", "closed", "ending");

impl RedisHolds {
    pub(in crate::holds) async fn remove(
        &self,
        id: ReservationId,
        seat: &Seat,
    ) -> Result<(), HoldsError> {
        let spot = self.spot(seat);
        let run = self.run(|keys| {
            let day = &spot.day.name;
            let names = [
                keys.epoch_key.clone(),
                keys.marks(day),
                keys.seats(day),
                keys.closed(day),
                keys.base(),
                keys.feed(),
                keys.compared(),
            ];
            REMOVE
                .call(&names)
                .arg(&keys.record)
                .arg(&id.to_bits().to_be_bytes()[..])
                .arg(&spot.place[..])
                .arg(day)
                .arg(spot.day.expires_at)
        });
        done_or_reconcile(run.await?.1)
    }
}
