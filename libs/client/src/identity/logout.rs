//! Log-out at the identity service (OpenID Connect RP-Initiated Logout 1.0).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openidconnect::{
    CsrfToken, LanguageTag, LogoutHint, LogoutRequest, PostLogoutRedirectUrl, core::CoreIdToken,
};
use serde::Deserialize;
use url::Url;
use vocabulary::Language;

use super::IdentityApi;
use crate::ClientError;

/// The log-in that a browser leaves, by its ID token.
#[derive(Clone, Copy)]
pub enum Leaving<'t> {
    /// It has ended, since its refresh token was revoked: the address names its session, and has no token.
    Ended(&'t str),
    /// It ends when the browser comes there with the ID token.
    Open(&'t str),
}

impl std::fmt::Debug for Leaving<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ended(_) => "Ended",
            Self::Open(_) => "Open",
        })
    }
}

/// Of an ID token what names the session.
#[derive(Deserialize)]
struct Named {
    sid: String,
}

/// The session of a token that was verified at the log-in.
fn session_of(id_token: &str) -> Option<String> {
    let payload = BASE64_URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1)?).ok()?;
    let named: Named = serde_json::from_slice(&payload).ok()?;
    Some(named.sid)
}

impl IdentityApi {
    /// Where to send the browser to log out; it comes back to `back` with `state`. `None` if the
    /// service offers no log-out.
    ///
    /// # Errors
    /// The service cannot be reached.
    pub async fn logout_request(
        &self,
        leaving: Leaving<'_>,
        back: Url,
        state: String,
        language: Language,
    ) -> Result<Option<Url>, ClientError> {
        let known = self.provider().await?;
        let Some(endpoint) = known.extras.end_session_endpoint.clone() else { return Ok(None) };
        let mut request = LogoutRequest::from(endpoint)
            .set_client_id(self.client_id.clone())
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::from_url(back))
            .set_state(CsrfToken::new(state))
            .add_ui_locale(LanguageTag::new(language.html_tag().to_owned()));
        match leaving {
            Leaving::Ended(id_token) => {
                if let Some(session) = session_of(id_token) {
                    request = request.set_logout_hint(LogoutHint::new(session));
                }
            }
            Leaving::Open(id_token) => {
                if let Ok(hint) = id_token.parse::<CoreIdToken>() {
                    request = request.set_id_token_hint(&hint);
                }
            }
        }
        Ok(Some(request.http_get_url()))
    }
}
