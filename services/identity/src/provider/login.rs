//! One log-in at a provider: authorization request and callback (OpenID Connect Core section 3.1).

use std::{collections::BTreeMap, time::Duration};

use auth::TokenType;
use openidconnect::{
    AccessTokenHash, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdTokenVerifier, LanguageTag, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJsonWebKey, CoreJwsSigningAlgorithm,
        CoreTokenResponse,
    },
};
use serde_json::{Map, Value, json};
use texts::Language;
use url::Url;
use vocabulary::TrustLevel;

use super::{
    Authentication, Provider,
    claims::{Account, Claims},
    discovery::Metadata,
    http_client,
};
use crate::{person::Unacceptable, secrets::Opaque};

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// How far the provider's clock may differ from ours.
const CLOCK_SKEW_SECONDS: i64 = 60;

/// What the log-in must satisfy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LoginRequirements {
    /// The lowest level that will do.
    pub(crate) level: TrustLevel,
    /// How long ago the person may have proven themselves, at most.
    pub(crate) max_age: Option<Duration>,
    /// The language of the provider's pages.
    pub(crate) language: Language,
}

/// The authorization request, with the state to keep until the callback.
#[derive(Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) url: Url,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// The callback's parameters, with the state that was kept.
pub(crate) struct Callback<'a> {
    pub(crate) code: &'a str,
    /// The `iss` parameter (RFC 9207).
    pub(crate) issuer: Option<&'a str>,
    pub(crate) nonce: &'a str,
    pub(crate) verifier: &'a str,
}

/// A log-in that did not succeed. The messages are for the operator's log and hold nothing that
/// the provider or the person said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LoginError {
    #[error("the provider does not answer or makes no sense")]
    ProviderAway,
    #[error("the provider refused the code")]
    CodeRefused,
    #[error("the answer comes from another issuer than the request went to")]
    MixUp,
    #[error("the ID token is not acceptable: {0}")]
    BadToken(&'static str),
    #[error("the provider's answer cannot be read")]
    Unreadable,
    #[error("the log-in lacks a name, a date of birth or the account's key")]
    Incomplete,
    #[error("the log-in's {field} {0}", field = .0.field())]
    Unacceptable(Unacceptable),
    #[error("the log-in's trust level is missing or unknown")]
    UnknownLevel,
    #[error("the log-in's trust level is lower than asked for")]
    LevelTooLow,
    #[error("the person proved themselves longer ago than asked for")]
    TooOld,
}

/// Easy language is German to a provider that does not know it.
fn ui_locales(language: Language) -> impl Iterator<Item = &'static str> {
    let tag = language.html_tag();
    let general = tag.split('-').next().filter(|general| *general != tag);
    [tag].into_iter().chain(general)
}

