//! Which catalogue is in force, and whether the newest one was refused: for Prometheus, and for the
//! supervisor's page.

use arc_swap::ArcSwap;
use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use telemetry::{Counter, Gauge, Metrics};

/// What is known about the catalogue of this process.
#[derive(Debug)]
pub struct CatalogueState {
    news: ArcSwap<CatalogueNews>,
    refused: Gauge,
    version: Gauge,
    applied: Counter,
    refusals: Counter,
}

/// The catalogue's state for a supervisor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueNews {
    /// Of the one in force; processes with the same number have the same one.
    pub version: i64,
    /// When this process put it into force.
    pub in_force_since: Timestamp,
    /// What it did to bookings, and which of them no longer fit, in a sentence.
    pub affected: Option<String>,
    /// The newest one, if it has a mistake.
    pub refused: Option<RefusedCatalogue>,
}

/// A catalogue that is not in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCatalogue {
    /// When it was seen first.
    pub at: Timestamp,
    /// Each as `path: what is wrong, what would be right`.
    pub mistakes: Vec<String>,
}

impl CatalogueState {
    /// Nothing is in force yet.
    pub fn new(metrics: &Metrics) -> Self {
        let nothing = CatalogueNews {
            version: 0,
            in_force_since: Timestamp::UNIX_EPOCH,
            affected: None,
            refused: None,
        };
        Self {
            news: ArcSwap::from_pointee(nothing),
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

    /// Whether `text` is the one in force.
    pub fn is(&self, text: &str) -> bool {
        self.news.load().version == version(text)
    }

    /// The present state for a supervisor.
    pub fn news(&self) -> CatalogueNews {
        CatalogueNews::clone(&self.news.load())
    }

    /// `text` is in force.
    pub fn in_force(&self, text: &str, now: Timestamp) {
        let version = version(text);
        let news = CatalogueNews { version, in_force_since: now, affected: None, refused: None };
        self.news.store(news.into());
        self.version.set(version);
        self.applied.inc();
        self.refused.set(0);
    }

    /// What was found out about it since.
    pub fn affects(&self, affected: Option<String>) {
        self.news.store(CatalogueNews { affected, ..self.news() }.into());
    }

    /// The newest one was refused, for `mistakes`, one a line.
    pub fn refused(&self, mistakes: &str, now: Timestamp) {
        let mistakes = mistakes.lines().map(str::trim).filter(|line| !line.is_empty());
        let refused = RefusedCatalogue { at: now, mistakes: mistakes.map(str::to_owned).collect() };
        self.news.store(CatalogueNews { refused: Some(refused), ..self.news() }.into());
        self.refusals.inc();
        self.refused.set(1);
    }
}

/// 48 bits of its hash, which the floating numbers of Prometheus hold exactly.
fn version(text: &str) -> i64 {
    let hash = digest(&SHA256, text.as_bytes());
    hash.as_ref().iter().take(6).fold(0, |number, byte| (number << 8) | i64::from(*byte))
}
