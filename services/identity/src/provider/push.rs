//! Pushed authorization requests (RFC 9126): what we ask for does not pass through the browser.

use serde::Deserialize;
use url::Url;

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
            request = request.basic_auth(&self.settings.client_id, Some(secret.expose()));
        }
        let answer = self.http.send(request).await.map_err(|_| LoginError::ProviderAway)?;
        if !answer.status.is_success() {
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
