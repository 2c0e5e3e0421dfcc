//! How surely a person must have logged in to see and change a booking: as surely as to make it.
//!
//! A password account of the same person may be in other hands. What needed the online ID card to be
//! booked needs it to be read, moved and cancelled.

use booking::{TrustLevel, rules};

use super::{AppError, Engine};
use crate::domain::Booking;

/// The level that the services of the booking ask for now. If the catalogue has one of them no
/// longer, the one at which it was booked.
pub fn required_level(engine: &Engine, booking: &Booking) -> TrustLevel {
    let catalogue = engine.catalogue();
    let levels: Option<Vec<_>> = booking
        .services
        .iter()
        .map(|id| Some(catalogue.service(catalogue.service_now(id).unwrap_or(id))?.trust_level()))
        .collect();
    levels.and_then(|levels| levels.into_iter().max()).unwrap_or(booking.level)
}

/// Refuses a log-in that is not sure enough for this booking.
///
/// # Errors
/// The rule `trustLevel` of one of its services.
pub fn require_level(
    engine: &Engine,
    booking: &Booking,
    level: TrustLevel,
) -> Result<(), AppError> {
    let required = required_level(engine, booking);
    if level >= required { Ok(()) } else { Err(rules::level_too_low(required).into()) }
}
