//! A person is no longer bound by a booking.

use std::sync::LazyLock;

use ids::{BookingId, GroupId, Pseudonym};

use super::{
    RedisHolds,
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch, what the person has
/// * ARGV epoch record, booking id
/// * Replies `done`.
static CLEAR: LazyLock<Script> = script!("clear_active_booking.lua", "formats", "people");

impl RedisHolds {
    pub(in crate::holds) async fn clear_active_booking(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
    ) -> Result<(), HoldsError> {
        let run = self.run(|keys| {
            CLEAR
                .call(&[keys.epoch_key.as_bytes(), &keys.who(person, group)])
                .arg(&keys.record)
                .arg(&booking.to_bits().to_be_bytes()[..])
        });
        run.await?.1.done().map(drop)
    }
}
