//! A hold becomes a booking.

use std::sync::LazyLock;

use ids::BookingId;

use super::{
    RedisHolds, done_or_reconcile,
    script::{Script, script},
};
use crate::holds::{Hold, HoldsError};

/// * KEYS epoch, what the person has, seats, compared
/// * ARGV epoch record, hold id, place, booking id, day name, when the day expires
/// * Replies `done`, or `reconcile`: the hold is not there.
static CONFIRM: LazyLock<Script> =
    script!("confirm.lua", "formats", "day", "closed", "held", "people", "ending");

impl RedisHolds {
    pub(in crate::holds) async fn confirm(
        &self,
        hold: &Hold,
        booking: BookingId,
    ) -> Result<(), HoldsError> {
        let spot = self.spot(&hold.seat);
        let run = self.run(|keys| {
            CONFIRM
                .call(&[
                    keys.epoch_key.as_bytes(),
                    &keys.who(hold.person, &hold.group),
                    keys.seats(&spot.day.name).as_bytes(),
                    keys.compared().as_bytes(),
                ])
                .arg(&keys.record)
                .arg(&hold.id.to_bits().to_be_bytes()[..])
                .arg(&spot.place[..])
                .arg(&booking.to_bits().to_be_bytes()[..])
                .arg(&spot.day.name)
                .arg(spot.day.expires_at)
        });
        done_or_reconcile(run.await?.1)
    }
}
