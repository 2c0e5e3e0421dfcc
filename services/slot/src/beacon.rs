//! The second source of chance, which the authority does not know when it binds itself to its seed.

mod auditor;
mod drand;
mod fixed;

use std::fmt::Debug;

use async_trait::async_trait;
use draw::{Beacon, Revealed, Seconds};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Deserialize;
use settings::Secret;
use url::Url;

pub use auditor::Auditor;
pub use drand::Drand;
pub use fixed::Fixed;

/// A source of chance. What is announced is fixed: there is no switch to another one afterwards,
/// since a choice between two numbers would be two tries.
#[async_trait]
pub trait BeaconSource: Debug + Send + Sync {
    /// What to announce for a draw that closes at this time.
    ///
    /// # Errors
    /// An auditor does not answer: nothing can be announced.
    async fn announced(&self, draw: &str, closes: Seconds) -> Result<Beacon, NotRevealed>;

    /// What it reveals of a draw that closed at `closes`, checked; `None` while it is not there yet.
    ///
    /// # Errors
    /// No beacon answers, or the answer is not what was announced.
    async fn reveal(
        &self,
        draw: &str,
        closes: Seconds,
        beacon: &Beacon,
        now: Seconds,
    ) -> Result<Option<Revealed>, NotRevealed>;

    /// When it reveals something of a draw that closes at `closes`, at the earliest: half an hour later, as
    /// `libs/draw/README.md` has it (section 2).
    fn reveals_from(&self, closes: Timestamp) -> Timestamp {
        closes.saturating_add(UNTIL_CHANCE).unwrap_or(Timestamp::MAX)
    }
}

/// From the closing of a draw to its beacon, at least.
const UNTIL_CHANCE: SignedDuration = SignedDuration::from_mins(30);

/// Why the source says nothing, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotRevealed(pub String);

/// Where the second source of chance is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum BeaconSettings {
    /// The public beacon quicknet of drand, asked at these relays, one after the other.
    Drand {
        /// Addresses without path. Default: those of the League of Entropy.
        #[serde(default = "relays")]
        #[schemars(schema_with = "settings::schema::urls")]
        relays: Vec<Url>,
    },
    /// An independent auditor's seed, where no public beacon can be reached: `fairtermin auditor serve`,
    /// which another body runs. It is bound to each seed before the draw, and each seed is checked against
    /// what was announced.
    Auditor {
        /// Who it is, as the announcement says it, 1 to 200 characters.
        name: String,
        /// Where commitments and seeds are; only https, except in demonstrations.
        #[schemars(schema_with = "settings::schema::url")]
        url: Url,
    },
    /// A second seed that follows from a fixed one. For demonstrations and tests only: it and the
    /// authority's seed give the order beforehand.
    Fixed {
        /// Whose it is said to be.
        name: String,
        /// At least 32 characters.
        seed: Secret,
    },
}

impl Default for BeaconSettings {
    fn default() -> Self {
        Self::Drand { relays: relays() }
    }
}

fn relays() -> Vec<Url> {
    let known = ["https://api.drand.sh", "https://api2.drand.sh", "https://drand.cloudflare.com"];
    known.iter().filter_map(|url| url.parse().ok()).collect()
}
