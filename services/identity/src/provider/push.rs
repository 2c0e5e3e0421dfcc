//! Pushed authorization requests (RFC 9126): what we ask for does not pass through the browser.

use serde::Deserialize;
use url::{Url, form_urlencoded::byte_serialize};

use super::{Authentication, Provider, discovery::Metadata, login::LoginError};

#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

impl Provider {
    /// Pushes the request in `url` where the provider offers that, and returns the short address
    /// that refers to it; else returns `url`.
    pub(super) async fn push(&self, url: Url, metadata: &Metadata) -> Result<Url, LoginError> {
        let extras = metadata.additional_metadata();
        let Some(endpoint) = extras.pushed_authorization_request_endpoint.clone() else {
            return Ok(url);
        };
        let mut form: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        form.extend(self.assertion()?.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let mut request = self.http.request(reqwest::Method::POST, endpoint).form(&form);
        if let Authentication::Secret(secret) = &self.authentication {
            // Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1).
            let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let (client, secret) = (encoded(&self.settings.client_id), encoded(secret.expose()));
            request = request.basic_auth(client, Some(secret));
        }
        let answer = self.http.send(request).await.map_err(|_| LoginError::ProviderAway)?;
        if !answer.status.is_success() {
            tracing::warn!(provider = %self.id(), status = %answer.status, "pushed request refused");
            return Err(LoginError::ProviderAway);
        }
        let pushed: Pushed =
            serde_json::from_slice(&answer.body).map_err(|_| LoginError::Unreadable)?;
        let mut short = metadata.authorization_endpoint().url().clone();
        short
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("request_uri", &pushed.request_uri);
        Ok(short)
    }
}
