//! What is held goes with a rename of a location, as what is booked does.
//!
//! Each process does it when the new name comes into force in it, so that what a process held by
//! the old name until then is taken along by that process at last. The sweep does it again.

use catalogue::Catalogue;

use super::Engine;
use crate::holds::{Hold, HoldsError};

/// Moves what is held at a location that `catalogue` calls otherwise to that name.
///
/// # Errors
/// The holds do not answer.
pub async fn carry_holds(engine: &Engine, catalogue: &Catalogue) -> Result<(), HoldsError> {
    if catalogue.locations().all(|(_, location)| location.formerly.is_empty()) {
        return Ok(());
    }
    for day in engine.holds.known_days().await? {
        let (location, date) = &day;
        if let Some(now) = catalogue.location_now(location)
            && now != location
        {
            engine.holds.rename_day(&day, now).await?;
            engine.repairs.day(location.clone(), *date);
            engine.repairs.day(now.clone(), *date);
        }
    }
    Ok(())
}

/// The same for the process that brings a catalogue into force.
pub(super) async fn carry_holds_now(engine: &Engine, catalogue: &Catalogue) {
    if let Err(error) = carry_holds(engine, catalogue).await {
        tracing::warn!(
            %error,
            "what is held at a renamed location is not kept there yet; the next comparison does it"
        );
    }
}

/// A hold of a token, by the name that its location has now.
pub(super) fn at_present(engine: &Engine, mut hold: Hold) -> Hold {
    if let Some(location) = engine.catalogue().location_now(&hold.seat.location) {
        hold.seat.location = location.clone();
    }
    hold
}
