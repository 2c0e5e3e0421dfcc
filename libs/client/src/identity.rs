//! The identity service, as an OpenID client sees it.

use ids::AuthorityId;
use reqwest::RequestBuilder;
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded::byte_serialize};

use crate::{AccessToken, ClientError, Http, http};

/// The identity service and how we prove to be its client (`client_secret_basic`).
#[derive(Debug, Clone)]
pub struct IdentityApi {
    http: Http,
    issuer: Url,
    client_id: String,
    client_secret: ClientSecret,
}

#[derive(Clone)]
struct ClientSecret(String);

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

/// What the discovery document says (OpenID Connect Discovery 1.0 section 3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Endpoints {
    /// Who signs: the `iss` of every token.
    pub issuer: String,
    /// Where the browser goes to log in.
    pub authorization_endpoint: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token_endpoint: Url,
    /// Where the attendee token comes from.
    pub userinfo_endpoint: Url,
    /// The public keys.
    pub jwks_uri: Url,
    /// Where the browser goes to log out.
    #[serde(default)]
    pub end_session_endpoint: Option<Url>,
    /// Where tokens are revoked (RFC 7009).
    #[serde(default)]
    pub revocation_endpoint: Option<Url>,
}

/// An authorization code on its way to the token endpoint.
#[derive(Debug, Clone, Copy)]
pub struct CodeExchange<'a> {
    /// The code from the redirect.
    pub code: &'a str,
    /// The PKCE verifier (RFC 7636) whose hash started the log-in.
    pub verifier: &'a str,
    /// The same redirect address as at the start.
    pub redirect_uri: &'a Url,
}

/// What the token endpoint answers.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    /// For the authority that was asked for.
    pub access_token: String,
    /// How long the access token is good for, in seconds.
    #[serde(default)]
    pub expires_in: Option<u64>,
    /// For getting further access tokens.
    #[serde(default)]
    pub refresh_token: Option<String>,
    /// Who logged in, at the first exchange.
    #[serde(default)]
    pub id_token: Option<String>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// Where a person can be reached.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// The address that messages go to.
    pub email: Option<String>,
    /// An address that the person stated and has not proven.
    #[serde(default)]
    pub unproven: Option<String>,
}

#[derive(Serialize)]
struct StatedContact<'a> {
    email: &'a str,
    language: &'a str,
}

/// What became of an address that a person stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// Messages go there already.
    Known,
    /// A code is on its way there; it proves the address.
    CodeSent,
}

/// What a code proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct AddressProof {
    /// Messages go to the address from now on.
    pub proven: bool,
    /// How often another code can be tried; with none left only a new one helps.
    #[serde(default)]
    pub tries_left: u8,
}

impl IdentityApi {
    /// The identity service at `issuer`, as the client `client_id`.
    #[must_use]
    pub fn new(http: Http, issuer: Url, client_id: String, client_secret: String) -> Self {
        Self { http, issuer, client_id, client_secret: ClientSecret(client_secret) }
    }

    /// The client id that this client uses.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Reads the discovery document and checks that it is the issuer's own.
    ///
    /// # Errors
    /// The service cannot be reached, or the document names another issuer.
    pub async fn discover(&self) -> Result<Endpoints, ClientError> {
        discover(&self.http, &self.issuer).await
    }

    /// The issuer's public keys (RFC 7517), as JSON.
    ///
    /// # Errors
    /// The service cannot be reached.
    pub async fn keys(&self, endpoints: &Endpoints) -> Result<serde_json::Value, ClientError> {
        http::json(self.http.client().get(endpoints.jwks_uri.clone())).await
    }

