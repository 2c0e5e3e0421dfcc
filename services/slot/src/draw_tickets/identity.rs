//! Identity as it is asked about draws. It learns of a draw its announcement's digest and window,
//! and the root of its list; never who wants which seat, and never who got one.

use std::time::Duration;

use auth::{BoundedHttp, HttpError};
use booking::TrustLevel;
use draw::{Announcement, Bytes, Identity};
use ids::{AuthorityId, DrawId};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use settings::Secret;
use url::{Url, form_urlencoded::byte_serialize};

/// How long a request may take. Callers try again.
const TIMEOUT: Duration = Duration::from_secs(5);
/// A note has less than 1000 bytes.
const MAX_BYTES: usize = 16 * 1024;

/// See the module. Each call can be repeated: the answer is the same.
#[derive(Debug)]
pub struct IdentityTickets {
    http: BoundedHttp,
    url: Url,
    client: String,
    secret: Secret,
}

/// Identity gave no answer that can be used, in words.
#[derive(Debug, thiserror::Error)]
#[error("identity gives no tickets: {0}")]
pub struct NoAnswer(String);

#[derive(Deserialize)]
struct Part {
    key: String,
    stamp: Bytes<32>,
}

#[derive(Deserialize)]
struct Countersignature {
    tickets: String,
}

/// A problem document, as far as it is read.
#[derive(Deserialize)]
struct Refused {
    code: String,
}

impl IdentityTickets {
    /// Asks identity at `url` as this client.
    ///
    /// # Errors
    /// TLS cannot be set up on this machine.
    pub fn new(mut url: Url, client: String, secret: Secret) -> Result<Self, HttpError> {
        // So that paths can be joined to it.
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self { http: BoundedHttp::new(TIMEOUT, MAX_BYTES)?, url, client, secret })
    }

    /// What the announcement of a draw says about identity.
    ///
    /// # Errors
    /// Identity does not answer, or refuses.
    pub async fn prepare(
        &self,
        authority: &AuthorityId,
        draw: DrawId,
    ) -> Result<Identity, NoAnswer> {
        let request = self.request(Method::PUT, authority, draw, "")?;
        let Part { key, stamp } = self.answer(request).await?;
        Ok(Identity { independent: true, key, stamp })
    }

    /// Tells identity what was announced: from then on it gives tickets for exactly that, to people
    /// who log in at `level` or above.
    ///
    /// # Errors
    /// Identity does not answer, or refuses.
    pub async fn announce(
        &self,
        authority: &AuthorityId,
        draw: DrawId,
        announcement: &Announcement,
        level: TrustLevel,
    ) -> Result<(), NoAnswer> {
        let body = json!({
            "digest": announcement.digest(),
            "opens": announcement.opens,
            "closes": announcement.closes,
            "level": level,
        });
        let request = self.request(Method::PUT, authority, draw, "/announcement")?.json(&body);
        self.send(request).await.map(drop)
    }

    /// What identity says of all tickets, for the list with this `root`: a note that is not checked
    /// here.
    ///
    /// # Errors
    /// Identity does not answer, or refuses.
    pub async fn countersign(
        &self,
        authority: &AuthorityId,
        draw: DrawId,
        root: &Bytes<32>,
    ) -> Result<String, NoAnswer> {
        let body = json!({ "root": root });
        let request = self.request(Method::POST, authority, draw, "/countersignature")?;
        let Countersignature { tickets } = self.answer(request.json(&body)).await?;
        Ok(tickets)
    }

    fn request(
        &self,
        method: Method,
        authority: &AuthorityId,
        draw: DrawId,
        path: &str,
    ) -> Result<RequestBuilder, NoAnswer> {
        let path = format!("authorities/{authority}/draws/{draw}{path}");
        let url = self.url.join(&path).map_err(|error| NoAnswer(error.to_string()))?;
        // RFC 6749 section 2.3.1: both parts are form-encoded first.
        let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let secret = encode(self.secret.expose());
        Ok(self.http.request(method, url).basic_auth(encode(&self.client), Some(secret)))
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, NoAnswer> {
        let body = self.send(request).await?;
        serde_json::from_slice(&body).map_err(|_| NoAnswer("its answer cannot be read".to_owned()))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Vec<u8>, NoAnswer> {
        let answer = self.http.send(request).await;
        let answer = answer.map_err(|error| NoAnswer(error.to_string()))?;
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        let code = serde_json::from_slice::<Refused>(&answer.body).map(|refused| refused.code);
        let status = answer.status.as_u16();
        Err(NoAnswer(format!("it answers {status} {}", code.unwrap_or_default())))
    }
}
