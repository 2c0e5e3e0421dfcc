//! A process follows what another one of the authority put into force.

use std::sync::Arc;

use super::{AppError, Engine, apply_catalogue::acceptable, carry_holds::carry_holds_now};
use crate::store::good_catalogue::{self, InForce};

/// The catalogue in force cannot be read by this process, which is then of another version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

/// Takes over the catalogue that is in force, and returns whether this process had another one.
///
/// # Errors
/// The database does not answer, or the catalogue makes no sense to this process.
pub async fn follow_catalogue(engine: &Engine) -> Result<bool, AppError> {
    let db = engine.database.connection();
    if good_catalogue::since(db).await? == engine.catalogue_state.since() {
        return Ok(false);
    }
    let _alone = engine.catalogue_state.change().await;
    let Some(in_force) = good_catalogue::find(db).await? else { return Ok(false) };
    follow(engine, &in_force).await.map_err(|unreadable| {
        if engine.catalogue_state.refused(&unreadable.to_string(), engine.now()) {
            tracing::error!(error = %unreadable, "the catalogue in force cannot be followed");
        }
        AppError::Unavailable(unreadable.into())
    })
}

/// The same for the process that read it, and changes the catalogue alone.
pub(super) async fn follow(engine: &Engine, in_force: &InForce) -> Result<bool, Unreadable> {
    let state = &engine.catalogue_state;
    if in_force.since == state.since() {
        return Ok(false);
    }
    let name = "the catalogue of another process";
    let catalogue = acceptable(&engine.catalogue(), name, &in_force.text).map_err(Unreadable)?;
    let catalogue = Arc::new(catalogue);
    engine.catalogue.store(Arc::clone(&catalogue));
    state.in_force(in_force, engine.now());
    tracing::info!(since = %in_force.since, "follows the catalogue of another process");
    carry_holds_now(engine, &catalogue).await;
    Ok(true)
}
