//! One request to a receiver.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};

use crate::webhook::{failure::Failure, guard::Reach};

/// What goes over the wire.
#[derive(Debug)]
pub(super) struct Outgoing {
    /// `webhook-id`: of an event or of a batch.
    pub(super) id: String,
    pub(super) content_type: &'static str,
    pub(super) body: String,
    pub(super) signature: String,
    pub(super) signed_at: Timestamp,
}

/// Follows no redirects, uses no proxy and reaches only where it may.
#[derive(Debug, Clone)]
pub(super) struct Poster {
    client: Client,
    reach: Reach,
}

impl Poster {
    /// `connect` is for a connection, `whole` for all of an attempt: name, connection and answer.
    pub(super) fn new(
        reach: Reach,
        connect: Duration,
        whole: Duration,
    ) -> Result<Self, reqwest::Error> {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .dns_resolver(reach)
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(connect)
            .timeout(whole)
            .pool_idle_timeout(Duration::from_secs(4))
            .user_agent("Fairtermin-Webhook/1")
            .build()?;
        Ok(Self { client, reach })
    }

    /// Posts; any 2xx means that the receiver has taken it.
    pub(super) async fn post(&self, url: &str, outgoing: Outgoing) -> Result<(), Failure> {
        let url = self.reach.accept(url).map_err(|_| Failure::Address)?;
        let sent = self
            .client
            .post(url)
            .header(CONTENT_TYPE, outgoing.content_type)
            .header("webhook-id", outgoing.id)
            .header("webhook-timestamp", outgoing.signed_at.as_second().to_string())
            .header("webhook-signature", outgoing.signature)
            .body(outgoing.body)
            .send()
            .await;
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) if answer.status() == StatusCode::GONE => Err(Failure::Gone),
            Ok(answer) => Err(Failure::Status {
                code: answer.status().as_u16(),
                retry_after: retry_after(&answer),
            }),
            Err(error) if error.is_timeout() => Err(Failure::Timeout),
            Err(_) => Err(Failure::Connection),
        }
    }
}

/// Of a receiver that is overloaded or away, in seconds; a date is not read.
fn retry_after(answer: &Response) -> Option<SignedDuration> {
    let says_so =
        matches!(answer.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let text = answer.headers().get(RETRY_AFTER).filter(|_| says_so)?.to_str().ok()?;
    text.trim().parse::<u32>().ok().map(|seconds| SignedDuration::from_secs(seconds.into()))
}
