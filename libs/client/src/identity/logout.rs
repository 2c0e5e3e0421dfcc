//! Log-out at the identity service (OpenID Connect RP-Initiated Logout 1.0).

use openidconnect::{
    CsrfToken, LanguageTag, LogoutRequest, PostLogoutRedirectUrl, core::CoreIdToken,
};
use url::Url;
use vocabulary::Language;

use super::IdentityApi;
use crate::ClientError;

impl IdentityApi {
    /// Where to send the browser to log out; it comes back to `back` with `state`. `None` if the
    /// service offers no log-out.
    ///
    /// # Errors
    /// The service cannot be reached.
    pub async fn logout_request(
        &self,
        id_token: &str,
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
        // Without the hint the service asks the person whether to log out.
        if let Ok(hint) = id_token.parse::<CoreIdToken>() {
            request = request.set_id_token_hint(&hint);
        }
        Ok(Some(request.http_get_url()))
    }
}
