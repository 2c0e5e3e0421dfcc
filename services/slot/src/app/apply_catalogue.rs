//! Puts a changed catalogue into force while the service runs, or refuses it and keeps the last
//! good one.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use catalogue::Catalogue;
use telemetry::{Counter, Gauge, Metrics};

use super::Engine;
use crate::store::good_catalogue;

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

/// Puts `text`, read from `name`, into force, or says why not.
pub async fn apply_catalogue(engine: &Engine, name: &str, text: &str) -> Result<(), String> {
    match acceptable(&engine.catalogue(), name, text) {
        Ok(new) => {
            engine.catalogue.store(Arc::new(new));
            engine.catalogue_numbers.in_force(text);
            tracing::info!("the changed catalogue is in force");
            let database = engine.database.connection();
            if let Err(error) = good_catalogue::keep(database, text, engine.now()).await {
                // Only a process that starts while a later one is refused would miss it.
                tracing::warn!(%error, "the catalogue in force cannot be kept for later");
            }
            Ok(())
        }
        Err(mistakes) => {
            engine.catalogue_numbers.refused();
            tracing::error!(error = mistakes, "the last good catalogue stays in force");
            Err(mistakes)
        }
    }
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
