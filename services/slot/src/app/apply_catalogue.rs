//! Puts a changed catalogue into force while the service runs, or refuses it and keeps the last
//! good one.

use std::{collections::BTreeMap, sync::Arc};

use catalogue::Catalogue;
use ids::LocationId;
use jiff::civil::Date;

use super::{AppError, Engine};
use crate::store::{good_catalogue, queries::Occupancy};

/// Puts `text`, read from `name`, into force and tells what that did to bookings, or says why not.
pub async fn apply_catalogue(engine: &Engine, name: &str, text: &str) -> Result<String, String> {
    let before = engine.catalogue();
    match acceptable(&before, name, text) {
        Ok(new) => {
            engine.catalogue.store(Arc::new(new));
            engine.catalogue_state.in_force(text, engine.now());
            let stranded = stranded(engine, before).await;
            engine.catalogue_state.stranded(stranded.clone());
            let told = ["It is in force."].into_iter().chain(stranded.as_deref());
            let told = told.collect::<Vec<_>>().join(" ");
            tracing::info!(told, "the changed catalogue is in force");
            let database = engine.database.connection();
            if let Err(error) = good_catalogue::keep(database, text, engine.now()).await {
                // Only a process that starts while a later one is refused would miss it.
                tracing::warn!(%error, "the catalogue in force cannot be kept for later");
            }
            Ok(told)
        }
        Err(mistakes) => {
            engine.catalogue_state.refused(&mistakes, engine.now());
            tracing::error!(error = mistakes, "the last good catalogue stays in force");
            Err(mistakes)
        }
    }
}

/// What an admin should know about the catalogue that came into force after `before`, if there is
/// something to do.
async fn stranded(engine: &Engine, before: Arc<Catalogue>) -> Option<String> {
    match stranded_by(engine, before).await {
        Ok(days) if days.is_empty() => None,
        Ok(days) => {
            let count: usize = days.values().sum();
            let days: Vec<_> = (days.iter())
                .map(|((location, date), count)| format!("{count} at {location} on {date}"))
                .collect();
            Some(format!(
                "Bookings for which nothing is open any more: {count}. Their people are not told; \
                 move or cancel them at the desk: {}",
                days.join(", ")
            ))
        }
        Err(error) => {
            tracing::warn!(%error, "nobody knows which bookings the catalogue leaves without room");
            None
        }
    }
}

/// How many bookings the catalogue left without room, by place and day.
async fn stranded_by(
    engine: &Engine,
    before: Arc<Catalogue>,
) -> Result<BTreeMap<(LocationId, Date), usize>, AppError> {
    let now = engine.now();
    let occupancy = Occupancy::since(engine.local_date(now), now);
    let claims = occupancy.read(engine.database.connection()).await?;
    let after = engine.catalogue();
    // Thousands of day plans: nothing for a thread that answers requests.
    let compared = tokio::task::spawn_blocking(move || {
        let active = claims.iter().filter(|claim| claim.active.is_some());
        catalogue::stranded(&before, &after, active.map(|claim| &claim.seat))
    });
    Ok(compared.await.unwrap_or_default())
}

/// The catalogue in `text`, if `present` may become that one.
pub fn acceptable(present: &Catalogue, name: &str, text: &str) -> Result<Catalogue, String> {
    let new = Catalogue::parse(name, text).map_err(|error| error.to_string())?;
    if new.authority.id == present.authority.id {
        return Ok(new);
    }
    Err(format!("{name}: catalogue.authority.id: this service is of another authority"))
}