    /// Exchanges the code of a finished log-in.
    ///
    /// # Errors
    /// `invalid_grant` if the code is unknown, used or expired; an outage.
    pub async fn exchange(
        &self,
        endpoints: &Endpoints,
        code: CodeExchange<'_>,
    ) -> Result<Tokens, ClientError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.code),
            ("code_verifier", code.verifier),
            ("redirect_uri", code.redirect_uri.as_str()),
        ];
        http::json(
            self.as_client(self.http.client().post(endpoints.token_endpoint.clone())).form(&form),
        )
        .await
    }

    /// Gets an access token for `authority` (RFC 8707 resource) with a refresh token.
    ///
    /// # Errors
    /// `invalid_grant` once the log-in has ended; an outage.
    pub async fn token_for(
        &self,
        endpoints: &Endpoints,
        refresh_token: &str,
        authority: &AuthorityId,
    ) -> Result<Tokens, ClientError> {
        let resource = vocabulary::urn_of(authority);
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
            ("resource", resource.as_str()),
        ];
        http::json(
            self.as_client(self.http.client().post(endpoints.token_endpoint.clone())).form(&form),
        )
        .await
    }

    /// The attendee token: name and birth date for the authority of `token`, signed.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn attendee(
        &self,
        endpoints: &Endpoints,
        token: &AccessToken,
    ) -> Result<String, ClientError> {
        let request = self.http.client().get(endpoints.userinfo_endpoint.clone());
        http::text(request.bearer_auth(token.expose())).await
    }

    /// Where the person of `token` can be reached.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn contact(&self, token: &AccessToken) -> Result<Contact, ClientError> {
        let request = self.http.client().get(self.contact_address());
        http::json(request.bearer_auth(token.expose())).await
    }

    /// States the e-mail address of the person of `token`. If it is new, a code goes there in
    /// `language` (a BCP 47 tag).
    ///
    /// # Errors
    /// `invalid-request` if it is no address; `rate-limited` after too many codes; the token is
    /// refused; an outage.
    pub async fn state_contact(
        &self,
        token: &AccessToken,
        email: &str,
        language: &str,
    ) -> Result<Stated, ClientError> {
        let request = self.http.client().put(self.contact_address());
        let request = request.bearer_auth(token.expose()).json(&StatedContact { email, language });
        Ok(match http::status(request).await? {
            202 => Stated::CodeSent,
            _ => Stated::Known,
        })
    }

    /// Takes the code that was sent to the stated address.
    ///
    /// # Errors
    /// The token is refused; an outage.
    pub async fn prove_contact(
        &self,
        token: &AccessToken,
        code: &str,
    ) -> Result<AddressProof, ClientError> {
        let url = format!("{}/proof", self.contact_address());
        let body = serde_json::json!({ "code": code });
        http::json(self.http.client().post(url).bearer_auth(token.expose()).json(&body)).await
    }

    fn contact_address(&self) -> String {
        format!("{}/contact", self.issuer.as_str().trim_end_matches('/'))
    }

    /// Revokes a refresh token and with it the log-in (RFC 7009). Nothing happens if the service
    /// offers no revocation.
    ///
    /// # Errors
    /// An outage.
    pub async fn revoke(
        &self,
        endpoints: &Endpoints,
        refresh_token: &str,
    ) -> Result<(), ClientError> {
        let Some(address) = endpoints.revocation_endpoint.clone() else {
            return Ok(());
        };
        let form = [("token", refresh_token), ("token_type_hint", "refresh_token")];
        http::done(self.as_client(self.http.client().post(address)).form(&form)).await
    }

    fn as_client(&self, request: RequestBuilder) -> RequestBuilder {
        // RFC 6749 section 2.3.1: both parts are form-encoded first.
        let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        request.basic_auth(encode(&self.client_id), Some(encode(&self.client_secret.0)))
    }
}

/// Reads the discovery document of `issuer`, which must be its own.
pub(crate) async fn discover(http: &Http, issuer: &Url) -> Result<Endpoints, ClientError> {
    let issuer = issuer.as_str().trim_end_matches('/');
    let address = format!("{issuer}/.well-known/openid-configuration");
    let endpoints: Endpoints = http::json(http.client().get(address)).await?;
    if endpoints.issuer.trim_end_matches('/') == issuer {
        Ok(endpoints)
    } else {
        Err(ClientError::Unreadable {
            status: 200,
            reason: "the discovery document names another issuer".into(),
        })
    }
}
