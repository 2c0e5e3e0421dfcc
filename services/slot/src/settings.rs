//! What an operator sets for one slot service.

use std::{borrow::Cow, num::NonZeroU32, path::PathBuf};

use ambient::Entropy;
use auth::Limits;
use draw::{Bytes, Escrow, Seed};
use ids::DrawId;
use jiff::SignedDuration;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use service::{BusSettings, DatabaseSettings, PublicHttpSettings, TrustedIssuerSettings};
use settings::Secret;
use url::Url;

use crate::{
    beacon::BeaconSettings, draw_tickets::TicketSettings, holds::HoldSettings,
    log_settings::LogSettings,
};

/// The settings of one slot service.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where it listens, and the address under which agencies' programs reach it: their proofs name it
    /// (RFC 9449).
    pub http: PublicHttpSettings,
    /// Where its bookings are.
    pub database: DatabaseSettings,
    /// Where its events go.
    #[serde(default)]
    pub bus: BusSettings,
    /// What the authority offers.
    pub catalogue: CatalogueSettings,
    /// Where in Kubernetes the catalogue is; the file is watched if absent.
    #[serde(default)]
    pub cluster: Option<ClusterSettings>,
    /// The identity service whose tokens are accepted.
    pub identity: TrustedIssuerSettings,
    /// Where holds are kept.
    pub holds: HoldSettings,
    /// Signs hold tokens. All processes of one authority share it.
    pub hold_token: KeySettings,
    /// Encrypts names and birth dates in the database.
    pub person_data: KeySettings,
    /// How much one caller may ask of this process.
    #[serde(default)]
    pub limits: Limits,
    /// Within which times seats return that were given up.
    #[serde(default)]
    pub returning: ReturnSettings,
    /// The second source of chance of draws: `beacon: {drand: {relays: [...]}}`.
    #[serde(default, with = "serde_norway::with::singleton_map")]
    #[schemars(with = "BeaconSettings", !default)]
    pub beacon: BeaconSettings,
    /// The authority's public log, in which draws stand.
    #[serde(default)]
    pub log: LogSettings,
    /// The body that gives the tickets of draws. `tickets: own` if the authority runs identity, else
    /// `tickets: {identity: {url: ..., client: ..., secret: ...}}`.
    #[serde(default, with = "serde_norway::with::singleton_map")]
    #[schemars(with = "TicketSettings", !default)]
    pub tickets: TicketSettings,
    /// The body that gets a copy of the seed of each draw, so that the authority cannot withhold a seed.
    #[serde(default)]
    pub escrow: Option<EscrowSettings>,
    /// The portal's page with a person's appointments, for links in e-mails.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::url")]
    pub manage_url: Option<Url>,
}

/// An independent auditor of draws. It runs `fairtermin auditor serve` with this key and opens each copy at once.
/// Take another body than the second source of chance (`beacon.auditor`): a body with both knows the result of
/// each draw beforehand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscrowSettings {
    /// The auditor's public key, as `fairtermin auditor key` prints it.
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{64}$"))]
    pub auditor: Bytes<32>,
    /// Seeds that the auditor opened, of draws whose own copy the database lost. Each counts if the announcement of
    /// its draw is bound to it; others are refused, in the service's log.
    #[serde(default)]
    pub opened: Vec<OpenedSeed>,
}

/// The seed of a draw, as the auditor opened it. Write it once the list of the draw is closed: it is published with
/// the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenedSeed {
    /// The draw, as the service's log names it.
    pub draw: DrawId,
    /// What `fairtermin auditor open` prints.
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{64}$"))]
    pub seed: Seed,
}

impl EscrowSettings {
    /// Whether a seed can be encrypted to the key, which is tried: with one that is no point of the curve no draw
    /// could be announced.
    #[must_use]
    pub fn is_usable(&self, entropy: &dyn Entropy) -> bool {
        let nothing = Bytes([0; 32]);
        Escrow::seal(&nothing, nothing, self.auditor, entropy).is_ok()
    }
}

/// Within which times seats return that were given up. A cancelled booking's window stands in the
/// catalogue (`release`); what is set here bounds it from below. Shorter than the defaults is for
/// tests: two people can agree on a moment if the window is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReturnSettings {
    /// The seat of a hold that was given up or expired is free again within so many seconds.
    pub after_hold_seconds: NonZeroU32,
    /// The least window in which a seat may return to the public, in seconds. Where less time is
    /// left, the seat is kept for the desk.
    pub least_seconds: NonZeroU32,
}

impl Default for ReturnSettings {
    fn default() -> Self {
        let seconds = |seconds| NonZeroU32::new(seconds).unwrap_or(NonZeroU32::MIN);
        Self { after_hold_seconds: seconds(180), least_seconds: seconds(60) }
    }
}

impl ReturnSettings {
    /// The seat of an ended hold is free again within this time.
    #[must_use]
    pub fn after_hold(&self) -> SignedDuration {
        SignedDuration::from_secs(self.after_hold_seconds.get().into())
    }

    /// The least window.
    #[must_use]
    pub fn least(&self) -> SignedDuration {
        SignedDuration::from_secs(self.least_seconds.get().into())
    }
}

/// Where the catalogue is: `file: path`, which is watched for changes, or `text: ...`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "WrittenCatalogue")]
pub enum CatalogueSettings {
    /// A Helm values file (or a file mounted from it).
    File(PathBuf),
    /// The text of such a file, for example a preset that is part of the program.
    Text(String),
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenCatalogue {
    /// A Helm values file, which is watched for changes.
    file: Option<PathBuf>,
    /// The text of such a file.
    text: Option<String>,
}

impl JsonSchema for CatalogueSettings {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "CatalogueSettings".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        WrittenCatalogue::json_schema(generator)
    }
}

impl TryFrom<WrittenCatalogue> for CatalogueSettings {
    type Error = &'static str;

    fn try_from(written: WrittenCatalogue) -> Result<Self, Self::Error> {
        match (written.file, written.text) {
            (Some(file), None) => Ok(Self::File(file)),
            (None, Some(text)) => Ok(Self::Text(text)),
            (None, None) | (Some(_), Some(_)) => Err("write either `file` or `text`"),
        }
    }
}

/// Where in Kubernetes, in the service's own namespace, the catalogue is. The service starts with
/// the catalogue file, then follows this.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClusterSettings {
    /// The name of the ConfigMap.
    pub config_map: String,
    /// The key in it.
    #[serde(default = "catalogue_key")]
    pub key: String,
    /// The Lease that elects the process with the jobs; a row of the database does if absent.
    #[serde(default)]
    pub lease: Option<String>,
}

fn catalogue_key() -> String {
    "catalogue.yaml".to_owned()
}

/// A secret key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeySettings {
    /// At least 32 random characters, for example of `openssl rand -base64 48`.
    pub key: Secret,
}
