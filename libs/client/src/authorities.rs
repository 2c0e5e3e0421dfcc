//! Which authorities there are, from the one place that knows.
//!
//! Two documents and their signature: discovery names the key set, the key set verifies the list.
//! A reader of the list has no other trust than TLS to the issuer.

use auth::{AuthorityList, ListedAuthority};
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use crate::{ClientError, Http, http};

/// What a program that is no OpenID client needs of the discovery document (OpenID Connect
/// Discovery 1.0 section 3).
#[derive(Deserialize)]
struct Issuer {
    issuer: String,
    jwks_uri: Url,
}

/// The authorities of the federation, as the identity service at `issuer` states them `now`. No
/// client needs to be registered for this.
///
/// The signature makes that as good through a proxy, a cache or a copy as from identity itself.
///
/// Three calls. Nothing is cached: the caller keeps the list for as long as it wants, at most until
/// it expires.
///
/// # Errors
/// [`Untrusted`](ClientError::Untrusted) if the list is not signed by a key of `issuer`, is stated
/// by another issuer or has expired; an outage.
pub async fn authorities(
    http: &Http,
    issuer: &Url,
    now: Timestamp,
) -> Result<Vec<ListedAuthority>, ClientError> {
    let known = discover(http, issuer).await?;
    let jwks = http::text(http.client().get(known.jwks_uri)).await?;
    let address = format!("{}{}", known.issuer.trim_end_matches('/'), AuthorityList::PATH);
    let list = http::text(http.client().get(address)).await?;
    Ok(AuthorityList::verify(&list, jwks.as_bytes(), &known.issuer, now)?.authorities)
}

/// Reads the discovery document of `issuer`, which must be its own.
async fn discover(http: &Http, issuer: &Url) -> Result<Issuer, ClientError> {
    let issuer = issuer.as_str().trim_end_matches('/');
    let address = format!("{issuer}/.well-known/openid-configuration");
    let known: Issuer = http::json(http.client().get(address)).await?;
    if known.issuer.trim_end_matches('/') == issuer {
        Ok(known)
    } else {
        let reason = "the discovery document names another issuer".into();
        Err(ClientError::Unreadable { status: 200, reason })
    }
}
