//! What the database has is loaded.

use std::sync::LazyLock;

use booking::{Reservation, ReservationKind, capacity::DayOccupancy};
use futures_util::future::try_join_all;

use super::{
    RedisHolds,
    keys::{Keys, Spot},
    place::letter,
    script::{Call, Script, script},
    watch::milliseconds,
};
use crate::holds::{DayDigest, HoldsError, REBUILD_LEAD, Rebuild, fields::write_name};

/// * KEYS epoch, rebuilding, days, marks, seats, closed, compared
/// * ARGV the epoch that is loaded, milliseconds that others wait for it, day name, when the day
///   expires, its marks (with its first part only), prefix of what people have, the bookings that
///   count for a person (each packed: person, id, with its length u8 the group), the digest of the
///   day (with its first part only), then per reservation that is not a booking: its place, and how
///   `formats.lua` keeps it
/// * Replies `done`, or `lost`: others are loading by now.
static LOAD: LazyLock<Script> = script!("load.lua", "formats", "open_day", "rebuild");

/// Most reservations in one call. Redis does nothing else while it runs, about a millisecond.
const LARGEST_BATCH: usize = 500;
/// Calls on their way at once: some hundred kilobytes.
const CALLS_AT_ONCE: usize = 4;

impl RedisHolds {
    pub(in crate::holds) async fn load(
        &self,
        rebuild: &Rebuild,
        reservations: &[Reservation],
    ) -> Result<(), HoldsError> {
        let keys = self.keys_of(rebuild);
        let spots = self.spots(reservations);
        let mut calls = Vec::with_capacity(CALLS_AT_ONCE);
        for day in spots.chunk_by(|(one, _), (other, _)| one.day == other.day) {
            let digest = DayDigest::of(day.iter().map(|(_, reservation)| *reservation));
            let (mut marks, mut digest) = (marks_of(day).to_bytes(), digest.to_bytes().to_vec());
            for some in day.chunks(LARGEST_BATCH) {
                let of_day = (std::mem::take(&mut marks), std::mem::take(&mut digest));
                calls.push(self.load_call(rebuild, &keys, some, of_day));
                if calls.len() == CALLS_AT_ONCE {
                    self.send_all_loads(std::mem::take(&mut calls)).await?;
                }
            }
        }
        self.send_all_loads(calls).await
    }

    /// Redis works on one while the next are on their way.
    async fn send_all_loads(&self, calls: Vec<Call<'static>>) -> Result<(), HoldsError> {
        let done = calls.into_iter().map(|call| async move {
            let reply = self.send(call).await?;
            reply.done().map(drop)
        });
        try_join_all(done).await.map(drop)
    }

    fn load_call(
        &self,
        rebuild: &Rebuild,
        keys: &Keys,
        reservations: &[(Spot, &Reservation)],
        (marks, digest): (Vec<u8>, Vec<u8>),
    ) -> Call<'static> {
        let (spot, _) = &reservations[0];
        let (name, expires_at) = (&spot.day.name, spot.day.expires_at);
        let names =
            [keys.days(), keys.marks(name), keys.seats(name), keys.closed(name), keys.compared()];
        let mut bound = Vec::new();
        for (_, reservation) in reservations {
            if let Some((person, group)) =
                reservation.holder.as_ref().filter(|_| binds(reservation))
            {
                bound.extend(person.to_bits().to_be_bytes());
                bound.extend(reservation.id.to_bits().to_be_bytes());
                write_name(group.as_str(), &mut bound);
            }
        }
        let mut call = self
            .while_loading(&LOAD, rebuild, &names)
            .arg(name)
            .arg(expires_at)
            .arg(marks)
            .arg(keys.who_prefix())
            .arg(bound)
            .arg(digest);
        for (spot, reservation) in reservations {
            if reservation.kind != ReservationKind::Booking {
                call = call.arg(&spot.place[..]).arg(kept(reservation));
            }
        }
        call
    }

    pub(super) fn keys_of(&self, rebuild: &Rebuild) -> Keys {
        Keys::new(&self.0.place, rebuild.epoch, &rebuild.server)
    }

    /// A call of a script that may run only while others leave the loading to us.
    pub(super) fn while_loading(
        &self,
        script: &'static Script,
        rebuild: &Rebuild,
        names: &[String],
    ) -> Call<'static> {
        let mut all = vec![self.0.place.epoch(), self.0.place.rebuilding()];
        all.extend_from_slice(names);
        script.call(&all).arg(rebuild.epoch).arg(milliseconds(REBUILD_LEAD))
    }
}

/// Whether a reservation binds its holder.
pub(super) fn binds(reservation: &Reservation) -> bool {
    reservation.kind == ReservationKind::Booking && reservation.holder.is_some()
}

/// How `formats.lua` keeps a reservation that is not a booking.
pub(super) fn kept(reservation: &Reservation) -> Vec<u8> {
    let id = reservation.id.to_bits().to_be_bytes();
    [letter(reservation.kind).as_bytes(), &id].concat()
}

pub(super) fn marks_of(reservations: &[(Spot, &Reservation)]) -> DayOccupancy {
    let mut marks = DayOccupancy::default();
    for (spot, reservation) in reservations {
        marks.take(spot.span, reservation.seat.desk);
    }
    marks
}
