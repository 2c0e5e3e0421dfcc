//! An HTTP client for addresses that others control.
//!
//! An answer from another server is input: it can be endless, late, or a redirect to a machine
//! inside. This client bounds all three, and takes no proxy from the environment.
//!
//! Used for keys, providers' documents and tokens. Not for our own API: `libs/client`.

use std::{fmt::Write as _, time::Duration};

use reqwest::{
    Client, RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderValue},
    redirect::Policy,
};
use url::Url;

/// How long an unused connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// Fetches small documents from an identity provider: no redirects (they would lead past the
/// configured address), a time limit and a size limit.
///
/// Clones share the connections. It keeps no cookies.
#[derive(Debug, Clone)]
pub struct BoundedHttp {
    client: Client,
    max_bytes: usize,
}

/// What the other side answered.
#[derive(Debug, Clone)]
pub struct HttpResponse {
    /// The status, of any kind: a 404 is an answer.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap<HeaderValue>,
    /// The whole body, at most as long as the client allows.
    pub body: Vec<u8>,
}

/// No answer that can be used. Holds no address: addresses may carry codes and tokens.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The server did not answer in time, cannot be reached, or its TLS certificate is not valid;
    /// in words, without the address.
    #[error("no answer: {0}")]
    NoResponse(String),
    /// The body is longer than allowed: how many bytes were. Nothing of it is kept.
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    /// The client could not be made.
    #[error("the HTTP client cannot be set up: {0}")]
    Setup(String),
}

impl BoundedHttp {
    /// A client whose calls take at most `timeout` and return at most `max_bytes`.
    ///
    /// `timeout` is for a call as a whole, body included.
    ///
    /// # Errors
    /// TLS cannot be set up on this machine.
    pub fn new(timeout: Duration, max_bytes: usize) -> Result<Self, HttpError> {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(timeout)
            .connect_timeout(timeout)
            // Shorter than servers keep idle connections, so that none is closed under a request.
            .pool_idle_timeout(IDLE_TIMEOUT)
            .no_proxy()
            .build()
            .map_err(|error| HttpError::Setup(chain(&error)))?;
        Ok(Self { client, max_bytes })
    }

    /// Fetches `url`.
    ///
    /// Redirects are answers too: the caller sees the 3xx and does not follow it.
    ///
    /// # Errors
    /// See [`HttpError`]. A status other than 2xx is an answer, not an error.
    pub async fn get(&self, url: Url) -> Result<HttpResponse, HttpError> {
        self.send(self.client.get(url)).await
    }

    /// A request to be completed and given to [`send`](Self::send).
    pub fn request(&self, method: reqwest::Method, url: Url) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request made with [`request`](Self::request).
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn send(&self, request: RequestBuilder) -> Result<HttpResponse, HttpError> {
        self.execute(request.build().map_err(no_answer)?).await
    }

    /// Sends a finished request.
    ///
    /// The body is counted while it arrives: a wrong `Content-Length` changes nothing.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn execute(&self, request: reqwest::Request) -> Result<HttpResponse, HttpError> {
        let mut response = self.client.execute(request).await.map_err(no_answer)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(no_answer)? {
            if body.len() + chunk.len() > self.max_bytes {
                return Err(HttpError::TooLarge(self.max_bytes));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpResponse { status: response.status(), headers: response.headers().clone(), body })
    }
}

/// The URL is taken out, since it may hold a code or a token.
fn no_answer(error: reqwest::Error) -> HttpError {
    HttpError::NoResponse(chain(&error.without_url()))
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Writing to a string cannot fail.
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}