impl Provider {
    /// Builds the authorization request; `state` recognises its callback.
    pub(crate) async fn authorization_request(
        &self,
        state: &Opaque,
        requirements: LoginRequirements,
    ) -> Result<AuthorizationRequest, LoginError> {
        let metadata = self.discovery.metadata(&self.settings.issuer, &self.http).await?;
        let client = self.client(&metadata)?;
        let verifier = Opaque::mint(&*self.entropy);
        let nonce = Opaque::mint(&*self.entropy);
        let csrf_token = CsrfToken::new(state.as_str().to_owned());
        let oidc_nonce = Nonce::new(nonce.as_str().to_owned());
        let pkce = PkceCodeVerifier::new(verifier.as_str().to_owned());

        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || csrf_token,
                move || oidc_nonce,
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&pkce));
        for tag in ui_locales(requirements.language) {
            request = request.add_ui_locale(LanguageTag::new(tag.to_owned()));
        }
        for scope in &self.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if let Some(acr) = self.profile.acr_values.get(&requirements.level) {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if let Some(max_age) = requirements.max_age {
            request = request.set_max_age(max_age);
        }
        let (url, _, _) = request.url();
        let url = self.push(url, &metadata).await?;
        let (nonce, verifier) = (nonce.as_str().to_owned(), verifier.as_str().to_owned());
        Ok(AuthorizationRequest { url, nonce, verifier })
    }

    /// Verifies the callback and returns the account that logged in.
    pub(crate) async fn handle_callback(
        &self,
        callback: Callback<'_>,
        requirements: LoginRequirements,
    ) -> Result<Account, LoginError> {
        let metadata = self.discovery.metadata(&self.settings.issuer, &self.http).await?;
        check_issuer(callback.issuer, &metadata)?;
        let client = self.client(&metadata)?;
        let tokens = self.exchange(&client, callback.code, callback.verifier).await?;
        let id_token = tokens.id_token().ok_or(LoginError::Unreadable)?;
        self.verify(id_token, &tokens, callback.nonce, &client).await?;

        let mut claims = Claims::of_verified(&id_token.to_string())?;
        // OpenID Connect Core section 3.1.3.7: an ID token for another client.
        if claims.text("azp").is_some_and(|azp| azp != self.settings.client_id) {
            return Err(LoginError::BadToken("wrong azp"));
        }
        if self.settings.userinfo {
            let access = tokens.access_token().secret();
            claims.complete_with(self.userinfo(access, &metadata, &claims).await?);
        }
        let today = ambient::berlin().to_datetime(self.clock.now()).date();
        let account = claims.account(&self.profile, self.settings.staff.as_ref(), today)?;
        if account.level < requirements.level {
            return Err(LoginError::LevelTooLow);
        }
        if let Some(max_age) = requirements.max_age {
            let age = self.clock.now().as_second() - account.auth_time.as_second();
            let allowed = i64::try_from(max_age.as_secs()).unwrap_or(i64::MAX);
            // OpenID Connect Core section 2: with max_age, auth_time is required.
            if !claims.has_auth_time() || age > allowed.saturating_add(CLOCK_SKEW_SECONDS) {
                return Err(LoginError::TooOld);
            }
        }
        Ok(account)
    }

    fn client(&self, metadata: &Metadata) -> Result<Client, LoginError> {
        let secret = match &self.authentication {
            Authentication::Secret(secret) => Some(ClientSecret::new(secret.expose().to_owned())),
            Authentication::Key(_) => None,
        };
        let client_id = ClientId::new(self.settings.client_id.clone());
        let redirect = RedirectUrl::from_url(self.redirect_uri.clone());
        Ok(CoreClient::from_provider_metadata(metadata.clone(), client_id, secret)
            .set_redirect_uri(redirect))
    }

    async fn exchange(
        &self,
        client: &Client,
        code: &str,
        verifier: &str,
    ) -> Result<CoreTokenResponse, LoginError> {
        let mut request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| LoginError::ProviderAway)?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        for (name, value) in self.assertion()? {
            request = request.add_extra_param(name, value);
        }
        let http = |request| http_client::send(self.http.clone(), request);
        request.request_async(&http).await.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(_) => LoginError::CodeRefused,
            openidconnect::RequestTokenError::Request(_) => LoginError::ProviderAway,
            _ => LoginError::Unreadable,
        })
    }

    /// The parameters by which we prove that it is us, if that needs any (RFC 7523).
    pub(super) fn assertion(&self) -> Result<BTreeMap<&'static str, String>, LoginError> {
        let Authentication::Key(key) = &self.authentication else {
            return Ok(BTreeMap::new());
        };
        let now = self.clock.now().as_second();
        let issuer = self.settings.issuer.as_str();
        let claims = json!({
            "iss": self.settings.client_id,
            "sub": self.settings.client_id,
            "aud": issuer.strip_suffix('/').unwrap_or(issuer),
            "jti": Opaque::mint(&*self.entropy).as_str(),
            "iat": now,
            "exp": now + 60,
        });
        let token = key.sign(TokenType::Id, &claims).map_err(|_| LoginError::Unreadable)?;
        Ok(BTreeMap::from([
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned(),
            ),
            ("client_assertion", token),
        ]))
    }

    /// Signature, issuer, audience, expiry, nonce and `at_hash`; once more with fresh keys if the
    /// signing key is unknown, since the provider may have rotated them.
    async fn verify(
        &self,
        token: &CoreIdToken,
        tokens: &CoreTokenResponse,
        nonce: &str,
        client: &Client,
    ) -> Result<(), LoginError> {
        let nonce = Nonce::new(nonce.to_owned());
        match check(token, tokens, &self.strict(client.id_token_verifier()), &nonce) {
            Err(Refusal::UnknownKey) => {}
            Err(Refusal::Other(kind)) => return Err(LoginError::BadToken(kind)),
            Ok(()) => return Ok(()),
        }
        let metadata = self.discovery.fresh_metadata(&self.settings.issuer, &self.http).await?;
        let client = self.client(&metadata)?;
        check(token, tokens, &self.strict(client.id_token_verifier()), &nonce).map_err(|refusal| {
            match refusal {
                Refusal::UnknownKey => LoginError::BadToken("unknown key"),
                Refusal::Other(kind) => LoginError::BadToken(kind),
            }
        })
    }

    fn strict<'a>(
        &'a self,
        verifier: IdTokenVerifier<'a, CoreJsonWebKey>,
    ) -> IdTokenVerifier<'a, CoreJsonWebKey> {
        let now = move || {
            let seconds = self.clock.now().as_second() - CLOCK_SKEW_SECONDS;
            chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default()
        };
        let issued = move |at: chrono::DateTime<chrono::Utc>| {
            let ahead = at.timestamp() - self.clock.now().as_second();
            if ahead > CLOCK_SKEW_SECONDS { Err("issued in the future".to_owned()) } else { Ok(()) }
        };
        // Public keys only: with HS256 allowed, a public key could be taken as a shared secret.
        let algorithms = [
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            CoreJwsSigningAlgorithm::EdDsa,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        ];
        verifier.set_allowed_algs(algorithms).set_time_fn(now).set_issue_time_verifier_fn(issued)
    }

    async fn userinfo(
        &self,
        access_token: &str,
        metadata: &Metadata,
        claims: &Claims,
    ) -> Result<Map<String, Value>, LoginError> {
        let endpoint = metadata.userinfo_endpoint().ok_or(LoginError::ProviderAway)?;
        let request = self.http.request(reqwest::Method::GET, endpoint.url().clone());
        let answer = self.http.send(request.bearer_auth(access_token)).await;
        let answer = answer.map_err(|_| LoginError::ProviderAway)?;
        let userinfo: Map<String, Value> =
            serde_json::from_slice(&answer.body).map_err(|_| LoginError::Unreadable)?;
        // OpenID Connect Core section 5.3.2: else it could be another subject's.
        if userinfo.get("sub").and_then(Value::as_str).map(str::to_owned) != claims.text("sub") {
            return Err(LoginError::BadToken("userinfo is about another subject"));
        }
        Ok(userinfo)
    }
}

