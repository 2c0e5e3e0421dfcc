//! Which authorities there are, from the one place that knows.

use auth::{AuthorityList, ListedAuthority};
use jiff::Timestamp;
use url::Url;

use crate::{ClientError, Http, http, identity};

/// The authorities of the federation, as the identity service at `issuer` states them `now`. No
/// client needs to be registered for this.
///
/// The signature makes that as good through a proxy, a cache or a copy as from identity itself.
///
/// # Errors
/// [`Untrusted`](ClientError::Untrusted) if the list is not signed by a key of `issuer`, is stated
/// by another issuer or has expired; an outage.
pub async fn authorities(
    http: &Http,
    issuer: &Url,
    now: Timestamp,
) -> Result<Vec<ListedAuthority>, ClientError> {
    let endpoints = identity::discover(http, issuer).await?;
    let jwks = http::text(http.client().get(endpoints.jwks_uri)).await?;
    let address = format!("{}{}", endpoints.issuer.trim_end_matches('/'), AuthorityList::PATH);
    let list = http::text(http.client().get(address)).await?;
    Ok(AuthorityList::verify(&list, jwks.as_bytes(), &endpoints.issuer, now)?.authorities)
}
