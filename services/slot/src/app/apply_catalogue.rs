//! Puts a changed catalogue into force while the service runs, or refuses it and keeps the last
//! good one.

use std::{collections::BTreeMap, sync::Arc};

use aws_lc_rs::digest::{SHA256, digest};
use catalogue::{Catalogue, stranded};
use ids::LocationId;
use jiff::civil::Date;
use telemetry::{Counter, Gauge, Metrics};

use super::{AppError, Engine};
use crate::store::{good_catalogue, queries::Occupancy};

/// What Prometheus learns about the catalogue.
#[derive(Debug)]
pub struct CatalogueNumbers {
    refused: Gauge,
    version: Gauge,
    applied: Counter,
    refusals: Counter,
}

impl CatalogueNumbers {
    /// Makes them, all 0.
    pub fn new(metrics: &Metrics) -> Self {
        Self {
            refused: metrics.gauge(
                "catalogue_refused",
                "1 while the newest catalogue has a mistake and the last good one stays in force",
            ),
            version: metrics.gauge(
                "catalogue_version",
                "Of the catalogue in force; processes with the same number have the same one",
            ),
            applied: metrics.counter("catalogue_applied", "Catalogues that came into force"),
            refusals: metrics.counter("catalogue_refusals", "Catalogues that had a mistake"),
        }
    }

    /// `text` is in force.
    pub fn in_force(&self, text: &str) {
        self.version.set(version(text));
        self.applied.inc();
        self.refused.set(0);
    }

    /// The newest one was refused.
    pub fn refused(&self) {
        self.refusals.inc();
        self.refused.set(1);
    }
}

/// Puts `text`, read from `name`, into force and tells what that did to bookings, or says why not.
pub async fn apply_catalogue(engine: &Engine, name: &str, text: &str) -> Result<String, String> {
    let before = engine.catalogue();
    match acceptable(&before, name, text) {
        Ok(new) => {
            engine.catalogue.store(Arc::new(new));
            engine.catalogue_numbers.in_force(text);
            let told = told(engine, before).await;
            tracing::info!(told, "the changed catalogue is in force");
            let database = engine.database.connection();
            if let Err(error) = good_catalogue::keep(database, text, engine.now()).await {
                // Only a process that starts while a later one is refused would miss it.
                tracing::warn!(%error, "the catalogue in force cannot be kept for later");
            }
            Ok(told)
        }
        Err(mistakes) => {
            engine.catalogue_numbers.refused();
            tracing::error!(error = mistakes, "the last good catalogue stays in force");
            Err(mistakes)
        }
    }
}

/// What an admin should know about the catalogue that came into force after `before`.
async fn told(engine: &Engine, before: Arc<Catalogue>) -> String {
    match stranded_by(engine, before).await {
        Ok(days) if days.is_empty() => "It is in force.".to_owned(),
        Ok(days) => {
            let count: usize = days.values().sum();
            let days: Vec<_> = (days.iter())
                .map(|((location, date), count)| format!("{count} at {location} on {date}"))
                .collect();
            format!(
                "It is in force. Bookings for which nothing is open any more: {count}. Their people \
                 are not told; move or cancel them at the desk: {}",
                days.join(", ")
            )
        }
        Err(error) => {
            tracing::warn!(%error, "nobody knows which bookings the catalogue leaves without room");
            "It is in force.".to_owned()
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
        stranded(&before, &after, active.map(|claim| &claim.seat))
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

/// 48 bits of its hash, which the floating numbers of Prometheus hold exactly.
fn version(text: &str) -> i64 {
    let hash = digest(&SHA256, text.as_bytes());
    hash.as_ref().iter().take(6).fold(0, |number, byte| (number << 8) | i64::from(*byte))
}
