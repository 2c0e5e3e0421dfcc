//! Access tokens by authority, the attendee token, and the end of both.
//!
//! One refresh token per log-in, one access token per authority: an authority cannot use its token
//! at another one, and the portal keeps only the refresh token.

use std::time::Duration;

use ids::AuthorityId;
use openidconnect::{
    OAuth2TokenResponse as _, RefreshToken, RequestTokenError, core::CoreRequestTokenError,
};
use url::form_urlencoded::byte_serialize;

use super::IdentityApi;
use crate::{AccessToken, ClientError, OwnData, http};

/// An access token and how long it is good for.
#[derive(Debug, Clone)]
pub struct IssuedToken {
    /// For one authority.
    pub token: AccessToken,
    /// From now on, as the service says; zero if it does not say.
    pub lifetime: Duration,
}

impl IdentityApi {
    /// Gets an access token for `authority` (RFC 8707 resource) with a refresh token.
    ///
    /// Call it again shortly before [`lifetime`](IssuedToken::lifetime) is over.
    ///
    /// # Errors
    /// `invalid_grant` once the log-in has ended; an outage.
    pub async fn token_for(
        &self,
        refresh_token: &str,
        authority: &AuthorityId,
    ) -> Result<IssuedToken, ClientError> {
        self.refresh(refresh_token, Some(authority)).await
    }

    /// All that the identity service keeps about the person of `refresh_token`. It wants a token of its own
    /// for that: one for an authority does not tell.
    ///
    /// # Errors
    /// `invalid_grant` once the log-in has ended; `level-too-low`; an outage.
    pub async fn own_data(&self, refresh_token: &str) -> Result<OwnData, ClientError> {
        let issued = self.refresh(refresh_token, None).await?;
        let url = format!("{}/me/data", self.issuer.as_str().trim_end_matches('/'));
        http::json(self.http.client().get(url).bearer_auth(issued.token.expose())).await
    }

    /// Exchanges the refresh token for an access token (RFC 6749, section 6).
    async fn refresh(
        &self,
        refresh_token: &str,
        authority: Option<&AuthorityId>,
    ) -> Result<IssuedToken, ClientError> {
        let known = self.provider().await?;
        let refresh_token = RefreshToken::new(refresh_token.to_owned());
        let exchange = known.client.exchange_refresh_token(&refresh_token);
        let mut exchange = exchange.map_err(|_| no_endpoint())?;
        if let Some(authority) = authority {
            exchange = exchange.add_extra_param("resource", vocabulary::urn_of(authority));
        }
        let tokens = exchange.request_async(&self.send()).await.map_err(refused)?;
        Ok(IssuedToken {
            token: AccessToken::new(tokens.access_token().secret()),
            lifetime: tokens.expires_in().unwrap_or_default(),
        })
    }

    /// The attendee token: name and birth date for the authority of `token`, signed.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn attendee(&self, token: &AccessToken) -> Result<String, ClientError> {
        let known = self.provider().await?;
        let endpoint = known.client.user_info_url().ok_or_else(no_endpoint)?;
        // Handed on as it is: the authority verifies it, not this client.
        let request = self.http.client().get(endpoint.url().clone());
        http::text(request.bearer_auth(token.expose())).await
    }

    /// Revokes a refresh token and with it the log-in (RFC 7009).
    ///
    /// The authorities then refuse the access tokens of this log-in within a second:
    /// `auth::Revocations`.
    ///
    /// # Errors
    /// An outage, or the service offers no revocation.
    pub async fn revoke(&self, refresh_token: &str) -> Result<(), ClientError> {
        let known = self.provider().await?;
        // By hand: `openidconnect` refuses to revoke over http, which a demonstration has.
        let address = known.extras.revocation_endpoint.clone().ok_or_else(no_endpoint)?;
        // RFC 6749 section 2.3.1: both parts are form-encoded first.
        let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let secret = encode(self.client_secret.secret());
        let form = [("token", refresh_token), ("token_type_hint", "refresh_token")];
        let request = self.http.client().post(address);
        http::done(request.basic_auth(encode(&self.client_id), Some(secret)).form(&form)).await
    }
}

/// The document is ours but lacks what this call needs: another version.
pub(super) fn no_endpoint() -> ClientError {
    ClientError::Unreadable {
        status: 200,
        reason: "the discovery document lacks an endpoint".into(),
    }
}

/// Why the token endpoint gave no tokens, without quoting its answer.
pub(super) fn refused(error: CoreRequestTokenError<ClientError>) -> ClientError {
    let reason = match error {
        RequestTokenError::Request(error) => return error,
        RequestTokenError::Parse(error, _) => format!("token answer: {}", error.path()),
        RequestTokenError::ServerResponse(_) | RequestTokenError::Other(_) => {
            "token answer: empty or of another kind".into()
        }
    };
    ClientError::Unreadable { status: 200, reason }
}
