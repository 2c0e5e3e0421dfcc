//! Connections with deadlines, and how an answer is read.
//!
//! All calls pass through here: deadline, size limit, trace, and the difference between an answer
//! and a refusal. An answer of another form than expected is an error and never a default value.

use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use reqwest::{RequestBuilder, Response, StatusCode, header::RETRY_AFTER, redirect};
use serde::{Deserialize, de::DeserializeOwned};
use telemetry::{TRACEPARENT, TraceContext};
use url::Url;

use crate::{ClientError, Refusal};

/// No answer of our services comes near this many bytes (4 MiB): what is longer is not theirs and
/// is not read to its end.
const LARGEST_ANSWER: usize = 4 << 20;

/// For answers that are passed on part by part to somebody who may be on a slow line.
const LARGE_TIMEOUT: Duration = Duration::from_mins(2);

/// How long to wait.
///
/// Shorter than people wait and than a caller's own deadline (9.5 s in `libs/service`), so that a
/// service that asks another can still answer.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a connection, TLS included; 1 s by default.
    pub connect: Duration,
    /// For the whole call, connection and answer included; 5 s by default.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(1), total: Duration::from_secs(5) }
    }
}

/// A pool of connections. Clones share it.
#[derive(Debug, Clone)]
pub struct Http(reqwest::Client);

impl Http {
    /// A pool whose calls end within `timeouts`. Redirects are not followed: our APIs send none,
    /// and a token must not travel to an address that a stranger chose.
    ///
    /// # Errors
    /// TLS cannot be set up on this machine.
    pub fn new(timeouts: Timeouts) -> Result<Self, ClientError> {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = reqwest::Client::builder()
            // Our own services are reached directly, whatever the machine is set up for.
            .no_proxy()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
            // Shorter than any of our servers keeps a connection: none is reused while it closes.
            .pool_idle_timeout(Duration::from_secs(30))
            .redirect(redirect::Policy::none())
            .user_agent(concat!("fairtermin-client/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self(client))
    }

    /// For the modules that build requests; they send them with the functions below.
    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.0
    }
}

/// The address of `path` below `base` and `under`. Segments are escaped one by one, so an id from
/// outside cannot change the path.
pub(crate) fn address(base: &Url, under: &str, path: &[&str]) -> Url {
    let mut address = base.clone();
    if let Ok(mut segments) = address.path_segments_mut() {
        segments.pop_if_empty().push(under).extend(path);
    }
    address
}

/// Sends and reads a JSON answer.
///
/// Unknown fields are ignored; a missing one without a default is
/// [`Unreadable`](ClientError::Unreadable).
pub(crate) async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ClientError> {
    let response = succeed(request).await?;
    let status = response.status().as_u16();
    let body = whole(response).await?;
    serde_json::from_slice(&body)
        .map_err(|error| ClientError::Unreadable { status, reason: error.to_string() })
}

/// Sends and reads a text answer.
pub(crate) async fn text(request: RequestBuilder) -> Result<String, ClientError> {
    let response = succeed(request).await?;
    let status = response.status().as_u16();
    String::from_utf8(whole(response).await?)
        .map_err(|error| ClientError::Unreadable { status, reason: error.utf8_error().to_string() })
}

/// Sends, and leaves the body to the caller, who passes it on part by part: it may be larger than
/// other answers, and take longer.
pub(crate) async fn large(request: RequestBuilder) -> Result<Response, ClientError> {
    succeed(request.timeout(LARGE_TIMEOUT)).await
}

/// Sends and expects success, whatever the body.
pub(crate) async fn done(request: RequestBuilder) -> Result<(), ClientError> {
    succeed(request).await.map(drop)
}

/// Sends and tells which kind of success it was, and its body.
pub(crate) async fn status(request: RequestBuilder) -> Result<(u16, Vec<u8>), ClientError> {
    let response = succeed(request).await?;
    Ok((response.status().as_u16(), whole(response).await?))
}

/// Sends a request of `openidconnect` and expects success.
///
/// Unlike `openidconnect`, a status other than 2xx is an error here, with the code that its body
/// holds.
pub(crate) async fn openid(http: Http, request: HttpRequest) -> Result<HttpResponse, ClientError> {
    let response = succeed(RequestBuilder::from_parts(http.0, request.try_into()?)).await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut answer = HttpResponse::new(whole(response).await?);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    Ok(answer)
}

/// Sends, and turns everything but 2xx into an error. A redirect is an error too.
async fn succeed(request: RequestBuilder) -> Result<Response, ClientError> {
    let response = traced(request).send().await?;
    if response.status().is_success() { Ok(response) } else { Err(refusal(response).await) }
}

/// The service that is asked continues the trace of the request for which it is asked.
fn traced(request: RequestBuilder) -> RequestBuilder {
    match TraceContext::current() {
        Some(trace) => request.header(TRACEPARENT, trace.to_string()),
        None => request,
    }
}

/// The body, unless it is larger than any answer of ours.
async fn whole(mut response: Response) -> Result<Vec<u8>, ClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(ClientError::Unreadable {
                status: response.status().as_u16(),
                reason: "larger than any answer of ours".into(),
            });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The two forms in which our services refuse: RFC 9457, and RFC 6749 section 5.2 at the token
/// endpoint.
#[derive(Deserialize)]
#[serde(untagged)]
enum Refused {
    Problem(Refusal),
    OAuth { error: String },
}

/// Reads why. A body of neither form is no refusal: something between us and the server answered.
async fn refusal(response: Response) -> ClientError {
    let status = response.status();
    let retry_after =
        response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    let body = match whole(response).await {
        Ok(body) => body,
        Err(error) => return error,
    };
    match serde_json::from_slice(&body) {
        Ok(Refused::Problem(refusal)) => ClientError::Problem(Refusal { retry_after, ..refusal }),
        Ok(Refused::OAuth { error }) => ClientError::OAuth { error },
        Err(_) => ClientError::Unreadable { status: status.as_u16(), reason: reason(status) },
    }
}

/// For an answer that is no problem document: it comes from a proxy, or from another program at
/// this address.
fn reason(status: StatusCode) -> String {
    format!("no problem document came with {status}")
}
