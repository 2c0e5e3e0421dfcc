//! Lists a person's holds, for a client that lost the answer or the page.

use std::collections::BTreeSet;

use booking::TrustLevel;
use ids::Pseudonym;

use super::{AppError, Engine, hold_slot::Held, required_level::level_for};

/// The person's holds in force, as far as a log-in of this level shows them.
///
/// # Errors
/// The holds do not answer.
pub async fn list_holds(
    engine: &Engine,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<Vec<Held>, AppError> {
    let catalogue = engine.catalogue();
    let groups: BTreeSet<_> = catalogue.services().map(|(_, it)| it.group.clone()).collect();
    let groups: Vec<_> = groups.into_iter().collect();
    let holds = engine.holds.of_person(person, &groups).await?;
    let held = holds.into_iter().filter_map(|hold| Held::of(engine, hold));
    let is_shown =
        |Held { details, .. }: &Held| level_for(engine, &details.services, details.level) <= level;
    Ok(held.filter(is_shown).collect())
}
