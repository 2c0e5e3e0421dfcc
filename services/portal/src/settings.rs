//! What an operator sets.

use client::Names;
use ids::AuthorityId;
use serde::Deserialize;
use service::PublicHttpSettings;
use settings::Secret;
use url::Url;

/// The settings of the portal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the portal listens.
    pub http: PublicHttpSettings,
    /// Where people log in.
    pub identity: IdentitySettings,
    /// The authorities whose appointments are offered, in the order in which they are shown.
    pub authorities: Vec<AuthoritySettings>,
    /// Encrypts the session cookie: 32 bytes in base64. All instances of a portal share it.
    pub session_key: Secret,
    /// Says on each page that this is a demonstration and no authority's site.
    #[serde(default)]
    pub demonstration: bool,
    /// The mailbox of a demonstration, where its e-mails can be read.
    #[serde(default)]
    pub mailbox_url: Option<Url>,
    /// The pages that German law asks a public site for.
    #[serde(default)]
    pub legal: LegalLinks,
}

/// Where people log in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentitySettings {
    /// The issuer of its tokens; the discovery document is below it.
    pub issuer: Url,
    /// The portal's client id there.
    #[serde(default = "default_client_id")]
    pub client_id: String,
    /// The portal's client secret there.
    pub client_secret: Secret,
}

fn default_client_id() -> String {
    "portal".to_owned()
}

/// One authority.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthoritySettings {
    /// Its id.
    pub id: AuthorityId,
    /// Where its slot service is.
    pub base_url: Url,
    /// What to call it before its slot service was ever reached. Default: its id.
    #[serde(default)]
    pub name: Names,
}

/// The pages that German law asks a public site for. Shown in the footer when set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalLinks {
    /// Who is responsible (DDG section 5).
    #[serde(default)]
    pub imprint: Option<Url>,
    /// What happens to personal data (GDPR article 13).
    #[serde(default)]
    pub privacy: Option<Url>,
    /// How accessible the site is (BITV 2.0 section 7).
    #[serde(default)]
    pub accessibility: Option<Url>,
}
