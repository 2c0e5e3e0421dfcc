//! Which appointments ended without a note of the desk: a job closed them, and no cool-down follows.

use std::collections::HashSet;

use booking::state::BookingStatus;
use ids::BookingId;

use super::{AppError, Engine, close_past_bookings::CLOSED};
use crate::{domain::Booking, store::audit};

/// Those of `bookings` that are missed only because nobody noted whether the person came.
///
/// # Errors
/// The database does not answer.
pub async fn unnoted<'b>(
    engine: &Engine,
    bookings: impl IntoIterator<Item = &'b Booking>,
) -> Result<HashSet<BookingId>, AppError> {
    let missed: Vec<_> = bookings
        .into_iter()
        .filter(|one| one.status == BookingStatus::Missed)
        .map(|one| one.id)
        .collect();
    if missed.is_empty() {
        return Ok(HashSet::new());
    }
    let subjects: Vec<_> = missed.iter().map(ToString::to_string).collect();
    let entries = audit::of_subjects(engine.database.connection(), &subjects).await?;
    let is_closed = |id: &BookingId| {
        let subject = id.to_string();
        let ends = [CLOSED, "booking.missed"];
        let last = entries
            .iter()
            .rfind(|entry| entry.subject == subject && ends.contains(&entry.action.as_str()));
        last.is_some_and(|entry| entry.action == CLOSED)
    };
    Ok(missed.into_iter().filter(is_closed).collect())
}
