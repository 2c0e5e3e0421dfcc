//! The parameters of an authorization request, sent by the browser or pushed (OpenID Connect Core
//! section 3.1.2.1, RFC 9126).

use serde::Deserialize;
use texts::Language;
use url::Url;
use utoipa::ToSchema;
use vocabulary::TrustLevel;

use crate::{
    login_request::{LoginRequest, RequestError},
    scope_name::ScopeName,
    settings::ClientSettings,
    text::asked_for,
};

/// A PKCE challenge is a SHA-256 in base 64.
const CHALLENGE_LENGTH: usize = 43;
/// What every program may ask for: OpenID Connect itself.
const PROTOCOL_SCOPES: [&str; 2] = ["openid", "offline_access"];

/// As they were sent.
#[derive(Deserialize, ToSchema)]
pub(super) struct AuthorizationParameters {
    /// One that is registered, character by character.
    pub(super) redirect_uri: Option<String>,
    /// `code`.
    response_type: Option<String>,
    /// `query`, or left out.
    response_mode: Option<String>,
    /// With `openid`.
    scope: Option<String>,
    /// Comes back with the code.
    state: Option<String>,
    /// Comes back in the ID token.
    nonce: Option<String>,
    /// Of PKCE (RFC 7636).
    code_challenge: Option<String>,
    /// `S256`.
    code_challenge_method: Option<String>,
    /// The trust level that is needed: `basic`, `substantial` or `high`.
    acr_values: Option<String>,
    /// A text: parameters that another form contains are read as nothing else.
    max_age: Option<String>,
    /// `none` is refused: no browser stays logged in.
    prompt: Option<String>,
    /// In which languages the person reads, the best first. Left out, their browser says it.
    pub(super) ui_locales: Option<String>,
    /// The thumbprint of the key that the tokens are to be bound to (RFC 9449 section 10).
    pub(super) dpop_jkt: Option<String>,
}

/// What is wrong, and the request as far as it goes: its `redirect_uri` is the program's own.
pub(super) type Refused = Box<(LoginRequest, RequestError)>;

impl AuthorizationParameters {
    /// Where the browser is to be sent afterwards: one of the addresses that the program registered.
    /// Without there is no redirect at all (no open redirector).
    pub(super) fn destination(&self, client: &ClientSettings) -> Option<Url> {
        let wanted: Url = self.redirect_uri.as_deref()?.parse().ok()?;
        client.redirect_uris.contains(&wanted).then_some(wanted)
    }

    /// The checked request.
    pub(super) fn read(
        &self,
        client: &ClientSettings,
        redirect_uri: Url,
        language: Language,
    ) -> Result<LoginRequest, Refused> {
        let asked = self.scope.as_deref().unwrap_or_default();
        let max_age = self.max_age.as_deref().map(str::parse::<u64>).transpose();
        let jkt = self.dpop_jkt.as_deref().map(str::parse).transpose();
        let request = LoginRequest {
            client: client.id.clone(),
            redirect_uri,
            state: self.state.clone(),
            nonce: self.nonce.clone(),
            scope: granted_scope(client, asked),
            level: wanted_level(self.acr_values.as_deref()),
            max_age_seconds: max_age.as_ref().ok().copied().flatten(),
            language,
            is_language_open: self.ui_locales.as_deref().and_then(asked_for).is_none(),
            challenge: self.code_challenge.clone().unwrap_or_default(),
            dpop_jkt: jkt.as_ref().ok().cloned().flatten(),
            pushed: None,
        };
        let error = if self.response_type.as_deref() != Some("code") {
            RequestError::UnsupportedResponseType
        } else if self.code_challenge_method.as_deref() != Some("S256")
            || request.challenge.len() != CHALLENGE_LENGTH
            || self.response_mode.as_deref().is_some_and(|mode| mode != "query")
            || max_age.is_err()
            || jkt.is_err()
        {
            RequestError::InvalidRequest
        } else if !asked.split_whitespace().any(|scope| scope == "openid") {
            RequestError::NoOpenid
        } else if let Some(scope) = not_registered(client, asked) {
            RequestError::InvalidScope(ScopeName::of(scope))
        } else if self.prompt.as_deref() == Some("none") {
            // There is no session cookie: a shared computer must not know the last person.
            RequestError::LoginRequired
        } else {
            return Ok(request);
        };
        Err(Box::new((request, error)))
    }
}

/// The first scope that the client asks for and is not registered for. Left out in silence, it would change what
/// people are asked (RFC 6749 section 4.1.2.1).
fn not_registered<'a>(client: &ClientSettings, asked: &'a str) -> Option<&'a str> {
    let mut asked = asked.split_whitespace();
    asked.find(|scope| !PROTOCOL_SCOPES.contains(scope) && !client.has_scope(scope))
}

/// What was asked for, as far as the client may have it; what it may have for citizens if it
/// asked for nothing beyond OpenID Connect (RFC 6749 section 3.3).
fn granted_scope(client: &ClientSettings, asked: &str) -> String {
    let (standard, own): (Vec<&str>, Vec<&str>) =
        asked.split_whitespace().partition(|scope| PROTOCOL_SCOPES.contains(scope));
    let allowed = client.scopes.iter().map(String::as_str);
    let own: Vec<&str> = match own[..] {
        [] => allowed.filter(|scope| *scope != auth::scope::DESK).collect(),
        _ => allowed.filter(|scope| own.contains(scope)).collect(),
    };
    [standard, own].concat().join(" ")
}

/// The first level in `acr_values` (they stand in order of preference) is the least that will do.
fn wanted_level(acr_values: Option<&str>) -> TrustLevel {
    let mut wanted = acr_values.unwrap_or_default().split_whitespace();
    wanted.find_map(|value| value.parse().ok()).unwrap_or(TrustLevel::Basic)
}