/// RFC 9207: with two providers, an attacker's one must not be able to hand us the other's code.
fn check_issuer(given: Option<&str>, metadata: &Metadata) -> Result<(), LoginError> {
    let promised = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match given {
        Some(issuer) if issuer == metadata.issuer().as_str() => Ok(()),
        None if !promised => Ok(()),
        _ => Err(LoginError::MixUp),
    }
}

/// Why an ID token is refused, without quoting it.
enum Refusal {
    UnknownKey,
    Other(&'static str),
}

fn check(
    token: &CoreIdToken,
    tokens: &CoreTokenResponse,
    verifier: &IdTokenVerifier<'_, CoreJsonWebKey>,
    nonce: &Nonce,
) -> Result<(), Refusal> {
    let claims = token.claims(verifier, nonce).map_err(|error| refusal(&error))?;
    let Some(stated) = claims.access_token_hash() else { return Ok(()) };
    let broken = |_| Refusal::Other("signature");
    let algorithm = token.signing_alg().map_err(broken)?;
    let key = token.signing_key(verifier).map_err(broken)?;
    let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
        .map_err(|_| Refusal::Other("at_hash cannot be computed"))?;
    if actual == *stated { Ok(()) } else { Err(Refusal::Other("wrong at_hash")) }
}

fn refusal(error: &ClaimsVerificationError) -> Refusal {
    use ClaimsVerificationError as Error;
    Refusal::Other(match error {
        Error::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            return Refusal::UnknownKey;
        }
        Error::SignatureVerification(_) => "signature",
        Error::Expired(_) => "expired or too new",
        Error::InvalidAudience(_) => "wrong audience",
        Error::InvalidAuthContext(_) => "wrong acr",
        Error::InvalidAuthTime(_) => "wrong auth_time",
        Error::InvalidIssuer(_) => "wrong issuer",
        Error::InvalidNonce(_) => "wrong nonce",
        Error::InvalidSubject(_) => "wrong subject",
        _ => "other",
    })
}
