//! Where people log in.

use std::{borrow::Cow, collections::BTreeMap, fmt, str::FromStr, sync::Arc};

use auth::{Reach, Role};
use ids::{AuthorityId, ClientId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use settings::Secret;
use url::Url;
use vocabulary::TrustLevel;

/// One OpenID provider. Everything that differs between bridges is here, nothing in code.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Its name in addresses and in the database. **Never change it**: known accounts hang on it.
    pub id: ProviderId,
    /// What people choose, by language.
    pub name: BTreeMap<String, String>,
    /// A sentence below the name, by language.
    #[serde(default)]
    pub hint: BTreeMap<String, String>,
    /// The issuer; everything else comes from its discovery document.
    #[schemars(schema_with = "settings::schema::url")]
    pub issuer: Url,
    /// Our `client_id` there.
    pub client_id: String,
    /// How we prove there that it is us, by `client_secret_basic`. Exactly one of this and
    /// `private_key` is given.
    #[serde(default)]
    pub client_secret: Option<Secret>,
    /// The same by `private_key_jwt`: a private key (PKCS#8 PEM or JWK).
    #[serde(default)]
    pub private_key: Option<Secret>,
    /// Scopes besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Which claims and levels to expect. Below, single claim names differ from it, and levels
    /// replace all of its levels.
    #[serde(default)]
    pub profile: Profile,
    /// Claim names that differ from the profile.
    #[serde(default)]
    pub claims: ClaimNames,
    /// What the level claim's values mean; if given, instead of all of the profile's.
    #[serde(default)]
    pub levels: Option<Levels>,
    /// What to ask for (`acr_values`) to get at least a level; if given, instead of the profile's.
    #[serde(default)]
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    pub acr_values: Option<BTreeMap<TrustLevel, String>>,
    /// Whether claims are fetched from the userinfo endpoint besides the ID token.
    #[serde(default)]
    pub userinfo: bool,
    /// Whether the provider has made sure that a person reads mail at the address it states, if the
    /// claim `email_verified` does not say so; if not given, as the profile says. Other addresses
    /// are proven by a code that is sent there.
    #[serde(default)]
    pub vouches_for_email: Option<bool>,
    /// Whether a person who logs out here is also logged out there (OpenID Connect RP-Initiated
    /// Logout). Register `{public_url}/logged-out` there.
    #[serde(default)]
    pub logout_there: bool,
    /// How long it may take to answer.
    #[serde(default = "usual_timeout_seconds")]
    pub timeout_seconds: u8,
    /// If given, staff log in here and citizens do not.
    #[serde(default)]
    pub staff: Option<StaffSettings>,
}

/// How a staff provider's groups become roles.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffSettings {
    /// The claim that lists a person's groups.
    #[serde(default = "usual_groups_claim")]
    pub groups_claim: String,
    /// What each group grants. Groups that are not listed grant nothing.
    pub grants: BTreeMap<String, Vec<Grant>>,
}

impl StaffSettings {
    /// What these groups grant together.
    pub(crate) fn granted_to(&self, groups: &[String]) -> Vec<Grant> {
        groups.iter().filter_map(|group| self.grants.get(group)).flatten().cloned().collect()
    }
}

/// A role at one authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Where.
    pub authority: AuthorityId,
    /// What.
    pub role: Role,
    /// At which locations: `["*"]` for all.
    pub locations: Reach,
}

fn usual_timeout_seconds() -> u8 {
    5
}

fn usual_groups_claim() -> String {
    "groups".to_owned()
}

/// What the level claim's values mean. A value that is not listed is refused.
pub type Levels = BTreeMap<String, TrustLevel>;

/// A ready-made set of claim names and levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Claims as OpenID Connect names them; levels are eIDAS addresses in `acr`.
    #[default]
    Standard,
    /// BundID through a Keycloak bridge with the claim names of the gover/aivot plugins.
    BundId,
    /// An online ID card service: always level high, the subject is the card's pseudonym.
    EId,
}

/// Names of claims. A name with dots reaches into objects.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// What stays the same when the same account or card logs in again.
    pub login_key: Option<String>,
    /// All given names.
    pub given_names: Option<String>,
    /// The family name.
    pub family_name: Option<String>,
    /// The name at birth.
    pub birth_name: Option<String>,
    /// The date of birth.
    pub birth_date: Option<String>,
    /// The place of birth.
    pub place_of_birth: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The trust level.
    pub level: Option<String>,
}

/// The name of a provider: 1 to 63 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProviderId(Arc<str>);

impl ProviderId {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProviderId {
    type Err = ids::InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The same form as the names that people choose for clients.
        text.parse::<ClientId>().map(|name| Self(name.as_str().into()))
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for ProviderId {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "ProviderId".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = ClientId::json_schema(generator);
        schema.insert("description".to_owned(), "The name of a provider.".into());
        schema
    }
}

impl<'de> Deserialize<'de> for ProviderId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
