//! A person is no longer bound by a booking.

use std::sync::LazyLock;

use booking::Seat;
use ids::{BookingId, GroupId, Pseudonym};

use super::{
    RedisHolds,
    keys::Spot,
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch, what the person has; if the seat is known: seats, compared
/// * ARGV epoch record, booking id; if the seat is known: day name, when the day expires
/// * Replies `done`.
static CLEAR: LazyLock<Script> = script!("clear_active_booking.lua", "formats", "day", "held");

impl RedisHolds {
    pub(in crate::holds) async fn clear_active_booking(
        &self,
        person: Pseudonym,
        group: &GroupId,
        booking: BookingId,
        seat: Option<&Seat>,
    ) -> Result<(), HoldsError> {
        let spot = seat.map(|seat| self.spot(seat));
        let run = self.run(|keys| {
            let mut names = vec![keys.epoch_key.clone().into_bytes(), keys.who(person, group)];
            if let Some(Spot { day, .. }) = &spot {
                names.extend([keys.seats(&day.name).into_bytes(), keys.compared().into_bytes()]);
            }
            let call =
                CLEAR.call(&names).arg(&keys.record).arg(&booking.to_bits().to_be_bytes()[..]);
            match &spot {
                Some(Spot { day, .. }) => call.arg(&day.name).arg(day.expires_at),
                None => call,
            }
        });
        run.await?.1.done().map(drop)
    }
}
