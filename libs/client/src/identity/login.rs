//! One log-in: authorization request and callback (OpenID Connect Core section 3.1, RFC 7636).
//!
//! What is verified, and why: `state` (the caller finds its request by it: CSRF), `iss` of the
//! callback (RFC 9207: mix-up of providers), PKCE (RFC 7636: a stolen code), `nonce` (a stolen ID
//! token), then signature, `iss`, `aud`, `azp`, times and `at_hash` of the ID token (OIDC Core
//! 3.1.3.7).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ids::CaseCode;
use jiff::SignedDuration;
use openidconnect::{
    AccessTokenHash, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError,
    CsrfToken, LanguageTag, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    Scope, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreAuthenticationFlow, CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
        CoreTokenResponse,
    },
};
use serde::Deserialize;
use url::Url;
use vocabulary::{Language, TrustLevel};

use super::{IdentityApi, provider::Provider, tokens};
use crate::{AccessToken, ClientError};

/// How far the identity service's clock may differ from ours.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);

/// What a log-in is for.
#[derive(Debug, Clone, Copy)]
pub struct LoginRequirements {
    /// What the tokens shall permit, besides `openid`.
    pub scopes: &'static [&'static str],
    /// The level to ask for; the service's default if absent.
    pub level: Option<TrustLevel>,
    /// The language of the service's pages.
    pub language: Language,
}

/// Where to send the browser, and the secrets to keep until its callback.
///
/// Keep the last three in a place that only this browser reaches, such as a sealed cookie. `Debug`
/// does not show them.
#[derive(Clone)]
pub struct AuthorizationRequest {
    /// Where to send the browser.
    pub url: Url,
    /// Ties the callback to this browser.
    pub state: String,
    /// Ties the ID token to this log-in.
    pub nonce: String,
    /// The PKCE verifier (RFC 7636).
    pub verifier: String,
}

/// The callback's parameters, with the secrets that were kept. The caller has found them by `state`.
#[derive(Clone, Copy)]
pub struct Callback<'a> {
    /// The authorization code.
    ///
    /// Of the callback. It can be used once, and only with the `verifier`.
    pub code: &'a str,
    /// The `iss` parameter (RFC 9207).
    pub issuer: Option<&'a str>,
    /// From the [`AuthorizationRequest`].
    ///
    /// The ID token must repeat it, so an ID token of another log-in is refused (OpenID Connect
    /// Core, section 3.1.3.7).
    pub nonce: &'a str,
    /// From the [`AuthorizationRequest`].
    ///
    /// PKCE (RFC 7636): a code that was stolen on its way through the browser is worth nothing
    /// without it.
    pub verifier: &'a str,
}

/// A log-in that succeeded.
#[derive(Clone)]
pub struct FinishedLogin {
    /// Gets access tokens and ends the log-in.
    pub refresh_token: String,
    /// The hint for the log-out.
    pub id_token: String,
    /// How sure the person's identity is; the lowest level if the service does not say.
    pub level: TrustLevel,
    /// Who logged in, as the service names them to this client alone: the same at each log-in (`sub`).
    pub subject: String,
    /// The open case, if the person's identity is in doubt.
    pub case: Option<CaseCode>,
    /// For the identity service itself: [`attendee`](IdentityApi::attendee) with it says who logged in.
    pub token: AccessToken,
}

/// Who an ID token is about, and what our identity service says in it beyond the standard.
#[derive(Deserialize)]
struct OwnClaims {
    sub: String,
    #[serde(default)]
    case: Option<CaseCode>,
}

/// A log-in did not succeed. The messages hold nothing that the service or the person said.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The service refused the code, or cannot be reached.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// RFC 9207: the callback is another service's.
    #[error("the callback comes from another issuer than the request went to")]
    OtherIssuer,
    /// The answer holds no refresh token.
    #[error("there is no refresh token")]
    NoRefreshToken,
    /// The ID token is missing or wrong; which check failed, for the log.
    #[error("the ID token is not acceptable: {0}")]
    IdToken(&'static str),
}

