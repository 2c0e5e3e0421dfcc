//! What the operator configures.

mod authority;
mod client;
mod mistake;
mod production;
mod provider;

pub use authority::AuthoritySettings;
pub use client::ClientSettings;
pub use mistake::SettingsMistake;
pub use provider::{
    ClaimNames, Grant, Levels, Profile, ProviderId, ProviderSettings, StaffSettings,
};
use schemars::JsonSchema;
use serde::Deserialize;
use service::{BusSettings, DatabaseSettings, PublicHttpSettings};
use settings::Secret;
use texts::{FurtherTexts, OwnTexts, TextMistake};

use crate::text;

/// Settings of the identity service.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where it listens, and the issuer: the address under which it is reached.
    pub http: PublicHttpSettings,
    /// Its own database.
    pub database: DatabaseSettings,
    /// The message broker.
    #[serde(default)]
    pub bus: BusSettings,
    /// Secret keys.
    pub keys: Keys,
    /// The authorities for which it issues tokens, in the order in which they are listed.
    pub authorities: Vec<AuthoritySettings>,
    /// Where people log in, in the order in which they are offered.
    pub providers: Vec<ProviderSettings>,
    /// Programs that get tokens.
    #[serde(default)]
    pub clients: Vec<ClientSettings>,
    /// How long a log-in lasts.
    #[serde(default)]
    pub session: SessionSettings,
    /// What members of staff may do alone.
    #[serde(default)]
    pub desk: DeskSettings,
    /// Sentences of the log-in pages in the place of ours.
    #[serde(default)]
    pub texts: OwnTexts,
    /// Languages of the log-in pages that are not shipped: by language, all sentences in Fluent.
    #[serde(default)]
    pub languages: FurtherTexts,
}

impl Settings {
    /// What is wrong with the sentences in `texts` and `languages`.
    #[must_use]
    pub fn text_mistakes(&self) -> Vec<TextMistake> {
        text::mistakes(&self.texts, &self.languages)
    }
}

/// What members of staff may do alone.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DeskSettings {
    /// How many new persons a member of staff may add in 24 hours. Beyond that a second one
    /// approves each.
    pub strangers_per_day: u16,
}

impl Default for DeskSettings {
    fn default() -> Self {
        Self { strangers_per_day: 20 }
    }
}

/// Secret keys. The first three are 32 random bytes in base 64 (`openssl rand -base64 32`).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Turns persons into fingerprints and pseudonyms. **Never change it**: every person would
    /// become a stranger.
    pub person: Secret,
    /// Encrypts personal data in the database.
    pub data: Secret,
    /// Encrypts contact data for the notification service, which has the same.
    pub contact: Secret,
    /// Private keys that sign tokens (PKCS#8 PEM, JWK, or a JWK set of them; ES256 or EdDSA). The
    /// first one signs, all are published. `fairtermin keys rotate` changes a JWK set step by step.
    #[serde(default)]
    pub signing: Vec<Secret>,
}

/// How long a log-in lasts.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SessionSettings {
    /// Minutes from log-in until the person must log in again.
    pub minutes: u16,
    /// Minutes for which an access token is valid.
    pub token_minutes: u16,
}

impl Default for SessionSettings {
    fn default() -> Self {
        Self { minutes: 60, token_minutes: 10 }
    }
}
