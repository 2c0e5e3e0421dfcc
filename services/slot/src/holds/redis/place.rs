//! A durable reservation gets its mark.

use std::sync::LazyLock;

use booking::{Reservation, ReservationKind};

use super::{
    RedisHolds, done_or_reconcile,
    script::{Script, script},
};
use crate::holds::HoldsError;

/// * KEYS epoch, marks, seats, closed, days, base, feed, compared, and for a booking that counts for a
///   person what that person has
/// * ARGV epoch record, kind, id, place, day name, when the day expires
/// * Replies `done`, or `reconcile`: something else is there.
static PLACE: LazyLock<Script> =
    script!("place.lua", "formats", "marks", "open_day", "day", "closed", "held", "ending");

impl RedisHolds {
    pub(in crate::holds) async fn place(
        &self,
        reservation: &Reservation,
    ) -> Result<(), HoldsError> {
        let spot = self.spot(&reservation.seat);
        let binds = reservation.kind == ReservationKind::Booking;
        let bound = reservation.holder.as_ref().filter(|_| binds);
        let run = self.run(|keys| {
            let day = &spot.day.name;
            let names = [
                keys.epoch_key.clone(),
                keys.marks(day),
                keys.seats(day),
                keys.closed(day),
                keys.days(),
                keys.base(),
                keys.feed(),
                keys.compared(),
            ];
            let mut names: Vec<_> = names.into_iter().map(String::into_bytes).collect();
            names.extend(bound.map(|(person, group)| keys.who(*person, group)));
            PLACE
                .call(&names)
                .arg(&keys.record)
                .arg(letter(reservation.kind))
                .arg(&reservation.id.to_bits().to_be_bytes()[..])
                .arg(&spot.place[..])
                .arg(day)
                .arg(spot.day.expires_at)
        });
        done_or_reconcile(run.await?.1)
    }
}

/// How `formats.lua` calls a kind.
pub(super) const fn letter(kind: ReservationKind) -> &'static str {
    match kind {
        ReservationKind::Hold => "h",
        ReservationKind::Booking => "b",
        ReservationKind::Offer => "o",
        ReservationKind::DrawPool => "p",
        ReservationKind::Returning => "r",
        ReservationKind::Closed => "c",
    }
}
