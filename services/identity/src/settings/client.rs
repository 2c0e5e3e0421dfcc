//! Programs that get tokens.

use auth::scope;
use ids::{AuthorityId, ClientId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use settings::Secret;
use url::Url;

/// One program: exactly one of `secret` and `jwks` says how it proves that it is itself. One with `jwks` is
/// another agency's and keeps to the FAPI 2.0 Security Profile: it pushes its requests to log in, and its
/// tokens are bound to a key. Only our own programs, such as the portal, have a secret.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientSettings {
    /// Its `client_id`.
    pub id: ClientId,
    /// What people know it by. Needed by a program that acts for them: they read it before they allow
    /// that, and at each appointment that it books.
    #[serde(default)]
    pub name: Option<String>,
    /// `client_secret_basic` or `client_secret_post`.
    #[serde(default)]
    pub secret: Option<Secret>,
    /// `private_key_jwt` (RFC 7523): its public keys as a JWK set.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::object")]
    pub jwks: Option<Value>,
    /// Where a person may be sent after log-in, compared character by character. Empty for
    /// programs that act in their own name only.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::urls")]
    pub redirect_uris: Vec<Url>,
    /// Where a person may be sent after log-out.
    #[serde(default)]
    #[schemars(schema_with = "settings::schema::urls")]
    pub post_logout_redirect_uris: Vec<Url>,
    /// Which scopes it may ask for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// For which authorities it gets tokens; by default all.
    #[serde(default)]
    pub authorities: Option<Vec<AuthorityId>>,
}

impl ClientSettings {
    /// Whether it keeps to the FAPI 2.0 Security Profile, as every agency's program does.
    pub(crate) fn is_agency(&self) -> bool {
        self.jwks.is_some()
    }

    /// Whether it is registered to act for people who allow it.
    pub(crate) fn acts_for_people(&self) -> bool {
        self.has_scope(scope::BOOKINGS_WRITE_ON_BEHALF)
    }

    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }

    pub(crate) fn may_reach(&self, authority: &AuthorityId) -> bool {
        self.authorities.as_ref().is_none_or(|allowed| allowed.contains(authority))
    }
}