impl IdentityApi {
    /// Builds the authorization request.
    ///
    /// # Errors
    /// The service cannot be reached.
    pub async fn authorization_request(
        &self,
        requirements: LoginRequirements,
    ) -> Result<AuthorizationRequest, ClientError> {
        let known = self.provider().await?;
        let (state, nonce, verifier) = (self.unguessable(), self.unguessable(), self.unguessable());
        let (csrf_token, oidc_nonce) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
        let pkce = PkceCodeVerifier::new(verifier.clone());
        let language = LanguageTag::new(requirements.language.html_tag().to_owned());
        let mut request = known
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || csrf_token,
                move || oidc_nonce,
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&pkce))
            .add_scopes(requirements.scopes.iter().map(|scope| Scope::new((*scope).to_owned())))
            .add_ui_locale(language);
        if let Some(level) = requirements.level {
            let level = AuthenticationContextClass::new(level.as_str().to_owned());
            request = request.add_auth_context_value(level);
        }
        let (url, ..) = request.url();
        Ok(AuthorizationRequest { url, state, nonce, verifier })
    }

    /// Exchanges the code and verifies the ID token.
    ///
    /// The code is used up by the first call, even if it fails later on.
    ///
    /// # Errors
    /// See [`LoginError`]; the code `invalid_grant` if it is unknown, used or expired.
    pub async fn handle_callback(
        &self,
        callback: Callback<'_>,
    ) -> Result<FinishedLogin, LoginError> {
        let known = self.provider().await?;
        check_issuer(callback.issuer, &known)?;
        let tokens = self.exchange(&known, callback.code, callback.verifier).await?;
        let id_token = tokens.id_token().ok_or(LoginError::IdToken("missing"))?;
        let nonce = Nonce::new(callback.nonce.to_owned());
        let level = match self.verify(id_token, &tokens, &known, &nonce) {
            // Keys are rotated; one look at the current ones decides.
            Err(LoginError::IdToken(UNKNOWN_KEY)) => {
                self.verify(id_token, &tokens, &*self.discover().await?, &nonce)?
            }
            other => other?,
        };
        let refresh_token = tokens.refresh_token().ok_or(LoginError::NoRefreshToken)?;
        let id_token = id_token.to_string();
        let claims = own_claims(&id_token).ok_or(LoginError::IdToken("unreadable"))?;
        Ok(FinishedLogin {
            refresh_token: refresh_token.secret().clone(),
            level,
            subject: claims.sub,
            case: claims.case,
            token: AccessToken::new(tokens.access_token().secret()),
            id_token,
        })
    }

    /// Code and verifier for tokens; the client proves itself by its secret.
    async fn exchange(
        &self,
        known: &Provider,
        code: &str,
        verifier: &str,
    ) -> Result<CoreTokenResponse, ClientError> {
        known
            .client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| tokens::no_endpoint())?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&self.send())
            .await
            .map_err(tokens::refused)
    }

    /// Signature, issuer, audience, times, nonce and `at_hash`; gives the level.
    fn verify(
        &self,
        token: &CoreIdToken,
        tokens: &CoreTokenResponse,
        known: &Provider,
        nonce: &Nonce,
    ) -> Result<TrustLevel, LoginError> {
        let verifier = self.strict(known.client.id_token_verifier());
        let claims = token.claims(&verifier, nonce).map_err(|error| refusal(&error))?;
        // OpenID Connect Core section 3.1.3.7: an ID token for another client.
        if claims.authorized_party().is_some_and(|party| *party != self.client_id) {
            return Err(LoginError::IdToken("wrong azp"));
        }
        if let Some(stated) = claims.access_token_hash() {
            let broken = |_| LoginError::IdToken("signature");
            let algorithm = token.signing_alg().map_err(broken)?;
            let key = token.signing_key(&verifier).map_err(broken)?;
            let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if actual.map_err(|_| LoginError::IdToken("at_hash cannot be computed"))? != *stated {
                return Err(LoginError::IdToken("wrong at_hash"));
            }
        }
        let level = claims.auth_context_ref().map(|level| level.parse::<TrustLevel>());
        let level = level.transpose().map_err(|_| LoginError::IdToken("unknown acr"))?;
        Ok(level.unwrap_or(TrustLevel::Basic))
    }

    /// The rules that `openidconnect` leaves to its caller: algorithms, our clock with its skew,
    /// and no token from the future.
    fn strict<'a>(&'a self, verifier: CoreIdTokenVerifier<'a>) -> CoreIdTokenVerifier<'a> {
        let now = move || {
            let seconds = (self.clock.now() - CLOCK_SKEW).as_second();
            chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default()
        };
        let issued = move |at: chrono::DateTime<chrono::Utc>| {
            let latest = (self.clock.now() + CLOCK_SKEW).as_second();
            if at.timestamp() > latest { Err("issued in the future".to_owned()) } else { Ok(()) }
        };
        // What our identity service can sign with. With HS256 allowed, the client secret would sign.
        let algorithms = [CoreJwsSigningAlgorithm::EcdsaP256Sha256, CoreJwsSigningAlgorithm::EdDsa];
        verifier.set_allowed_algs(algorithms).set_time_fn(now).set_issue_time_verifier_fn(issued)
    }

    /// A random text (256 bits, 43 characters as RFC 7636 wants them).
    fn unguessable(&self) -> String {
        let bytes: [u8; 32] = self.entropy.bytes();
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// Of a token that was verified.
fn own_claims(id_token: &str) -> Option<OwnClaims> {
    let payload = BASE64_URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

fn check_issuer(given: Option<&str>, known: &Provider) -> Result<(), LoginError> {
    match given {
        Some(issuer) if issuer == known.issuer => Ok(()),
        None if !known.extras.authorization_response_iss_parameter_supported => Ok(()),
        _ => Err(LoginError::OtherIssuer),
    }
}

/// The one reason after which the keys are read again.
const UNKNOWN_KEY: &str = "unknown key";

/// The library's reasons in words that quote nothing of the token.
fn refusal(error: &ClaimsVerificationError) -> LoginError {
    use ClaimsVerificationError as Error;
    LoginError::IdToken(match error {
        Error::SignatureVerification(SignatureVerificationError::NoMatchingKey) => UNKNOWN_KEY,
        Error::SignatureVerification(_) => "signature",
        Error::Expired(_) => "not valid at this time",
        Error::InvalidAudience(_) => "wrong audience",
        Error::InvalidIssuer(_) => "wrong issuer",
        Error::InvalidNonce(_) => "wrong nonce",
        _ => "other",
    })
}

macro_rules! shows_no_secrets {
    ($($name:ident),+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

shows_no_secrets!(AuthorizationRequest, FinishedLogin);

impl std::fmt::Debug for Callback<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callback").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
