//! Lists a person's holds, for a client that lost the answer or the page.

use std::collections::BTreeSet;

use ids::Pseudonym;

use super::{AppError, Engine, hold_slot::Held};

/// The person's holds in force.
///
/// # Errors
/// The holds do not answer.
pub async fn list_holds(engine: &Engine, person: Pseudonym) -> Result<Vec<Held>, AppError> {
    let catalogue = engine.catalogue();
    let groups: BTreeSet<_> = catalogue.services().map(|(_, it)| it.group.clone()).collect();
    let groups: Vec<_> = groups.into_iter().collect();
    let holds = engine.holds.of_person(person, &groups).await?;
    Ok(holds.into_iter().filter_map(|hold| Held::of(engine, hold)).collect())
}
