//! The doubt about a person's identity is over: they are not another person who is known.

use ids::Pseudonym;
use messaging::UnitOfWork;
use serde_json::json;

use super::{AppError, Engine};
use crate::{
    domain::Actor,
    store::{bookings, draw_entries, waiting_entries},
};

/// Takes the mark from what the person booked, and from the draws that they entered, meanwhile.
///
/// # Errors
/// The database does not answer.
pub async fn resolve_person<'a>(
    engine: &'a Engine,
    unit: &mut UnitOfWork<'a>,
    person: Pseudonym,
) -> Result<(), AppError> {
    let bookings = bookings::resolve_doubt(unit.transaction(), person).await?;
    draw_entries::resolve_doubt(unit.transaction(), person).await?;
    waiting_entries::resolve_doubt(unit.transaction(), person).await?;
    let details = json!({ "bookings": bookings });
    engine.record(unit, &Actor::System, "person.resolved", person, details).await?;
    Ok(())
}
