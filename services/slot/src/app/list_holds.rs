//! Lists a person's holds, for a client that lost the answer or the page.

use std::collections::BTreeSet;

use booking::TrustLevel;
use ids::Pseudonym;

use super::{AppError, Engine, hold_slot::Held, required_level::level_for};
use crate::domain::Actor;

/// The person's holds in force, as far as a log-in of this level shows them. What staff took for the person is shown to
/// them alone, who may give it up, and to no program that acts for them.
///
/// # Errors
/// The holds do not answer.
pub async fn list_holds(
    engine: &Engine,
    actor: &Actor,
    person: Pseudonym,
    level: TrustLevel,
) -> Result<Vec<Held>, AppError> {
    let catalogue = engine.catalogue();
    let groups: BTreeSet<_> = catalogue.services().map(|(_, it)| it.group.clone()).collect();
    let groups: Vec<_> = groups.into_iter().collect();
    let holds = engine.holds.of_person(person, &groups).await?;
    let held = holds.into_iter().filter_map(|hold| Held::of(engine, hold));
    let is_own = matches!(actor, Actor::Citizen(_));
    let is_shown = |Held { details, .. }: &Held| {
        (is_own || !details.is_by_staff())
            && level_for(engine, &details.services, details.level) <= level
    };
    Ok(held.filter(is_shown).collect())
}
