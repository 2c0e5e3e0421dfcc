//! How surely a person must have logged in to see and change what they did: as surely as to do it.
//!
//! A password account of the same person may be in other hands. What needed the online ID card to be
//! booked, held or entered needs it to be read, moved, cancelled, given up and withdrawn.

use booking::{TrustLevel, rules};
use ids::ServiceId;

use super::{AppError, Engine};
use crate::domain::Booking;

/// The level for a booking.
pub fn required_level(engine: &Engine, booking: &Booking) -> TrustLevel {
    level_for(engine, &booking.services, booking.level)
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
    require_level_for(engine, &booking.services, booking.level, level)
}

/// The level that these services ask for now. If the catalogue has one of them no longer, `done_at`: the
/// one at which it was done.
pub fn level_for(engine: &Engine, services: &[ServiceId], done_at: TrustLevel) -> TrustLevel {
    let catalogue = engine.catalogue();
    let levels: Option<Vec<_>> = services
        .iter()
        .map(|id| Some(catalogue.service(catalogue.service_now(id).unwrap_or(id))?.trust_level()))
        .collect();
    levels.and_then(|levels| levels.into_iter().max()).unwrap_or(done_at)
}

/// Refuses a log-in that is not sure enough for what was done for these services.
///
/// # Errors
/// The rule `trustLevel` of one of them.
pub fn require_level_for(
    engine: &Engine,
    services: &[ServiceId],
    done_at: TrustLevel,
    level: TrustLevel,
) -> Result<(), AppError> {
    let required = level_for(engine, services, done_at);
    if level >= required { Ok(()) } else { Err(rules::level_too_low(required).into()) }
}
