//! Which catalogue is in force, and whether the newest one was refused: for Prometheus, and for the
//! supervisor's page.

use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use telemetry::{Counter, Gauge, Metrics};
use tokio::sync::{Mutex, MutexGuard};

use crate::store::good_catalogue::InForce;

/// What is known about the catalogue of this process.
#[derive(Debug)]
pub struct CatalogueState {
    news: ArcSwap<CatalogueNews>,
    /// Since when it is in force for all processes, in milliseconds.
    since: AtomicI64,
    changing: Mutex<()>,
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
            since: AtomicI64::new(0),
            changing: Mutex::new(()),
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

    /// Since when the one of this process is in force for all processes.
    pub fn since(&self) -> Timestamp {
        Timestamp::from_millisecond(self.since.load(Ordering::Acquire)).unwrap_or_default()
    }

    /// Changes of this process's catalogue happen one after the other.
    pub async fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().await
    }

    /// The present state for a supervisor.
    pub fn news(&self) -> CatalogueNews {
        CatalogueNews::clone(&self.news.load())
    }

    /// The catalogue of this process, which it has by now, is in force.
    pub fn in_force(&self, InForce { text, since }: &InForce, now: Timestamp) {
        self.since.store(since.as_millisecond(), Ordering::Release);
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
    /// `false`: for the same as before.
    pub fn refused(&self, mistakes: &str, now: Timestamp) -> bool {
        let mistakes = mistakes.lines().map(str::trim).filter(|line| !line.is_empty());
        let refused = RefusedCatalogue { at: now, mistakes: mistakes.map(str::to_owned).collect() };
        let before = self.news();
        if before.refused.is_some_and(|before| before.mistakes == refused.mistakes) {
            return false;
        }
        self.news.store(CatalogueNews { refused: Some(refused), ..self.news() }.into());
        self.refusals.inc();
        self.refused.set(1);
        true
    }
}

/// 48 bits of its hash, which the floating numbers of Prometheus hold exactly.
fn version(text: &str) -> i64 {
    let hash = digest(&SHA256, text.as_bytes());
    hash.as_ref().iter().take(6).fold(0, |number, byte| (number << 8) | i64::from(*byte))
}
