//! The signed list of the federation's authorities.
//!
//! A client that knows nothing but the issuer finds every authority by this list, and can believe
//! it, since it is signed with the keys that sign tokens. `libs/client` and the portal read it.

use std::collections::BTreeMap;

use ids::AuthorityId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use vocabulary::urn_of;

use crate::{PublicKeys, TokenError, TokenType, jwks::ALGORITHMS};

/// How long a list is valid; after a day without the issuer it is discarded.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How far the clocks of the issuer and this machine may differ.
const CLOCK_SKEW_SECONDS: i64 = 30;

/// Which authorities there are, as the identity service states it: the claims of a JWT (RFC 7519)
/// of the type `fairtermin-authorities+jwt` (RFC 8725 section 3.11), served at [`PATH`](Self::PATH).
///
/// It is for everybody, so it has no `aud` and no `sub`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityList {
    /// Who signed: the identity service's address.
    pub iss: String,
    /// Signed at this second since the epoch.
    pub iat: i64,
    /// Not to be believed from this second since the epoch on.
    pub exp: i64,
    /// In the operator's order.
    pub authorities: Vec<ListedAuthority>,
}

/// One authority of the federation.
///
/// No service learns of authorities by it: each knows its own only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAuthority {
    /// Its id.
    pub id: AuthorityId,
    /// What a token must be for: the `resource` of a token request (RFC 8707).
    pub resource: String,
    /// What it is called, by language tag (BCP 47); empty if identity's settings have none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub name: BTreeMap<String, String>,
    /// Where its API begins: `.well-known/fairtermin` below it tells the rest. `None` if its API
    /// is not public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

impl ListedAuthority {
    /// An authority of which only the id is known.
    #[must_use]
    pub fn new(id: AuthorityId) -> Self {
        Self { resource: urn_of(&id), id, name: BTreeMap::new(), url: None }
    }
}

impl AuthorityList {
    /// Where the list is, below the issuer (RFC 8615).
    pub const PATH: &str = "/.well-known/fairtermin-authorities";

    /// The list as `iss` states it `now`.
    ///
    /// Valid for 24 hours from `now`; sign it anew before.
    #[must_use]
    pub fn new(iss: impl Into<String>, authorities: Vec<ListedAuthority>, now: Timestamp) -> Self {
        let iat = now.as_second();
        Self { iss: iss.into(), iat, exp: iat.saturating_add(LIFETIME.as_secs()), authorities }
    }

    /// Reads a list that `issuer` signed with a key of the JWK set `jwks`, if it can be believed `now`.
    ///
    /// # Errors
    /// The first reason for which it is not believed.
    pub fn verify(
        token: &str,
        jwks: &[u8],
        issuer: &str,
        now: Timestamp,
    ) -> Result<Self, TokenError> {
        let keys = PublicKeys::parse(jwks, ALGORITHMS).map_err(|_| TokenError::KeysUnavailable)?;
        let list: Self = keys.open(token, Some(TokenType::Authorities.as_str()))?;
        let now = now.as_second();
        if list.iss != issuer {
            Err(TokenError::WrongIssuer)
        } else if now - CLOCK_SKEW_SECONDS >= list.exp {
            Err(TokenError::Expired)
        } else if now + CLOCK_SKEW_SECONDS < list.iat {
            Err(TokenError::NotYetValid)
        } else {
            Ok(list)
        }
    }
}
