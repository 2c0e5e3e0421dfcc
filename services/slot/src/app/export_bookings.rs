//! An operator asks for all bookings from a day on, to try a new catalogue out on them.
//!
//! Places and times, without anybody's name, code or pseudonym: the file is copied to other
//! machines.

use std::collections::BTreeMap;

use ::store::Database;
use booking::ReservationKind;
use catalogue::Reserved;
use ids::{LocationId, ServiceId};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use crate::store::{
    StoreResult,
    queries::{Occupancy, ReservedOn},
};

/// One booking, as `fairtermin check --bookings` reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedBooking {
    /// When it begins.
    ///
    /// UTC.
    pub start: Timestamp,
    /// How long it takes.
    pub minutes: i64,
    /// Its desk, as on the sign.
    pub desk: u8,
    /// What it is for.
    pub services: Vec<ServiceId>,
}

/// The bookings from the local day `from` on, by location and time. Seats that are kept for winners are among them:
/// they stand in the way of the same changes.
///
/// Reads day by day.
///
/// # Errors
/// A statement fails or a row makes no sense.
pub(crate) async fn export_bookings(
    database: &Database,
    from: Date,
) -> StoreResult<BTreeMap<LocationId, Vec<ExportedBooking>>> {
    let db = database.connection();
    let mut found = BTreeMap::<LocationId, Vec<ExportedBooking>>::new();
    let mut next = Some(from);
    while let Some(date) = next {
        for reserved in ReservedOn(date).read(db).await? {
            // Of other offers it is not known what they are for.
            let is_kept = reserved.kind == ReservationKind::Offer && !reserved.services.is_empty();
            if reserved.kind == ReservationKind::Booking || is_kept {
                let location = reserved.seat.location.clone();
                found.entry(location).or_default().push(exported(reserved));
            }
        }
        next = Occupancy::next_date(db, date).await?;
    }
    for bookings in found.values_mut() {
        bookings.sort_by_key(|booking| (booking.start, booking.desk));
    }
    Ok(found)
}

fn exported(Reserved { seat, services, .. }: Reserved) -> ExportedBooking {
    let minutes = seat.end.duration_since(seat.start).as_mins();
    ExportedBooking { start: seat.start, minutes, desk: seat.desk.number(), services }
}
